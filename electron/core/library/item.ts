// One item with all that belongs to it: people, tags, files, links both ways, and where it came from.
import { z } from 'zod'
import { positionUnit } from '../../../shared/api/imports.ts'
import { bodyIs, itemTypes, linkKinds, roles } from '../../../shared/api/items.ts'
import type { Item } from '../../../shared/api/library.ts'
import { AppError } from '../../../shared/errors.ts'
import { storedRow } from '../item-rows.ts'
import { levelOfNumber } from '../levels.ts'
import { lived, toldAt } from '../lived.ts'
import type { Prepare } from '../prepared.ts'
import { levelOf } from './sensitivity.ts'

const facts = z.record(z.string(), z.json())

const itemRow = storedRow
  .extend({
    id: z.int(),
    body: z.string(),
    body_is: bodyIs,
    ends: z.int().nullable(),
    facts: z.string(),
    level_by: z.enum(['rule', 'person']),
    changed: z.int(),
    version: z.int(),
    same: z.instanceof(Uint8Array),
    import_file: z.int().nullable(),
    position: z.int().nullable(),
  })
  .optional()

const people = z.array(z.object({ id: z.int(), name: z.string(), role: z.enum(roles) }))
const tags = z.array(z.object({ name: z.string() }))
const collections = z.array(z.object({ id: z.string(), name: z.string() }))
const attachments = z.array(z.object({ id: z.string(), name: z.string(), media: z.string(), bytes: z.int() }))
const links = z.array(
  z.object({ item: z.string(), type: z.enum(itemTypes), title: z.string(), kind: z.enum(linkKinds) }),
)
const origin = z.object({
  import: z.string(),
  first: z.string(),
  more: z.int(),
  isSample: z.int(),
  at: z.string(),
  path: z.string(),
  format: z.string().nullable(),
  unit: positionUnit.nullable(),
})

const told = ({ first, more, isSample, ...from }: z.infer<typeof origin>) => ({
  ...from,
  importName: { first, more, isSample: isSample === 1 },
})

/** A conversation of a hundred thousand messages is not listed on the page of an item. */
const mostLinks = 200

export const factsOf = (json: string): Item['facts'] => facts.parse(JSON.parse(json))

export function readItem(prepare: Prepare, uid: string): Item {
  const found = itemRow.parse(
    prepare(`
      SELECT id, lower(hex(uid)) AS uid, type, at, east, timing, day, source, level, trashed, title, body, body_is, ends,
        facts, level_by, added, changed, version, same, import_file, position
      FROM items WHERE uid = unhex(?)
    `).get(uid),
  )
  if (found === undefined) throw new AppError('NO_SUCH_ITEM')
  const { id, at, east, ends, trashed, same, ...row } = found
  const of = <T>(shape: z.ZodType<T>, sql: string, ...values: readonly (number | Uint8Array)[]): T =>
    shape.parse(prepare(sql).all(...values))
  const [from] = row.import_file === null ? [] : of(z.array(origin), originOf, row.import_file)
  const level = levelOfNumber(row.level)
  const facts = factsOf(row.facts)
  return {
    id: row.uid,
    type: row.type,
    title: row.title,
    body: row.body,
    bodyIs: row.body_is,
    at: lived(toldAt({ ...row, at }), east),
    timing: row.timing,
    day: row.day,
    endsAt: ends === null ? null : lived(ends, east),
    source: row.source,
    facts,
    level,
    levelBy: row.level_by,
    levelReasons: row.level_by === 'person' ? ['person'] : [...levelOf({ ...row, facts }).reasons],
    people: of(people, peopleOf, id),
    tags: of(tags, tagsOf, id).map(({ name }) => name),
    collections: of(collections, collectionsOf, id),
    attachments: of(attachments, attachmentsOf, id),
    links: of(links, linksOf, id),
    linkedFrom: of(links, linkedFrom, same),
    origin: from === undefined ? null : { ...told(from), position: row.position },
    addedAt: new Date(row.added).toISOString(),
    changedAt: new Date(row.changed).toISOString(),
    version: row.version,
    trashedAt: trashed === null ? null : new Date(trashed).toISOString(),
  }
}

const peopleOf = `
  SELECT people.id, people.name, role FROM item_people JOIN people ON people.id = person
  WHERE item = ? ORDER BY CASE role WHEN 'from' THEN 0 WHEN 'to' THEN 1 WHEN 'with' THEN 2 ELSE 3 END, people.name`
const tagsOf = 'SELECT name FROM item_tags JOIN tags ON tags.id = tag WHERE item = ? ORDER BY name'
const collectionsOf = `
  SELECT lower(hex(uid)) AS id, name FROM item_collections JOIN collections ON collections.id = collection
  WHERE item = ? ORDER BY name`
const attachmentsOf = 'SELECT lower(hex(uid)) AS id, name, media, bytes FROM attachments WHERE item = ? ORDER BY id'
const linksOf = `
  SELECT lower(hex(other.uid)) AS item, other.type, other.title, links.kind
  FROM links CROSS JOIN items AS other ON other.same = links.target
  WHERE links.item = ? LIMIT ${mostLinks}`
const linkedFrom = `
  SELECT lower(hex(other.uid)) AS item, other.type, other.title, links.kind
  FROM links CROSS JOIN items AS other ON other.id = links.item
  WHERE links.target = ? LIMIT ${mostLinks}`
const originOf = `
  SELECT imports.uid AS import, imports.name AS first, more, is_sample AS isSample, imports.at, path, format, unit
  FROM import_files JOIN imports ON imports.id = import WHERE import_files.id = ?`
