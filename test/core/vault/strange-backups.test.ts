// What lies in backups/ and is none of ours, or of another vault, and what is there where nothing else is.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { draftKit, failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('folders in backups/ that are none of ours', () => {
  it('do not keep the old passphrase in the backups that are: each is renewed by itself', async () => {
    const { call, folder, finished } = await template.open()
    const { result } = await finished(await call('backups.create'))
    const ours = (result as { backup: string }).backup
    for (const name of ['0-newer', '10000101000000-00000000', '99990101000000-00000000', 'zz-newer']) {
      mkdirSync(join(folder, 'backups', name))
      writeFileSync(join(folder, 'backups', name, 'vault.keys'), JSON.stringify({ version: 2 }))
    }
    mkdirSync(join(folder, 'backups', '0-folder', 'vault.keys'), { recursive: true })
    await call('vault.changePassphrase', { current: passphrase, next: 'harbour pencil mosaic eleven thunder' })
    const elsewhere = await openTestApp()
    cpSync(join(folder, 'backups', ours), join(elsewhere.folder, 'backups', ours), { recursive: true })
    const restored = failure(elsewhere.call('backups.restore', { id: ours, passphrase }))
    expect((await restored).code).toBe('WRONG_PASSPHRASE')
    expect(readFileSync(join(folder, 'backups', '0-newer', 'vault.keys'), 'utf8')).toBe('{"version":2}')
  })

  it('do not hide the others where something else is in the place of a manifest', async () => {
    const { call, folder, finished } = await template.open()
    await finished(await call('backups.create'))
    mkdirSync(join(folder, 'backups', '20200101000000-00000000', 'manifest.json'), { recursive: true })
    expect(await call('backups.list')).toMatchObject([{ whole: true }])
    expect((await finished(await call('backups.create'))).state).toBe('done')
  })
})

describe('backups of another vault beside ours', () => {
  const beside = async () => {
    const other = await openTestApp()
    const { draft, retyped } = await draftKit(other)
    await other.call('vault.create', { name: 'Other', passphrase, draft, retyped })
    await other.finished(await other.call('backups.create'))
    const ada = await template.open()
    cpSync(join(other.folder, 'backups'), join(ada.folder, 'backups'), { recursive: true })
    const [foreign] = await other.call('backups.list')
    return { ...ada, foreign }
  }

  it('do not stand in for the one of today', async () => {
    const { call, clock, finished } = await beside()
    await clock.advance(60_000)
    for (const { id } of await call('jobs.list')) await finished({ job: id })
    expect(await call('backups.list')).toMatchObject([{ reason: 'daily' }, { kept: 'another-vault' }])
  })

  it('are never thinned out, however old they are', async () => {
    const { call, clock, finished, foreign } = await beside()
    clock.set(new Date(clock.now().getTime() + 3 * 365 * 86_400_000))
    await call('vault.unlock', { passphrase })
    await finished(await call('backups.create'))
    expect((await call('backups.list')).map(({ id }) => id)).toContain(foreign?.id)
  })
})

describe('a folder with nothing but backups, as on a new computer', () => {
  it('says that there is no vault, and becomes the vault when one is restored', async () => {
    const old = await template.open()
    await old.call('settings.set', { autoLockMinutes: 42 })
    await old.finished(await old.call('backups.create'))
    const folder = temporaryFolder()
    cpSync(join(old.folder, 'backups'), join(folder, 'backups'), { recursive: true })
    const { call, finished } = await openTestApp({ folder })
    expect((await call('vault.status')).state).toBe('none')
    const [backup] = await call('backups.list')
    expect(backup).toMatchObject({ whole: true, kept: 'recent' })
    const wrong = failure(call('backups.restore', { id: backup?.id ?? '', passphrase: 'no' }))
    expect((await wrong).code).toBe('WRONG_PASSPHRASE')
    await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))
    expect(await call('vault.status')).toMatchObject({ state: 'unlocked', name: 'Ada' })
    expect((await call('settings.get')).autoLockMinutes).toBe(42)
    expect(existsSync(join(folder, 'replaced'))).toBe(false)
  })
})

describe('a key file of another vault', () => {
  const names = ['vault.keys', 'vault.keys.bak']
  /** Ada's vault, locked, with the key file of a vault that opens with the same passphrase. */
  const swapped = async ({ backedUp }: { readonly backedUp: boolean }) => {
    const other = await openTestApp()
    const { draft, retyped } = await draftKit(other)
    await other.call('vault.create', { name: 'Other', passphrase, draft, retyped })
    const ada = await template.open()
    if (backedUp) await ada.finished(await ada.call('backups.create'))
    await ada.call('vault.lock')
    for (const name of names) copyFileSync(join(other.folder, name), join(ada.folder, name))
    return ada
  }

  it('is called that where the backups say whose vault this is, and without it one of them is restored', async () => {
    const { call, finished, folder } = await swapped({ backedUp: true })
    expect((await failure(call('vault.unlock', { passphrase }))).code).toBe('KEYS_OF_ANOTHER_VAULT')
    const [backup] = await call('backups.list')
    for (const name of names) rmSync(join(folder, name))
    await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))
    expect(await call('vault.status')).toMatchObject({ state: 'unlocked', name: 'Ada' })
  })

  it('cannot be told from damage where there is no backup', async () => {
    const { call } = await swapped({ backedUp: false })
    expect((await failure(call('vault.unlock', { passphrase }))).code).toBe('VAULT_DAMAGED')
  })

  it('is not what a damaged database is called, however many backups of this vault there are', async () => {
    const { call, finished, folder } = await template.open()
    await finished(await call('backups.create'))
    await call('vault.lock')
    writeFileSync(join(folder, 'vault.db'), Buffer.alloc(8192, 1))
    expect((await failure(call('vault.unlock', { passphrase }))).code).toBe('VAULT_DAMAGED')
  })
})
