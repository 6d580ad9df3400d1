// What an item said before. A version is kept when the next one takes its place, whoever made that.
import { z } from 'zod'
import type { itemVersion } from '../../../shared/api/library.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Prepare } from '../prepared.ts'

type ItemVersion = z.infer<typeof itemVersion>

const said = 'version, changed, made_by, made_in, brought, at, ends, east, timing, day, body_is, title, facts, body'

/** What a new version gave an item besides what it says. */
export interface Given {
  readonly tags: readonly number[]
  readonly collections: readonly number[]
}

/** In the caller's transaction, before the item is given its next version. */
export function keepVersion(prepare: Prepare, item: number): void {
  prepare(`
    INSERT INTO versions (item, ${said}, belongs)
    SELECT id, ${said}, json_object(
      'links', (SELECT json_group_array(json_array(kind, lower(hex(target)), label)) FROM links WHERE item = items.id),
      'tags', json_array(), 'collections', json_array()
    )
    FROM items WHERE id = ?
  `).run(item)
  prepare(`
    INSERT INTO version_people (item, version, person, role, name)
    SELECT item, version, person, role, item_people.name
    FROM item_people JOIN items ON items.id = item WHERE item = ?
  `).run(item)
}

/** After it: so that taking the import back takes these back. */
export function noteGiven(prepare: Prepare, item: number, { tags, collections }: Given): void {
  if (tags.length === 0 && collections.length === 0) return
  prepare(`
    UPDATE versions SET belongs = json_set(belongs, '$.tags', json(@tags), '$.collections', json(@collections))
    WHERE item = @item AND version = (SELECT max(version) FROM versions WHERE item = @item)
  `).run({ item, tags: JSON.stringify(tags), collections: JSON.stringify(collections) })
}

/** Before a version goes from between two others: what the one after it gave counts with what it gave itself. */
export function passOnGiven(prepare: Prepare, item: number, version: number): void {
  const both = (part: string) => `(
    SELECT json_group_array(value) FROM (
      SELECT value FROM json_each(versions.belongs, '$.${part}') UNION SELECT value FROM json_each(going.belongs, '$.${part}')
    ))`
  prepare(`
    UPDATE versions SET belongs = json_set(versions.belongs, '$.tags', ${both('tags')}, '$.collections', ${both('collections')})
    FROM versions AS going
    WHERE going.item = @item AND going.version = @version AND versions.item = @item
      AND versions.version = (SELECT max(version) FROM versions WHERE item = @item AND version < @version)
      AND (going.belongs ->> '$.tags' <> '[]' OR going.belongs ->> '$.collections' <> '[]')
  `).run({ item, version })
}

const versionRow = z.object({
  version: z.int(),
  changed: z.int(),
  made_by: z.enum(['person', 'import']),
  title: z.string(),
  body: z.string(),
})

/** The newest first: what it says now. */
export function listVersions(prepare: Prepare, item: number): ItemVersion[] {
  const listed = 'version, changed, made_by, title, body'
  return z
    .array(versionRow)
    .parse(
      prepare(`
        SELECT ${listed} FROM items WHERE id = @item UNION ALL SELECT ${listed} FROM versions WHERE item = @item
        ORDER BY version DESC`).all({ item }),
    )
    .map(({ changed, made_by, ...row }) => ({ ...row, at: new Date(changed).toISOString(), by: made_by }))
}

/** Whom the item names and what it leads to, as one of its versions had it. In the caller's transaction. */
export function putNamesBack(prepare: Prepare, item: number, version: number): void {
  prepare('DELETE FROM item_people WHERE item = ?').run(item)
  prepare(`
    INSERT INTO item_people (item, person, role, name)
    SELECT item, person, role, name FROM version_people WHERE item = ? AND version = ?
  `).run(item, version)
  prepare('DELETE FROM links WHERE item = ?').run(item)
  prepare(`
    INSERT INTO links (item, kind, target, label)
    SELECT item, link.value ->> 0, unhex(link.value ->> 1), link.value ->> 2
    FROM versions, json_each(belongs, '$.links') AS link WHERE item = ? AND version = ?
  `).run(item, version)
}

/** As the next version, so that nothing is lost by it. In the caller's transaction. */
export function putVersionBack(prepare: Prepare, item: number, version: number, now: number): void {
  const old = prepare('SELECT 1 FROM versions WHERE item = ? AND version = ?').get(item, version)
  if (old === undefined) throw new AppError('NO_SUCH_VERSION')
  keepVersion(prepare, item)
  prepare(`
    UPDATE items SET at = old.at, ends = old.ends, east = old.east, timing = old.timing, day = old.day,
      version = items.version + 1, changed = @now, made_by = 'person', made_in = NULL, body_is = old.body_is,
      title = old.title, facts = old.facts, body = old.body
    FROM versions AS old WHERE items.id = @item AND old.item = @item AND old.version = @version
  `).run({ item, version, now })
  putNamesBack(prepare, item, version)
}
