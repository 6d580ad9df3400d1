// What the ledger says after each of the vault's own acts, and that it says nothing of one that came to nothing.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../electron/core/ports.ts'
import type { ListedAct } from '../../../shared/api/ledger.ts'
import { type TestApp, draftKit, failure, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const next = 'harbour pencil mosaic eleven thunder'
const day = 86_400_000

const keychain: SecretStore = {
  usable: async () => true,
  seal: async (secret) => Uint8Array.from(secret),
  open: async (sealed) => sealed,
}

interface Row {
  readonly act: ListedAct
  readonly before?: (opened: TestApp) => Promise<unknown>
  /** Answers why it was refused. */
  readonly inVain: (opened: TestApp) => Promise<unknown>
  readonly refused: string
  readonly done: (opened: TestApp) => Promise<unknown>
}

const renewKit = async (opened: TestApp, word?: string) => {
  const { draft, retyped } = await draftKit(opened)
  const typed = retyped.map((one) => ({ ...one, word: word ?? one.word }))
  return opened.call('vault.renewKit', { passphrase, draft, retyped: typed })
}
const backup = async ({ call, finished }: TestApp) => finished(await call('backups.create'))

const rows: readonly Row[] = [
  {
    act: { act: 'passphrase.changed', by: 'passphrase' },
    inVain: async ({ call }) => (await failure(call('vault.changePassphrase', { current: next, next }))).code,
    refused: 'WRONG_PASSPHRASE',
    done: ({ call }) => call('vault.changePassphrase', { current: passphrase, next }),
  },
  {
    act: { act: 'kit.renewed' },
    inVain: async (opened) => (await failure(renewKit(opened, 'abandon'))).code,
    refused: 'KIT_MISMATCH',
    done: renewKit,
  },
  {
    act: { act: 'device-key.set', on: true },
    inVain: async ({ call }) => (await failure(call('vault.setDeviceKey', { passphrase: next, on: true }))).code,
    refused: 'WRONG_PASSPHRASE',
    done: ({ call }) => call('vault.setDeviceKey', { passphrase, on: true }),
  },
  {
    act: { act: 'device-key.set', on: false },
    before: ({ call }) => call('vault.setDeviceKey', { passphrase, on: true }),
    inVain: async ({ call }) => (await failure(call('vault.setDeviceKey', { passphrase: next, on: false }))).code,
    refused: 'WRONG_PASSPHRASE',
    done: ({ call }) => call('vault.setDeviceKey', { passphrase, on: false }),
  },
  {
    act: { act: 'vault.deep-erased' },
    async inVain({ call, finished }) {
      const started = await call('vault.deepErase')
      await call('jobs.cancel', { id: started.job })
      return (await finished(started)).state
    },
    refused: 'cancelled',
    done: async ({ call, finished }) => finished(await call('vault.deepErase')),
  },
]

const lastAct = async ({ call }: TestApp) => (await call('ledger.list')).entries[0]?.act
const removals = async ({ call }: TestApp) =>
  (await call('ledger.list')).entries.map((entry) => entry.act).filter(({ act }) => act === 'backup.removed')
const total = async ({ call }: TestApp) => (await call('ledger.list')).total

describe('the ledger', () => {
  it.each(rows)('says $act, and nothing where it came to nothing', async ({ act, before, inVain, refused, done }) => {
    const opened = await template.open({ ports: { secretStore: keychain } })
    await before?.(opened)
    const entries = await total(opened)
    expect(await inVain(opened)).toBe(refused)
    expect(await total(opened)).toBe(entries)
    await done(opened)
    expect([await total(opened), await lastAct(opened)]).toEqual([entries + 1, act])
  })

  it('says which backup was removed, and nothing of one that could not be', async () => {
    const opened = await template.open()
    const { call, clock, folder } = opened
    await call('settings.set', { backupEveryDay: false })
    await backup(opened)
    await clock.advance(1000)
    await backup(opened)
    const [, oldest] = await call('backups.list')
    // Of a day that is long past only the latest stays, and it is looked over with every new one.
    clock.set(new Date(clock.now().getTime() + 4 * day))
    await call('vault.unlock', { passphrase })
    const inTheWay = join(folder, 'backups', `${oldest?.id}.part`)
    writeFileSync(inTheWay, 'of another program')
    await backup(opened)
    expect(await removals(opened)).toEqual([])
    rmSync(inTheWay)
    await backup(opened)
    expect(await removals(opened)).toEqual([{ act: 'backup.removed', backup: oldest?.id }])
  })
})
