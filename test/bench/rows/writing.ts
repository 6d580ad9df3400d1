// What the cipher costs where much is written: 100,000 short texts into a table of its own with SQLite's own full-text index.
// None of Mindkeep's code for importing, keeping or searching is in it; "import-cipher" measures that.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../electron/core/vault/db.ts'
import type { Bench } from '../harness.ts'
import { openEncrypted, openPlain, vaultSettings } from '../plain-database.ts'
import { scratch, timed } from '../support.ts'

const rowCount = 100_000
const rowsAtOnce = 1000

const schema = `
  CREATE TABLE item (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL) STRICT;
  CREATE INDEX item_at ON item (at);
  CREATE VIRTUAL TABLE item_text USING fts5 (title, body, content = 'item', content_rowid = 'id');
  CREATE TRIGGER item_indexed AFTER INSERT ON item BEGIN
    INSERT INTO item_text (rowid, title, body) VALUES (new.id, new.title, new.body);
  END;
`

export const writing: Bench = {
  name: 'writing',
  says: '100,000 texts into a bare table with a full-text index, encrypted; baseline: the same into a plain database',
  unit: 'ms',
  better: 'lower',
  goal: 1.3,
  judged: 'ratio',
  rounds: 5,
  async open() {
    const folder = scratch()
    const texts = makeTexts()
    const values = vaultSettings(join(folder.path, 'settings.db'))
    let round = 0
    const take = async (open: (path: string) => Db, begins: 'plainly' | 'enciphered') => {
      const path = join(folder.path, `${round++}.db`)
      const db = open(path)
      try {
        return await timed(() => fill(db, texts))
      } finally {
        db.close()
        insistOn(path, begins)
        rmSync(path)
      }
    }
    return {
      figure: () => take(openEncrypted, 'enciphered'),
      baseline: () => take((path) => openPlain(path, values), 'plainly'),
      close: async () => folder.remove(),
    }
  },
}

type Written = readonly [title: string, body: string, at: string]

function fill(db: Db, texts: readonly Written[]): void {
  db.exec(schema)
  const insert = db.prepare('INSERT INTO item (title, body, at) VALUES (?, ?, ?)')
  const writeSome = db.transaction((some: readonly Written[]) => {
    for (const one of some) insert.run(...one)
  })
  for (let from = 0; from < texts.length; from += rowsAtOnce) writeSome(texts.slice(from, from + rowsAtOnce))
  // What still lies in the log belongs to the work.
  db.pragma('wal_checkpoint(TRUNCATE)')
}

/** A baseline that was enciphered after all, or a figure that was not, would make the row worthless. */
function insistOn(path: string, begins: 'plainly' | 'enciphered'): void {
  const plain = readFileSync(path).subarray(0, 15).toString('latin1') === 'SQLite format 3'
  if (plain !== (begins === 'plainly')) throw new Error(`a database did not begin ${begins}`)
}

/** The same texts in every run: 40 words each from a vocabulary of 5,000, some common and most rare. */
function makeTexts(): Written[] {
  let state = 1
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const word = () => `w${Math.floor(next() ** 3 * 5000).toString(36)}`
  const words = (count: number) => Array.from({ length: count }, word).join(' ')
  return Array.from({ length: rowCount }, (_, index) => [
    words(5),
    words(40),
    new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString(),
  ])
}
