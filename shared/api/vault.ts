import { z } from 'zod'
import { recoveryWordCount } from '../recovery-words.ts'
import { longestVaultName, plainLine } from '../vault-name.ts'
import { method } from './method.ts'
import { hostNames } from './about.ts'
import { newPassphrase, nothing, passphrase, started, time, typedWords } from './values.ts'

export const vaultStates = ['none', 'locked', 'unlocked'] as const
export const vaultName = z.string().trim().normalize('NFC').min(1).max(longestVaultName).regex(plainLine)
export const defaultVaultName = 'My vault'

/**
 * Things the person must hear once; shown until dismissed. `hold-lost`: somebody removed the lock file of the open vault,
 * which then locked itself. `unwitnessed`: the state folder cannot be written, so an old vault put back goes unnoticed.
 * `damaged`: part of the open vault cannot be read. The last five: work that somebody asked for, stopped by a lock.
 */
export const noticeKinds = [
  'keys-repaired',
  'log-rolled-back',
  'backup-failed',
  'hold-lost',
  'unwitnessed',
  'damaged',
  'backup-stopped',
  'restore-stopped',
  'deep-erase-stopped',
  'erase-stopped',
  'export-stopped',
] as const
export const notice = z.strictObject({ kind: z.enum(noticeKinds), at: time })
export type Notice = z.infer<typeof notice>
export type StoppedNotice = Extract<Notice['kind'], `${string}-stopped`>

export const holder = z.strictObject({ host: z.enum(hostNames), pid: z.int(), since: time })
export type Holder = z.infer<typeof holder>

export const vaultStatus = z.strictObject({
  state: z.enum(vaultStates),
  name: z.string().nullable(),
  createdAt: time.nullable(),
  /** When the vault locks itself if nobody touches it; null while locked. */
  locksAt: time.nullable(),
  deviceKey: z.enum(['unavailable', 'off', 'on']),
  /** Another Mindkeep that has this vault open now; it cannot be unlocked here until that one closes it. */
  openElsewhere: holder.nullable(),
  notices: z.array(notice),
})
export type VaultStatus = z.infer<typeof vaultStatus>

const draft = z.string().max(64)
/** Names a drafted kit and shows, by two of its words, that it was kept. */
const keptKit = {
  draft,
  retyped: z.array(z.strictObject({ at: z.int().min(1).max(recoveryWordCount), word: z.string().max(32) })).length(2),
}

export const strength = z.strictObject({
  /** 0 to 4; 4 is enough. */
  score: z.int().min(0).max(4),
  enough: z.boolean(),
  /** What makes it easy to guess, for a sentence on the screen. */
  weakness: z.enum(['none', 'short', 'common', 'repeats', 'sequence', 'date', 'few-words']),
})
export type Strength = z.infer<typeof strength>

export const vaultApi = {
  'vault.status': method({ input: nothing, output: vaultStatus, whileLocked: true }),
  'vault.suggestPassphrase': method({
    input: nothing,
    output: z.strictObject({ passphrase: z.string() }),
    whileLocked: true,
  }),
  'vault.measurePassphrase': method({
    input: z.strictObject({ passphrase: z.string().max(1024) }),
    output: strength,
    whileLocked: true,
  }),

  /** Makes a recovery kit that opens nothing yet. It lives in memory until a vault is created with it, or 30 minutes. */
  'vault.draftKit': method({
    input: nothing,
    output: z.strictObject({
      draft: z.string(),
      words: z.array(z.string()).length(recoveryWordCount),
      /** Which words (1 to 24) to retype as proof that the kit was kept. */
      ask: z.array(z.int().min(1).max(recoveryWordCount)).length(2),
    }),
    whileLocked: true,
  }),
  /** Saves a kit as a text file where the person chooses. Hosts without a save dialog answer NOT_ON_THIS_HOST. */
  'vault.saveKit': method({
    input: z.strictObject({ draft, text: z.string().max(8192), name: z.string().max(120) }),
    output: z.strictObject({ saved: z.boolean() }),
    whileLocked: true,
  }),
  'vault.create': method({
    input: z.strictObject({
      name: vaultName,
      passphrase: newPassphrase,
      ...keptKit,
    }),
    output: vaultStatus,
    whileLocked: true,
  }),
  'vault.unlock': method({ input: z.strictObject({ passphrase }), output: vaultStatus, whileLocked: true }),
  'vault.unlockWithDevice': method({ input: nothing, output: vaultStatus, whileLocked: true }),
  /** Opens the vault with the recovery words and sets a new passphrase in the same act. */
  'vault.recover': method({
    input: z.strictObject({ words: typedWords, passphrase: newPassphrase }),
    output: vaultStatus,
    whileLocked: true,
  }),
  'vault.lock': method({ input: nothing, output: vaultStatus, whileLocked: true }),
  /** The person is here: starts the auto-lock time anew. */
  'vault.touch': method({ input: nothing, output: z.strictObject({ locksAt: time }) }),
  'vault.changePassphrase': method({
    input: z.strictObject({ current: passphrase, next: newPassphrase }),
    output: nothing,
  }),
  /** Replaces the recovery words by those of a drafted kit; the old words stop working. */
  'vault.renewKit': method({
    input: z.strictObject({
      passphrase,
      ...keptKit,
    }),
    output: nothing,
  }),
  'vault.setDeviceKey': method({ input: z.strictObject({ passphrase, on: z.boolean() }), output: vaultStatus }),
  'vault.dismissNotice': method({ input: z.strictObject({ kind: z.enum(noticeKinds) }), output: vaultStatus }),
  /** Rewrites the whole database under a fresh key, so that nothing deleted can be read from old sectors. */
  'vault.deepErase': method({ input: nothing, output: started }),
  /**
   * Deletes the vault, its blobs and its backups from this device. Irreversible; the name must be typed exactly. Backups that
   * say they are of another vault stay. Where the key files are lost, or of a newer Mindkeep, nobody knows the name: then it
   * is the name of the vault's folder, the last part of `app.about`'s `folder`; and nobody knows which backups are its own,
   * so that all stay.
   */
  'vault.delete': method({
    input: z.strictObject({ name: z.string().max(80) }),
    output: vaultStatus,
    whileLocked: true,
  }),
  /** The account that the recovery words lead to on the public record. */
  'vault.account': method({ input: nothing, output: z.strictObject({ address: z.string() }) }),
}
