// What was erased is not called by its file's name any more either. A file of which nothing is left goes from the imports
// that read it, and an import of which no file is left from their list.
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'

const ids = z.array(z.int())

/** Held by an item, an older text of it, or a file attached to it. */
const isOfSomething = `(
    EXISTS (SELECT 1 FROM items WHERE import_file = file.id) OR EXISTS (SELECT 1 FROM items WHERE made_in = file.id)
    OR EXISTS (SELECT 1 FROM versions WHERE made_in = file.id)
    OR EXISTS (SELECT 1 FROM attachments WHERE import_file = file.id)
  )`

export function createForgetting({ prepare }: { readonly prepare: Prepare }) {
  const idsOf = (sql: string, among: readonly number[]): number[] =>
    ids.parse(
      prepare(sql)
        .pluck()
        .all({ among: JSON.stringify(among) }),
    )
  const among = '(SELECT value FROM json_each(@among))'

  return {
    /** The files that brought these items, changed them, or were attached to them. */
    filesOf: (items: readonly number[]): number[] =>
      idsOf(
        `SELECT import_file FROM items WHERE id IN ${among} AND import_file IS NOT NULL
         UNION SELECT made_in FROM items WHERE id IN ${among} AND made_in IS NOT NULL
         UNION SELECT made_in FROM versions WHERE item IN ${among} AND made_in IS NOT NULL
         UNION SELECT import_file FROM attachments WHERE item IN ${among} AND import_file IS NOT NULL`,
        items,
      ),

    /**
     * In the same transaction, once the items are gone. The same file may have been read again by another import, which
     * found nothing new in it and is called by it all the same.
     */
    forget(files: readonly number[]): void {
      if (files.length === 0) return
      const alike = idsOf(
        `SELECT file.id FROM import_files AS file JOIN imports ON imports.id = file.import
         WHERE (path, bytes) IN (SELECT path, bytes FROM import_files WHERE id IN ${among})
           AND imports.state NOT IN ('running', 'interrupted') AND NOT ${isOfSomething}`,
        files,
      )
      const imports = idsOf(`SELECT DISTINCT import FROM import_files WHERE id IN ${among}`, alike)
      prepare(`DELETE FROM import_files WHERE id IN ${among}`).run({ among: JSON.stringify(alike) })
      prepare(
        `DELETE FROM imports WHERE id IN ${among} AND NOT EXISTS (SELECT 1 FROM import_files WHERE import = imports.id)`,
      ).run({ among: JSON.stringify(imports) })
    },
  }
}

export type Forgetting = ReturnType<typeof createForgetting>
