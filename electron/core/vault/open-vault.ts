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
      openVault?.db.close()
      suspended = true
    },
    resume(db) {
      if (openVault === undefined) throw new AppError('VAULT_LOCKED')
      openVault = { ...openVault, db }
      suspended = false
    },
    close() {
      const closing = openVault
      openVault = undefined
      suspended = false
      wipe(closing?.master, closing?.witnessKey)
      if (closing !== undefined) stillOpen.add(closing.db)
      closeTheRest()
    },
    closeTheRest,
  }
}
