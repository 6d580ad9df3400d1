// Lists of items: a page from anywhere in a million of them, how many there are, and the items that an act is meant for.
import { z } from 'zod'
import { type ItemFilter, type ItemRow, type Which, itemTypes, levels } from '../../../shared/api/items.ts'
import { AppError } from '../../../shared/errors.ts'
import { lived, toldAt } from '../lived.ts'
import type { Prepare } from '../prepared.ts'
import type { Counts } from './counts.ts'
import { createNarrow } from './filter.ts'
import type { Recent } from './recent.ts'
import { excerptOf } from './tidy.ts'

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
const names = z.array(z.object({ name: z.string() }))

export const levelOfNumber = (level: number) => levels[level] ?? 'secret'

export const rowColumns =
  'lower(hex(uid)) AS uid, type, at, east, timing, day, source, level, trashed, title, added, substr(body, 1, 400) AS start'
export const listedRow = z.object({
  uid: z.string(),
  type: z.enum(itemTypes),
  at: z.int(),
  east: z.int(),
  timing: z.enum(['moment', 'day', 'none']),
  day: z.string(),
  source: z.string(),
  level: z.int(),
  trashed: z.int().nullable(),
  title: z.string(),
  added: z.int(),
})
const withStart = listedRow.extend({ start: z.string() })

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

  const namesOf = (sql: string, id: number): string[] => names.parse(prepare(sql).all(id)).map(({ name }) => name)

  const rowOf = (id: number): ItemRow | undefined => {
    const found = withStart.safeParse(prepare(`SELECT ${rowColumns} FROM items WHERE id = ?`).get(id))
    if (!found.success) return undefined
    const { uid, level, at, east, trashed, start, added, ...rest } = found.data
    return {
      id: uid,
      ...rest,
      level: levelOfNumber(level),
      at: lived(toldAt({ ...rest, at, added }), east),
      excerpt: excerptOf(start),
      people: namesOf(
        'SELECT DISTINCT people.name FROM item_people JOIN people ON people.id = person WHERE item = ? LIMIT 10',
        id,
      ),
      tags: namesOf('SELECT name FROM item_tags JOIN tags ON tags.id = tag WHERE item = ? ORDER BY name', id),
      attachments: counted.parse(prepare('SELECT count(*) AS count FROM attachments WHERE item = ?').get(id)).count,
      trashedAt: trashed === null ? null : new Date(trashed).toISOString(),
    }
  }

  const idOf = (uid: string): number => {
    const [found] = ids.parse(prepare('SELECT id FROM items WHERE uid = ?').all(Buffer.from(uid, 'hex')))
    if (found === undefined) throw new AppError('NO_SUCH_ITEM')
    return found.id
  }

  return {
    narrow,
    count,
    rowOf,
    idOf,

    list(wanted: Page): { rows: ItemRow[]; total: number } {
      const total = count(wanted.filter)
      const rows = page(wanted, total).flatMap((id) => rowOf(id) ?? [])
      return { rows, total }
    },

    /** Rows are numbered as they come. */
    newest(limit: number) {
      const sql = 'SELECT id, added FROM items NOT INDEXED WHERE trashed IS NULL ORDER BY id DESC LIMIT ?'
      return newestRows.parse(prepare(sql).all(limit)).flatMap(({ id, added }) => {
        const row = rowOf(id)
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
