// Puts the words of items into the index and cuts them out again, as they are written and without their endings. The index
// keeps no text, so that what is cut out has to be told to it word by word: items are dropped before they change or go, and
// put after.
import { z } from 'zod'
import { roles } from '../../../shared/api/items.ts'
import type { Prepare } from '../prepared.ts'
import { dayNumber, placeOf } from './day-number.ts'
import { fold } from './fold.ts'
import { marksOf, marksOfPerson } from './marks.ts'

export interface WordIndex {
  /** Their words, as the rows of `items` and of their people stand now. Within the caller's transaction. */
  readonly put: (items: readonly number[]) => void
  /**
   * Before the title, the body, the day, the source, the type or the people of an item change, and before it goes. Within
   * the caller's transaction. More than `cutOutAtMost` at a time are only marked as gone, which is a hundred times quicker:
   * who erases so many calls `settle` after.
   */
  readonly drop: (items: readonly number[]) => void
}

export const cutOutAtMost = 16

// Made once: making a schema costs more than reading with it, and this is done for every item.
const itemRow = z
  .object({ day: z.string(), type: z.string(), source: z.string(), title: z.string(), body: z.string() })
  .optional()
const personRow = z.object({ id: z.int(), same: z.string(), name: z.string(), role: z.enum(roles) })
const personRows = z.array(personRow)
type PersonRow = z.infer<typeof personRow>
const progressRow = z.object({ done: z.int(), until: z.int() })

/** A person as the index takes them, once for all items of a batch: a mailbox names the same few people again and again. */
interface Prepared {
  readonly words: readonly string[]
  readonly marks: string
}
type Met = Map<string, Prepared>

interface Entry {
  readonly place: number
  readonly texts: readonly [title: string, body: string, people: string, marks: string]
}

const sql = {
  progress: 'SELECT done, until FROM words_progress',
  item: 'SELECT day, type, source, title, body FROM items WHERE id = ?',
  people: `SELECT people.id, people.same, item_people.name, item_people.role
    FROM item_people JOIN people ON people.id = item_people.person
    WHERE item_people.item = ? ORDER BY people.id, item_people.role`,
  marked: 'UPDATE words_progress SET marked = marked + 1',
} as const

/** What is typed finds words as they are written; what shares only some of them with it is found by their stems. */
export const wordTables = ['words', 'stems'] as const

const putIn = (table: string) =>
  `INSERT INTO ${table} (rowid, title, body, people, marks) VALUES (CAST(? AS INTEGER), ?, ?, ?, ?)`
const dropFrom = (table: string) => `INSERT INTO ${table} (${table}, rowid, title, body, people, marks)
  VALUES ('delete', CAST(? AS INTEGER), ?, ?, ?, ?)`
const cutOutOf = (table: string) => `INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', CAST(? AS INTEGER))`

export function createWordIndex({ prepare }: { readonly prepare: Prepare }): WordIndex {
  const entryOf = (item: number, met: Met): Entry | undefined => {
    const row = itemRow.parse(prepare(sql.item).get(item))
    if (row === undefined) return undefined
    const people = personRows.parse(prepare(sql.people).all(item)).map((person) => {
      const key = JSON.stringify([person.id, person.role, person.name])
      const known = met.get(key) ?? preparedOf(person)
      met.set(key, known)
      return known
    })
    const called = [...new Set(people.flatMap((person) => person.words))].join('\n')
    const marks = marksOf({ ...row, people: people.map((person) => person.marks) })
    return {
      place: placeOf(dayNumber(row.day), item),
      texts: [fold(row.title), fold(row.body), called, marks],
    }
  }

  /** While the index is made anew, what it has not come to yet is not in it, and will be put as it is by then. */
  const entriesOf = (items: readonly number[]): Entry[] => {
    const { done, until } = progressRow.parse(prepare(sql.progress).get())
    const reached = items.filter((item) => item <= done || item > until)
    // FTS5 starts a new segment whenever a row comes before the last one.
    const met: Met = new Map()
    return reached.flatMap((item) => entryOf(item, met) ?? []).toSorted((a, b) => a.place - b.place)
  }

  return {
    put(items) {
      const entries = entriesOf(items)
      for (const table of wordTables) {
        for (const { place, texts } of entries) prepare(putIn(table)).run(place, ...texts)
      }
    },
    drop(items) {
      const entries = entriesOf(items)
      if (entries.length === 0) return
      const cutOut = entries.length <= cutOutAtMost
      if (!cutOut) prepare(sql.marked).run()
      for (const table of wordTables) {
        // Said each time: FTS5 looks at it when it writes, which is at the end of the transaction.
        prepare(cutOutOf(table)).run(cutOut ? 1 : 0)
        for (const { place, texts } of entries) prepare(dropFrom(table)).run(place, ...texts)
      }
    },
  }
}

function preparedOf({ id, same, name, role }: PersonRow): Prepared {
  const called = namesOf(name, same)
  return { words: called.map(fold), marks: marksOfPerson({ id, role, called }) }
}

/** `same` begins with what it is made of: an address says more than the name, a name nothing new. */
function namesOf(name: string, same: string): string[] {
  const [kind, ...rest] = same.split(':')
  return kind === 'name' ? [name] : [name, rest.join(':')]
}
