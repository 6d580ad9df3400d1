// Changes to who can open the vault, for somebody who has just shown the passphrase: a new passphrase, a new recovery kit,
// the device key. The key file and the record of the change are written together.
import type { Act } from '../../../../shared/api/ledger.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { SecretStore } from '../../ports.ts'
import type { Serial } from '../../serial.ts'
import type { Backups } from '../backups/backups.ts'
import type { Entry } from '../entry.ts'
import { type KeyFile, type KeyFiles, exchangeKeys } from './keyfile.ts'
import { wipe, withKey } from './keys.ts'
import type { Kits, NewKit } from './kit.ts'
import type { Stretcher } from './passphrase.ts'
import type { VaultDoor } from '../open-vault.ts'
import { sealDeviceSlot, sealPassphraseSlot, sealRecoverySlot } from './slots.ts'
import type { PassphraseJudge } from './strength.ts'
import type { Open, WaysIn } from './ways-in.ts'

interface KeyChangeParts {
  readonly backups: Backups
  readonly keyFiles: KeyFiles
  readonly door: VaultDoor
  readonly waysIn: WaysIn
  readonly stretcher: Stretcher
  readonly judge: PassphraseJudge
  readonly kits: Kits
  readonly ledger: Ledger
  readonly secretStore: SecretStore | undefined
  readonly entry: Entry
  readonly oneByOne: Serial
}

interface Change {
  readonly act: Act
  /** What takes time: waits for nobody's turn, so that nobody waits for it. */
  readonly make: (vault: { readonly vault: string; readonly master: Buffer }) => Promise<Partial<KeyFile>>
}

export function createKeyChanges(parts: KeyChangeParts) {
  const { backups, keyFiles, door, waysIn, stretcher, judge, kits, ledger, secretStore, entry, oneByOne } = parts

  const apply = async (passphrase: string, { act, make }: Change): Promise<void> => {
    const insistOnWelcome = entry.setOut()
    const open: Open = (files) => waysIn.byPassphrase(passphrase, files)
    const opened = await open()
    try {
      const changed = await make({ vault: opened.file.vault, master: opened.master })
      await oneByOne(async () => {
        // Locked or deleted meanwhile: then there is nothing here to change any more.
        insistOnWelcome()
        door.current()
        const { file: from, master } = await waysIn.heldKeys(opened, open)
        if (master !== opened.master) wipe(master)
        insistOnWelcome()
        if (from.vault !== opened.file.vault || from.vault !== door.current().vault) throw new AppError('KEYS_DAMAGED')
        exchangeKeys(keyFiles, { from, to: { ...from, ...changed } }, (put) => ledger.record(act, put))
        backups.renewKeys()
      })
    } finally {
      wipe(opened.master)
    }
  }

  return {
    async changePassphrase({ current, next }: { readonly current: string; readonly next: string }): Promise<void> {
      await judge.insistOnStrong(next)
      await apply(current, {
        act: { act: 'passphrase.changed', by: 'passphrase' },
        make: async (vault) => ({ passphrase: await sealPassphraseSlot(stretcher, { ...vault, passphrase: next }) }),
      })
    },

    /** The account stays the one it was: it lives in the vault and its backups, sealed (docs/decisions/0005). */
    async renewKit({ passphrase, draft, retyped }: NewKit): Promise<void> {
      await apply(passphrase, {
        act: { act: 'kit.renewed' },
        async make(vault) {
          const secret = await kits.confirm(draft, retyped)
          return withKey(secret, () => ({ recovery: sealRecoverySlot({ ...vault, secret }) }))
        },
      })
      kits.drop(draft)
    },

    async addDeviceKey(passphrase: string): Promise<void> {
      if (secretStore === undefined || !(await secretStore.usable())) throw new AppError('DEVICE_KEY_UNAVAILABLE')
      await apply(passphrase, {
        act: { act: 'device-key.set', on: true },
        make: async (vault) => ({ device: await sealDeviceSlot(secretStore, vault) }),
      })
    },

    async removeDeviceKey(passphrase: string): Promise<void> {
      await apply(passphrase, { act: { act: 'device-key.set', on: false }, make: async () => ({ device: null }) })
    },
  }
}
