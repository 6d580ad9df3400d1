// What was erased is not called by its file's name any more either. A file of which nothing is left goes from the imports
// that read it, with the archive it lay in, and an import of which no file is left from their list. Where an import can go
// on its files stay listed until then: it would take what was erased for new.
import { z } from 'zod'
import { longestImportName } from '../../../shared/item-names.ts'
import type { Prepare } from '../prepared.ts'

const ids = z.array(z.int())
const fileRows = z.array(z.object({ id: z.int(), import: z.int(), path: z.string() }))
const idRow = z.object({ id: z.int() }).optional()
const namedRow = z.object({ name: z.string(), more: z.int() }).optional()

/** Held by an item, an older text of it, or a file attached to it. */
const isOfSomething = `(
    EXISTS (SELECT 1 FROM items WHERE import_file = file.id) OR EXISTS (SELECT 1 FROM items WHERE made_in = file.id)
    OR EXISTS (SELECT 1 FROM versions WHERE made_in = file.id)
    OR EXISTS (SELECT 1 FROM attachments WHERE import_file = file.id)
  )`
const among = '(SELECT value FROM json_each(@among))'
/** Of all signs, 0 comes next after the slash. */
const liesIn = (name: string) => `path > ${name} || '/' AND path < ${name} || '0'`

export function createForgetting({ prepare }: { readonly prepare: Prepare }) {
  const idsOf = (sql: string, given: readonly number[]): number[] =>
    ids.parse(
      prepare(sql)
        .pluck()
        .all({ among: JSON.stringify(given) }),
    )

  /** Those it lay in, the innermost first, for as long as nothing else lies in them. */
  const dropArchives = (of: number, path: string) => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const archive = path.slice(0, end)
      const emptied = prepare(`
        SELECT id FROM import_files AS file WHERE import = @of AND path = @archive AND NOT ${isOfSomething}
          AND NOT EXISTS (SELECT 1 FROM import_files WHERE import = @of AND ${liesIn('@archive')})`)
      const found = idRow.parse(emptied.get({ of, archive }))
      if (found !== undefined) prepare('DELETE FROM import_files WHERE id = ?').run(found.id)
    }
  }

  /** After what is left of it: an import is called by the first thing that was handed in, and how many more there were. */
  const rename = (id: number) => {
    const now = namedRow.parse(prepare('SELECT name, more FROM imports WHERE id = ? AND is_sample = 0').get(id))
    if (now === undefined) return
    const isLeft = `SELECT 1 FROM import_files WHERE import = @id AND (path = @name OR ${liesIn('@name')}) LIMIT 1`
    const called = prepare(isLeft).get({ id, name: now.name }) !== undefined
    if (called && now.more === 0) return
    const left = z.array(z.string()).parse(
      prepare(`
        SELECT substr(path, 1, instr(path || '/', '/') - 1) AS handed FROM import_files WHERE import = ?
        GROUP BY handed ORDER BY min(id)`)
        .pluck()
        .all(id),
    )
    const name = called ? now.name : (left[0] ?? '').slice(0, longestImportName)
    prepare('UPDATE imports SET name = ?, more = ? WHERE id = ?').run(name, Math.min(now.more, left.length - 1), id)
  }

  /** What is left of nothing, in those of these imports that have given back their files. */
  const forgetIn = (imports: readonly number[]) => {
    const gone = fileRows.parse(
      prepare(`
        SELECT file.id, file.import, file.path FROM import_files AS file JOIN imports ON imports.id = file.import
        WHERE file.import IN ${among} AND erased = 1 AND sources = '[]' AND NOT ${isOfSomething}
      `).all({ among: JSON.stringify(imports) }),
    )
    for (const { id, import: of, path } of gone) {
      prepare('DELETE FROM import_files WHERE id = ?').run(id)
      dropArchives(of, path)
    }
    for (const id of new Set(gone.map((file) => file.import))) {
      const empty = 'DELETE FROM imports WHERE id = @id AND NOT EXISTS (SELECT 1 FROM import_files WHERE import = @id)'
      if (prepare(empty).run({ id }).changes === 0) rename(id)
    }
  }

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
     * found nothing new in it and is called by it all the same. Answers with all imports that read one of them.
     */
    forget(files: readonly number[]): number[] {
      if (files.length === 0) return []
      // Each is looked up by its name in each import: there are few of these, and very many files.
      const alike = `SELECT file.id FROM import_files AS gone CROSS JOIN imports CROSS JOIN import_files AS file
          ON file.import = imports.id AND file.path = gone.path AND file.bytes = gone.bytes
        WHERE gone.id IN ${among}`
      const read = idsOf(alike, files)
      const imports = idsOf(`SELECT DISTINCT import FROM import_files WHERE id IN ${among}`, read)
      const emptied = `UPDATE import_files AS file SET erased = 1 WHERE id IN ${among} AND NOT ${isOfSomething}`
      prepare(emptied).run({ among: JSON.stringify(read) })
      forgetIn(imports)
      return imports
    },

    forgetIn,
  }
}

export type Forgetting = ReturnType<typeof createForgetting>
