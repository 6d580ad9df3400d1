// The open vault: its database and the keys in memory. Everything that touches the database asks at the door each time, so
// that a lock takes effect at once.
import { AppError } from '../../../shared/errors.ts'
import type { Db } from './db.ts'
import { wipe } from './keys/keys.ts'

export interface OpenVault {
  readonly vault: string
  readonly db: Db
  readonly master: Buffer
  /** Authenticates the head of the ledger outside the database. */
  readonly witnessKey: Buffer
}

/**
 * Why nobody is answered though the vault is open. `replacing`: what they wrote would be lost. `untold`: no page was told
 * that it is open; to all others it is locked.
 */
type Refusal = 'replacing' | 'untold'

export interface VaultDoor {
  /** Throws VAULT_LOCKED, or VAULT_REWRITING while the file is being replaced. */
  readonly current: () => OpenVault
  /** True while the file is being replaced or nobody is answered, too. */
  readonly isOpen: () => boolean
  /** Open, as far as anybody was told. */
  readonly isKnownOpen: () => boolean
  /** Whether `current` answers. */
  readonly isAnswering: () => boolean
  readonly isSuspended: () => boolean
  readonly open: (opened: OpenVault) => void
  /** Closes the database but stays unlocked, while the file is being replaced. */
  readonly suspend: () => void
  readonly resume: (db: Db) => void
  /** Answers nobody until `answer` is called, or the vault is closed. */
  readonly refuse: (why: Refusal) => void
  readonly answer: () => void
  /** Answers our own work alone: to everybody else a vault of which nobody was told stays locked. */
  readonly answerWithin: () => void
  /**
   * Wipes the keys and closes the database. Does not throw: whatever happens, the vault is locked. SQLite refuses to close
   * a database that a reader is still walking through.
   */
  readonly close: () => void
  /** Closes what could not be closed then, and nothing that was opened since. False where a reader is still at it. */
  readonly closeTheRest: () => boolean
}

export function createVaultDoor(): VaultDoor {
  let openVault: OpenVault | undefined
  let suspended = false
  let refusal: Refusal | undefined
  let isUntold = false
  /** Closing these was refused, because a reader was still at them. */
  const stillOpen = new Set<Db>()

  const closeTheRest = () => {
    for (const db of stillOpen) {
      try {
        db.close()
        stillOpen.delete(db)
      } catch {
        // Busy. Nobody new gets at it any more, and the keys are gone from our side.
      }
    }
    return stillOpen.size === 0
  }

  return {
    current() {
      if (openVault === undefined || refusal === 'untold') throw new AppError('VAULT_LOCKED')
      if (suspended || refusal !== undefined) throw new AppError('VAULT_REWRITING')
      return openVault
    },
    isOpen: () => openVault !== undefined,
    isKnownOpen: () => openVault !== undefined && !isUntold,
    isAnswering: () => openVault !== undefined && refusal === undefined && !suspended,
    isSuspended: () => suspended,
    open(opened) {
      openVault = opened
      suspended = false
      refusal = undefined
      isUntold = false
    },
    suspend() {
      openVault?.db.close()
      suspended = true
    },
    resume(db) {
      if (openVault === undefined) throw new AppError('VAULT_LOCKED')
      openVault = { ...openVault, db }
      suspended = false
    },
    refuse(why) {
      if (openVault === undefined) return
      refusal = why
      isUntold = why === 'untold'
    },
    answer() {
      refusal = undefined
      isUntold = false
    },
    answerWithin() {
      refusal = undefined
    },
    close() {
      const closing = openVault
      openVault = undefined
      suspended = false
      refusal = undefined
      isUntold = false
      wipe(closing?.master, closing?.witnessKey)
      if (closing !== undefined) stillOpen.add(closing.db)
      closeTheRest()
    },
    closeTheRest,
  }
}
