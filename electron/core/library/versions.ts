// What an item said before. A version is kept when the next one takes its place, whoever made that.
import { z } from 'zod'
import type { itemVersion } from '../../../shared/api/library.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Prepare } from '../prepared.ts'

type ItemVersion = z.infer<typeof itemVersion>

const said = 'version, changed, made_by, made_in, brought, at, ends, east, timing, day, body_is, title, facts, body'

/** In the caller's transaction, before the item is given its next version. */
export function keepVersion(prepare: Prepare, item: number): void {
  prepare(`INSERT INTO versions (item, ${said}) SELECT id, ${said} FROM items WHERE id = ?`).run(item)
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
}
