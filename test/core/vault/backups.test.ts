import { appendFileSync, cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createKeyFiles } from '../../../electron/core/vault/keys/keyfile.ts'
import { draftKit, failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const day = 24 * 60 * 60_000

describe('a backup', () => {
  it('is made, checked by restoring it, listed and recorded', async () => {
    const { call, finished, folder } = await template.open()
    const job = await finished(await call('backups.create'))
    expect(job.state).toBe('done')
    const [backup] = await call('backups.list')
    expect(backup).toMatchObject({ whole: true, kept: 'recent', reason: 'asked' })
    const database = readFileSync(join(folder, 'backups', backup?.id ?? '', 'database'))
    expect(database.length).toBe(backup?.bytes)
    expect(database.includes('SQLite format 3')).toBe(false)
    expect((await call('ledger.list')).entries[0]?.act).toEqual({ act: 'backup.made', backup: backup?.id })
  })

  it('brings back the settings of its day, and keeps what was recorded since', async () => {
    const { call, finished, clock } = await template.open()
    await call('settings.set', { autoLockMinutes: 3 })
    await finished(await call('backups.create'))
    await clock.advance(60_000)
    await call('settings.set', { autoLockMinutes: 99 })
    const before = await call('ledger.list')
    const [backup] = await call('backups.list')
    const job = await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))
    expect(job).toMatchObject({ state: 'done' })
    expect((await call('settings.get')).autoLockMinutes).toBe(3)
    const after = await call('ledger.list')
    expect(after.entries.map(({ hash }) => hash)).toEqual(
      expect.arrayContaining(before.entries.map(({ hash }) => hash)),
    )
    // Recorded before it took the vault's place: there is no moment at which it is not known.
    expect(after.entries.slice(0, 3).map(({ act }) => act)).toMatchObject([
      { act: 'vault.unlocked' },
      { act: 'backup.restored', backup: backup?.id },
      { act: 'vault.locked' },
    ])
    expect((await finished(await call('ledger.verify'))).result).toMatchObject({ brokenAt: null, witness: 'agrees' })
    expect((await call('vault.status')).notices).toEqual([])
  })

  it('restores a vault whose database is gone, with the passphrase of today and not the one of then', async () => {
    const { app, call, finished, folder, stateFolder } = await template.open()
    await finished(await call('backups.create'))
    const next = 'harbour pencil mosaic eleven thunder'
    await call('vault.changePassphrase', { current: passphrase, next })
    await app.close()
    rmSync(join(folder, 'vault.db'))
    const again = await openTestApp({ folder, stateFolder })
    expect((await failure(again.call('vault.unlock', { passphrase: next }))).code).toBe('VAULT_DAMAGED')
    const [backup] = await again.call('backups.list')
    expect((await failure(again.call('backups.restore', { id: backup?.id ?? '', passphrase }))).code).toBe(
      'WRONG_PASSPHRASE',
    )
    expect(
      (await again.finished(await again.call('backups.restore', { id: backup?.id ?? '', passphrase: next }))).state,
    ).toBe('done')
    await again.call('vault.lock')
    expect((await again.call('vault.unlock', { passphrase: next })).state).toBe('unlocked')
  })

  it('restores a vault whose key files are both gone', async () => {
    const { app, call, finished, folder, stateFolder } = await template.open()
    await finished(await call('backups.create'))
    await app.close()
    for (const name of ['vault.keys', 'vault.keys.bak']) rmSync(join(folder, name))
    const again = await openTestApp({ folder, stateFolder })
    expect((await failure(again.call('vault.status'))).code).toBe('KEYS_DAMAGED')
    const [backup] = await again.call('backups.list')
    expect(
      (await again.finished(await again.call('backups.restore', { id: backup?.id ?? '', passphrase }))).state,
    ).toBe('done')
    expect((await again.call('vault.status')).state).toBe('unlocked')
  })

  it('restores a vault whose key file asks for unsafe settings, and brings its own back', async () => {
    const { app, call, finished, folder, stateFolder } = await template.open()
    await finished(await call('backups.create'))
    await app.close()
    const keyFiles = createKeyFiles({ folder })
    const file = keyFiles.read()
    if (file === undefined) throw new Error('there is a key file')
    const stretching = { ...file.passphrase.stretching, passes: 1 }
    keyFiles.write({ ...file, passphrase: { ...file.passphrase, stretching } })
    const again = await openTestApp({ folder, stateFolder })
    expect((await failure(again.call('vault.unlock', { passphrase }))).code).toBe('UNSAFE_KEY_SETTINGS')
    const [backup] = await again.call('backups.list')
    expect(
      (await again.finished(await again.call('backups.restore', { id: backup?.id ?? '', passphrase }))).state,
    ).toBe('done')
    await again.call('vault.lock')
    expect((await again.call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('is refused when it was changed, and the vault stays as it was', async () => {
    const { call, finished, folder } = await template.open()
    await finished(await call('backups.create'))
    const [backup] = await call('backups.list')
    const path = join(folder, 'backups', backup?.id ?? '', 'database')
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const job = await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))
    expect(job).toMatchObject({ state: 'failed', error: { code: 'BACKUP_DAMAGED' } })
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('is refused when its manifest was rewritten by somebody without the key', async () => {
    const { call, finished, folder } = await template.open()
    await finished(await call('backups.create'))
    const [backup] = await call('backups.list')
    const path = join(folder, 'backups', backup?.id ?? '', 'manifest.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"head": ".{4}/u, '"head": "0000'))
    const job = await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))
    expect(job).toMatchObject({ state: 'failed', error: { code: 'BACKUP_DAMAGED' } })
  })

  it('says that it is no longer whole when a file was cut or is missing', async () => {
    const { call, finished, folder } = await template.open()
    await finished(await call('backups.create'))
    const [backup] = await call('backups.list')
    const path = join(folder, 'backups', backup?.id ?? '', 'database')
    truncateSync(path, statSync(path).size - 1)
    expect(await call('backups.list')).toMatchObject([{ whole: false }])
    appendFileSync(path, 'x')
    expect(await call('backups.list')).toMatchObject([{ whole: true }])
    rmSync(path)
    expect(await call('backups.list')).toMatchObject([{ whole: false }])
  })

  it('is made by itself soon after opening and then every day, unless that is turned off', async () => {
    const { call, clock, finished } = await template.open()
    const backups = async () => {
      for (const { id } of await call('jobs.list')) await finished({ job: id })
      return (await call('backups.list')).length
    }
    const stayAwake = async (ms: number) => {
      for (let waited = 0; waited < ms; waited += 5 * 60_000) {
        await clock.advance(5 * 60_000)
        await call('vault.touch')
      }
    }
    await clock.advance(60_000)
    expect(await backups()).toBe(1)
    await stayAwake(day / 2)
    expect(await backups()).toBe(1)
    await stayAwake(day / 2 + 60 * 60_000)
    expect(await backups()).toBe(2)
    await call('settings.set', { backupEveryDay: false })
    await stayAwake(day + 60 * 60_000)
    expect(await backups()).toBe(2)
  })

  it('leaves nothing behind when it is stopped', async () => {
    const { call, finished } = await template.open()
    const started = await call('backups.create')
    await call('jobs.cancel', { id: started.job })
    expect((await finished(started)).state).toBe('cancelled')
    expect(await call('backups.list')).toEqual([])
  })
})

describe('the backups', () => {
  it('of the same day all stay: one made by hand takes the place of none', async () => {
    const { call, clock, finished } = await template.open()
    for (let count = 0; count < 3; count++) {
      await finished(await call('backups.create'))
      await clock.advance(1000)
    }
    expect(await call('backups.list')).toHaveLength(3)
  })

  it('gain one of the vault as it was before a restore, to go back to', async () => {
    const { call, clock, finished } = await template.open()
    await finished(await call('backups.create'))
    const [first] = await call('backups.list')
    await clock.advance(1000)
    await call('settings.set', { autoLockMinutes: 99 })
    await finished(await call('backups.restore', { id: first?.id ?? '', passphrase }))
    expect((await call('settings.get')).autoLockMinutes).toBe(10)
    const [before] = await call('backups.list')
    expect(before?.id).not.toBe(first?.id)
    expect(before?.reason).toBe('before-restore')
    await finished(await call('backups.restore', { id: before?.id ?? '', passphrase }))
    expect((await call('settings.get')).autoLockMinutes).toBe(99)
  })

  it('are not hidden by a stray file of another program, and neither is deleting the vault', async () => {
    const { call, finished, folder } = await template.open()
    await finished(await call('backups.create'))
    writeFileSync(join(folder, 'backups', '.DS_Store'), 'x')
    expect(await call('backups.list')).toHaveLength(1)
    expect((await call('vault.delete', { name: 'Ada' })).state).toBe('none')
  })

  it('of another vault are refused, and that vault is left alone', async () => {
    const other = await openTestApp()
    const { draft, retyped } = await draftKit(other)
    await other.call('vault.create', { name: 'Other', passphrase, draft, retyped })
    await other.finished(await other.call('backups.create'))
    const { call, folder } = await template.open()
    cpSync(join(other.folder, 'backups'), join(folder, 'backups'), { recursive: true })
    const [foreign] = await call('backups.list')
    expect(foreign?.kept).toBe('another-vault')
    const error = await failure(call('backups.restore', { id: foreign?.id ?? '', passphrase }))
    expect(error.code).toBe('BACKUP_OF_ANOTHER_VAULT')
    expect((await call('vault.status')).name).toBe('Ada')
  })
})

describe('a damaged backup', () => {
  const damageNewest = async ({ call, folder }: Awaited<ReturnType<typeof template.open>>) => {
    const [newest] = await call('backups.list')
    truncateSync(join(folder, 'backups', newest?.id ?? '', 'database'), 10)
    return newest?.id
  }

  it('does not take the place of a sound one of its day', async () => {
    const opened = await template.open()
    const { call, clock, finished } = opened
    await finished(await call('backups.create'))
    const [sound] = await call('backups.list')
    await clock.advance(1000)
    await finished(await call('backups.create'))
    await damageNewest(opened)
    clock.set(new Date(clock.now().getTime() + 4 * day))
    await call('vault.unlock', { passphrase })
    await finished(await call('backups.create'))
    expect((await call('backups.list')).map(({ id }) => id)).toContain(sound?.id)
  })

  it('does not stand in for the one of today', async () => {
    const opened = await template.open()
    const { call, clock, finished } = opened
    await finished(await call('backups.create'))
    await damageNewest(opened)
    await clock.advance(60_000)
    await vi.waitFor(async () => expect(await call('jobs.list')).toHaveLength(2), { timeout: 60_000 })
    for (const { id } of await call('jobs.list')) await finished({ job: id })
    expect(await call('backups.list')).toMatchObject([{ whole: true, reason: 'daily' }, { whole: false }])
  })
})

describe('the recovery words', () => {
  it('open a backup as well: on a new computer, and where the passphrase is forgotten', async () => {
    const first = await template.open()
    const { result } = await first.finished(await first.call('backups.create'))
    const id = (result as { backup: string }).backup
    const { call, finished, folder } = await openTestApp()
    cpSync(join(first.folder, 'backups'), join(folder, 'backups'), { recursive: true })
    const other = (await draftKit(first)).words.join(' ')
    expect((await failure(call('backups.restoreWithWords', { id, words: other }))).code).toBe('WRONG_RECOVERY_WORDS')
    expect((await failure(call('backups.restoreWithWords', { id, words: 'not so' }))).code).toBe('NOT_RECOVERY_WORDS')
    const words = first.words.join(' ')
    expect((await finished(await call('backups.restoreWithWords', { id, words }))).state).toBe('done')
    expect((await call('vault.status')).state).toBe('unlocked')
    // And then sets a passphrase that is known again.
    await call('vault.lock')
    await call('vault.recover', { words, passphrase: 'harbour pencil mosaic eleven thunder' })
    expect((await call('vault.status')).state).toBe('unlocked')
  })
})
