// Changes to who can open the vault, for somebody who has just shown the passphrase: a new passphrase, a new recovery kit,
// the device key. The key file and the record of the change are written together.
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { SecretStore } from '../ports.ts'
import type { Serial } from '../serial.ts'
import { type KeyFile, type KeyFiles, exchangeKeys } from './keyfile.ts'
import { wipe } from './keys.ts'
import type { Kits, NewKit } from './kit.ts'
import type { Stretcher } from './passphrase.ts'
import type { VaultDoor } from './open-vault.ts'
import { sealDeviceSlot, sealPassphraseSlot, sealRecoverySlot } from './slots.ts'
import type { PassphraseJudge } from './strength.ts'
import type { WaysIn } from './ways-in.ts'

interface KeyChangeParts {
  readonly keyFiles: KeyFiles
  readonly door: VaultDoor
  readonly waysIn: WaysIn
  readonly stretcher: Stretcher
  readonly judge: PassphraseJudge
  readonly kits: Kits
  readonly ledger: Ledger
  readonly secretStore: SecretStore | undefined
  readonly oneByOne: Serial
}

type Change = (file: KeyFile, master: Buffer) => Promise<{ readonly file: KeyFile; readonly act: Act }>

export function createKeyChanges(parts: KeyChangeParts) {
  const { keyFiles, door, waysIn, stretcher, judge, kits, ledger, secretStore, oneByOne } = parts

  const apply = async (passphrase: string, change: Change): Promise<void> => {
    const opened = await waysIn.byPassphrase(passphrase)
    await oneByOne(async () => {
      try {
        // Locked or deleted while the guess was checked: then there is nothing here to change any more.
        door.current()
        const from = waysIn.heldKeys(opened)
        const { file: to, act } = await change(from, opened.master)
        exchangeKeys(keyFiles, { from, to }, (put) => ledger.record(act, put))
      } finally {
        wipe(opened.master)
      }
    })
  }

  return {
    async changePassphrase({ current, next }: { readonly current: string; readonly next: string }): Promise<void> {
      await judge.insistOnStrong(next)
      await apply(current, async (file, master) => ({
        file: {
          ...file,
          passphrase: await sealPassphraseSlot(stretcher, { vault: file.vault, master, passphrase: next }),
        },
        act: { act: 'passphrase.changed', by: 'passphrase' },
      }))
    },

    /** The account stays the one it was: it lives in the vault and its backups, sealed (docs/decisions/0005). */
    async renewKit({ passphrase, draft, retyped }: NewKit): Promise<void> {
      await apply(passphrase, async (file, master) => {
        const secret = await kits.confirm(draft, retyped)
        const recovery = sealRecoverySlot({ vault: file.vault, master, secret })
        wipe(secret)
        return { file: { ...file, recovery }, act: { act: 'kit.renewed' } }
      })
      kits.drop(draft)
    },

    async addDeviceKey(passphrase: string): Promise<void> {
      if (secretStore === undefined || !(await secretStore.usable())) throw new AppError('DEVICE_KEY_UNAVAILABLE')
      await apply(passphrase, async (file, master) => ({
        file: { ...file, device: await sealDeviceSlot(secretStore, { vault: file.vault, master }) },
        act: { act: 'device-key.set', on: true },
      }))
    },

    async removeDeviceKey(passphrase: string): Promise<void> {
      await apply(passphrase, async (file) => ({
        file: { ...file, device: null },
        act: { act: 'device-key.set', on: false },
      }))
    },
  }
}
