// Asks the database for what holds some of the words, whatever their endings, and what of the nearest in meaning the filters
// let through. What is walked through is bounded here, too.
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'
import type { Compiled, Condition } from './compile.ts'
import { dayNumber, placeOf } from './day-number.ts'
import { asked, type Phrase } from './phrases.ts'

/** A word whose stem more items hold than this says little about any of them, and costs too much to count. */
const rareUpTo = 20_000
/** Title, text, people; marks weigh nothing. */
const columnWeights = 'bm25(2.0, 1.0, 1.0, 0.0)'

const scoreRows = z.array(z.tuple([z.number(), z.number()]))
const placeRows = z.array(z.tuple([z.int(), z.string()]))
const count = z.int()

export function createLoosely({ prepare }: { readonly prepare: Prepare }) {
  const whereOf = (conditions: readonly Condition[], inTrash: boolean) => ({
    sql: [`items.trashed IS ${inTrash ? 'NOT NULL' : 'NULL'}`, ...conditions.map(({ sql }) => `(${sql})`)].join(
      ' AND ',
    ),
    values: conditions.flatMap(({ values }) => values),
  })

  return {
    /** How much a word says: the fewer items hold it, the more. Undefined for one that too many hold. */
    weightOf(phrase: Phrase): number | undefined {
      const holding = count.parse(
        prepare(`SELECT count(*) FROM (SELECT 1 FROM stems WHERE stems MATCH ? LIMIT ${rareUpTo + 1})`)
          .pluck()
          .get(asked(phrase)),
      )
      if (holding > rareUpTo) return undefined
      // As many as ever were: counting them takes a walk through all.
      const all = count.parse(prepare('SELECT coalesce(max(id), 0) FROM items').pluck().get())
      // The inverse document frequency of BM25, as FTS5 has it.
      return Math.max(0, Math.log((all - holding + 0.5) / (holding + 0.5)))
    },

    /** By place, BM25 of stems (k1 = 1.2, b = 0.75, SQLite's own); the best of all that match, as far as filters let them. */
    byStems({ match, places, conditions, inTrash }: Compiled, atMost: number): Map<number, number> {
      const where = whereOf(conditions, inTrash)
      const rows = scoreRows.parse(
        prepare(`SELECT found.place, found.score FROM (
            SELECT rowid AS place, -rank AS score FROM stems
            WHERE stems MATCH ? AND rank MATCH '${columnWeights}'
              AND rowid >= CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER)
            ORDER BY rank LIMIT ${atMost * 2}) AS found
          CROSS JOIN items ON items.id = found.place % 2147483648 WHERE ${where.sql} LIMIT ${atMost}`)
          .raw()
          .all(match, places.from, places.to, ...where.values),
      )
      return new Map(rows)
    },

    /** The places of those of these items that lie in the Trash, or of those that do not. */
    placesOf(items: readonly number[], { inTrash }: Pick<Compiled, 'inTrash'>): Map<number, number> {
      const rows = placeRows.parse(
        prepare(`SELECT items.id, items.day FROM json_each(?) AS wanted CROSS JOIN items ON items.id = wanted.value
            WHERE ${whereOf([], inTrash).sql}`)
          .raw()
          .all(JSON.stringify(items)),
      )
      return new Map(rows.map(([id, day]) => [id, placeOf(dayNumber(day), id)]))
    },
  }
}
