// What was brought first by one import and later, in a newer form, by another: where the first is taken back, the item is
// the other one's from then on.
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'

interface From {
  /** The number of an import that is taken back; null where it is an export. */
  readonly import: number | null
  /** What an export brought goes up to this version; null where it is an import. */
  readonly upTo: number | null
}

const nextRow = z.object({ version: z.int(), file: z.int() })

export type HandOver = (item: number, from: From) => void

/** Answers `made_in` of somebody else. Within a statement that is given @import. */
export const isElsewhere = `made_in IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM import_files AS f WHERE f.id = made_in AND f.import IS @import)`

/** In the caller's transaction, for an item of which somebody else has brought a version. */
export function createHandingOver({ prepare }: { readonly prepare: Prepare }): HandOver {
  return (item, { import: of, upTo }) => {
    const given = { item, import: of, upTo: upTo ?? 0 }
    const next = nextRow.parse(
      prepare(`
        SELECT version, made_in AS file FROM (
          SELECT version, made_in FROM versions WHERE item = @item UNION ALL
          SELECT version, made_in FROM items WHERE id = @item
        ) WHERE version > @upTo AND ${isElsewhere} ORDER BY version LIMIT 1
      `).get(given),
    )
    prepare(`
      DELETE FROM versions WHERE item = @item AND version < @next AND (made_by = 'import' OR version <= @upTo)
    `).run({ item, upTo: given.upTo, next: next.version })
    prepare('UPDATE versions SET made_in = NULL WHERE item = ? AND version = ?').run(item, next.version)
    // Where it stands in that file nobody has noted.
    prepare(`
      UPDATE items SET import_file = @file, position = NULL, made_in = iif(version = @version, NULL, made_in)
      WHERE id = @item
    `).run({ item, ...next })
    // The other one may have brought the same files, and they were here already.
    prepare(`
      UPDATE attachments SET import_file = @file
      WHERE item = @item AND EXISTS (SELECT 1 FROM import_files AS f WHERE f.id = import_file AND f.import = @import)
    `).run({ item, import: of, file: next.file })
  }
}
