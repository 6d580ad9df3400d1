// What is kept of meanings in the vault: which model made them, what waits to be understood, passages and their vectors.
import { z } from 'zod'
import { itemTypes } from '../../../../shared/api/items.ts'
import type { Prepare } from '../../prepared.ts'

export interface Waiting {
  readonly item: number
  readonly title: string
  readonly body: string
}

export interface KeptPassage {
  readonly key: string
  readonly starts: number
  readonly ends: number
  readonly meaning: { readonly vector: Uint8Array; readonly code: Uint8Array } | null
}

export type WhyNot = 'other-language' | 'model-failed'

const waitingRow = z.object({ item: z.int(), title: z.string(), body: z.string() })
const numberedRow = z.object({ id: z.int() }).optional()
const keyRows = z.array(z.object({ id: z.int(), key: z.string() }))
const embedderRow = z.object({ id: z.int(), whole: z.int() }).optional()
const codeRows = z.array(z.object({ passage: z.int(), item: z.int(), code: z.instanceof(Uint8Array) }))
const vectorRows = z.array(z.tuple([z.int(), z.instanceof(Uint8Array)]))
const spanRow = z.object({ starts: z.int(), ends: z.int() }).optional()
const count = z.int()
const failedRows = z.array(
  z.object({
    id: z.string(),
    type: z.enum(itemTypes),
    title: z.string(),
    why: z.enum(['other-language', 'model-failed']),
  }),
)

const sql = {
  embedder: 'SELECT id, whole FROM embedders WHERE model = ? AND stamp = ?',
  addEmbedder: 'INSERT INTO embedders (model, stamp) VALUES (?, ?) RETURNING id, whole',
  readAll: 'INSERT OR IGNORE INTO unread (item, embedder) SELECT id, ? FROM items',
  serving: 'SELECT id, whole FROM embedders WHERE whole = 1 ORDER BY id DESC LIMIT 1',
  makeWhole: 'UPDATE embedders SET whole = 1 WHERE id = ?',
  dropOthers: 'DELETE FROM embedders WHERE id <> ?',
  // The newest first: what was added last is looked for first.
  waiting: `SELECT items.id AS item, items.title, items.body FROM unread JOIN items ON items.id = unread.item
    WHERE unread.embedder = ? ORDER BY unread.item DESC`,
  waits: 'SELECT count(*) FROM unread WHERE embedder = ?',
  waitsAny: 'SELECT count(*) FROM (SELECT 1 FROM unread WHERE embedder = ? LIMIT 1)',
  failed: 'SELECT count(*) FROM not_understood WHERE embedder = ?',
  items: 'SELECT count(*) FROM items',
  listFailed: `SELECT lower(hex(items.uid)) AS id, items.type, items.title, not_understood.why
    FROM not_understood JOIN items ON items.id = not_understood.item WHERE not_understood.embedder = ?
    ORDER BY not_understood.item DESC LIMIT ? OFFSET ?`,
  isSame: 'SELECT id FROM items WHERE id = ? AND title = ? AND body = ?',
  read: 'DELETE FROM unread WHERE item = ? AND embedder = ?',
  passages: `SELECT passages.id, lower(hex(key)) AS key FROM passages JOIN codes ON codes.passage = passages.id
    WHERE passages.item = ? AND codes.embedder = ?`,
  allPassages: 'SELECT id, lower(hex(key)) AS key FROM passages WHERE item = ?',
  addPassage: `INSERT INTO passages (item, key, starts, ends) VALUES (?, unhex(?), ?, ?)
    ON CONFLICT (item, key) DO UPDATE SET starts = excluded.starts, ends = excluded.ends RETURNING id`,
  dropPassage: 'DELETE FROM passages WHERE id = ?',
  addCode: 'INSERT OR REPLACE INTO codes (passage, embedder, item, code) VALUES (?, ?, ?, ?)',
  addVector: 'INSERT OR REPLACE INTO vectors (passage, embedder, vector) VALUES (?, ?, ?)',
  codes: 'SELECT passage, item, code FROM codes WHERE embedder = ? AND passage > ? ORDER BY passage LIMIT ?',
  vectors: `SELECT vectors.passage, vectors.vector FROM json_each(?) AS wanted
    CROSS JOIN vectors ON vectors.passage = wanted.value AND vectors.embedder = ?`,
  span: 'SELECT starts, ends FROM passages WHERE id = ?',
  fail: 'INSERT OR REPLACE INTO not_understood (item, embedder, why) VALUES (?, ?, ?)',
  forgive: 'DELETE FROM not_understood WHERE item = ? AND embedder = ?',
} as const

export function createKept({ prepare }: { readonly prepare: Prepare }) {
  const number = (of: string, ...values: readonly number[]) =>
    count.parse(
      prepare(of)
        .pluck()
        .get(...values),
    )
  return {
    /** The number of this model at this state; a new one has everything to read. In the caller's transaction. */
    embedder(model: string, stamp: string): { readonly id: number; readonly whole: number } {
      const known = embedderRow.parse(prepare(sql.embedder).get(model, stamp))
      if (known !== undefined) return known
      const added = z.object({ id: z.int(), whole: z.int() }).parse(prepare(sql.addEmbedder).get(model, stamp))
      prepare(sql.readAll).run(added.id)
      return added
    },
    /** The newest one that has read everything. */
    serving: () => embedderRow.parse(prepare(sql.serving).get())?.id,
    /** From here on it serves alone. In the caller's transaction. */
    makeWhole(embedder: number): void {
      prepare(sql.makeWhole).run(embedder)
      prepare(sql.dropOthers).run(embedder)
    },
    /** At most so many, and no more once they come to so many letters. */
    waiting(embedder: number, atMost: number, letters: number): Waiting[] {
      const found: Waiting[] = []
      let sum = 0
      for (const row of prepare(sql.waiting).iterate(embedder)) {
        const one = waitingRow.parse(row)
        found.push(one)
        sum += one.title.length + one.body.length
        if (found.length === atMost || sum >= letters) break
      }
      return found
    },
    hasWaiting: (embedder: number) => number(sql.waitsAny, embedder) > 0,
    counts: (embedder: number) => ({
      waits: number(sql.waits, embedder),
      failed: number(sql.failed, embedder),
      items: number(sql.items),
    }),
    /** The keys of its passages that this model has embedded. */
    known: (item: number, embedder: number) =>
      keyRows.parse(prepare(sql.passages).all(item, embedder)).map(({ key }) => key),
    /** Whether it still says what was read of it. */
    isSame: (waiting: Waiting) =>
      numberedRow.parse(prepare(sql.isSame).get(waiting.item, waiting.title, waiting.body)) !== undefined,
    /** All passages of one item, in place of those it had. Answers what came and what went. In the caller's transaction. */
    keep(item: number, embedder: number, passages: readonly KeptPassage[]) {
      const before = keyRows.parse(prepare(sql.allPassages).all(item))
      const keys = new Set(passages.map(({ key }) => key))
      const gone = before.filter(({ key }) => !keys.has(key)).map(({ id }) => id)
      for (const id of gone) prepare(sql.dropPassage).run(id)
      const came = passages.flatMap(({ key, starts, ends, meaning }) => {
        const { id } = z.object({ id: z.int() }).parse(prepare(sql.addPassage).get(item, key, starts, ends))
        if (meaning === null) return []
        prepare(sql.addCode).run(id, embedder, item, meaning.code)
        prepare(sql.addVector).run(id, embedder, meaning.vector)
        return [{ passage: id, code: meaning.code }]
      })
      prepare(sql.read).run(item, embedder)
      prepare(sql.forgive).run(item, embedder)
      return { came, gone }
    },
    fail(item: number, embedder: number, why: WhyNot): void {
      prepare(sql.read).run(item, embedder)
      prepare(sql.fail).run(item, embedder, why)
    },
    /** The newest first. */
    listFailed: (embedder: number, { offset, limit }: { readonly offset: number; readonly limit: number }) =>
      failedRows.parse(prepare(sql.listFailed).all(embedder, limit, offset)),
    codes: (embedder: number, after: number, atMost: number) =>
      codeRows.parse(prepare(sql.codes).all(embedder, after, atMost)),
    /** By passage, in one go; absent for one that is there no more. */
    vectors: (passages: readonly number[], embedder: number) =>
      new Map(vectorRows.parse(prepare(sql.vectors).raw().all(JSON.stringify(passages), embedder))),
    spanOf: (passage: number) => spanRow.parse(prepare(sql.span).get(passage)) ?? { starts: 0, ends: 0 },
  }
}
export type Kept = ReturnType<typeof createKept>
