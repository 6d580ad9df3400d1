// A browser's database copied while the browser was open: what is newest stands in the log beside it. Made by SQLite itself.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { firefox } from '../../../../../electron/core/imports/reader/formats/firefox.ts'
import { chromeHistory } from '../../../../../electron/core/imports/reader/formats/chrome.ts'
import { keptFolder } from '../../../../support/temporary-folder.ts'
import { mutated } from '../mutated.ts'
import { readAll } from '../support.ts'

interface Copied {
  readonly database: Buffer
  readonly log: Buffer
}

/** Copied while it is open: `before` has come to the database itself, `after` is only in the log. */
function copied(before: string, ...after: string[]): Copied {
  return copiedInPages(4096, before, ...after)
}

function copiedInPages(pageBytes: number, before: string, ...after: string[]): Copied {
  const { path: folder, remove } = keptFolder()
  const path = join(folder, 'open.sqlite')
  const made = new Database(path)
  made.pragma(`page_size = ${pageBytes}`)
  made.pragma('journal_mode = WAL')
  made.pragma('wal_autocheckpoint = 0')
  made.exec(before)
  made.pragma('wal_checkpoint(TRUNCATE)')
  for (const statements of after) made.exec(statements)
  const files = { database: readFileSync(path), log: readFileSync(`${path}-wal`) }
  made.close()
  remove()
  return files
}

const schema = `
  CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, hidden INTEGER DEFAULT 0);
  CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, place_id INTEGER, visit_date INTEGER, visit_type INTEGER);`
const visits = (from: number, to: number) => `
  WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
    INSERT INTO moz_places SELECT i, 'https://example.org/' || i, 'Page ' || i, 0 FROM n;
  WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
    INSERT INTO moz_historyvisits SELECT i, i, 1710000000000000 + i * 1000000, 1 FROM n;`

const open = copied(schema + visits(1, 10), visits(11, 20), visits(21, 400))
const read = async (database: Uint8Array, log: Uint8Array | undefined) => {
  const beside = log === undefined ? {} : { 'places.sqlite-wal': log }
  const { items, problems } = await readAll(firefox, { 'places.sqlite': database, ...beside })
  return { visits: items.length, last: items.at(-1)?.title, problems }
}

describe('a history copied while the browser was open', () => {
  it('has its newest visits from the log beside it', async () => {
    expect(await read(open.database, undefined)).toEqual({ visits: 10, last: 'Page 10', problems: [] })
    expect(await read(open.database, open.log)).toEqual({ visits: 400, last: 'Page 400', problems: [] })
  })

  it('is left exactly as it was, and so is its log', async () => {
    const before = { database: Buffer.from(open.database), log: Buffer.from(open.log) }
    await read(open.database, open.log)
    expect(before.database.equals(open.database) && before.log.equals(open.log)).toBe(true)
  })

  it("is read in the same way from Chrome's", async () => {
    const chrome = copied(
      `CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, last_visit_time INTEGER);
       CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, transition INTEGER);`,
      `INSERT INTO urls VALUES (1, 'https://example.org/', 'Example', 13354473600000001);
       INSERT INTO visits VALUES (1, 1, 13354473600000001, 0x30000001);`,
    )
    const { items } = await readAll(chromeHistory, {
      'Default/History': chrome.database,
      'Default/History-wal': chrome.log,
    })
    expect(items.map(({ title }) => title)).toEqual(['Example'])
  })

  it('cut off in its log has what was complete by then, and says that it was cut off', async () => {
    const firstCommit = copied(schema + visits(1, 10), visits(11, 20)).log.length
    expect(await read(open.database, open.log.subarray(0, firstCommit))).toMatchObject({ visits: 20, problems: [] })
    expect(await read(open.database, open.log.subarray(0, firstCommit + 1000))).toEqual({
      visits: 20,
      last: 'Page 20',
      problems: [{ why: 'cut-short', detail: 'wal' }],
    })
    const bent = Buffer.from(open.log)
    bent[firstCommit + 500] = (bent[firstCommit + 500] ?? 0) ^ 1
    expect(await read(open.database, bent)).toMatchObject({ visits: 20, problems: [{ why: 'cut-short' }] })
  })

  it('passes over what an earlier log left behind', async () => {
    const later = copied(schema + visits(1, 10), visits(11, 20))
    const tail = open.log.subarray(later.log.length)
    expect(await read(later.database, Buffer.concat([later.log, tail]))).toMatchObject({ visits: 20, problems: [] })
  })

  it('with the log of another database is read without it, and says so', async () => {
    const ignored = { visits: 10, last: 'Page 10', problems: [{ why: 'damaged', detail: 'wal' }] }
    const other = copied('CREATE TABLE a (x); INSERT INTO a VALUES (zeroblob(900000))', 'INSERT INTO a VALUES (1)')
    expect(await read(open.database, other.log)).toEqual(ignored)
    expect(await read(open.database, copiedInPages(1024, '', schema).log)).toEqual(ignored)
    expect(await read(open.database, Buffer.from('no log of any kind'.repeat(10)))).toEqual(ignored)
  })

  it('that is empty counts for nothing', async () => {
    expect(await read(open.database, new Uint8Array(0))).toMatchObject({ visits: 10, problems: [] })
  })

  it('bent anywhere gives visits and reasons', async () => {
    for (const bad of mutated(open.log, 60)) {
      const { visits: some } = await read(open.database, bad)
      expect(some).toBeGreaterThanOrEqual(10)
    }
  })
})
