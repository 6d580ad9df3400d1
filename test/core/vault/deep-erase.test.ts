// The database rewritten under another key.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { failure, passphrase, readJson, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('a deep erase', () => {
  it('rewrites the database under another key and keeps everything in it', async () => {
    const { call, finished, folder } = await template.open()
    await call('settings.set', { autoLockMinutes: 42 })
    const salt = () => readJson(join(folder, 'vault.keys'), z.object({ databaseSalt: z.string() })).databaseSalt
    const saltBefore = salt()
    expect((await finished(await call('vault.deepErase'))).state).toBe('done')
    expect(salt()).not.toBe(saltBefore)
    expect((await call('settings.get')).autoLockMinutes).toBe(42)
    await call('vault.lock')
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('leaves backups of before readable', async () => {
    const { call, finished } = await template.open()
    await finished(await call('backups.create'))
    await finished(await call('vault.deepErase'))
    const [backup] = await call('backups.list')
    expect((await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))).state).toBe('done')
  })

  it('is refused while something else is at the database, and done once that has ended', async () => {
    const { call, finished } = await template.open()
    const exporting = await call('exports.start', { kind: 'readable' })
    expect((await failure(call('vault.deepErase'))).code).toBe('VAULT_AT_WORK')
    expect((await finished(exporting)).state).toBe('done')
    expect((await finished(await call('vault.deepErase'))).state).toBe('done')
  })
})
