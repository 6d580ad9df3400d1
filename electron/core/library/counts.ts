// How many items there are of each kind and day, and how many name each person, kept as things change: a million items are
// counted in the time it takes to add up a few thousand numbers. What lies in the Trash does not count.
import type { ItemFilter } from '../../../shared/api/items.ts'
import { numberOfLevel } from '../levels.ts'
import type { Prepare } from '../prepared.ts'

export interface Counts {
  /** In the caller's transaction, around whatever is done to the day, kind, people or place of these items, … */
  readonly following: <T>(items: readonly number[], change: () => T) => T
  /** … or to their kind alone. */
  readonly followingKinds: <T>(items: readonly number[], change: () => T) => T
  /** Its halves: before they change or go, and once they are there. */
  readonly without: (items: readonly number[]) => void
  readonly including: (items: readonly number[]) => void
  /** Of a filter that the counts can answer; undefined for any other. */
  readonly under: (filter: ItemFilter) => Counted | undefined
}

/** `FROM counts WHERE …`, of which `sum(items)` is how many there are. */
export interface Counted {
  readonly from: string
  readonly values: readonly (string | number)[]
}

const kinds = `
  INSERT INTO counts (day, type, source, level, items)
  SELECT iif(timing = 'none', '', day) AS filed, type, source, level, @sign * count(*)
  FROM items WHERE id IN (SELECT value FROM json_each(@items)) AND trashed IS NULL
  GROUP BY filed, type, source, level
  ON CONFLICT (day, type, source, level) DO UPDATE SET items = items + excluded.items`
const people = `
  UPDATE people SET items = people.items + @sign * named.items
  FROM (
    SELECT person, count(DISTINCT item) AS items FROM item_people CROSS JOIN items ON items.id = item_people.item
    WHERE item_people.item IN (SELECT value FROM json_each(@items)) AND trashed IS NULL GROUP BY person
  ) AS named
  WHERE people.id = named.person`
/** A day or a source that nothing has any more would tell of what was erased. */
const empty = 'DELETE FROM counts WHERE items = 0'

export function createCounts({ prepare }: { readonly prepare: Prepare }): Counts {
  const add = (tables: readonly string[], items: readonly number[], sign: 1 | -1) => {
    if (items.length === 0) return
    const given = { items: JSON.stringify(items), sign }
    for (const sql of tables) prepare(sql).run(given)
    if (sign === -1) prepare(empty).run()
  }
  const without = (items: readonly number[]) => add([kinds, people], items, -1)
  const including = (items: readonly number[]) => add([kinds, people], items, 1)

  return {
    without,
    including,
    following(items, change) {
      without(items)
      const result = change()
      including(items)
      return result
    },
    followingKinds(items, change) {
      add([kinds], items, -1)
      const result = change()
      add([kinds], items, 1)
      return result
    },

    under({ types, sources, levels: wanted, from, to, ...more }) {
      if (Object.values(more).some((part) => part !== undefined && part !== false)) return undefined
      const conditions = ['true']
      const values: (string | number)[] = []
      const oneOf = (column: string, given: readonly (string | number)[] | undefined) => {
        if (given === undefined || given.length === 0) return
        conditions.push(`${column} IN (SELECT value FROM json_each(?))`)
        values.push(JSON.stringify(given))
      }
      oneOf('type', types)
      oneOf('source', sources)
      oneOf('level', wanted?.map(numberOfLevel))
      if (from !== undefined || to !== undefined) {
        // What has no day is in no span of days.
        conditions.push('day >= ?', 'day <= ?')
        values.push(from ?? '0', to ?? '9999-12-31')
      }
      return { from: `FROM counts WHERE ${conditions.join(' AND ')}`, values }
    },
  }
}
