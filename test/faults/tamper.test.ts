// Files changed behind the core's back. Detected means one of three: refused with a named error; said to the person, after
// a repair from the second copy or because the ledger is shorter than its witness; or without effect, which is claimed
// only when everything in the vault, read back whole, is as before. What is put back old and whole has tests of its own.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { beforeAll, describe, expect, it } from 'vitest'
import { masterOf, putBlobBeside, withDatabase } from './support/beside.ts'
import {
  type OriginalBackup,
  examineBackup,
  examineVault,
  fingerprint,
  fingerprintOfBackup,
} from './support/examine.ts'
import { mutate } from './support/mutate.ts'
import { createRandom, say, seedOf, sized } from '../support/random.ts'
import { readFolder, scratchFolder, writeFolder } from './support/scratch.ts'
import { codeOfReply, firstPassphrase, foldersOf, makeVault, openSubject } from './support/subject.ts'

const suite = 'tamper'
const seed = seedOf(suite)
const root = scratchFolder()
const base = join(root, 'work')
const page = 4096

let files: ReadonlyMap<string, Buffer>
let upTo = 0
let original = ''
let backup: OriginalBackup

beforeAll(async () => {
  const random = createRandom(seed)
  const subject = await openSubject({ base })
  await makeVault(subject)
  await putBlobBeside(base, random.bytes(3000))
  await putBlobBeside(base, random.bytes(200_000))
  for (let minutes = 1; minutes <= 60; minutes += 1)
    await subject.call('settings.set', { autoLockMinutes: minutes + 10 })
  const { result } = await subject.finish('backups.create')
  // Closed once, so that the database holds pages; then changed, so that its write-ahead log does, too.
  await subject.call('vault.lock', {})
  await subject.call('vault.unlockWithDevice', {})
  for (let minutes = 1; minutes <= 20; minutes += 1)
    await subject.call('settings.set', { autoLockMinutes: minutes + 90 })
  upTo = (await subject.call('ledger.list', { limit: 1 })).total
  original = await withDatabase(base, (db, blobs) => fingerprint(db, blobs, { upTo }))
  files = new Map([...readFolder(base)].filter(([name]) => !name.endsWith('-shm') && !name.endsWith('/lock')))
  const { backup: id } = result as { backup: string }
  const master = await masterOf(base)
  const folder = join(foldersOf(base).folder, 'backups', id)
  backup = { base, id, master, fingerprint: fingerprintOfBackup({ folder, id, master, scratch: join(root, 'first') }) }
  await subject.close()
})

/** Which file is changed, as often as it stands here; where more than one fits, one of them. */
const kinds = [
  ...Array.from({ length: 8 }, () => /^vault\/vault\.db$/u),
  ...Array.from({ length: 4 }, () => /^vault\/vault\.db-wal$/u),
  ...[/^vault\/vault\.keys(\.bak)?$/u, /^vault\/vault\.keys(\.bak)?$/u, /^vault\/blobs\//u, /^vault\/blobs\//u],
  ...[/^vault\/backups\/.*\/database$/u, /\/manifest\.json$/u, /^vault\/backups\/.*\/vault\.keys$/u],
  /^vault\/backups\/.*\/blobs\//u,
]

describe('a file changed behind the back of the core', () => {
  it('is refused by name, said, or without effect, and never taken for sound', async () => {
    const random = createRandom(seed)
    const counts = new Map<string, number>()
    const wrong: string[] = []
    const count = sized({ small: 400, large: 20_000 })
    for (let change = 0; change < count; change += 1) {
      const kind = random.pick(kinds)
      const name = random.pick([...files.keys()].filter((one) => kind.test(one)))
      const { what, changed } = mutate(files.get(name) ?? Buffer.alloc(0), random)
      // Sometimes both copies of the key file are hit, each in its own way.
      const other = name === 'vault/vault.keys' && random.chance(0.4) ? 'vault/vault.keys.bak' : name
      const second = mutate(files.get(other) ?? Buffer.alloc(0), random).changed
      writeFolder(base, new Map([...files, [other, second], [name, changed]]))
      const { verdict, detail } = name.startsWith('vault/backups/')
        ? examineBackup(backup)
        : await examineVault({ base, upTo, fingerprint: original })
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
      if (verdict === 'not noticed' || verdict === 'no name')
        wrong.push(`${change}: ${what} in ${name}: ${verdict}, ${detail}`)
    }
    say(suite, `${count} changes: ${[...counts].map(([verdict, times]) => `${times} ${verdict}`).join(', ')}`)
    expect(wrong).toEqual([])
    expect(counts.get('refused')).toBeGreaterThan(count / 4)
    expect(counts.get('said')).toBeGreaterThan(0)
  })

  it('is refused by a real restore, which leaves the vault as it was', async () => {
    const random = createRandom(seed)
    const parts = ['database', 'manifest.json', 'vault.keys']
    for (let change = 0; change < sized({ small: 6, large: 300 }); change += 1) {
      const name = `vault/backups/${backup.id}/${parts[change % parts.length]}`
      const { changed } = mutate(files.get(name) ?? Buffer.alloc(0), random)
      writeFolder(base, new Map([...files, [name, changed]]))
      const expected = examineBackup(backup)
      writeFolder(base, new Map([...files, [name, changed]]))
      const subject = await openSubject({ base })
      const end = await subject.finish('backups.restore', { id: backup.id, passphrase: firstPassphrase }).then(
        () => 'restored',
        (error: unknown) => (error as { code: string }).code,
      )
      await subject.close()
      if (expected.verdict === 'without effect') expect(end).toBe('restored')
      else {
        expect([
          'BACKUP_DAMAGED',
          'VAULT_FROM_FUTURE',
          'UNSAFE_KEY_SETTINGS',
          'WRONG_PASSPHRASE',
          'NO_SUCH_BACKUP',
        ]).toContain(end)
        expect(await examineVault({ base, upTo, fingerprint: original })).toMatchObject({ verdict: 'without effect' })
      }
    }
  })
})

describe('old files put back', () => {
  const grow = async () => {
    writeFolder(base, files)
    const subject = await openSubject({ base })
    await subject.call('vault.unlockWithDevice', {})
    await subject.close()
    const before = readFolder(base)
    await subject.call('vault.unlockWithDevice', {})
    for (let minutes = 1; minutes <= 30; minutes += 1)
      await subject.call('settings.set', { autoLockMinutes: minutes + 150 })
    const { total } = await subject.call('ledger.list', { limit: 1 })
    const now = await withDatabase(base, (db, blobs) => fingerprint(db, blobs, { upTo: total }))
    await subject.close()
    return { before, after: readFolder(base), total, now }
  }

  it('are noticed when it is the whole vault: the head of the ledger is kept elsewhere', async () => {
    const { before, after, total, now } = await grow()
    const old = [...before].filter(([name]) => name.startsWith('vault/'))
    writeFolder(base, new Map([...after, ...old]))
    expect(await examineVault({ base, upTo: total, fingerprint: now })).toEqual({
      verdict: 'said',
      detail: 'log-rolled-back',
    })
  })

  it('are not noticed when the state folder is put back with them: there is no third place to look', async () => {
    const { before, total, now } = await grow()
    writeFolder(base, before)
    expect(await examineVault({ base, upTo: total, fingerprint: now })).toEqual({
      verdict: 'not noticed',
      detail: 'opens',
    })
  })

  it('are noticed page by page where the ledger lies, and not everywhere: a cipher does not know how old a page is', async () => {
    const { before, after, total, now } = await grow()
    const [old, present] = [before.get('vault/vault.db'), after.get('vault/vault.db')]
    if (old === undefined || present === undefined) throw new Error('there is no database to compare')
    const verdicts: string[] = []
    for (let at = 0; at < old.length; at += page) {
      if (old.subarray(at, at + page).equals(present.subarray(at, at + page))) continue
      const mixed = Buffer.concat([present.subarray(0, at), old.subarray(at, at + page), present.subarray(at + page)])
      writeFolder(base, new Map([...after, ['vault/vault.db', mixed]]))
      verdicts.push((await examineVault({ base, upTo: total, fingerprint: now })).verdict)
    }
    say(suite, `${verdicts.length} single old pages: ${verdicts.join(', ')}`)
    expect(verdicts.some((verdict) => verdict === 'refused' || verdict === 'said')).toBe(true)
    expect(verdicts).toContain('not noticed')
  })
})

describe('the same changes', () => {
  /** Flips bits in a database made by SQLite alone, and says how many of the flips change what is read without a word. */
  const silent = (cipher: 'none' | 'aes256cbc') => {
    const path = join(root, `control-${cipher}.db`)
    const open = (file: string) => {
      const db = new Database(file)
      if (cipher !== 'none') {
        db.pragma(`cipher = '${cipher}'`)
        db.pragma("key = 'a passphrase'")
      }
      return db
    }
    const db = open(path)
    db.exec('CREATE TABLE texts (n INTEGER PRIMARY KEY, text TEXT)')
    for (let n = 0; n < 300; n += 1) db.prepare('INSERT INTO texts VALUES (?, ?)').run(n, `line ${n} `.repeat(20))
    const read = (from: ReturnType<typeof open>) => JSON.stringify(from.prepare('SELECT * FROM texts').all())
    const expected = read(db)
    db.close()
    const bytes = readFileSync(path)
    const random = createRandom(seed)
    let unnoticed = 0
    for (let flip = 0; flip < 100; flip += 1) {
      const changed = Buffer.from(bytes)
      const at = page + random.int(bytes.length - page)
      changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8))
      writeFolder(join(root, 'control'), new Map([['changed.db', changed]]))
      const other = open(join(root, 'control', 'changed.db'))
      try {
        if (read(other) !== expected) unnoticed += 1
      } catch {
        // This one was noticed.
      } finally {
        other.close()
      }
    }
    return unnoticed
  }

  it('mostly pass unnoticed without encryption and with a cipher that has no tag: the suite can fail', () => {
    const counts = { none: silent('none'), aes256cbc: silent('aes256cbc') }
    say(suite, `of 100 flipped bits unnoticed: ${counts.none} in plain SQLite, ${counts.aes256cbc} under AES-256-CBC`)
    expect(counts.none).toBeGreaterThan(50)
    expect(counts.aes256cbc).toBeGreaterThan(50)
  })

  it('would be called what they are: an unchanged vault is without effect, and another content is not', async () => {
    writeFolder(base, files)
    expect(await examineVault({ base, upTo, fingerprint: original })).toMatchObject({ verdict: 'without effect' })
    expect(await examineVault({ base, upTo, fingerprint: 'other' })).toMatchObject({ verdict: 'not noticed' })
    expect(codeOfReply({ ok: true, value: null })).toBe('fine')
  })
})
