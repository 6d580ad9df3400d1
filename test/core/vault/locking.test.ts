// Locking waits for nothing: not for work under way, not for whoever is on the way in, not for a keychain that never
// answers, and not for files it would have to read.
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../electron/core/ports.ts'
import { openDatabase } from '../../../electron/core/vault/db.ts'
import { createVaultDoor } from '../../../electron/core/vault/open-vault.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { draftKit, failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const other = 'harbour pencil mosaic eleven thunder'
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('the door', () => {
  it('closes and wipes though somebody is still reading, and gives the database back when they have ended', () => {
    const path = join(temporaryFolder(), 'read.db')
    const db = openDatabase({ path, key: randomBytes(32), cipher: 'aegis', create: true })
    db.exec('CREATE TABLE texts (n INTEGER); INSERT INTO texts VALUES (1), (2), (3)')
    const [master, witnessKey] = [randomBytes(32), randomBytes(32)]
    const door = createVaultDoor()
    door.open({ vault: 'a', db, master, witnessKey })
    const reading = db.prepare('SELECT n FROM texts').iterate()
    reading.next()
    door.close()
    expect(door.isOpen()).toBe(false)
    expect(door.closeTheRest()).toBe(false)
    expect(master.equals(Buffer.alloc(32))).toBe(true)
    expect(witnessKey.equals(Buffer.alloc(32))).toBe(true)
    reading.return?.()
    expect(door.closeTheRest()).toBe(true)
    expect(db.open).toBe(false)
  })
})

describe('locking', () => {
  it.each(['backups.create', 'vault.deepErase'] as const)(
    'does not wait for %s: the vault is closed before the call has come back',
    async (method) => {
      const { app, call, folder, stateFolder } = await template.open()
      await call(method)
      await turn()
      const locking = call('vault.lock')
      expect((await failure(call('vault.account'))).code).toBe('VAULT_LOCKED')
      expect((await locking).state).toBe('locked')
      await app.close()
      const again = await openTestApp({ folder, stateFolder })
      expect((await again.call('vault.unlock', { passphrase })).notices).toEqual([])
      expect((await again.finished(await again.call('ledger.verify'))).result).toMatchObject({ brokenAt: null })
    },
  )

  it.each([
    ['backups.create', 'backup-stopped'],
    ['vault.deepErase', 'deep-erase-stopped'],
  ] as const)('that stopped %s is told when the vault is unlocked again, once', async (method, kind) => {
    const { call, finished } = await template.open()
    // The one of today is not waited for by anybody, and goes on by itself.
    await finished(await call('backups.create'))
    await call(method)
    await turn()
    await call('vault.lock')
    // For everybody else it is over at once.
    expect(await call('jobs.list')).toEqual([])
    await call('vault.unlock', { passphrase })
    const kinds = async () => (await call('vault.status')).notices.map((notice) => notice.kind)
    await expect.poll(kinds, { timeout: 60_000 }).toEqual([kind])
    expect((await call('vault.dismissNotice', { kind })).notices).toEqual([])
    await call('vault.lock')
    expect((await call('vault.unlock', { passphrase })).notices).toEqual([])
  })

  it('that was followed by unlocking is over: the end of the work it stopped changes nothing any more', async () => {
    const { call, events } = await template.open()
    const { job } = await call('backups.create')
    await turn()
    await call('vault.lock')
    await call('vault.unlock', { passphrase })
    const ended = () =>
      events.some(({ event, payload }) => event === 'job.changed' && payload.id === job && payload.endedAt !== null)
    await expect.poll(ended, { timeout: 60_000 }).toBe(true)
    await turn()
    expect((await call('settings.get')).autoLockMinutes).toBe(10)
    expect((await call('vault.status')).state).toBe('unlocked')
  })

  it.each([
    ['unlock', { passphrase }],
    ['recover', { words: '', passphrase: other }],
  ] as const)('turns back whoever is on the way in by vault.%s', async (way, input) => {
    const { app, call, words } = await template.open()
    await call('vault.lock')
    const entering = failure(
      way === 'unlock'
        ? call('vault.unlock', { passphrase })
        : call('vault.recover', { ...input, words: words.join(' ') }),
    )
    await app.suspend()
    expect((await entering).code).toBe('VAULT_LOCKED')
    expect((await call('vault.status')).state).toBe('locked')
    // Nothing of it has happened.
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('turns back somebody who is making a vault, and nothing is made; the kit can be used again', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    const making = failure(opened.call('vault.create', { name: 'Ada', passphrase, draft, retyped }))
    await opened.app.suspend()
    expect((await making).code).toBe('VAULT_LOCKED')
    expect((await opened.call('vault.status')).state).toBe('none')
    expect((await opened.call('vault.create', { name: 'Ada', passphrase, draft, retyped })).state).toBe('unlocked')
  })

  it('does not wait for a keychain that never answers', async () => {
    const asked = Promise.withResolvers<void>()
    const store: SecretStore = {
      usable: () => Promise.resolve(true),
      seal() {
        asked.resolve()
        return new Promise<never>(() => undefined)
      },
      open: (sealed) => Promise.resolve(sealed),
    }
    const { app, call, clock } = await template.open({ ports: { secretStore: store } })
    const asking = failure(call('vault.setDeviceKey', { passphrase, on: true }))
    await asked.promise
    await app.suspend()
    expect((await failure(call('vault.account'))).code).toBe('VAULT_LOCKED')
    await clock.advance(60_000)
    expect((await asking).code).toBe('DEVICE_KEY_UNAVAILABLE')
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('is told to the page though both key files are damaged', async () => {
    const { app, call, folder, events } = await template.open()
    for (const name of ['vault.keys', 'vault.keys.bak']) writeFileSync(join(folder, name), 'damaged')
    events.length = 0
    await app.suspend()
    expect(events).toContainEqual({
      event: 'vault.changed',
      payload: expect.objectContaining({ state: 'locked', name: 'Ada', locksAt: null, notices: [] }) as unknown,
    })
    expect((await failure(call('vault.account'))).code).toBe('VAULT_LOCKED')
  })
})

describe('a vault that should have locked itself', () => {
  it('answers nothing, though no timer has fired, and changes nothing', async () => {
    const { call, clock, events } = await template.open()
    clock.set(new Date(clock.now().getTime() + 8 * 3_600_000))
    expect((await failure(call('settings.set', { autoLockMinutes: 77 }))).code).toBe('VAULT_LOCKED')
    expect(events.at(-1)).toMatchObject({ event: 'vault.changed', payload: { state: 'locked' } })
    await call('vault.unlock', { passphrase })
    expect((await call('settings.get')).autoLockMinutes).toBe(10)
    expect((await call('ledger.list')).entries.map(({ act }) => act)).toContainEqual({
      act: 'vault.locked',
      why: 'idle',
    })
  })
})

describe('a vault whose lock file was removed', () => {
  it('locks itself at the next call, and says so when it is unlocked again', async () => {
    const { call, folder, stateFolder } = await template.open()
    rmSync(join(folder, 'lock'))
    const second = await openTestApp({ folder, stateFolder })
    expect((await second.call('vault.unlock', { passphrase })).state).toBe('unlocked')
    expect((await failure(call('settings.set', { autoLockMinutes: 77 }))).code).toBe('VAULT_LOCKED')
    expect(await call('vault.status')).toMatchObject({ state: 'locked', openElsewhere: { pid: process.pid } })
    // It cannot be said to be locked while another has it open.
    expect((await failure(call('vault.lock'))).code).toBe('VAULT_BUSY')
    await second.call('vault.lock')
    expect((await call('vault.unlock', { passphrase })).notices).toMatchObject([{ kind: 'hold-lost' }])
    expect((await call('settings.get')).autoLockMinutes).toBe(10)
    expect((await call('vault.dismissNotice', { kind: 'hold-lost' })).notices).toEqual([])
  })

  it('locks itself soon, though nobody calls', async () => {
    const { clock, folder, events } = await template.open()
    rmSync(join(folder, 'lock'))
    await clock.advance(10_000)
    expect(events.at(-1)).toMatchObject({ event: 'vault.changed', payload: { state: 'locked' } })
  })
})
