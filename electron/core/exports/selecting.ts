// Every record as SQLite itself writes it as JSON, page by page. What is added while an export is being made is not in it:
// nothing beyond the last numbers of its beginning is read, so that no record speaks of one that is missing. An item is read
// with all that belongs to it, at one moment.
import { z } from 'zod'
import { levelNameSql } from '../levels.ts'
import type { Prepare } from '../prepared.ts'
import type { RecordType } from './record-types.ts'

const bytesOf = (column: string) => `CASE WHEN ${column} IS NULL THEN NULL ELSE lower(hex(${column})) END`
const fileOf = (column: string) => `json((
  SELECT json_object('import', imports.uid, 'path', files.path)
  FROM import_files AS files JOIN imports ON imports.id = files.import
  WHERE files.id = ${column} AND files.id <= @import_files))`
const uidOf = '(SELECT lower(hex(uid)) FROM items WHERE items.id = item)'

const said = (of: string) => `
  'version', ${of}.version, 'changed', ${of}.changed, 'madeBy', ${of}.made_by, 'madeIn', ${fileOf(`${of}.made_in`)},
  'brought', ${bytesOf(`${of}.brought`)}, 'at', ${of}.at, 'ends', ${of}.ends, 'east', ${of}.east, 'timing', ${of}.timing,
  'day', ${of}.day, 'bodyIs', ${of}.body_is, 'title', ${of}.title, 'facts', json(${of}.facts)`

const counts = "'added', added, 'changed', changed, 'duplicate', duplicate, 'skipped', skipped, 'failed', failed"

const within = (column: string) => `${column} > @after AND ${column} <= @upTo`
const isHeld = 'IN (SELECT value FROM json_each(@collections))'

const numbered = ['imports', 'import_files', 'people', 'tags', 'items'] as const

interface Selection {
  /** The table whose numbers the pages are made by; without one it is all a page. */
  readonly over: (typeof numbered)[number] | null
  readonly sql: string
}

/** In the order in which they are to be read again. */
export const selections: Readonly<Record<RecordType, Selection>> = {
  imports: {
    over: 'imports',
    // One that is being read is, wherever it is read next, one that was cut short.
    sql: `SELECT json_object('id', uid, 'name', name, 'more', more,
        'isSample', json(iif(is_sample = 1, 'true', 'false')), 'state', CASE state WHEN 'running' THEN 'interrupted' ELSE state END,
        'at', at, 'ended', ended, 'options', json(options)) FROM imports WHERE ${within('id')} ORDER BY id`,
  },
  import_files: {
    over: 'import_files',
    sql: `SELECT json_object('import', uid, 'path', path, 'format', format, 'unit', unit, 'bytes', bytes, 'state', f.state,
        'records', records, ${counts}, 'why', why)
      FROM import_files AS f JOIN imports ON imports.id = f.import WHERE ${within('f.id')} ORDER BY f.id`,
  },
  import_problems: {
    over: 'import_files',
    sql: `SELECT json_object('file', ${fileOf('file')}, 'position', position, 'why', why, 'detail', detail)
      FROM import_problems WHERE ${within('file')} ORDER BY file, id`,
  },
  people: {
    over: 'people',
    sql: `SELECT json_object('same', same, 'name', name) FROM people WHERE ${within('id')} ORDER BY id`,
  },
  tags: { over: 'tags', sql: `SELECT json_object('name', name) FROM tags WHERE ${within('id')} ORDER BY id` },
  collections: {
    over: null,
    sql: `SELECT json_object('id', lower(hex(uid)), 'name', name, 'madeBy', made_by) FROM collections WHERE id ${isHeld} ORDER BY id`,
  },
  items: {
    over: 'items',
    sql: `SELECT json_object('id', lower(hex(uid)), 'same', lower(hex(same)), 'type', type, 'source', source,
        'level', ${levelNameSql('level')},
        'levelBy', level_by, 'added', added, 'trashed', trashed, 'from', ${fileOf('import_file')}, 'position', position,
        ${said('items')}, 'body', body)
      FROM items WHERE ${within('id')} ORDER BY id`,
  },
  versions: {
    over: 'items',
    sql: `SELECT json_object('item', ${uidOf}, ${said('versions')}, 'belongs', json_object(
          'people', (SELECT json_group_array(json_array(same, people.name, role, named.name) ORDER BY same, role)
            FROM version_people AS named JOIN people ON people.id = person
            WHERE named.item = versions.item AND named.version = versions.version),
          'links', json_extract(belongs, '$.links'),
          'tags', (SELECT json_group_array(name ORDER BY id) FROM tags
            WHERE id IN (SELECT value FROM json_each(belongs, '$.tags')) AND id <= @tags),
          'collections', (SELECT json_group_array(lower(hex(uid)) ORDER BY id) FROM collections
            WHERE id IN (SELECT value FROM json_each(belongs, '$.collections')) AND id ${isHeld})), 'body', body)
      FROM versions WHERE ${within('item')} ORDER BY item, version`,
  },
  item_people: {
    over: 'items',
    sql: `SELECT json_object('item', ${uidOf}, 'person', same, 'role', role, 'name', item_people.name)
      FROM item_people JOIN people ON people.id = person WHERE ${within('item')} ORDER BY item, same, role`,
  },
  item_tags: {
    over: 'items',
    sql: `SELECT json_object('item', ${uidOf}, 'tag', name)
      FROM item_tags JOIN tags ON tags.id = tag WHERE ${within('item')} AND tag <= @tags ORDER BY item, name`,
  },
  item_collections: {
    over: 'items',
    sql: `SELECT json_object('item', ${uidOf}, 'collection', lower(hex(uid)))
      FROM item_collections JOIN collections ON collections.id = collection
      WHERE ${within('item')} AND collection ${isHeld} ORDER BY item, uid`,
  },
  links: {
    over: 'items',
    sql: `SELECT json_object('item', ${uidOf}, 'kind', kind, 'target', lower(hex(target)), 'label', label)
      FROM links WHERE ${within('item')} ORDER BY item, kind, target`,
  },
  attachments: {
    over: 'items',
    sql: `SELECT json_object('item', ${uidOf}, 'id', lower(hex(uid)), 'name', name, 'media', media, 'bytes', bytes,
        'content', lower(hex(content)), 'file', '', 'from', ${fileOf('import_file')})
      FROM attachments WHERE ${within('item')} ORDER BY item, id`,
  },
  drafts: {
    over: null,
    sql: "SELECT json_object('name', name, 'title', title, 'body', body, 'at', at) FROM drafts ORDER BY name",
  },
  settings: { over: null, sql: "SELECT json_object('key', key, 'value', json(value)) FROM settings ORDER BY key" },
}

const number = z.int()
const numbers = z.array(number)
const lines = z.array(z.string())
const pageLength = 50

const boundsShape = z.object({
  imports: number,
  import_files: number,
  people: number,
  tags: number,
  items: number,
  /** All of them, as JSON: one that was dropped comes back under its old number when that is taken back. */
  collections: z.string(),
})
export type Bounds = Readonly<z.infer<typeof boundsShape>>

/** The last numbers there are now. */
export function boundsOf(prepare: Prepare): Bounds {
  const last = (table: string) => prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get()
  return boundsShape.parse({
    ...Object.fromEntries(numbered.map((table) => [table, last(table)])),
    collections: JSON.stringify(numbers.parse(prepare('SELECT id FROM collections').pluck().all())),
  })
}

/** How many there are, for the progress that is told. */
export const countOf = (prepare: Prepare, type: RecordType): number =>
  number.parse(prepare(`SELECT count(*) FROM ${type}`).pluck().get())

interface Range {
  readonly after: number
  readonly upTo: number
}

const linesOf = (prepare: Prepare, type: RecordType, given: Bounds & Partial<Range>): string[] =>
  lines.parse(prepare(selections[type].sql).pluck().all(given))

function* rangesOf(prepare: Prepare, over: (typeof numbered)[number], bounds: Bounds): Generator<Range> {
  const end = `SELECT id FROM ${over} WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${pageLength - 1}`
  for (let after = 0; after < bounds[over]; ) {
    const found = number.optional().parse(prepare(end).pluck().get(after))
    const upTo = Math.min(found ?? bounds[over], bounds[over])
    yield { after, upTo }
    after = upTo
  }
}

export function* pagesOf(prepare: Prepare, type: RecordType, bounds: Bounds): Generator<string[]> {
  const { over } = selections[type]
  if (over === null) {
    yield linesOf(prepare, type, bounds)
    return
  }
  for (const range of rangesOf(prepare, over, bounds)) yield linesOf(prepare, type, { ...bounds, ...range })
}

/** What belongs to an item and goes out in files of its own. */
export const itemParts = [
  'versions',
  'item_people',
  'item_tags',
  'item_collections',
  'links',
  'attachments',
] as const satisfies RecordType[]
export type ItemPart = (typeof itemParts)[number]

export interface WholePage {
  readonly items: readonly string[]
  readonly parts: Readonly<Record<ItemPart, readonly string[]>>
}

/** Items with all that belongs to them: nobody else writes before a page is whole. */
export function* wholePagesOf(prepare: Prepare, bounds: Bounds): Generator<WholePage> {
  for (const range of rangesOf(prepare, 'items', bounds)) {
    const of = (type: RecordType) => linesOf(prepare, type, { ...bounds, ...range })
    yield {
      items: of('items'),
      parts: {
        versions: of('versions'),
        item_people: of('item_people'),
        item_tags: of('item_tags'),
        item_collections: of('item_collections'),
        links: of('links'),
        attachments: of('attachments'),
      },
    }
  }
}
