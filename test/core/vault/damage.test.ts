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
import { type SecretStore, systemClock } from '../../../electron/core/ports.ts'
import { openDatabase } from '../../../electron/core/vault/db.ts'
import { deleteFiles } from '../../../electron/core/vault/deleting.ts'
import { createKeyFiles } from '../../../electron/core/vault/keys/keyfile.ts'
import { createStretcher } from '../../../electron/core/vault/keys/passphrase.ts'
import { openPassphraseSlot } from '../../../electron/core/vault/keys/slots.ts'
import { databaseKey } from '../../../electron/core/vault/opening.ts'
import { AppError } from '../../../shared/errors.ts'
import { type TestApp, draftKit, failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

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

/** Turns one bit on the first page of a table, as the vault's own database has it. */
async function damage(folder: string, table: string): Promise<void> {
  const file = createKeyFiles({ folder }).read()
  if (file === undefined) throw new Error('there is a key file')
  const stretcher = createStretcher({ clock: systemClock, fixed: undefined })
  const master = await openPassphraseSlot(stretcher, file, passphrase)
  if (master === undefined) throw new Error('the passphrase is right')
  const path = join(folder, 'vault.db')
  const db = openDatabase({ path, key: databaseKey(master, file.databaseSalt), cipher: file.cipher })
  const page = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table))
  const size = Number(db.pragma('page_size', { simple: true }))
  db.close()
  const bytes = readFileSync(path)
  const at = (page - 1) * size + 100
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

const told = ({ events }: TestApp) =>
  events.flatMap((one) => (one.event === 'vault.changed' ? [one.payload.state] : [])).at(-1)

describe('a vault that opens is told to be open', () => {
  it.each(['notices', 'imports', 'restores', 'words_progress'])(
    'with a word of the damage where a page of %s is damaged',
    async (table) => {
      const { app, folder, stateFolder } = await template.open()
      await app.close()
      await damage(folder, table)
      const again = await openTestApp({ folder, stateFolder })
      const { call } = again
      const status = await call('vault.unlock', { passphrase })
      expect(status).toMatchObject({ state: 'unlocked', notices: [{ kind: 'damaged' }] })
      expect(told(again)).toBe('unlocked')
      expect((await call('vault.dismissNotice', { kind: 'damaged' })).notices).toEqual([])
      await call('vault.lock')
      expect(told(again)).toBe('locked')
      expect((await call('vault.unlock', { passphrase })).notices).toMatchObject([{ kind: 'damaged' }])
    },
  )

  it('where there is something to note, and the notices are what is damaged', async () => {
    const { app, folder, stateFolder } = await template.open()
    await app.close()
    await damage(folder, 'notices')
    // Where the head cannot be witnessed, that is noted.
    rmSync(stateFolder, { recursive: true })
    writeFileSync(stateFolder, 'a file')
    const { call } = await openTestApp({ folder, stateFolder })
    expect(await call('vault.unlock', { passphrase })).toMatchObject({
      state: 'unlocked',
      notices: [{ kind: 'damaged' }],
    })
  })

  const strays = {
    'a folder in outgoing': (folder: string) => mkdirSync(join(folder, 'outgoing', 'x'), { recursive: true }),
    'a folder in incoming': (folder: string) => mkdirSync(join(folder, 'incoming', 'x'), { recursive: true }),
    'a file called outgoing': (folder: string) => writeFileSync(join(folder, 'outgoing'), 'mine'),
    'a file called incoming': (folder: string) => writeFileSync(join(folder, 'incoming'), 'mine'),
  }

  it.each(Object.entries(strays))('whatever lies beside it: %s', async (_, put) => {
    const opened = await template.open()
    const { call, folder } = opened
    await call('vault.lock')
    put(folder)
    const before = readdirSync(folder, { recursive: true })
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
    expect(told(opened)).toBe('unlocked')
    expect(before.filter((name) => !existsSync(join(folder, String(name))))).toEqual([])
  })

  it('or it is locked again, and that is told: where its state cannot be read once it is open', async () => {
    const { app, folder, stateFolder } = await template.open()
    await app.close()
    let isOpening = false
    const secretStore: SecretStore = {
      async usable() {
        if (isOpening) for (const name of ['vault.keys', 'vault.keys.bak']) rmSync(join(folder, name), { force: true })
        return false
      },
      seal: () => Promise.reject(new Error('not asked for')),
      open: () => Promise.reject(new Error('not asked for')),
    }
    const again = await openTestApp({ folder, stateFolder, ports: { secretStore } })
    isOpening = true
    expect((await failure(again.call('vault.unlock', { passphrase }))).code).toBe('KEYS_DAMAGED')
    expect(told(again)).toBe('locked')
    expect((await failure(again.call('ledger.list', { limit: 1 }))).code).toBe('VAULT_LOCKED')
  })
})

describe('a deletion', () => {
  const readyToGo = async () => {
    const { app, folder, finished, call } = await template.open()
    await finished(await call('backups.create'))
    await app.close()
    const keyFiles = createKeyFiles({ folder })
    const vault = keyFiles.read()?.vault ?? ''
    return { folder, keyFiles, vault, dropTransit: () => undefined, ledger: { forgetWitness: () => undefined } }
  }
  const refuse = () => {
    throw new AppError('FOLDER_UNUSABLE')
  }

  it('that was refused before a key was gone is not done at the next start', async () => {
    const { keyFiles, vault, ...rest } = await readyToGo()
    const { folder } = rest
    const parts = { ...rest, keyFiles: { ...keyFiles, shred: refuse } }
    expect(() => deleteFiles(parts, [vault])).toThrow(AppError)
    const { call } = await openTestApp({ folder })
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('that cannot remove one thing removes all the others, says so, and is finished by the next start', async () => {
    const { vault, ...parts } = await readyToGo()
    const { folder } = parts
    expect(() => deleteFiles({ ...parts, ledger: { forgetWitness: refuse } }, [vault])).toThrow(AppError)
    expect(readdirSync(folder).toSorted()).toEqual(['deleting', 'lock'])
    const { call } = await openTestApp({ folder })
    expect((await call('vault.status')).state).toBe('none')
    expect(readdirSync(folder)).toEqual(['lock'])
  })
})
