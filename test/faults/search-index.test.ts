// The index of words is made of tables that SQLite keeps for it and of two that only look like tables. Whole-file work has
// to carry it along: a backup, a restore and a deep erase each end with an index that finds what it found before.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../../electron/core/vault/backups/backup-files.ts'
import { withDatabase } from './support/beside.ts'
import { scratchFolder } from './support/scratch.ts'
import { type Subject, firstPassphrase, foldersOf, makeVault, openSubject } from './support/subject.ts'

const base = join(scratchFolder(), 'work')
let subject: Subject

const change = (sql: string, first: number, count: number) =>
  withDatabase(base, (db) => {
    const statement = db.prepare(sql)
    db.transaction(() => {
      for (let id = first; id < first + count; id += 1) statement.run(id, `letter ${id}`, 'from the lighthouse', 'Ada')
    })()
  })
const add = (first: number, count: number) =>
  change('INSERT INTO words (rowid, title, body, people) VALUES (?, ?, ?, ?)', first, count)
/** A table that keeps no text has to be told what text goes (FTS5, "The 'delete' command"). */
const takeOut = (first: number, count: number) =>
  change("INSERT INTO words (words, rowid, title, body, people) VALUES ('delete', ?, ?, ?, ?)", first, count)

const found = () =>
  withDatabase(base, (db) => ({
    lighthouse: db.prepare('SELECT count(*) FROM words WHERE words MATCH ?').pluck().get('lighthouse'),
    one: db.prepare('SELECT rowid FROM words WHERE words MATCH ?').pluck().all('title:17'),
    seen: db.prepare("SELECT doc FROM words_seen WHERE term = 'lighthouse'").pluck().get(),
    sound: db.pragma('integrity_check', { simple: true }),
  }))

const full = { lighthouse: 500, one: [17], seen: 500, sound: 'ok' }

beforeAll(async () => {
  subject = await openSubject({ base })
  await makeVault(subject)
  await add(1, 500)
})
afterAll(() => subject.close())

describe('the index of words', () => {
  let backup = ''

  it('comes through a backup, which counts its tables but not what only looks like one', async () => {
    const { result } = await subject.finish('backups.create')
    backup = (result as { backup: string }).backup
    const rows = readManifest(join(foldersOf(base).folder, 'backups', backup))?.manifest.rows ?? {}
    expect(rows).toMatchObject({ words_data: expect.any(Number), words_docsize: 500, ledger: expect.any(Number) })
    expect(Object.keys(rows)).not.toContain('words')
    expect(Object.keys(rows)).not.toContain('words_seen')
    expect(await found()).toEqual(full)
  })

  it('comes through a deep erase, without what was taken out of it', async () => {
    await add(501, 500)
    await takeOut(501, 500)
    await subject.finish('vault.deepErase')
    expect(await found()).toEqual(full)
  })

  it('is restored as it was', async () => {
    await add(501, 100)
    expect((await found()).lighthouse).toBe(600)
    await subject.finish('backups.restore', { id: backup, passphrase: firstPassphrase })
    expect(await found()).toEqual(full)
  })
})
