// What becomes of a vault whose files were emptied, cut or replaced by something else: a name for it, and nothing written.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftKit, failure, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('a vault.db', () => {
  it.each([0, 1, 100, 4095])(
    'cut to %i bytes is damaged, is not taken for a new vault, and stays as it is',
    async (bytes) => {
      const { call, finished, folder } = await template.open()
      await call('settings.set', { autoLockMinutes: 42 })
      await finished(await call('backups.create'))
      await call('vault.lock')
      const path = join(folder, 'vault.db')
      truncateSync(path, bytes)
      const before = { content: readFileSync(path), mtime: statSync(path).mtimeMs }
      expect((await failure(call('vault.unlock', { passphrase }))).code).toBe('VAULT_DAMAGED')
      expect({ content: readFileSync(path), mtime: statSync(path).mtimeMs }).toEqual(before)
      const [backup] = await call('backups.list')
      const restored = await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))
      expect(restored.state).toBe('done')
      expect((await call('settings.get')).autoLockMinutes).toBe(42)
    },
  )
})

/** Puts a folder with something in it where a file belongs. */
const folderAt = (path: string) => {
  rmSync(path, { force: true })
  mkdirSync(path)
  writeFileSync(join(path, 'theirs'), 'x')
}

describe('a folder where a file should be', () => {
  it('is damage of that copy where it is a key file: the other one opens the vault', async () => {
    const { call, folder } = await template.open()
    await call('vault.lock')
    folderAt(join(folder, 'vault.keys'))
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
    const next = 'harbour pencil mosaic eleven thunder'
    expect((await failure(call('vault.changePassphrase', { current: passphrase, next }))).code).toBe('FOLDER_UNUSABLE')
    await call('vault.lock')
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('is said where it is the database', async () => {
    const { call, folder } = await template.open()
    await call('vault.lock')
    folderAt(join(folder, 'vault.db'))
    expect((await failure(call('vault.unlock', { passphrase }))).code).toBe('FOLDER_UNUSABLE')
  })

  it.each(['vault.db.mindkeep-next', 'vault.db.mindkeep-restoring', 'reserve', 'deleting'])(
    'is said before a key is gone when it is called %s and the vault is deleted',
    async (name) => {
      const { call, folder } = await template.open()
      folderAt(join(folder, name))
      expect((await failure(call('vault.delete', { name: 'Ada' }))).code).toBe('FOLDER_UNUSABLE')
      rmSync(join(folder, name), { recursive: true })
      expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
    },
  )
})

describe('a vault whose key files are both lost, or of a newer Mindkeep', () => {
  const spoil = {
    lost: (path: string) => rmSync(path),
    damaged: (path: string) => writeFileSync(path, 'damaged'),
    'from the future': (path: string) =>
      writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), version: 2 })),
  }

  it.each(Object.entries(spoil))(
    '%s: is deleted by the name of its folder, and another can be made',
    async (_, act) => {
      const opened = await template.open()
      const { call, folder } = opened
      await call('vault.lock')
      for (const name of ['vault.keys', 'vault.keys.bak']) act(join(folder, name))
      expect((await failure(call('vault.delete', { name: 'Ada' }))).code).toBe('WRONG_NAME')
      expect(existsSync(join(folder, 'vault.db'))).toBe(true)
      expect((await call('vault.delete', { name: basename(folder) })).state).toBe('none')
      expect(readdirSync(folder)).toEqual(['lock'])
      const { draft, retyped } = await draftKit(opened)
      expect((await call('vault.create', { name: 'Ada', passphrase, draft, retyped })).state).toBe('unlocked')
    },
  )
})
