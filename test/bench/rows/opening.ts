// From the key to an open vault: the whole of an unlock by device key, which derives nothing from a passphrase.
import { join } from 'node:path'
import { type App, createApp } from '../../../electron/core/app.ts'
import { systemClock, type SecretStore } from '../../../electron/core/ports.ts'
import { migrate } from '../../../electron/core/vault/migrate.ts'
import { lightStretching } from '../../support/light-stretching.ts'
import { createVaultIn, mustAnswer, passphrase } from '../bench-vault.ts'
import type { Bench } from '../harness.ts'
import { openPlain, vaultSettings } from '../plain-database.ts'
import { scratch, timed } from '../support.ts'

/** Stands for the system's secret store, which is not what is measured. */
const openDrawer: SecretStore = {
  usable: async () => true,
  seal: async (secret) => secret,
  open: async (sealed) => sealed,
}

export const opening: Bench = {
  name: 'open',
  says: 'unlocking after key derivation, ledger entry included; baseline: opening a plain database of the same schema',
  unit: 'ms',
  better: 'lower',
  goal: 150,
  judged: 'figure',
  rounds: 15,
  async open() {
    const folder = scratch()
    const app = await openApp(folder.path)
    await createVaultIn(app)
    await mustAnswer(app, 'vault.setDeviceKey', { passphrase, on: true })
    const values = vaultSettings(join(folder.path, 'settings.db'))
    const plainPath = join(folder.path, 'plain.db')
    const made = openPlain(plainPath, values)
    migrate(made, plainPath)
    made.close()
    return {
      async figure() {
        await mustAnswer(app, 'vault.lock', {})
        return timed(() => mustAnswer(app, 'vault.unlockWithDevice', {}))
      },
      baseline: () => timed(() => openPlain(plainPath, values).close()),
      async close() {
        await app.close()
        folder.remove()
      },
    }
  },
}

const openApp = (folder: string): Promise<App> =>
  createApp(
    { clock: systemClock, log: { write() {} }, secretStore: openDrawer },
    {
      host: 'desktop',
      version: 'bench',
      folder: join(folder, 'vault'),
      stateFolder: join(folder, 'state'),
      stretching: lightStretching,
    },
  )
