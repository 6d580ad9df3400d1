// Acts of the vault that come when nobody expects them, and the end of it.
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyFiles } from '../../../electron/core/vault/keys/keyfile.ts'
import { uploaded } from '../imports/support.ts'
import { draftKit, failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const other = 'harbour pencil mosaic eleven thunder'

describe('acts that come at the wrong moment', () => {
  it('do not bring the keys of a deleted vault back', async () => {
    const { call, folder } = await template.open()
    const changing = failure(call('vault.changePassphrase', { current: passphrase, next: other }))
    await call('vault.delete', { name: 'Ada' })
    expect(['VAULT_LOCKED', 'NO_VAULT']).toContain((await changing).code)
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  it('leave nothing of what was on its way in or out when the vault is deleted', async () => {
    const { app, call, finished, folder } = await template.open()
    await uploaded({ app }, { 'letter.txt': 'on its way in' })
    await finished(await call('exports.start', { kind: 'readable' }))
    for (const name of ['incoming', 'outgoing']) {
      expect(readdirSync(join(folder, name))).toHaveLength(1)
      // As one that a crash left behind, of which nobody knows any more.
      writeFileSync(join(folder, name, 'a'.repeat(32)), 'sealed')
    }
    await call('vault.delete', { name: 'Ada' })
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  it('leave nothing in the way of another try when making a vault fails late', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    mkdirSync(join(opened.folder, 'vault.keys.bak'))
    await failure(opened.call('vault.create', { name: 'A', passphrase, draft, retyped }))
    rmSync(join(opened.folder, 'vault.keys.bak'), { recursive: true, force: true })
    expect((await opened.call('vault.create', { name: 'A', passphrase, draft, retyped })).state).toBe('unlocked')
  })

  it('leave no deletion that was cut short to a vault that is made later', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    const marker = join(opened.folder, 'deleting')
    writeFileSync(marker, JSON.stringify({ format: 'mindkeep/deleting/v1', vaults: [randomUUID()] }))
    await opened.call('vault.create', { name: 'A', passphrase, draft, retyped })
    expect(existsSync(marker)).toBe(false)
  })

  it.each(['noise', 'zeros'])('do not shut the owner out: a lock file full of %s is made anew', async (what) => {
    const { app, folder, stateFolder } = await template.open()
    await app.close()
    writeFileSync(join(folder, 'lock'), what === 'noise' ? randomBytes(8192) : Buffer.alloc(8192))
    const again = await openTestApp({ folder, stateFolder })
    expect((await again.call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('still lock when the computer sleeps, though the key files were damaged meanwhile', async () => {
    const { app, call, folder } = await template.open()
    for (const name of ['vault.keys', 'vault.keys.bak']) writeFileSync(join(folder, name), 'damaged')
    await app.suspend()
    expect((await failure(call('settings.get'))).code).toBe('VAULT_LOCKED')
  })

  it('start the time anew during a deep erase, too', async () => {
    const { call, finished } = await template.open()
    const erasing = await call('vault.deepErase')
    expect(await call('vault.touch')).toMatchObject({ locksAt: expect.stringMatching(/Z$/u) as string })
    expect((await finished(erasing)).state).toBe('done')
  })

  it.each([
    'a\nb',
    '\u001b[31mred',
    'x\u202Eb',
    'tab\there',
    'half \ud800',
    '\u200b',
    '\u00ad\u200b',
    '\u3164',
    '\u2800',
  ])('include a name that would disturb what stands around it: %j', async (name) => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    expect((await failure(opened.call('vault.create', { name, passphrase, draft, retyped }))).code).toBe(
      'INVALID_INPUT',
    )
  })
})

describe('deleting', () => {
  it('stops no work for a name that is wrong', async () => {
    const { call, finished } = await template.open()
    const backup = await call('backups.create')
    expect((await failure(call('vault.delete', { name: 'ada' }))).code).toBe('WRONG_NAME')
    expect((await finished(backup)).state).toBe('done')
  })

  it('takes the name typed in another Unicode form for the same', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    const name = 'Caf\u00e9'
    const made = await opened.call('vault.create', { name: name.normalize('NFD'), passphrase, draft, retyped })
    expect(made.name).toBe(name)
    expect((await opened.call('vault.delete', { name: name.normalize('NFD') })).state).toBe('none')
  })

  it('takes with it what was told of its jobs', async () => {
    const opened = await template.open()
    await opened.finished(await opened.call('ledger.verify'))
    await opened.call('vault.delete', { name: 'Ada' })
    expect(await opened.call('jobs.list')).toEqual([])
  })

  it('needs the exact name, and leaves nothing that opens', async () => {
    const { call, folder, finished, events } = await template.open()
    await finished(await call('backups.create'))
    expect((await failure(call('vault.delete', { name: 'ada' }))).code).toBe('WRONG_NAME')
    events.length = 0
    expect((await call('vault.delete', { name: 'Ada' })).state).toBe('none')
    // A page would go on offering what is gone.
    expect(events.map(({ event }) => event)).toContain('backups.changed')
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  it('is finished at the next start when it was cut short', async () => {
    const first = await template.open()
    await first.app.close()
    const { vault } = createKeyFiles({ folder: first.folder }).read() ?? {}
    writeFileSync(`${first.folder}/deleting`, JSON.stringify({ format: 'mindkeep/deleting/v1', vaults: [vault] }))
    const second = await openTestApp({ folder: first.folder })
    expect((await second.call('vault.status')).state).toBe('none')
    expect(existsSync(`${first.folder}/vault.db`)).toBe(false)
  })
})
