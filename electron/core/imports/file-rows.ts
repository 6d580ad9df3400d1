// What the vault knows of the files of an import: how far each was read, and what could not be. Rows are written in the same
// transaction as the items they speak of; whoever calls brings that transaction.
import { z } from 'zod'
import {
  type ImportProblem,
  type ImportedFile,
  type ProblemReason,
  importedFile,
  problem,
  problemReasons,
} from '../../../shared/api/imports.ts'
import type { Prepare } from '../prepared.ts'
import type { Begun, Problem } from './protocol.ts'

export interface FileProgress {
  readonly id: number
  readonly records: number
  readonly state: ImportedFile['state']
  readonly why: ProblemReason | null
  /** Its reader has said that it is there. */
  readonly isThere?: boolean
}

/** With a password, or by putting a file back. */
const helpable: readonly ProblemReason[] = ['needs-password', 'wrong-password', 'gone']

/** Whether the person could still help. */
export const isWorthAnotherTry = (why: ProblemReason | null): boolean => why !== null && helpable.includes(why)

export const couldBeHelped = (prepare: Prepare, id: number): boolean =>
  prepare(
    `SELECT 1 FROM import_files WHERE import = ? AND state = 'failed'
       AND why IN (SELECT value FROM json_each(?)) LIMIT 1`,
  ).get(id, JSON.stringify(helpable)) !== undefined

export function progressOf(prepare: Prepare, id: number): Map<string, FileProgress> {
  const rows = z
    .array(
      z.object({
        id: z.int(),
        path: z.string(),
        records: z.int(),
        state: importedFile.shape.state,
        why: z.enum(problemReasons).nullable(),
      }),
    )
    .parse(prepare('SELECT id, path, records, state, why FROM import_files WHERE import = ?').all(id))
  return new Map(rows.map(({ path, ...progress }) => [path, progress]))
}

export function addFile(prepare: Prepare, id: number, file: { readonly path: string; readonly bytes: number }): number {
  return Number(
    prepare("INSERT INTO import_files (import, path, bytes, state) VALUES (?, ?, ?, 'waiting')").run(
      id,
      file.path,
      file.bytes,
    ).lastInsertRowid,
  )
}

export interface Counts {
  added: number
  changed: number
  duplicate: number
  skipped: number
  failed: number
}

export const noCounts = (): Counts => ({ added: 0, changed: 0, duplicate: 0, skipped: 0, failed: 0 })

export function addRecords(prepare: Prepare, file: number, counts: Counts): void {
  const { added, changed, duplicate, skipped, failed } = counts
  const records = added + changed + duplicate + skipped + failed
  prepare(
    `UPDATE import_files SET records = records + @records, added = added + @added, changed = changed + @changed,
       duplicate = duplicate + @duplicate, skipped = skipped + @skipped, failed = failed + @failed WHERE id = @file`,
  ).run({ file, records, ...counts })
}

export function beginFile(prepare: Prepare, file: number, { format, unit }: Pick<Begun, 'format' | 'unit'>): void {
  prepare("UPDATE import_files SET state = 'reading', format = ?, unit = ? WHERE id = ?").run(format, unit, file)
}

interface FileEnd {
  readonly as: 'done' | 'skipped' | 'failed'
  readonly problem?: Problem | undefined
}

export function endFile(prepare: Prepare, file: number, { as, problem: found }: FileEnd): void {
  prepare('UPDATE import_files SET state = ?, why = ?, failed = failed + ? WHERE id = ?').run(
    as,
    found?.why ?? null,
    as === 'failed' ? 1 : 0,
    file,
  )
  if (found !== undefined) addProblem(prepare, file, found)
}

export function addProblem(prepare: Prepare, file: number, { at, why, detail }: Problem): void {
  prepare('INSERT INTO import_problems (file, position, why, detail) VALUES (?, ?, ?, ?)').run(
    file,
    at ?? null,
    why,
    detail ?? '',
  )
}

/** As if it had not been met: it is about to be read again. */
export function reopenFile(prepare: Prepare, file: number): void {
  prepare("UPDATE import_files SET state = 'waiting', why = NULL, failed = failed - 1 WHERE id = ?").run(file)
  prepare(
    'DELETE FROM import_problems WHERE file = ? AND id = (SELECT max(id) FROM import_problems WHERE file = ?)',
  ).run(file, file)
}

interface Page {
  readonly offset: number
  readonly limit: number
}

export const listFiles = (prepare: Prepare, id: number, { offset, limit }: Page): ImportedFile[] =>
  z.array(importedFile).parse(
    prepare(
      `SELECT path, format, bytes, state, added, changed, duplicate, skipped, failed FROM import_files
           WHERE import = ? ORDER BY id LIMIT ? OFFSET ?`,
    ).all(id, limit, offset),
  )

export function listProblems(
  prepare: Prepare,
  id: number,
  { offset, limit }: Page,
): { list: ImportProblem[]; inAll: number } {
  const list = z.array(problem).parse(
    prepare(
      `SELECT f.path, f.format, p.position AS at, f.unit, p.why, p.detail FROM import_problems p JOIN import_files f ON f.id = p.file
           WHERE f.import = ? ORDER BY p.id LIMIT ? OFFSET ?`,
    ).all(id, limit, offset),
  )
  const inAll = prepare(
    'SELECT count(*) FROM import_problems p JOIN import_files f ON f.id = p.file WHERE f.import = ?',
  )
    .pluck()
    .get(id)
  return { list, inAll: z.int().parse(inAll) }
}
