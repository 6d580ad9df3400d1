// Who may enter: tries a passphrase, recovery words or the device key on the key file, one guess at a time, and answers
// with the master key or not at all.
import { existsSync } from 'node:fs'
import { AppError } from '../../../../shared/errors.ts'
import type { Clock, SecretStore } from '../../ports.ts'
import type { KeyFile, KeyFiles } from './keyfile.ts'
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

export interface Opened {
  readonly file: KeyFile
  readonly master: Buffer
}

export interface WaysIn {
  /** The key file, or nothing where there is no vault. Throws KEYS_DAMAGED where there should be one. */
  readonly readKeys: () => KeyFile | undefined
  /**
   * Reads again what was read before the vault was held: another process may have changed or removed it meanwhile. Replaces
   * a damaged copy.
   */
  readonly heldKeys: (opened: Opened) => KeyFile
  readonly byPassphrase: (passphrase: string, files?: readonly KeyFile[]) => Promise<Opened>
  readonly byRecoveryWords: (words: string, files?: readonly KeyFile[]) => Promise<Opened>
  readonly byDevice: () => Promise<Opened>
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

  const insistOnKeys = (): KeyFile => {
    const file = readKeys()
    if (file === undefined) throw new AppError('NO_VAULT')
    return file
  }

  return {
    readKeys,

    heldKeys({ file }) {
      const now = readKeys()
      if (now?.vault !== file.vault) throw new AppError('NO_VAULT')
      if (keyFiles.mend()) keysRepaired = true
      return now
    },

    async byPassphrase(passphrase, files) {
      const opened = await throttle.guess(async () => {
        for (const file of files ?? [insistOnKeys()]) {
          const master = await openPassphraseSlot(stretcher, file, passphrase)
          if (master !== undefined) return { file, master }
        }
        return undefined
      })
      if (opened === undefined) throw new AppError('WRONG_PASSPHRASE')
      return opened
    },

    async byRecoveryWords(words, files) {
      const tried = files ?? [insistOnKeys()]
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

    async byDevice() {
      const file = insistOnKeys()
      if (secretStore === undefined || file.device === null) throw new AppError('DEVICE_KEY_UNAVAILABLE')
      const master = await openDeviceSlot(secretStore, file)
      if (master === undefined) throw new AppError('DEVICE_KEY_FAILED')
      return { file, master }
    },

    history: () => ({ failedBefore: throttle.failures(), keysRepaired }),
    forgetHistory() {
      throttle.forgetFailures()
      keysRepaired = false
    },
  }
}
