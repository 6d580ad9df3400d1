// The ways that end with the vault open: making it, the passphrase, the recovery words, the device key. Whoever may not
// enter learns so before the vault is touched; an opening that fails leaves it locked and let go of.
import type { VaultStatus } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import { makeFolder } from '../files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import type { Serial } from '../serial.ts'
import { createFiles } from './creation.ts'
import type { Entry } from './entry.ts'
import { type KeyFile, type KeyFiles, exchangeKeys } from './keyfile.ts'
import { copyOf, wipe } from './keys.ts'
import type { Kits, NewKit } from './kit.ts'
import type { Stretcher } from './passphrase.ts'
import type { VaultDoor } from './open-vault.ts'
import { sealPassphraseSlot } from './slots.ts'
import type { PassphraseJudge } from './strength.ts'
import type { Opened, WaysIn } from './ways-in.ts'

interface ArrivalParts {
  readonly folder: string
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
  const { folder, clock, keyFiles, stretcher, judge, kits, waysIn, door, entry, ledger, oneByOne, changed } = parts

  const enter = (opened: Opened, by: 'passphrase' | 'device'): Promise<VaultStatus> =>
    oneByOne(async () => {
      const { master } = opened
      try {
        if (!door.isOpen()) {
          await entry.holding(async () => {
            entry.enter(waysIn.heldKeys(opened), copyOf(master), { by, history: waysIn.takeHistory() })
          })
        }
      } finally {
        wipe(master)
      }
      return changed()
    })

  return {
    async create({ name, passphrase, draft, retyped }: NewKit & { readonly name: string }): Promise<VaultStatus> {
      await judge.insistOnStrong(passphrase)
      return oneByOne(async () => {
        makeFolder(folder)
        if (waysIn.readKeys() !== undefined) throw new AppError('VAULT_EXISTS')
        const secret = await kits.confirm(draft, retyped)
        try {
          await entry.holding(async () => {
            // Another process may have made one here while this one waited for the hold.
            if (waysIn.readKeys() !== undefined) throw new AppError('VAULT_EXISTS')
            entry.enterNew(await createFiles({ folder, clock, keyFiles, stretcher }, { name, passphrase, secret }))
          })
        } finally {
          wipe(secret)
        }
        kits.drop(draft)
        return changed()
      })
    },

    async unlock(passphrase: string): Promise<VaultStatus> {
      return enter(await waysIn.byPassphrase(passphrase), 'passphrase')
    },

    async unlockWithDevice(): Promise<VaultStatus> {
      return enter(await waysIn.byDevice(), 'device')
    },

    /** Sets a new passphrase in the same act: whoever needs the recovery words has lost the old one. */
    async recover({ words, passphrase }: Recovery): Promise<VaultStatus> {
      await judge.insistOnStrong(passphrase)
      const opened = await waysIn.byRecoveryWords(words)
      return oneByOne(async () => {
        const { master } = opened
        const act = { act: 'passphrase.changed', by: 'recovery' } as const
        try {
          const slot = await sealPassphraseSlot(stretcher, { vault: opened.file.vault, master, passphrase })
          const renewed = (from: KeyFile): KeyFile => ({ ...from, passphrase: slot })
          if (door.isOpen()) {
            const from = waysIn.heldKeys(opened)
            exchangeKeys(keyFiles, { from, to: renewed(from) }, (put) => ledger.record(act, put))
          } else {
            await entry.holding(async () => {
              const from = waysIn.heldKeys(opened)
              const to = renewed(from)
              const arrival = { by: 'recovery', history: waysIn.takeHistory(), more: [act] } as const
              exchangeKeys(keyFiles, { from, to }, (put) => {
                put()
                entry.enter(to, copyOf(master), arrival)
              })
            })
          }
        } finally {
          wipe(master)
        }
        return changed()
      })
    },
  }
}
