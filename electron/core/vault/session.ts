// The open vault: its database and the keys in memory. Everything that touches the database asks here each time, so that a
// lock takes effect at once.
import { AppError } from '../../../shared/errors.ts'
import type { Db } from './db.ts'
import { wipe } from './keys.ts'

export interface Session {
  readonly vault: string
  readonly db: Db
  readonly master: Buffer
  /** Authenticates the head of the ledger outside the database. */
  readonly witnessKey: Buffer
}

export interface Sessions {
  /** Throws VAULT_LOCKED, or VAULT_REWRITING while the file is being replaced. */
  readonly current: () => Session
  /** True while the file is being replaced, too. */
  readonly isOpen: () => boolean
  readonly isSuspended: () => boolean
  readonly open: (session: Session) => void
  /** Closes the database but stays unlocked, while the file is being replaced. */
  readonly suspend: () => void
  readonly resume: (db: Db) => void
  readonly close: () => void
}

export function createSessions(): Sessions {
  let session: Session | undefined
  let suspended = false

  const closeDatabase = () => {
    if (session?.db.open === true) session.db.close()
  }

  return {
    current() {
      if (session === undefined) throw new AppError('VAULT_LOCKED')
      if (suspended) throw new AppError('VAULT_REWRITING')
      return session
    },
    isOpen: () => session !== undefined,
    isSuspended: () => suspended,
    open(opened) {
      session = opened
      suspended = false
    },
    suspend() {
      closeDatabase()
      suspended = true
    },
    resume(db) {
      if (session === undefined) throw new AppError('VAULT_LOCKED')
      session = { ...session, db }
      suspended = false
    },
    close() {
      closeDatabase()
      wipe(session?.master, session?.witnessKey)
      session = undefined
      suspended = false
    },
  }
}
