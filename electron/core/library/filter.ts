// A filter as SQL. Whatever it narrows by, it is answered either from the few items that one part of it names, or from one
// index that holds all that a filter asks about; never by reading items one by one.
import { z } from 'zod'
import type { ItemFilter } from '../../../shared/api/items.ts'
import { dayMs } from '../days.ts'
import { numberOfLevel } from '../levels.ts'
import type { Prepare } from '../prepared.ts'
import { startOf } from './when.ts'

/** A part that names items by rows of another table. */
interface Named {
  /** The ids, with `item` as their name. */
  readonly ids: string
  /** The same as a condition on the item `i`. */
  readonly isIn: string
  /** For each of these two. */
  readonly values: readonly (string | number)[]
}

export interface Narrowed {
  /** `FROM … WHERE …`, with the item as `i`. */
  readonly from: string
  readonly values: readonly (string | number)[]
  /** By what they are sorted: their own time, or when they were put in the Trash. */
  readonly by: 'at' | 'trashed'
}

/** Up to so many items are looked up one by one; more than that, and the index is walked. */
const fewItems = 20_000

interface NarrowParts {
  readonly prepare: Prepare
  readonly few?: number
}

export function createNarrow({ prepare, few = fewItems }: NarrowParts) {
  const isFew = ({ ids, values }: Named): boolean => countUpTo(prepare, { ids, values, most: few + 1 }) <= few

  return (filter: ItemFilter): Narrowed => {
    const trashed = filter.trashed === true
    const conditions = [trashed ? 'i.trashed IS NOT NULL' : 'i.trashed IS NULL']
    const values: (string | number)[] = []
    const also = (condition: string, ...given: readonly (string | number)[]) => {
      conditions.push(condition)
      values.push(...given)
    }
    const oneOf = (column: string, given: readonly (string | number)[] | undefined) => {
      if (given === undefined || given.length === 0) return
      if (given.length === 1) also(`i.${column} = ?`, ...given)
      else also(`i.${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(given))
    }
    oneOf('type', filter.types)
    oneOf('source', filter.sources)
    oneOf('level', filter.levels?.map(numberOfLevel))
    if (filter.from !== undefined || filter.to !== undefined) {
      also("i.timing <> 'none'")
      // A day is lived somewhere, so it begins up to a day before or after it does at UTC.
      const [first, last] = [startOf(filter.from ?? ''), startOf(filter.to ?? '')]
      if (filter.from !== undefined) also('i.day >= ?', filter.from)
      if (filter.to !== undefined) also('i.day <= ?', filter.to)
      if (first !== undefined) also('i.at >= ?', first - dayMs)
      if (last !== undefined) also('i.at < ?', last + 2 * dayMs)
    }

    const named = namedParts(prepare, filter)
    const chosen = named.find(isFew)
    if (chosen !== undefined) {
      for (const { isIn, values: given } of named) if (isIn !== chosen.isIn) also(isIn, ...given)
      return {
        from: `FROM (SELECT DISTINCT item FROM (${chosen.ids})) AS chosen CROSS JOIN items AS i ON i.id = chosen.item
          WHERE ${conditions.join(' AND ')}`,
        values: [...chosen.values, ...values],
        by: trashed ? 'trashed' : 'at',
      }
    }
    for (const { isIn, values: given } of named) also(isIn, ...given)
    return {
      from: `FROM items AS i INDEXED BY ${trashed ? 'items_in_trash' : indexFor(filter)} WHERE ${conditions.join(' AND ')}`,
      values,
      by: trashed ? 'trashed' : 'at',
    }
  }
}

/** One value of one column has an index of its own; for everything else there is the one that holds them all. */
function indexFor(filter: ItemFilter): string {
  const [part, ...more] = Object.entries(filter).filter(([name, given]) => name !== 'trashed' && given !== undefined)
  const one = part !== undefined && more.length === 0 && Array.isArray(part[1]) && part[1].length === 1
  const own = one ? ownIndexes[part[0]] : undefined
  return own ?? 'items_listed'
}

const ownIndexes: Readonly<Record<string, string>> = {
  types: 'items_by_type',
  sources: 'items_by_source',
  levels: 'items_by_level',
}

/** An export that came back stands among the imports, and is asked for in the same way. */
const restoreSql = 'SELECT id FROM restores WHERE uid = ?'

function namedParts(prepare: Prepare, filter: ItemFilter): Named[] {
  const parts: Named[] = []
  const oneOf = (table: string, column: string, ids: readonly number[]) =>
    parts.push({
      ids: `SELECT item FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`,
      isIn: `EXISTS (SELECT 1 FROM ${table} WHERE item = i.id AND ${column} IN (SELECT value FROM json_each(?)))`,
      values: [JSON.stringify(ids)],
    })
  if (filter.people !== undefined && filter.people.length > 0) oneOf('item_people', 'person', filter.people)
  if (filter.tags !== undefined && filter.tags.length > 0) {
    const sql = 'SELECT id FROM tags WHERE name IN (SELECT value FROM json_each(?))'
    oneOf('item_tags', 'tag', idsOf(prepare(sql).all(JSON.stringify(filter.tags))))
  }
  if (filter.collection !== undefined) {
    const sql = 'SELECT id FROM collections WHERE uid = unhex(?)'
    oneOf('item_collections', 'collection', idsOf(prepare(sql).all(filter.collection)))
  }
  const restore = filter.import === undefined ? [] : idsOf(prepare(restoreSql).all(filter.import))
  if (restore.length > 0) oneOf('restored_items', 'restore', restore)
  else if (filter.import !== undefined) {
    const files = 'SELECT id FROM import_files WHERE import = (SELECT id FROM imports WHERE uid = ?)'
    // What it added, what it gave the words that stand there, and what it gave words that were changed since.
    parts.push({
      ids: `SELECT id AS item FROM items WHERE import_file IN (${files})
        UNION ALL SELECT id FROM items WHERE made_in IN (${files})
        UNION ALL SELECT item FROM versions WHERE made_in IN (${files})`,
      isIn: `(i.import_file IN (${files}) OR i.made_in IN (${files})
        OR i.id IN (SELECT item FROM versions WHERE made_in IN (${files})))`,
      values: [filter.import, filter.import, filter.import],
    })
  }
  return parts
}

const idsOf = (rows: unknown[]): number[] =>
  z
    .array(z.object({ id: z.int() }))
    .parse(rows)
    .map(({ id }) => id)

function countUpTo(
  prepare: Prepare,
  { ids, values, most }: Pick<Named, 'ids' | 'values'> & { readonly most: number },
): number {
  const sql = `SELECT count(*) AS count FROM (SELECT 1 FROM (${ids}) LIMIT ${most})`
  return z.object({ count: z.int() }).parse(prepare(sql).get(...values)).count
}
