// Where the items of an export came from: the imports of the vault that made it, with their files and what went wrong in
// them. They come back before the items that speak of them. One that is here already stays as it is.
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Prepare } from '../prepared.ts'
import type { RecordOf } from './record-types.ts'
import type { WholeFile } from './reading.ts'

type File = NonNullable<RecordOf<'items'>['from']>

const idRow = z.object({ id: z.int() })

export function createProvenance(prepare: Prepare) {
  const imports = new Map<string, number>()
  const files = new Map<string, number>()
  const keyOf = ({ import: of, path }: File) => `${of}\n${path}`
  const find = (sql: string, ...values: readonly (string | number)[]) =>
    idRow.optional().parse(prepare(sql).get(...values))?.id
  const importOf = (uid: string): number => {
    const id = imports.get(uid)
    if (id === undefined) throw new AppError('EXPORT_DAMAGED')
    return id
  }

  return {
    /** These run in the caller's transactions. Answers which were not here before. */
    addImports(records: readonly RecordOf<'imports'>[]): string[] {
      const added: string[] = []
      for (const { id: uid, isSample, options, ...record } of records) {
        const known = find('SELECT id FROM imports WHERE uid = ?', uid)
        if (known !== undefined) {
          imports.set(uid, known)
          continue
        }
        const { lastInsertRowid } = prepare(
          `INSERT INTO imports (uid, name, more, is_sample, state, at, ended, options, sources)
           VALUES (@uid, @name, @more, @isSample, @state, @at, @ended, @options, '[]')`,
        ).run({ ...record, uid, isSample: Number(isSample), options: JSON.stringify(options) })
        imports.set(uid, Number(lastInsertRowid))
        added.push(uid)
      }
      return added
    },

    addFiles(whole: readonly WholeFile[]) {
      for (const { file, problems } of whole) {
        const of = importOf(file.import)
        const known = find('SELECT id FROM import_files WHERE import = ? AND path = ?', of, file.path)
        if (known !== undefined) {
          files.set(keyOf(file), known)
          continue
        }
        const { lastInsertRowid } = prepare(`
          INSERT INTO import_files (import, path, format, unit, bytes, state, records, added, changed, duplicate, skipped, failed, why)
          VALUES (@of, @path, @format, @unit, @bytes, @state, @records, @added, @changed, @duplicate, @skipped, @failed, @why)
        `).run({ ...file, of })
        const id = Number(lastInsertRowid)
        files.set(keyOf(file), id)
        for (const { position, why, detail } of problems) {
          prepare(`
            INSERT INTO import_problems (import, file, position, why, detail) VALUES (@of, @id, @position, @why, @detail)
          `).run({ of, id, position, why, detail })
        }
      }
    },

    file(from: File | null): number | null {
      if (from === null) return null
      const id = files.get(keyOf(from))
      if (id === undefined) throw new AppError('EXPORT_DAMAGED')
      return id
    },
  }
}
