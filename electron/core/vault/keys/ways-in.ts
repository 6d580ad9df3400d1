// Who may enter: tries a passphrase, recovery words or the device key on the key file, one guess at a time, and answers
// with the master key or not at all.
import { existsSync } from 'node:fs'
import { AppError } from '../../../../shared/errors.ts'
import type { Clock, SecretStore } from '../../ports.ts'
import { type Opened, opensDatabase } from '../opening.ts'
import { type KeyFile, type KeyFiles, isSame } from './keyfile.ts'
import { wipe } from './keys.ts'
import { readRecoveryWords } from './kit.ts'
import type { Stretcher } from './passphrase.ts'
import { databasePath } from '../replace.ts'
import { openDeviceSlot, openPassphraseSlot, openRecoverySlot } from './slots.ts'
import { createThrottle } from './throttle.ts'

interface WaysInParts {
  readonly folder: string
  readonly clock: Clock
  readonly keyFiles: KeyFiles
  readonly stretcher: Stretcher
  readonly secretStore: SecretStore | undefined
}

/** By any of these key files; by those that lie here where none are named. */
export type Open = (files?: readonly KeyFile[]) => Promise<Opened>

export interface WaysIn {
  /** The key file, or nothing where there is no vault. Throws KEYS_DAMAGED where there should be one. */
  readonly readKeys: () => KeyFile | undefined
  /**
   * Reads again what was read before the vault was held: another process may have changed or removed it meanwhile. Where the
   * two copies differ, the one that opens the database is right: `open` tries the other one, whose master key may differ.
   */
  readonly heldKeys: (opened: Opened, open: Open) => Promise<Opened>
  /** Of the key file that has opened the database: the other copy becomes the same. */
  readonly mend: (file: KeyFile) => void
  readonly byPassphrase: (passphrase: string, files?: readonly KeyFile[]) => Promise<Opened>
  readonly byRecoveryWords: (words: string, files?: readonly KeyFile[]) => Promise<Opened>
  readonly byDevice: (files?: readonly KeyFile[]) => Promise<Opened>
  /** How many guesses were wrong before, and whether a damaged copy of the key file was replaced; until it is recorded. */
  readonly history: () => { readonly failedBefore: number; readonly keysRepaired: boolean }
  readonly forgetHistory: () => void
}

export function createWaysIn({ folder, clock, keyFiles, stretcher, secretStore }: WaysInParts): WaysIn {
  const throttle = createThrottle({ clock })
  let keysRepaired = false

  const readKeys = () => {
    const file = keyFiles.read()
    if (file === undefined && existsSync(databasePath(folder))) throw new AppError('KEYS_DAMAGED')
    return file
  }

  const insistOnCopies = (): readonly KeyFile[] => {
    // Read once: another process may be deleting them.
    const copies = keyFiles.copies()
    if (copies.length === 0) throw new AppError(existsSync(databasePath(folder)) ? 'KEYS_DAMAGED' : 'NO_VAULT')
    return copies
  }

  /** Undefined where it does not open either, or is not the one of this database. */
  const tryOther = async (other: KeyFile, open: Open): Promise<Opened | undefined> => {
    const opened = await open([other]).catch(() => undefined)
    if (opened === undefined || opensDatabase(folder, opened)) return opened
    wipe(opened.master)
    return undefined
  }

  return {
    readKeys,

    async heldKeys({ file, master }, open) {
      const now = insistOnCopies()
      const mine = now.find((one) => isSame(one, file)) ?? now.find(({ vault }) => vault === file.vault)
      if (mine === undefined) throw new AppError('NO_VAULT')
      const [other] = now.filter((one) => one !== mine)
      const held = { file: mine, master }
      if (other === undefined || opensDatabase(folder, held)) return held
      return (await tryOther(other, open)) ?? held
    },

    mend(file) {
      if (keyFiles.mend(file)) keysRepaired = true
    },

    async byPassphrase(passphrase, files) {
      const opened = await throttle.guess(async () => {
        for (const file of files ?? insistOnCopies()) {
          const master = await openPassphraseSlot(stretcher, file, passphrase)
          if (master !== undefined) return { file, master }
        }
        return undefined
      })
      if (opened === undefined) throw new AppError('WRONG_PASSPHRASE')
      return opened
    },

    async byRecoveryWords(words, files) {
      const tried = files ?? insistOnCopies()
      const secret = await readRecoveryWords(words)
      try {
        const opened = await throttle.guess(async () => {
          for (const file of tried) {
            const master = openRecoverySlot(file, secret)
            if (master !== undefined) return { file, master }
          }
          return undefined
        })
        if (opened === undefined) throw new AppError('WRONG_RECOVERY_WORDS')
        return opened
      } finally {
        wipe(secret)
      }
    },

    async byDevice(files) {
      const tried = (files ?? insistOnCopies()).filter(({ device }) => device !== null)
      if (secretStore === undefined || tried.length === 0) throw new AppError('DEVICE_KEY_UNAVAILABLE')
      for (const file of tried) {
        const master = await openDeviceSlot(secretStore, file)
        if (master !== undefined) return { file, master }
      }
      throw new AppError('DEVICE_KEY_FAILED')
    },

    history: () => ({ failedBefore: throttle.failures(), keysRepaired }),
    forgetHistory() {
      throttle.forgetFailures()
      keysRepaired = false
    },
  }
}
