// The open vault: its database and the keys in memory. Everything that touches the database asks at the door each time, so
// that a lock takes effect at once.
import { AppError } from '../../../shared/errors.ts'
import type { Db } from './db.ts'
import { wipe } from './keys.ts'

export interface OpenVault {
  readonly vault: string
  readonly db: Db
  readonly master: Buffer
  /** Authenticates the head of the ledger outside the database. */
  readonly witnessKey: Buffer
}

export interface VaultDoor {
  /** Throws VAULT_LOCKED, or VAULT_REWRITING while the file is being replaced. */
  readonly current: () => OpenVault
  /** True while the file is being replaced, too. */
  readonly isOpen: () => boolean
  readonly isSuspended: () => boolean
  readonly open: (opened: OpenVault) => void
  /** Closes the database but stays unlocked, while the file is being replaced. */
  readonly suspend: () => void
  readonly resume: (db: Db) => void
  readonly close: () => void
}

export function createVaultDoor(): VaultDoor {
  let openVault: OpenVault | undefined
  let suspended = false

  const closeDatabase = () => {
    if (openVault?.db.open === true) openVault.db.close()
  }

  return {
    current() {
      if (openVault === undefined) throw new AppError('VAULT_LOCKED')
      if (suspended) throw new AppError('VAULT_REWRITING')
      return openVault
    },
    isOpen: () => openVault !== undefined,
    isSuspended: () => suspended,
    open(opened) {
      openVault = opened
      suspended = false
    },
    suspend() {
      closeDatabase()
      suspended = true
    },
    resume(db) {
      if (openVault === undefined) throw new AppError('VAULT_LOCKED')
      openVault = { ...openVault, db }
      suspended = false
    },
    close() {
      closeDatabase()
      wipe(openVault?.master, openVault?.witnessKey)
      openVault = undefined
      suspended = false
    },
  }
}
