// What a file said of a thing when it last came. Two calendars may name one thing and say different things of it: whichever
// comes again, it says nothing new by that, though the other one was heard since.
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'

const broughtRow = z.instanceof(Uint8Array).nullish()
const pathRow = z.string().optional()

export function createSaidBefore({ prepare }: { readonly prepare: Prepare }) {
  return {
    pathOf: (file: number | null): string | undefined =>
      pathRow.parse(prepare('SELECT path FROM import_files WHERE id = ?').pluck().get(file)),

    /** Whether that is what the newest version of this item says that came from a file of this path. */
    wasSaidIn(item: number, saying: Uint8Array, path: string | undefined): boolean {
      if (path === undefined) return false
      const last = broughtRow.parse(
        prepare(`
          SELECT brought FROM (
            SELECT version, brought, made_by, coalesce(made_in, import_file) AS file FROM items WHERE id = @item
            UNION ALL
            SELECT old.version, old.brought, old.made_by, coalesce(old.made_in, import_file)
            FROM versions AS old JOIN items ON items.id = old.item WHERE old.item = @item
          ) AS said CROSS JOIN import_files AS f ON f.id = said.file
          WHERE made_by = 'import' AND f.path = @path ORDER BY version DESC LIMIT 1
        `)
          .pluck()
          .get({ item, path }),
      )
      return last !== undefined && last !== null && Buffer.compare(last, saying) === 0
    },
  }
}
