import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLedger } from '../../../electron/core/ledger/ledger.ts'
import { createSettings } from '../../../electron/core/settings/settings.ts'
import { foundation } from '../../../electron/core/vault/migrations/0010-foundation.ts'
import { defaultSettings } from '../../../shared/api/settings.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('settings', () => {
  it('changes what is named and leaves the rest as it is', async () => {
    const { call } = await template.open()
    await call('settings.set', { singleKeyShortcuts: false })
    expect(await call('settings.get')).toEqual({ ...defaultSettings, singleKeyShortcuts: false })
  })

  it('records a change that is one, and nothing for one that is none', async () => {
    const { call } = await template.open()
    const { total } = await call('ledger.list')
    await call('settings.set', { autoLockMinutes: 10 })
    expect((await call('ledger.list')).total).toBe(total)
    await call('settings.set', { autoLockMinutes: 11, backupEveryDay: false })
    expect((await call('ledger.list')).total).toBe(total + 2)
  })

  it.each([0, 241, 1.5, '10', null])('refuses %s minutes', async (autoLockMinutes) => {
    const { app } = await template.open()
    expect(await app.dispatch('settings.set', { autoLockMinutes })).toMatchObject({ error: { code: 'INVALID_INPUT' } })
  })

  it('are in effect at once: a shorter time locks earlier', async () => {
    const { call, clock } = await template.open()
    await call('settings.set', { autoLockMinutes: 1, backupEveryDay: false })
    await clock.advance(60_000)
    await expect.poll(async () => (await call('vault.status')).state).toBe('locked')
    expect((await failure(call('settings.get'))).code).toBe('VAULT_LOCKED')
    await call('vault.unlock', { passphrase })
    expect((await call('settings.get')).autoLockMinutes).toBe(1)
  })
})

describe('a stored setting that this version cannot use', () => {
  const withStored = (rows: Readonly<Record<string, string>>) => {
    const db = new Database(':memory:')
    db.exec(foundation.sql)
    for (const [key, value] of Object.entries(rows)) db.prepare('INSERT INTO settings VALUES (?, ?)').run(key, value)
    const vault = { vault: 'a', db, master: Buffer.alloc(32), witnessKey: Buffer.alloc(32) }
    const parts = { openVault: () => vault, stateFolder: temporaryFolder(), emit: () => {} }
    const ledger = createLedger({ ...parts, clock: createFakeClock(), log: { write: () => {} } })
    return createSettings({ ...parts, ledger })
  }

  it.each(['100000', '0', '"ten"', 'null', '{}'])('is as if it had never been set: %s minutes', (autoLockMinutes) => {
    const settings = withStored({ autoLockMinutes, singleKeyShortcuts: 'false' })
    expect(settings.get()).toEqual({ ...defaultSettings, singleKeyShortcuts: false })
    expect(settings.set({ autoLockMinutes: 12 }).autoLockMinutes).toBe(12)
    expect(settings.get().autoLockMinutes).toBe(12)
  })

  it('is left alone where this version has no such setting', () => {
    const settings = withStored({ tomorrow: '1', backupEveryDay: 'false' })
    expect(settings.get()).toEqual({ ...defaultSettings, backupEveryDay: false })
  })
})

describe('appearance', () => {
  it('can be set before there is a vault, and stays for the next start', async () => {
    const first = await openTestApp()
    expect(await first.call('appearance.set', { language: 'de' })).toEqual({ theme: 'system', language: 'de' })
    const second = await openTestApp({ stateFolder: first.stateFolder })
    expect((await second.call('appearance.get')).language).toBe('de')
    expect(first.events).toContainEqual({ event: 'appearance.changed', payload: { theme: 'system', language: 'de' } })
  })

  it('falls back to the defaults when its file is torn, and holds nothing but a theme and a language', async () => {
    const { call, stateFolder } = await openTestApp()
    mkdirSync(stateFolder, { recursive: true })
    writeFileSync(join(stateFolder, 'appearance.json'), '{"theme":"da')
    expect(await call('appearance.get')).toEqual({ theme: 'system', language: 'system' })
    await call('appearance.set', { theme: 'dark' })
    expect(JSON.parse(readFileSync(join(stateFolder, 'appearance.json'), 'utf8'))).toEqual({
      theme: 'dark',
      language: 'system',
    })
  })
})
