// The browsers' own files: databases made by somebody else, and a tree in JSON.
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { chromeBookmarks, chromeHistory } from '../../../../../electron/core/imports/reader/formats/chrome.ts'
import { firefoxBackup } from '../../../../../electron/core/imports/reader/formats/firefox-backup.ts'
import { takeoutChrome } from '../../../../../electron/core/imports/reader/formats/takeout-chrome.ts'
import { firefox } from '../../../../../electron/core/imports/reader/formats/firefox.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

function database(...statements: string[]): Buffer {
  const made = new Database(':memory:')
  for (const statement of statements) made.exec(statement)
  const file = made.serialize()
  made.close()
  // As the browsers write them: written ahead.
  file[18] = 2
  file[19] = 2
  return file
}

const placesSchema = `
  CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, hidden INTEGER DEFAULT 0);
  CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER);
  CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER, parent INTEGER, position INTEGER, title LONGVARCHAR, dateAdded INTEGER, guid TEXT);
  CREATE INDEX moz_places_url ON moz_places (url);`

const places = database(
  placesSchema,
  `INSERT INTO moz_places VALUES (1, 'https://example.org/a', 'A page', 0), (2, 'https://example.org/hop', NULL, 1),
     (3, 'https://example.org/b', NULL, 0), (4, 'place:sort=8', 'Most visited', 0);
   INSERT INTO moz_historyvisits VALUES (1, 0, 1, 1710000000123456, 1), (2, 0, 2, 1710000000223456, 5),
     (3, 0, 3, 1710000000323456, 1), (4, 0, 3, 1710000000423456, 4), (5, 0, 1, 1710000000523456, 2), (6, 0, 1, -5, 1);
   INSERT INTO moz_bookmarks VALUES (1, 2, NULL, 0, 0, '', 0, 'root________'), (2, 2, NULL, 1, 0, 'menu', 0, 'menu________'),
     (3, 2, NULL, 1, 0, 'tags', 0, 'tags________'), (4, 2, NULL, 3, 0, 'slow', 0, 'tagslow12345'),
     (5, 1, 1, 2, 0, 'Kept', 1710000000000000, 'kept12345678'), (6, 1, 1, 4, 0, NULL, 1710000000000000, 'x23456789012'),
     (7, 1, 4, 2, 0, 'Most visited', 1710000000000000, 'query1234567'), (8, 2, NULL, 9, 0, 'one', 0, 'one456789012'),
     (9, 2, NULL, 8, 0, 'other', 0, 'other6789012'), (10, 1, 3, 8, 0, NULL, 0, 'ring56789012');`,
)

describe("Firefox's places", () => {
  it('are known by their schema', () => {
    expect(firefox.recognises(sampleOf('anything.bin', places))).toBe(certainty.certain)
    expect(chromeHistory.recognises(sampleOf('anything.bin', places))).toBe(certainty.no)
  })

  it('give each visit that the history would show, and each bookmark with its tags and folders', async () => {
    const { items, problems, skipped } = await readAll(firefox, { 'places.sqlite': places })
    expect(items.map(({ type, title, when }) => [type, title, when])).toEqual([
      ['visit', 'A page', { at: 1_710_000_000_123 }],
      ['visit', 'https://example.org/b', { at: 1_710_000_000_323 }],
      ['visit', 'A page', { at: 1_710_000_000_523 }],
      ['bookmark', 'Kept', { at: 1_710_000_000_000 }],
      ['bookmark', 'https://example.org/b', undefined],
    ])
    expect(items[3]?.tags).toEqual(['slow'])
    expect(items[3]?.facts).toEqual({ url: 'https://example.org/a', folder: 'menu' })
    expect(problems).toEqual([{ why: 'not-a-date', detail: '-5', at: 5 }])
    expect(skipped).toBe(4)
  })

  it('whose schema stands too far back to be seen are known by their name', () => {
    const tables = Array.from({ length: 900 }, (_, at) => `CREATE TABLE t${at} (${'x'.repeat(200)} TEXT);`).join('')
    const hidden = database(`${tables}${placesSchema}`)
    hidden.fill(0, 100, 64 * 1024)
    expect(firefox.recognises(sampleOf('profile/places.sqlite', hidden))).toBe(certainty.likely)
    expect(firefox.recognises(sampleOf('profile/other.sqlite', hidden))).toBe(certainty.no)
    expect(firefox.recognises(sampleOf('profile/places.sqlite', 'no database'))).toBe(certainty.no)
  })

  it('with a computed column that nobody reads are read', async () => {
    const newer = database(
      placesSchema.replace('hidden INTEGER DEFAULT 0', 'hidden INTEGER DEFAULT 0, host TEXT AS (substr(url, 9))'),
      `INSERT INTO moz_places VALUES (1, 'https://example.org/a', 'A page', 0);
       INSERT INTO moz_historyvisits VALUES (1, 0, 1, 1710000000123456, 1);`,
    )
    expect((await readAll(firefox, { 'places.sqlite': newer })).items).toHaveLength(1)
  })

  it('are left exactly as they were', async () => {
    const before = Buffer.from(places)
    await readAll(firefox, { 'places.sqlite': places })
    expect(places.equals(before)).toBe(true)
  })
})

describe('a database made to harm', () => {
  it('whose table is a view that never ends is not run', async () => {
    const view = database(
      `CREATE VIEW moz_places AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r)
         SELECT id, 'https://example.org' AS url, '' AS title, 0 AS hidden FROM r`,
    )
    expect((await readAll(firefox, { 'places.sqlite': view })).problems).toEqual([{ why: 'no-content' }])
  })

  it('whose columns are computed is not run', async () => {
    const computed = database(
      `CREATE TABLE moz_places (id INTEGER PRIMARY KEY, title TEXT, hidden INTEGER,
         url TEXT GENERATED ALWAYS AS (hex(zeroblob(4000))) VIRTUAL)`,
      `INSERT INTO moz_places (id) VALUES (1)`,
    )
    expect((await readAll(firefox, { 'places.sqlite': computed })).problems).toEqual([{ why: 'no-content' }])
  })

  it('cut short or bent anywhere ends with a reason', { timeout: 120_000 }, async () => {
    for (const bad of mutated(places, 150)) {
      const { problems, items } = await readAll(firefox, { 'places.sqlite': bad })
      expect(items.length + problems.length).toBeGreaterThan(0)
    }
  })
})

const chromeFile = database(
  `CREATE TABLE urls (id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER, last_visit_time INTEGER NOT NULL);
   CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL);
   INSERT INTO urls VALUES (1, 'https://example.org/', 'Example', 3, 13354473600000001);
   INSERT INTO visits VALUES (1, 1, 13354473600000001, 0, 0x30000001), (2, 1, 13354473600000002, 0, 0x10000001), (3, 1, 13354473600000003, 0, 0x30000003);`,
)

describe("Chrome's history", () => {
  it('is known by its schema', () => {
    expect(chromeHistory.recognises(sampleOf('History', chromeFile))).toBe(certainty.certain)
    expect(firefox.recognises(sampleOf('History', chromeFile))).toBe(certainty.no)
  })

  it('gives the pages arrived at, in our time, without frames and redirects passed through', async () => {
    const { items, skipped, problems } = await readAll(chromeHistory, { History: chromeFile })
    expect(items.map(({ title, when, facts }) => [title, when, facts])).toEqual([
      ['Example', { at: Date.UTC(2024, 2, 9, 16) }, { url: 'https://example.org/' }],
    ])
    expect([skipped, problems]).toEqual([2, []])
  })
})

const tree = JSON.stringify({
  checksum: '0',
  roots: {
    bookmark_bar: {
      type: 'folder',
      name: 'Bookmarks bar',
      children: [
        { type: 'url', name: 'One', url: 'https://example.org/1', guid: 'g1', date_added: '13354473600000000' },
        {
          type: 'folder',
          name: 'Deep',
          children: [{ type: 'url', name: '', url: 'https://example.org/2', guid: 'g2' }],
        },
      ],
    },
    other: { type: 'folder', name: 'Other', children: [{ type: 'url', name: 'Three', url: '' }] },
  },
  version: 1,
})

describe("Chrome's bookmarks", () => {
  it('are a tree of folders', async () => {
    expect(chromeBookmarks.recognises(sampleOf('Bookmarks', tree))).toBe(certainty.certain)
    const { items, problems } = await readAll(chromeBookmarks, { Bookmarks: tree })
    expect(items.map(({ title, facts, when, position }) => [title, facts, when, position])).toEqual([
      ['One', { url: 'https://example.org/1', folder: 'Bookmarks bar' }, { at: Date.UTC(2024, 2, 9, 16) }, 0],
      ['https://example.org/2', { url: 'https://example.org/2', folder: 'Bookmarks bar / Deep' }, undefined, 1],
    ])
    expect(problems).toEqual([{ why: 'no-content', at: 2 }])
  })

  it('cut short or nested without end are refused with a reason', async () => {
    expect((await readAll(chromeBookmarks, { Bookmarks: tree.slice(0, -9) })).problems[0]?.why).toBe('damaged')
    const deep = `{"roots":{"bookmark_bar":${'{"children":['.repeat(100_000)}${']}'.repeat(100_000)}}}`
    expect((await readAll(chromeBookmarks, { Bookmarks: deep })).problems[0]?.why).toBe('too-deep')
  })
})

describe("Firefox's backup", () => {
  const file = JSON.stringify({
    guid: 'root________',
    title: '',
    type: 'text/x-moz-place-container',
    children: [
      {
        title: 'menu',
        type: 'text/x-moz-place-container',
        children: [
          {
            guid: 'kept12345678',
            title: 'Kept',
            type: 'text/x-moz-place',
            uri: 'https://example.org/a',
            dateAdded: 1_710_000_000_000_000,
            tags: 'slow',
          },
          { title: 'Recent', type: 'text/x-moz-place', uri: 'place:sort=8' },
          { type: 'text/x-moz-place-separator' },
        ],
      },
    ],
  })

  it('gives the very bookmarks that the database has', async () => {
    expect(firefoxBackup.recognises(sampleOf('x.json', file))).toBe(certainty.certain)
    const backup = await readAll(firefoxBackup, { 'bookmarks.json': file })
    const kept = (await readAll(firefox, { 'places.sqlite': places })).items.find(({ title }) => title === 'Kept')
    expect(backup.items).toEqual([{ ...kept, position: 0 }])
    expect([backup.problems, backup.skipped]).toEqual([[], 1])
  })
})

describe("Chrome's history from Takeout", () => {
  const file = JSON.stringify({
    'Browser History': [
      { page_transition: 'LINK', title: 'Example', url: 'https://example.org/', time_usec: 1_710_000_000_123_456 },
      {
        page_transition: 'AUTO_SUBFRAME',
        title: 'Ad',
        url: 'https://example.org/ad',
        time_usec: 1_710_000_000_123_456,
      },
      { page_transition: 'TYPED', url: 'https://example.org/when' },
    ],
  })

  it('gives the pages, and a reason for each that has no time', async () => {
    expect(takeoutChrome.recognises(sampleOf('x.json', file))).toBe(certainty.certain)
    const { items, problems, skipped } = await readAll(takeoutChrome, { 'History.json': file })
    expect(items.map(({ title, when, position }) => [title, when, position])).toEqual([
      ['Example', { at: 1_710_000_000_123 }, 1],
    ])
    expect(problems.map(({ why, at }) => [why, at])).toEqual([['not-a-date', 3]])
    expect(skipped).toBe(1)
  })
})
