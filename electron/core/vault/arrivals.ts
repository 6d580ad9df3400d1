// The ways that end with the vault open: making it, the passphrase, the recovery words, the device key. Whoever may not
// enter learns so before the vault is touched; an opening that fails leaves it locked and let go of.
import type { HostName } from '../../../shared/api/about.ts'
import type { VaultStatus } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import { makeFolder } from '../files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import type { Serial } from '../serial.ts'
import type { Backups } from './backups/backups.ts'
import { createFiles, drawUp, removeCreated } from './creation.ts'
import type { Entry } from './entry.ts'
import { type KeyFile, type KeyFiles, exchangeKeys } from './keys/keyfile.ts'
import { copyOf, wipe } from './keys/keys.ts'
import type { Kits, NewKit } from './keys/kit.ts'
import type { Stretcher } from './keys/passphrase.ts'
import type { VaultDoor } from './open-vault.ts'
import { sealPassphraseSlot } from './keys/slots.ts'
import type { PassphraseJudge } from './keys/strength.ts'
import type { Open, WaysIn } from './keys/ways-in.ts'

interface ArrivalParts {
  readonly backups: Backups
  readonly folder: string
  readonly host: HostName
  readonly clock: Clock
  readonly keyFiles: KeyFiles
  readonly stretcher: Stretcher
  readonly judge: PassphraseJudge
  readonly kits: Kits
  readonly waysIn: WaysIn
  readonly door: VaultDoor
  readonly entry: Entry
  readonly ledger: Ledger
  readonly oneByOne: Serial
  /** Told before the next act begins, so that the answer is of this one. */
  readonly changed: () => Promise<VaultStatus>
}

interface Recovery {
  readonly words: string
  readonly passphrase: string
}

export function createArrivals(parts: ArrivalParts) {
  const { folder, clock, keyFiles, stretcher, judge, kits, waysIn, door } = parts
  const { backups, entry, ledger, oneByOne, changed } = parts

  const enter = async (open: Open, by: 'passphrase' | 'device'): Promise<VaultStatus> => {
    const insistOnWelcome = entry.setOut()
    const opened = await open().catch((error: unknown) => {
      // In the middle of being deleted by another process.
      if (toAppError(error)?.code === 'KEYS_DAMAGED' && entry.holder() !== null) throw new AppError('VAULT_BUSY')
      throw error
    })
    return oneByOne(async () => {
      const { master } = opened
      try {
        if (!door.isOpen()) {
          await entry.holding(async () => {
            const held = await waysIn.heldKeys(opened, open)
            try {
              insistOnWelcome()
              entry.enter(held.file, copyOf(held.master), { by })
            } finally {
              wipe(held.master)
            }
          })
        }
      } finally {
        wipe(master)
      }
      return changed()
    })
  }

  return {
    async create({ name, passphrase, draft, retyped }: NewKit & { readonly name: string }): Promise<VaultStatus> {
      const insistOnWelcome = entry.setOut()
      await judge.insistOnStrong(passphrase)
      makeFolder(folder)
      if (waysIn.readKeys() !== undefined) throw new AppError('VAULT_EXISTS')
      const secret = await kits.confirm(draft, retyped)
      try {
        const drawn = await drawUp({ clock, stretcher }, { name, passphrase, secret })
        return await oneByOne(async () => {
          await entry.holding(async () => {
            insistOnWelcome()
            // Somebody may have made one here while the passphrase was stretched.
            if (waysIn.readKeys() !== undefined) throw new AppError('VAULT_EXISTS')
            const { made, told } = createFiles(parts, drawn)
            try {
              entry.enterNew(made, told)
            } catch (error) {
              removeCreated(parts, drawn.file)
              throw error
            }
          })
          kits.drop(draft)
          return changed()
        }).catch((error: unknown) => {
          // Wiped already where the files were begun.
          wipe(drawn.master)
          throw error
        })
      } finally {
        wipe(secret)
      }
    },

    unlock: (passphrase: string): Promise<VaultStatus> =>
      enter((files) => waysIn.byPassphrase(passphrase, files), 'passphrase'),
    unlockWithDevice: (): Promise<VaultStatus> => enter(waysIn.byDevice, 'device'),

    /** Sets a new passphrase in the same act: whoever needs the recovery words has lost the old one. */
    async recover({ words, passphrase }: Recovery): Promise<VaultStatus> {
      const insistOnWelcome = entry.setOut()
      await judge.insistOnStrong(passphrase)
      const open: Open = (files) => waysIn.byRecoveryWords(words, files)
      const opened = await open()
      const { master } = opened
      const act = { act: 'passphrase.changed', by: 'recovery' } as const
      try {
        const slot = await sealPassphraseSlot(stretcher, { vault: opened.file.vault, master, passphrase })
        const renewed = (from: KeyFile): KeyFile => ({ ...from, passphrase: slot })
        return await oneByOne(async () => {
          await entry.holding(async () => {
            const held = await waysIn.heldKeys(opened, open)
            // Of another vault: what was sealed for this one would not open it.
            if (held.master !== master) wipe(held.master)
            if (held.file.vault !== opened.file.vault) throw new AppError('KEYS_DAMAGED')
            insistOnWelcome()
            const from = held.file
            const to = renewed(from)
            if (door.isOpen()) {
              exchangeKeys(keyFiles, { from, to }, (put) => ledger.record(act, put))
              backups.renewKeys()
              return
            }
            const arrival = { by: 'recovery', more: [act] } as const
            exchangeKeys(keyFiles, { from, to }, (put) => {
              put()
              entry.enter(to, copyOf(master), arrival)
            })
          })
          return changed()
        })
      } finally {
        wipe(master)
      }
    },
  }
}
