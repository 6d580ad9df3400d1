// Puts a backup in the place of the vault: the passphrase first, so that a wrong one is told at once, then the long work as
// a job, which ends with the vault open.
import { existsSync } from 'node:fs'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Serial } from '../serial.ts'
import { readBackupKeys } from './backup-files.ts'
import type { Backups } from './backups.ts'
import type { Entry } from './entry.ts'
import type { KeyFile, KeyFiles } from './keyfile.ts'
import { copyOf, wipe } from './keys.ts'
import { isSafe } from './passphrase.ts'
import type { VaultDoor } from './open-vault.ts'
import type { WaysIn } from './ways-in.ts'

interface RestoreParts {
  readonly backups: Backups
  readonly keyFiles: KeyFiles
  readonly waysIn: WaysIn
  readonly door: VaultDoor
  readonly entry: Entry
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly oneByOne: Serial
  readonly oneRewriteAtATime: Serial
  readonly changed: () => Promise<unknown>
}

interface Saving {
  /** The backup about to be restored, which making one more must not push out. */
  readonly id: string
  readonly context: JobContext
}

interface Wanted {
  readonly id: string
  readonly passphrase: string
}

export function createRestore(parts: RestoreParts) {
  const { backups, keyFiles, waysIn, door, entry, jobs, ledger, oneByOne, oneRewriteAtATime, changed } = parts

  const keysOf = (vault: string): KeyFile | undefined => {
    const now = readSoundKeys(keyFiles)
    if (now !== undefined && now.vault !== vault) throw new AppError('BACKUP_OF_ANOTHER_VAULT')
    // One that asks for unsafe settings was tampered with: the backup's own takes its place.
    return now !== undefined && isSafe(now.passphrase.stretching) ? now : undefined
  }

  /** Backs up the vault as it is. False where it cannot be read any more, which is what people restore for. */
  const savePresent = async (master: Buffer, keys: KeyFile | undefined, { id, context }: Saving): Promise<boolean> => {
    if (keys === undefined && !door.isOpen()) return false
    try {
      if (keys !== undefined && !door.isOpen()) {
        entry.enter(keys, copyOf(master), { by: 'passphrase', history: waysIn.takeHistory() })
      }
      await backups.make(context, { sparing: id })
      return true
    } catch (error) {
      const code = toAppError(error)?.code
      if (code === 'VAULT_DAMAGED' || code === 'BACKUP_DAMAGED' || code === 'KEYS_DAMAGED') return false
      throw error
    }
  }

  return async ({ id, passphrase }: Wanted): Promise<{ job: string }> => {
    const folder = backups.folderOf(id)
    if (!existsSync(folder)) throw new AppError('NO_SUCH_BACKUP')
    const keysThen = readBackupKeys(folder)
    if (keysThen === undefined) throw new AppError('BACKUP_DAMAGED')
    const keysBefore = keysOf(keysThen.vault)
    // The passphrase of today, or the one of the day the backup was made.
    const { master } = await waysIn.byPassphrase(
      passphrase,
      keysBefore === undefined ? [keysThen] : [keysBefore, keysThen],
    )
    await jobs.stopAll()

    const restore = async (context: JobContext): Promise<void> => {
      const saved = await entry.holding(() => savePresent(master, keysOf(keysThen.vault), { id, context }))
      if (door.isOpen()) entry.leave('person')
      await entry.holding(async () => {
        // Read again, now that nobody else can change them.
        const keys = keysOf(keysThen.vault)
        const file = await backups.putBack(id, { master, keys, saved }, context)
        ledger.forgetWitness(file.vault)
        entry.enter(file, copyOf(master), { by: 'passphrase', history: waysIn.takeHistory() })
        ledger.record({ act: 'backup.restored', backup: id }, () => undefined)
      })
    }

    return jobs.start('restore', (context) =>
      oneRewriteAtATime(() =>
        oneByOne(async () => {
          try {
            await restore(context)
          } finally {
            wipe(master)
            await changed()
          }
          return { backup: id }
        }),
      ),
    )
  }
}

/** A key file that is damaged beyond repair is one of the things a restore is for. */
function readSoundKeys(keyFiles: KeyFiles): KeyFile | undefined {
  try {
    return keyFiles.read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'KEYS_DAMAGED') return undefined
    throw error
  }
}
