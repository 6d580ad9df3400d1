// Puts a backup in the place of the vault: the passphrase or the recovery words first, so that wrong ones are told at once,
// then the long work as a job, which ends with the vault open.
import { existsSync } from 'node:fs'
import { AppError } from '../../../../shared/errors.ts'
import { toAppError } from '../../failures.ts'
import type { JobContext, Jobs } from '../../jobs/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Queue } from '../../queue.ts'
import type { Serial } from '../../serial.ts'
import { readBackupKeys } from './backup-files.ts'
import type { Backups } from './backups.ts'
import type { Stage } from './staging.ts'
import type { Blobs } from '../blobs.ts'
import type { NoteCutShort } from '../cut-short.ts'
import type { Entry } from '../entry.ts'
import { type KeyFile, type KeyFiles, readSoundKeys } from '../keys/keyfile.ts'
import { copyOf, wipe } from '../keys/keys.ts'
import { isSafe } from '../keys/passphrase.ts'
import type { VaultDoor } from '../open-vault.ts'
import { inSteps } from '../steps.ts'
import type { Opened } from '../opening.ts'
import type { WaysIn } from '../keys/ways-in.ts'

interface RestoreParts {
  readonly backups: Backups
  readonly stage: Stage
  readonly blobs: Blobs
  readonly keyFiles: KeyFiles
  readonly waysIn: WaysIn
  readonly door: VaultDoor
  readonly entry: Entry
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly oneByOne: Serial
  readonly oneRewriteAtATime: Queue
  /** `first` happens in the breath in which it is told. */
  readonly changed: (first: () => void) => Promise<unknown>
  /** Told when the vault is left, so that no page goes on showing what is about to be replaced. */
  readonly onLeft: () => void
  readonly noteCutShort: NoteCutShort
}

/** These take turns with a restore: they have not begun, and find the restored vault when they do. */
const inTurn = ['backup', 'deep-erase', 'restore'] as const

interface Wanted {
  readonly id: string
  readonly by: 'passphrase' | 'recovery'
  /** The master key, from any of these key files that opens. */
  readonly prove: (files: readonly KeyFile[]) => Promise<Opened>
}

export function createRestore(parts: RestoreParts) {
  const { backups, stage, blobs, keyFiles, waysIn, door, entry } = parts
  const { jobs, ledger, oneByOne, oneRewriteAtATime, changed, onLeft, noteCutShort } = parts

  const keysOf = (vault: string): KeyFile | undefined => {
    const now = readSoundKeys(keyFiles)
    if (now !== undefined && now.vault !== vault) throw new AppError('BACKUP_OF_ANOTHER_VAULT')
    // One that asks for unsafe settings was tampered with: the backup's own takes its place.
    return now !== undefined && isSafe(now.passphrase.stretching) ? now : undefined
  }

  /** A vault that cannot be read any more is what people restore for: then there is nothing to open, and nothing to save. */
  const unlessDamaged = async (act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act()
      return true
    } catch (error) {
      const code = toAppError(error)?.code
      if (code === 'VAULT_DAMAGED' || code === 'BACKUP_DAMAGED' || code === 'KEYS_DAMAGED') return false
      throw error
    }
  }

  /** Nobody is told of it, and so nobody is answered. It is open to be saved, and first: opening drops what is staged. */
  const openPresent = async (master: Buffer, keys: KeyFile | undefined, by: Wanted['by']): Promise<void> => {
    if (door.isOpen() || keys === undefined) return
    entry.enter(keys, copyOf(master), { by })
    door.refuse('untold')
  }

  /** Whether all that was ever acknowledged is in a backup. From then on nobody is answered any more. */
  const save = async (context: JobContext, restored: string): Promise<boolean> => {
    if (!door.isOpen()) return false
    const why = door.isKnownOpen() ? 'replacing' : 'untold'
    const refuse = () => door.refuse(why)
    door.answerWithin()
    try {
      return await unlessDamaged(() => backups.makeLast(context, { sparing: restored, refuse }))
    } finally {
      refuse()
    }
  }

  const start = async ({ id, by, prove }: Wanted): Promise<{ job: string }> => {
    // A passphrase takes a second and the check of the backup minutes: a lock in between wins.
    const insistOnWelcome = entry.setOut()
    const folder = backups.folderOf(id)
    if (!existsSync(folder)) throw new AppError('NO_SUCH_BACKUP')
    const keysThen = readBackupKeys(folder)
    if (keysThen === undefined) throw new AppError('BACKUP_DAMAGED')
    // Only where the present key file is lost does the backup's own decide who may. A passphrase that was changed, or one
    // of a copy that came back from elsewhere, opens nothing any more.
    const { master } = await prove([keysOf(keysThen.vault) ?? keysThen])
    try {
      insistOnWelcome()
    } catch (error) {
      wipe(master)
      throw error
    }

    const restore = async (context: JobContext): Promise<void> => {
      const step = inSteps(context, { check: 1, save: 1 })
      insistOnWelcome()
      await unlessDamaged(() => openPresent(master, keysOf(keysThen.vault), by))
      // Before the vault is touched: a backup that does not pass leaves everything as it is.
      const staged = await stage(id, master, step('check'))
      try {
        await context.pace()
        await jobs.stopAll(inTurn, 'VAULT_REWRITING')
        insistOnWelcome()
        const saved = await save(step('save'), id)
        await context.pace()
        insistOnWelcome()
        entry.insistOnHold()
        // From here on nothing waits: the vault is closed, replaced and open again before anybody else is answered.
        if (door.isOpen()) {
          entry.leave('person')
          onLeft()
        }
        const file = staged.put({ keys: keysOf(keysThen.vault), saved })
        ledger.forgetWitnessIfPossible(file.vault)
        entry.enter(file, copyOf(master), { by })
        door.refuse('untold')
      } finally {
        staged.drop()
      }
    }

    /** One that comes to nothing leaves the vault open or locked, as it found it; locked, where it was left already. */
    const restoreOrLeaveBe = async (context: JobContext): Promise<void> => {
      const wasOpen = door.isOpen()
      try {
        await restore(context)
      } catch (error) {
        if (wasOpen) door.answer()
        else if (door.isOpen()) entry.leave('person')
        throw error
      }
    }

    const restoreAndTell = async (context: JobContext) => {
      try {
        await entry.holding(() => blobs.keeping(() => restoreOrLeaveBe(context)))
      } catch (error) {
        // Where nobody can say how the vault is, that is not what went wrong here.
        await changed(door.answer).catch(() => undefined)
        throw error
      }
      await changed(door.answer)
      return { backup: id }
    }

    const work = async (context: JobContext) => {
      try {
        return await oneRewriteAtATime(context, () => oneByOne(() => restoreAndTell(context)))
      } finally {
        wipe(master)
      }
    }
    return jobs.start('restore', work, { onCutShort: () => noteCutShort('restore-stopped') })
  }

  return {
    restore: ({ id, passphrase }: { readonly id: string; readonly passphrase: string }) =>
      start({ id, by: 'passphrase', prove: (files) => waysIn.byPassphrase(passphrase, files) }),
    restoreWithWords: ({ id, words }: { readonly id: string; readonly words: string }) =>
      start({ id, by: 'recovery', prove: (files) => waysIn.byRecoveryWords(words, files) }),
  }
}
