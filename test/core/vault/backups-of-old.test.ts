// What a backup remembers of keys, salts and clocks that are no longer the ones of now.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type KeyFile, createKeyFiles, parseKeyFile } from '../../../electron/core/vault/keys/keyfile.ts'
import { draftKit, failure, passphrase, readJson, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const other = 'harbour pencil mosaic eleven thunder'
type Opened = Awaited<ReturnType<typeof template.open>>

const backUp = async ({ call, finished, folder }: Opened) => {
  const { result } = await finished(await call('backups.create'))
  const { backup } = z.object({ backup: z.string() }).parse(result)
  return { id: backup, at: join(folder, 'backups', backup) }
}

describe('a passphrase or a kit that was changed', () => {
  const keysOf = (at: string) => parseKeyFile(readFileSync(join(at, 'vault.keys')))

  it('opens nothing by way of a backup made before, and the backup is as good as it was', async () => {
    const opened = await template.open()
    const { call, finished, folder } = opened
    const { id, at } = await backUp(opened)
    const old = keysOf(at)
    await call('vault.changePassphrase', { current: passphrase, next: other })
    expect(keysOf(at)?.passphrase).not.toEqual(old?.passphrase)
    const fresh = await draftKit(opened)
    await call('vault.renewKit', { passphrase: other, draft: fresh.draft, retyped: fresh.retyped })
    const ways = ({ passphrase, recovery, device }: KeyFile) => ({ passphrase, recovery, device })
    expect(ways(keysOf(at) as KeyFile)).toEqual(ways(createKeyFiles({ folder }).read() as KeyFile))
    expect((await failure(call('backups.restore', { id, passphrase }))).code).toBe('WRONG_PASSPHRASE')
    expect((await finished(await call('backups.restore', { id, passphrase: other }))).state).toBe('done')
  })

  it('is exchanged in the backups at the next opening, where it could not be when it was changed', async () => {
    const opened = await template.open()
    const { call } = opened
    const { at } = await backUp(opened)
    const old = readFileSync(join(at, 'vault.keys'))
    await call('vault.changePassphrase', { current: passphrase, next: other })
    writeFileSync(join(at, 'vault.keys'), old)
    await call('vault.lock')
    await call('vault.unlock', { passphrase: other })
    expect(readFileSync(join(at, 'vault.keys')).equals(old)).toBe(false)
  })
})

describe('a backup', () => {
  it('does not remember the salt that a deep erase forgets, from the moment it is made', async () => {
    const opened = await template.open()
    const { call, finished, folder } = opened
    const { id, at } = await backUp(opened)
    const salt = createKeyFiles({ folder }).read()?.databaseSalt ?? ''
    expect(readFileSync(join(at, 'vault.keys'), 'utf8')).not.toContain(salt)
    await call('vault.changePassphrase', { current: passphrase, next: other })
    await call('vault.changePassphrase', { current: other, next: passphrase })
    expect(readFileSync(join(at, 'vault.keys'), 'utf8')).not.toContain(salt)
    await finished(await call('vault.deepErase'))
    for (const name of ['vault.keys', 'manifest.json']) expect(readFileSync(join(at, name), 'utf8')).not.toContain(salt)
    const manifest = z.object({ manifest: z.object({ databaseSalt: z.string() }) })
    expect(readJson(join(at, 'manifest.json'), manifest).manifest.databaseSalt).not.toBe(salt)
    expect((await finished(await call('backups.restore', { id, passphrase }))).state).toBe('done')
  })

  it('made under a clock that ran ahead stops neither the daily ones nor the keeping of others', async () => {
    const { call, clock, finished } = await template.open()
    const now = clock.now()
    clock.set(new Date(now.getTime() + 300 * 86_400_000))
    await call('vault.unlock', { passphrase })
    await finished(await call('backups.create'))
    clock.set(now)
    await call('vault.touch')
    await clock.advance(60_000)
    for (const { id } of await call('jobs.list')) await finished({ job: id })
    expect(await call('backups.list')).toHaveLength(2)
    // Made by now: not another one each hour.
    await clock.advance(5 * 60_000)
    await call('vault.touch')
    expect(await call('backups.list')).toMatchObject([{ kept: 'recent' }, { kept: 'recent' }])
  })

  it('that was made is told, though an older one could not be thinned out', async () => {
    const opened = await template.open()
    const { call, clock, finished, events, logged } = opened
    const days = 86_400_000
    const first = await backUp(opened)
    await clock.advance(1000)
    await backUp(opened)
    clock.set(new Date(clock.now().getTime() + 30 * days))
    await call('vault.unlock', { passphrase })
    // A file where the older one would be moved to.
    writeFileSync(`${first.at}.part`, 'x')
    events.length = 0
    expect((await finished(await call('backups.create'))).state).toBe('done')
    expect(events.some(({ event }) => event === 'backups.changed')).toBe(true)
    expect(logged.some((line) => line.includes('backups.untidy'))).toBe(true)
    expect((await call('vault.status')).notices).toEqual([])
    expect(await call('backups.list')).toHaveLength(3)
  })
})
