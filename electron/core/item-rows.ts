// An item as a row, however somebody came upon it: by leafing, by searching, or because it was added last.
import { z } from 'zod'
import { type ItemRow, itemTypes, timing } from '../../shared/api/items.ts'
import { levelOfNumber } from './levels.ts'
import { lived, toldAt } from './lived.ts'
import type { Prepare } from './prepared.ts'
import { excerptOf } from './tidy.ts'

/** What the row of an item holds that is told of it in a list and on its own page alike. */
export const storedRow = z.object({
  uid: z.string(),
  type: z.enum(itemTypes),
  at: z.int(),
  east: z.int(),
  timing,
  day: z.string(),
  source: z.string(),
  level: z.int(),
  trashed: z.int().nullable(),
  title: z.string(),
  added: z.int(),
})
// Made once: making a schema costs more than reading with it, and this is done for every row.
const withStart = storedRow.extend({ start: z.string() }).optional()
const names = z.array(z.object({ name: z.string() }))
const counted = z.object({ count: z.int() })

const mostNamed = 10
const sql = {
  row: `SELECT lower(hex(uid)) AS uid, type, at, east, timing, day, source, level, trashed, title, added,
    substr(body, 1, 400) AS start FROM items WHERE id = ?`,
  people: `SELECT DISTINCT people.name FROM item_people JOIN people ON people.id = person
    WHERE item = ? LIMIT ${mostNamed}`,
  tags: 'SELECT name FROM item_tags JOIN tags ON tags.id = tag WHERE item = ? ORDER BY name',
  attachments: 'SELECT count(*) AS count FROM attachments WHERE item = ?',
} as const

/** Undefined for an item that is not there. */
export function readItemRow(prepare: Prepare, id: number): ItemRow | undefined {
  const found = withStart.parse(prepare(sql.row).get(id))
  if (found === undefined) return undefined
  const namesOf = (of: string) => names.parse(prepare(of).all(id)).map(({ name }) => name)
  const { uid, level, at, east, trashed, start, added, ...rest } = found
  return {
    id: uid,
    ...rest,
    level: levelOfNumber(level),
    at: lived(toldAt({ ...rest, at, added }), east),
    excerpt: excerptOf(start),
    people: namesOf(sql.people),
    tags: namesOf(sql.tags),
    attachments: counted.parse(prepare(sql.attachments).get(id)).count,
    trashedAt: trashed === null ? null : new Date(trashed).toISOString(),
  }
}
