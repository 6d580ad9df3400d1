// Asks the database. However much a query matches, what is walked through is bounded: the newest stand last in the index and
// are met first, and the figures behind the bounds are in docs/decisions/0070-search.md.
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'
import type { Compiled, Condition } from './compile.ts'
import { dayNumber, placeOf } from './day-number.ts'
import { asked, type Phrase } from './phrases.ts'
import { columnWeights } from './ranking.ts'

type Values = readonly (string | number)[]

/** So many of the newest matches are weighed against each other; what is older follows by its day. */
export const rankedAtMost = 2000
/** A word that more items than this hold says little about any of them, and costs too much to count. */
export const rareUpTo = 20_000
/** A filter that only rows can answer is tried on so many of the newest matches, … */
const triedAtMost = 20_000
/** … unless it leaves so few items that their places can be named beforehand: then all of them are looked at. */
const namedAtMost = 5000

/** Looked up in an index of the Trash alone, so that what is not in it is not read. */
const notInTrash = `WHERE NOT EXISTS (SELECT 1 FROM items INDEXED BY items_trashed_by_id
  WHERE items.id = found.place % 2147483648 AND items.trashed IS NOT NULL)`

const placeList = z.array(z.number())
const scoreList = z.array(z.tuple([z.number(), z.number()]))
const namedRows = z.array(z.tuple([z.int(), z.string()]))
const count = z.int()

export interface Matched {
  /** The newest first. */
  readonly places: readonly number[]
  /** Whether there may be more than these. */
  readonly more: boolean
}

export function createMatching({ prepare }: { readonly prepare: Prepare }) {
  const column = (sql: string, ...values: Values) =>
    placeList.parse(
      prepare(sql)
        .pluck()
        .all(...values),
    )
  const one = (sql: string, ...values: Values) =>
    count.parse(
      prepare(sql)
        .pluck()
        .get(...values),
    )

  const named = (trashed: string, conditions: readonly Condition[]): number[] | undefined => {
    const where = [trashed, ...conditions.map(({ sql }) => sql)].join(' AND ')
    const rows = namedRows.parse(
      prepare(`SELECT items.id, items.day FROM items WHERE ${where} LIMIT ${namedAtMost + 1}`)
        .raw()
        .all(...conditions.flatMap(({ values }) => values)),
    )
    return rows.length > namedAtMost ? undefined : rows.map(([id, day]) => placeOf(dayNumber(day), id))
  }

  return {
    find({ match, places: within, without, conditions, inTrash }: Compiled, atMost: number): Matched {
      const trashed = `items.trashed ${inTrash ? 'IS NOT NULL' : 'IS NULL'}`
      const naming = conditions.filter(({ names }) => names)
      const places = naming.length > 0 ? named(trashed, naming) : undefined
      const isNamed = places === undefined ? '' : 'AND +rowid IN (SELECT value FROM json_each(?))'
      const tried = places === undefined ? triedAtMost : -1
      const leftOut = without.map(() => 'AND NOT (+rowid >= ? AND +rowid < ?)').join(' ')
      const inner = `SELECT rowid AS place FROM words
        WHERE words MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER) ${leftOut} ${isNamed}
        ORDER BY rowid DESC`
      const looked = [match, within.from, within.to, ...without.flatMap(({ from, to }) => [from, to])]
      const checked = places === undefined ? conditions : conditions.filter(({ names }) => !names)
      const where = [trashed, ...checked.map(({ sql }) => `(${sql})`)].join(' AND ')
      const kept =
        checked.length === 0 && !inTrash
          ? notInTrash
          : `CROSS JOIN items ON items.id = found.place % 2147483648 WHERE ${where}`
      const found = column(
        `SELECT found.place FROM (${inner} LIMIT ${tried}) AS found ${kept} LIMIT ?`,
        ...looked,
        ...(places === undefined ? [] : [JSON.stringify(places)]),
        ...checked.flatMap(({ values }) => values),
        atMost + 1,
      )
      if (found.length > atMost) return { places: found.slice(0, atMost), more: true }
      const walked = tried === -1 ? 0 : one(`SELECT count(*) FROM (${inner} LIMIT ${tried})`, ...looked)
      return { places: found, more: walked === tried }
    },

    /** Whether any item has it, wherever it lies. */
    exists: (match: string): boolean =>
      one('SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT 1)', match) > 0,

    isRare: (phrase: Phrase): boolean =>
      one(`SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ${rareUpTo + 1})`, asked(phrase)) <=
      rareUpTo,

    /** BM25 of these places for rare words; FTS5 counts the better match as less. */
    bm25(phrases: readonly Phrase[], places: readonly number[]): Map<number, number> {
      if (phrases.length === 0 || places.length === 0) return new Map()
      const rows = scoreList.parse(
        prepare(`SELECT rowid, -bm25(${columnWeights}) FROM words
            WHERE words MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)
            AND +rowid IN (SELECT value FROM json_each(?))`)
          .raw()
          .all(phrases.map(asked).join(' AND '), places.at(-1), places[0], JSON.stringify(places)),
      )
      return new Map(rows)
    },

    /** Where in the title a common word stands, among the newest that have it there. */
    inTitle: (phrase: Phrase, places: readonly number[]): Set<number> =>
      new Set(
        column(
          `SELECT rowid FROM words WHERE words MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)
            ORDER BY rowid DESC LIMIT ${rankedAtMost * 2}`,
          `{title} : ${asked(phrase)}`,
          places.at(-1) ?? 0,
          places[0] ?? 0,
        ),
      ),
  }
}
