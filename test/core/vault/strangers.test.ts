// What somebody else keeps in the folder of a vault is there after everything Mindkeep does in it.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { draftKit, failure, openTestApp, passphrase, readJson, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const strange = [
  'thesis.tmp',
  'restore.tmp',
  'vault.db.new',
  'deleting',
  'vault.db.before-christmas',
  'backups/photos/a.jpg',
  'backups/film.part/a',
  'blobs/x.bin',
  'replaced/door.jpg',
]

const furnish = (folder: string, files = strange) => {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
}
const missing = (folder: string, files = strange) => files.filter((file) => !existsSync(join(folder, file)))

describe('files of somebody else', () => {
  it('are left alone by a start on a folder without a vault', async () => {
    const folder = temporaryFolder()
    furnish(folder)
    const { call } = await openTestApp({ folder })
    expect((await call('vault.status')).state).toBe('none')
    expect(missing(folder)).toEqual([])
  })

  it('are left alone by a vault from its making to its deletion', async () => {
    const folder = temporaryFolder()
    furnish(folder)
    const opened = await openTestApp({ folder })
    const { call, finished } = opened
    const { draft, retyped } = await draftKit(opened)
    await call('vault.create', { name: 'Ada', passphrase, draft, retyped })
    const { result } = await finished(await call('backups.create'))
    expect((await finished(await call('vault.deepErase'))).state).toBe('done')
    await finished(await call('backups.restore', { id: (result as { backup: string }).backup, passphrase }))
    expect(missing(folder)).toEqual([])
    await call('vault.delete', { name: 'Ada' })
    // The marker of a deletion has this name; a file in its place is replaced by it.
    const left = strange.filter((name) => name !== 'deleting')
    expect(missing(folder, left)).toEqual([])
    expect(readdirSync(folder).toSorted()).toEqual(
      [
        'backups',
        'blobs',
        'lock',
        'replaced',
        'restore.tmp',
        'thesis.tmp',
        'vault.db.before-christmas',
        'vault.db.new',
      ].toSorted(),
    )
    expect(readdirSync(join(folder, 'backups')).toSorted()).toEqual(['film.part', 'photos'])
  })

  it('include the backups of another vault when this one is deleted', async () => {
    const other = await openTestApp()
    const kit = await draftKit(other)
    await other.call('vault.create', { name: 'Other', passphrase, draft: kit.draft, retyped: kit.retyped })
    await other.finished(await other.call('backups.create'))
    const { call, folder, finished } = await template.open()
    await finished(await call('backups.create'))
    cpSync(join(other.folder, 'backups'), join(folder, 'backups'), { recursive: true })
    await call('vault.delete', { name: 'Ada' })
    expect(readdirSync(join(folder, 'backups'))).toEqual(readdirSync(join(other.folder, 'backups')))
  })
})

describe('a vault whose name nobody can know any more', () => {
  it('goes by the name of its folder, and leaves every backup: nobody knows whose they are', async () => {
    const { app, call, folder, stateFolder, finished } = await template.open()
    await finished(await call('backups.create'))
    await app.close()
    for (const name of ['vault.keys', 'vault.keys.bak']) writeFileSync(join(folder, name), 'noise')
    const again = await openTestApp({ folder, stateFolder })
    expect((await failure(again.call('vault.delete', { name: 'Ada' }))).code).toBe('WRONG_NAME')
    expect((await again.call('vault.delete', { name: basename(folder) })).state).toBe('none')
    expect(existsSync(join(folder, 'vault.db'))).toBe(false)
    const [backup] = await again.call('backups.list')
    await again.finished(await again.call('backups.restore', { id: backup?.id ?? '', passphrase }))
    expect(await again.call('vault.status')).toMatchObject({ state: 'unlocked', name: 'Ada' })
  })
})

describe('something else in the place of one of our files or folders', () => {
  const put = {
    'a file called blobs': (folder: string) => {
      rmSync(join(folder, 'blobs'), { recursive: true, force: true })
      writeFileSync(join(folder, 'blobs'), 'mine')
    },
    'a file called replaced': (folder: string) => writeFileSync(join(folder, 'replaced'), 'mine'),
    'a folder called as a copy from before a migration': (folder: string) =>
      mkdirSync(join(folder, 'vault.db.before-1', 'mine'), { recursive: true }),
    'a folder called as a blob': (folder: string) =>
      mkdirSync(join(folder, 'blobs', 'a'.repeat(32), 'mine'), { recursive: true }),
    'a folder that only a newer Mindkeep can read, called as a backup': (folder: string) => {
      mkdirSync(join(folder, 'backups', '20200101000000-00000000'), { recursive: true })
      writeFileSync(join(folder, 'backups', '20200101000000-00000000', 'vault.keys'), '{"version":2}')
    },
  }

  it.each(Object.entries(put))('%s stops neither a backup nor an erasure nor a deletion, and stays', async (_, act) => {
    const { call, folder, finished } = await template.open()
    act(folder)
    const theirs = readdirSync(folder, { recursive: true }).map(String)
    expect((await finished(await call('backups.create'))).state).toBe('done')
    expect((await finished(await call('vault.deepErase'))).state).toBe('done')
    expect((await call('vault.delete', { name: 'Ada' })).state).toBe('none')
    const left = readdirSync(folder, { recursive: true }).map(String)
    expect(left.filter((name) => /^(vault\.(db|keys)(\.bak)?|deleting|reserve)$/u.test(name))).toEqual([])
    expect(left.filter((name) => name !== 'lock')).toEqual(
      theirs.filter((name) => /^(blobs|replaced|backups|vault\.db\.before-1)(\/|$)/u.test(name)),
    )
  })
})

describe('the marker of a deletion', () => {
  const markers = { empty: '', 'of another vault': '00000000-0000-4000-8000-000000000000' }

  it.each(Object.entries(markers))('that is %s deletes nothing', async (_, vault) => {
    const first = await template.open()
    await first.app.close()
    const content = JSON.stringify({ format: 'mindkeep/deleting/v1', vaults: [vault] })
    writeFileSync(join(first.folder, 'deleting'), vault === '' ? '' : content)
    const { call } = await openTestApp({ folder: first.folder })
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('that is of another vault goes: it must not delete this one on the day both copies of its keys are lost', async () => {
    const { app, folder } = await template.open()
    await app.close()
    const vaults = ['7b1c1c4e-7e4a-4f0e-8d7b-0d8b4a3d9c11']
    writeFileSync(join(folder, 'deleting'), JSON.stringify({ format: 'mindkeep/deleting/v1', vaults }))
    await (await openTestApp({ folder })).app.close()
    for (const name of ['vault.keys', 'vault.keys.bak']) writeFileSync(join(folder, name), 'noise')
    const { call } = await openTestApp({ folder })
    expect((await failure(call('vault.status'))).code).toBe('KEYS_DAMAGED')
    expect(existsSync(join(folder, 'vault.db'))).toBe(true)
  })

  it('of this vault goes when somebody enters it instead: what was written since is not deleted at the next start', async () => {
    const { app, call, folder } = await template.open()
    const { vault } = readJson(join(folder, 'vault.keys'), z.object({ vault: z.uuid() }))
    await call('vault.lock')
    writeFileSync(join(folder, 'deleting'), JSON.stringify({ format: 'mindkeep/deleting/v1', vaults: [vault] }))
    await call('vault.unlock', { passphrase })
    await app.close()
    const again = await openTestApp({ folder })
    expect((await again.call('vault.status')).state).toBe('locked')
  })
})
