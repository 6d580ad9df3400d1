import { z } from 'zod'
import { method } from './method.ts'
import { id, nothing, passphrase, started, time, typedWords } from './values.ts'

/** Why it was made: by itself once a day, because somebody asked, or of the vault that a restore was about to replace. */
export const backupReasons = ['daily', 'asked', 'before-restore'] as const
export type BackupReason = (typeof backupReasons)[number]

export const backup = z.strictObject({
  id,
  at: time,
  bytes: z.int().nonnegative(),
  /** Every backup was restored and compared when it was made; this says that its files are still all there. */
  whole: z.boolean(),
  /**
   * Which rule keeps it: the last two days whole, the last week by day, the last month by week, the last year by month. One
   * of another vault than the one in this folder is kept by none, and never removed.
   */
  kept: z.enum(['recent', 'daily', 'weekly', 'monthly', 'another-vault']),
  /** Null for one of a version that did not say. */
  reason: z.enum(backupReasons).nullable(),
})
export type Backup = z.infer<typeof backup>

/** The result of a `backup` and of a `restore` job: which one it is. */
export const backupMade = z.strictObject({ backup: id })

export const backupsApi = {
  /** Readable while locked, so that a damaged vault can offer them. */
  'backups.list': method({ input: nothing, output: z.array(backup), whileLocked: true }),
  'backups.create': method({ input: nothing, output: started }),
  /**
   * Puts a backup in place of the vault, once it has passed its check, and after making one of the vault as it is where that
   * can still be read. Asks for the passphrase of today; where no key file is left, for the one in the backup.
   */
  'backups.restore': method({ input: z.strictObject({ id, passphrase }), output: started, whileLocked: true }),
  /** The same, for whoever has forgotten it. The vault is open afterwards; `vault.recover` sets a new passphrase. */
  'backups.restoreWithWords': method({
    input: z.strictObject({ id, words: typedWords }),
    output: started,
    whileLocked: true,
  }),
}
