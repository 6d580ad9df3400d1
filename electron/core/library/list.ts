// Lists of items: a page from anywhere in a million of them, how many there are, and the items that an act is meant for.
import { z } from 'zod'
import type { ItemFilter, ItemRow, Which } from '../../../shared/api/items.ts'
import { AppError } from '../../../shared/errors.ts'
import { readItemRow } from '../item-rows.ts'
import type { Prepare } from '../prepared.ts'
import type { Counts } from './counts.ts'
import { createNarrow } from './filter.ts'
import type { Recent } from './recent.ts'

interface ListParts {
  readonly prepare: Prepare
  readonly recent: Recent
  readonly counts: Counts
}

interface Page {
  readonly filter: ItemFilter
  readonly offset: number
  readonly limit: number
}

const ids = z.array(z.object({ id: z.int() }))
const numbers = z.array(z.int())
const newestRows = z.array(z.object({ id: z.int(), added: z.int() }))
const counted = z.object({ count: z.int() })

export function createList({ prepare, recent, counts }: ListParts) {
  const narrow = createNarrow({ prepare })

  const count = (filter: ItemFilter): number =>
    recent.remembered(`count ${JSON.stringify(filter)}`, () => {
      const known = counts.under(filter)
      const { from, values } = known ?? narrow(filter)
      const sql = `SELECT ${known === undefined ? 'count(*)' : 'coalesce(sum(items), 0)'} AS count ${from}`
      return counted.parse(prepare(sql).get(...values)).count
    })

  const some = (filter: ItemFilter, direction: 'ASC' | 'DESC', limit: number, offset: number): number[] => {
    const { from, values, by } = narrow(filter)
    const sql = `SELECT i.id ${from} ORDER BY i.${by} ${direction}, i.id ${direction} LIMIT ? OFFSET ?`
    return numbers.parse(
      prepare(sql)
        .pluck()
        .all(...values, limit, offset),
    )
  }

  /** Walks from whichever end is nearer. */
  const page = ({ filter, offset, limit }: Page, total: number): number[] => {
    const left = total - offset
    if (left <= 0) return []
    if (offset <= left) return some(filter, 'DESC', limit, offset)
    const taken = Math.min(limit, left)
    return some(filter, 'ASC', taken, left - taken).toReversed()
  }

  const idOf = (uid: string): number => {
    const [found] = ids.parse(prepare('SELECT id FROM items WHERE uid = unhex(?)').all(uid))
    if (found === undefined) throw new AppError('NO_SUCH_ITEM')
    return found.id
  }

  return {
    narrow,
    count,
    idOf,

    list(wanted: Page): { rows: ItemRow[]; total: number } {
      const total = count(wanted.filter)
      const rows = page(wanted, total).flatMap((id) => readItemRow(prepare, id) ?? [])
      return { rows, total }
    },

    /** Rows are numbered as they come. */
    newest(limit: number) {
      const sql = 'SELECT id, added FROM items NOT INDEXED WHERE trashed IS NULL ORDER BY id DESC LIMIT ?'
      return newestRows.parse(prepare(sql).all(limit)).flatMap(({ id, added }) => {
        const row = readItemRow(prepare, id)
        return row === undefined ? [] : [{ ...row, addedAt: new Date(added).toISOString() }]
      })
    },

    /** Those that are not there any more are left out; none at all is a mistake to be told of. */
    chosen(which: Which): number[] {
      if ('filter' in which) return some(which.filter, 'DESC', -1, 0)
      const sql = 'SELECT id FROM items WHERE uid IN (SELECT unhex(value) FROM json_each(?))'
      const found = ids.parse(prepare(sql).all(JSON.stringify(which.ids))).map(({ id }) => id)
      if (found.length === 0) throw new AppError('NO_SUCH_ITEM')
      return found
    },
  }
}
export type List = ReturnType<typeof createList>
