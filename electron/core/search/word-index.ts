// Puts the words of items into the index and cuts them out again. The index keeps no text, so that what is cut out has to be
// told to it word by word: items are dropped before they change or go, and put after.
import { z } from 'zod'
import { roles } from '../../../shared/api/items.ts'
import type { OpenVault } from '../vault/vault.ts'
import { dayNumber, placeOf } from './day-number.ts'
import { fold } from './fold.ts'
import { marksOf } from './marks.ts'

type Db = OpenVault['db']

export interface WordIndex {
  /** Their words, as the rows of `items` and of their people stand now. Within the caller's transaction. */
  readonly put: (db: Db, items: readonly number[]) => void
  /**
   * Before the title, the body, the day, the source, the type or the people of an item change, and before it goes. Within
   * the caller's transaction.
   */
  readonly drop: (db: Db, items: readonly number[]) => void
}

const itemRow = z.object({
  day: z.string(),
  type: z.string(),
  source: z.string(),
  title: z.string(),
  body: z.string(),
})
const personRow = z.object({ id: z.int(), same: z.string(), name: z.string(), role: z.enum(roles) })
const progressRow = z.object({ done: z.int(), until: z.int() })

interface Entry {
  readonly place: number
  readonly texts: readonly [title: string, body: string, people: string, marks: string]
}

const statementsOf = (db: Db) => ({
  progress: db.prepare('SELECT done, until FROM words_progress'),
  item: db.prepare('SELECT day, type, source, title, body FROM items WHERE id = ?'),
  people: db.prepare(`SELECT people.id, people.same, item_people.name, item_people.role
    FROM item_people JOIN people ON people.id = item_people.person
    WHERE item_people.item = ? ORDER BY people.id, item_people.role`),
  put: db.prepare('INSERT INTO words (rowid, title, body, people, marks) VALUES (CAST(? AS INTEGER), ?, ?, ?, ?)'),
  drop: db.prepare(`INSERT INTO words (words, rowid, title, body, people, marks)
    VALUES ('delete', CAST(? AS INTEGER), ?, ?, ?, ?)`),
})

export function createWordIndex(): WordIndex {
  const prepared = new WeakMap<Db, ReturnType<typeof statementsOf>>()
  const statements = (db: Db) => {
    const known = prepared.get(db) ?? statementsOf(db)
    prepared.set(db, known)
    return known
  }

  const entryOf = (db: Db, item: number): Entry | undefined => {
    const { item: one, people: ofItem } = statements(db)
    const row = itemRow.optional().parse(one.get(item))
    if (row === undefined) return undefined
    const people = z
      .array(personRow)
      .parse(ofItem.all(item))
      .map(({ id, same, name, role }) => ({ id, role, called: namesOf(name, same) }))
    const called = [...new Set(people.flatMap((person) => person.called))]
    return {
      place: placeOf(dayNumber(row.day), item),
      texts: [fold(row.title), fold(row.body), fold(called.join('\n')), marksOf({ ...row, people })],
    }
  }

  /** While the index is made anew, what it has not come to yet is not in it, and will be put as it is by then. */
  const isAwaited = (db: Db) => {
    const { done, until } = progressRow.parse(statements(db).progress.get())
    return (item: number) => item > done && item <= until
  }

  const write = (db: Db, items: readonly number[], how: 'put' | 'drop') => {
    const awaited = isAwaited(db)
    const entries = items.flatMap((item) => (awaited(item) ? [] : (entryOf(db, item) ?? [])))
    // FTS5 starts a new segment whenever a row comes before the last one.
    entries.sort((a, b) => a.place - b.place)
    const { [how]: statement } = statements(db)
    for (const { place, texts } of entries) statement.run(place, ...texts)
  }

  return {
    put: (db, items) => write(db, items, 'put'),
    drop: (db, items) => write(db, items, 'drop'),
  }
}

/** `same` begins with what it is made of: an address says more than the name, a name nothing new. */
function namesOf(name: string, same: string): string[] {
  const [kind, ...rest] = same.split(':')
  return kind === 'name' ? [name] : [name, rest.join(':')]
}
