// Every record as SQLite itself writes it as JSON, page by page. What is added while an export is being made is not in it:
// nothing beyond the last numbers of its beginning is read, so that no record speaks of one that is missing.
import { z } from 'zod'
import { levelNameSql } from '../levels.ts'
import type { Prepare } from '../prepared.ts'
import type { RecordType } from './record-types.ts'

const bytesOf = (column: string) => `CASE WHEN ${column} IS NULL THEN NULL ELSE lower(hex(${column})) END`
const fileOf = (column: string) => `json((
  SELECT json_object('import', imports.uid, 'path', files.path)
  FROM import_files AS files JOIN imports ON imports.id = files.import WHERE files.id = ${column}))`
const uidOf = '(SELECT lower(hex(uid)) FROM items WHERE items.id = item)'

const said = (of: string) => `
  'version', ${of}.version, 'changed', ${of}.changed, 'madeBy', ${of}.made_by, 'madeIn', ${fileOf(`${of}.made_in`)},
  'brought', ${bytesOf(`${of}.brought`)}, 'at', ${of}.at, 'ends', ${of}.ends, 'east', ${of}.east, 'timing', ${of}.timing,
  'day', ${of}.day, 'bodyIs', ${of}.body_is, 'title', ${of}.title, 'facts', json(${of}.facts)`

const counts = "'added', added, 'changed', changed, 'duplicate', duplicate, 'skipped', skipped, 'failed', failed"

const within = (column: string) => `${column} > @after AND ${column} <= @upTo`

interface Selection {
  /** The table whose numbers the pages are made by; without one it is all a page. */
  readonly over: 'imports' | 'import_files' | 'people' | 'tags' | 'collections' | 'items' | null
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
      FROM import_files AS f JOIN imports ON imports.id = f.import WHERE ${within('f.id')} AND f.import <= @imports ORDER BY f.id`,
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
    over: 'collections',
    sql: `SELECT json_object('id', lower(hex(uid)), 'name', name, 'madeBy', made_by) FROM collections WHERE ${within('id')} ORDER BY id`,
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
            WHERE id IN (SELECT value FROM json_each(belongs, '$.collections')) AND id <= @collections)), 'body', body)
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
      WHERE ${within('item')} AND collection <= @collections ORDER BY item, uid`,
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

const numbered = ['imports', 'import_files', 'people', 'tags', 'collections', 'items'] as const
export type Bounds = Readonly<Record<(typeof numbered)[number], number>>

const number = z.int()
const lines = z.array(z.string())
const pageLength = 50

/** The last numbers there are now. */
export function boundsOf(prepare: Prepare): Bounds {
  const last = (table: string) => number.parse(prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get())
  const [imports, import_files, people, tags, collections, items] = numbered.map(last)
  return z
    .object({ imports: number, import_files: number, people: number, tags: number, collections: number, items: number })
    .parse({ imports, import_files, people, tags, collections, items })
}

/** How many there are, for the progress that is told. */
export const countOf = (prepare: Prepare, type: RecordType): number =>
  number.parse(prepare(`SELECT count(*) FROM ${type}`).pluck().get())

export function* pagesOf(prepare: Prepare, type: RecordType, bounds: Bounds): Generator<string[]> {
  const { over, sql } = selections[type]
  if (over === null) {
    yield lines.parse(prepare(sql).pluck().all())
    return
  }
  const end = `SELECT id FROM ${over} WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${pageLength - 1}`
  for (let after = 0; after < bounds[over]; ) {
    const found = number.optional().parse(prepare(end).pluck().get(after))
    const upTo = Math.min(found ?? bounds[over], bounds[over])
    yield lines.parse(
      prepare(sql)
        .pluck()
        .all({ ...bounds, after, upTo }),
    )
    after = upTo
  }
}
