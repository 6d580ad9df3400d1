// How many items there are of each type, source, level, person and tag, under a filter. What a part of the filter narrows
// by is counted without that part, so that a second value can be chosen beside the first.
import { z } from 'zod'
import { type ItemFilter, itemTypes } from '../../../shared/api/items.ts'
import type { Facets, collection } from '../../../shared/api/library.ts'
import { levelOfNumber } from '../levels.ts'
import type { Prepare } from '../prepared.ts'
import type { Counts } from './counts.ts'
import type { List } from './list.ts'
import type { Recent } from './recent.ts'

interface FacetParts {
  readonly prepare: Prepare
  readonly recent: Recent
  readonly list: List
  readonly counts: Counts
}

const mostPeople = 50
const mostTags = 200

const isEverything = (filter: ItemFilter) => Object.values(filter).every((part) => part === undefined)

const kinds = z.array(z.object({ type: z.enum(itemTypes), source: z.string(), level: z.int(), count: z.int() }))
const names = z.array(z.object({ id: z.int(), name: z.string(), count: z.int() }))

/** What names items by rows of another table. */
interface Joined {
  readonly table: 'item_people' | 'item_tags'
  readonly column: 'person' | 'tag'
  readonly of: 'people' | 'tags'
  readonly limit: number
}
const joinedPeople: Joined = { table: 'item_people', column: 'person', of: 'people', limit: mostPeople }
const joinedTags: Joined = { table: 'item_tags', column: 'tag', of: 'tags', limit: mostTags }

interface Asked {
  readonly sql: string
  readonly values: readonly (string | number)[]
}
/** These are counted as things change. */
const allPeople: Asked = {
  sql: `SELECT id, name, items AS count FROM people WHERE items > 0 ORDER BY items DESC, name LIMIT ${mostPeople}`,
  values: [],
}

export function createFacets({ prepare, recent, list, counts }: FacetParts) {
  /** One question answers all three, unless one of them is narrowed by. */
  const kindsOf = (filter: ItemFilter) =>
    recent.remembered(`kinds ${JSON.stringify(filter)}`, () => {
      const known = counts.under(filter)
      if (known !== undefined) {
        const sql = `SELECT type, source, level, sum(items) AS count ${known.from} GROUP BY type, source, level`
        return kinds.parse(prepare(sql).all(...known.values))
      }
      const { from, values } = list.narrow(filter)
      const sql = `SELECT i.type, i.source, i.level, count(*) AS count ${from} GROUP BY i.type, i.source, i.level`
      return kinds.parse(prepare(sql).all(...values))
    })

  const sumUp = <K extends string | number>(rows: z.infer<typeof kinds>, key: (row: (typeof rows)[number]) => K) => {
    const sums = new Map<K, number>()
    for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.count)
    return [...sums].toSorted(([, one], [, other]) => other - one)
  }

  /** Those that most have, with how many. */
  const most = ({ of, limit }: Joined, { sql: each, values }: Asked): Asked => {
    const sql = `SELECT ${of}.id, name, count
      FROM (SELECT id, count FROM (${each}) ORDER BY count DESC, id LIMIT ${limit}) AS counted
      JOIN ${of} ON ${of}.id = counted.id WHERE count > 0 ORDER BY count DESC, name`
    return { sql, values }
  }

  /** Walks the smaller side: all that people or tags are on, or what the filter leaves. */
  const ofSome = ({ table, column }: Joined, filter: ItemFilter): Asked => {
    const { from, values } = list.narrow(filter)
    const sql = `SELECT ${column} AS id, count(DISTINCT item) AS count
      FROM (SELECT i.id AS chosen ${from}) CROSS JOIN ${table} ON item = chosen GROUP BY ${column}`
    return { sql, values }
  }

  const named = ({ sql, values }: Asked) => names.parse(prepare(sql).all(...values))

  return (filter: ItemFilter): Facets =>
    recent.remembered(`facets ${JSON.stringify(filter)}`, () => {
      const { types: _types, ...withoutTypes } = filter
      const { sources: _sources, ...withoutSources } = filter
      const { levels: _levels, ...withoutLevels } = filter
      const { people: _people, ...withoutPeople } = filter
      const { tags: _tags, ...withoutTags } = filter
      return {
        types: sumUp(kindsOf(withoutTypes), ({ type }) => type).map(([value, count]) => ({ value, count })),
        sources: sumUp(kindsOf(withoutSources), ({ source }) => source).map(([value, count]) => ({ value, count })),
        levels: sumUp(kindsOf(withoutLevels), ({ level }) => level)
          .toSorted(([one], [other]) => one - other)
          .map(([level, count]) => ({ value: levelOfNumber(level), count })),
        people: named(
          isEverything(withoutPeople) ? allPeople : most(joinedPeople, ofSome(joinedPeople, withoutPeople)),
        ).map(({ id, name, count }) => ({ value: { id, name }, count })),
        tags: named(most(joinedTags, isEverything(withoutTags) ? ofAll('tag') : ofSome(joinedTags, withoutTags))).map(
          ({ name, count }) => ({ value: name, count }),
        ),
      }
    })
}

const collectionRows = z.array(z.object({ id: z.string(), name: z.string(), items: z.int() }))

/** All of them, also those that hold nothing. Members are counted in the index by collection: of no item's row is read. */
export function createCollections({ prepare, recent }: Pick<FacetParts, 'prepare' | 'recent'>) {
  const { sql: held } = ofAll('collection')
  const sql = `
    SELECT lower(hex(uid)) AS id, name, coalesce(count, 0) AS items
    FROM collections LEFT JOIN (${held}) AS held ON held.id = collections.id ORDER BY name`
  return (): z.infer<typeof collection>[] =>
    recent.remembered('collections', () => collectionRows.parse(prepare(sql).all()))
}

/** However many there are, without what lies in the Trash. An item stands once in each. */
function ofAll(column: 'tag' | 'collection'): Asked {
  const table = `item_${column}s`
  const sql = `
    SELECT some.id, some.count - coalesce(gone.count, 0) AS count
    FROM (SELECT ${column} AS id, count(*) AS count FROM ${table} GROUP BY ${column}) AS some
    LEFT JOIN (
      SELECT ${column} AS id, count(*) AS count
      FROM items INDEXED BY items_in_trash CROSS JOIN ${table} ON item = items.id
      WHERE items.trashed IS NOT NULL GROUP BY ${column}
    ) AS gone ON gone.id = some.id`
  return { sql, values: [] }
}
