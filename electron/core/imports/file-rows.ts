// What the vault knows of the files of an import: how far each was read, and what could not be. Rows are written in the same
// transaction as the items they speak of; whoever calls brings that transaction.
import { z } from 'zod'
import {
  type ImportProblem,
  type ImportedFile,
  type Needs,
  importedFile,
  problem,
} from '../../../shared/api/imports.ts'
import type { Prepare } from '../prepared.ts'
import type { Begun, Kept, Problem } from './protocol.ts'

export interface FileProgress {
  readonly id: number
  /** So many of its problems are counted. */
  readonly failed: number
}

/** What somebody can still help with: a password, or putting a file back. Of several the first is asked for. */
const helpable: readonly { readonly why: Problem['why']; readonly needs: Needs }[] = [
  { why: 'wrong-password', needs: 'other-password' },
  { why: 'needs-password', needs: 'password' },
  { why: 'gone', needs: 'again' },
]
const couldHelp = `why IN (${helpable.map(({ why }) => `'${why}'`).join(', ')})`

/** Of the import of this number, as SQL; null where nothing helps. */
export const needsSql = (number: string): string => {
  const has = (why: string) =>
    `EXISTS (SELECT 1 FROM import_files WHERE import = ${number} AND state = 'failed' AND why = '${why}')`
  return `CASE ${helpable.map(({ why, needs }) => `WHEN ${has(why)} THEN '${needs}'`).join(' ')} END`
}

export const couldBeHelped = (prepare: Prepare, id: number): boolean =>
  prepare(`SELECT 1 FROM import_files WHERE import = ? AND state = 'failed' AND ${couldHelp} LIMIT 1`).get(id) !==
  undefined

/** A transaction speaks of few files and an import may have very many: they are looked up, and not held. */
const fileProgress = z.object({ id: z.int(), failed: z.int() }).optional()
export const findFile = (prepare: Prepare, id: number, path: string): FileProgress | undefined =>
  fileProgress.parse(prepare('SELECT id, failed FROM import_files WHERE import = ? AND path = ?').get(id, path))

/** Undefined where it is there already. */
export function addFile(
  prepare: Prepare,
  id: number,
  file: { readonly path: string; readonly bytes: number },
): number | undefined {
  const { changes, lastInsertRowid } = prepare(`
    INSERT INTO import_files (import, path, bytes, state) VALUES (?, ?, ?, 'waiting') ON CONFLICT (import, path) DO NOTHING
  `).run(id, file.path, file.bytes)
  return changes === 0 ? undefined : Number(lastInsertRowid)
}

export const hasFiles = (prepare: Prepare, id: number): boolean =>
  prepare('SELECT 1 FROM import_files WHERE import = ? LIMIT 1').get(id) !== undefined

/** Not done with, whatever comes of it. */
const isOpen = "IN ('waiting', 'reading')"
/** The path of what lies in an archive begins with the archive's own; of all signs, 0 comes next after the slash. */
const holdsOpen = `EXISTS (
    SELECT 1 FROM import_files AS held
    WHERE held.import = file.import AND held.path > file.path || '/' AND held.path < file.path || '0' AND held.state ${isOpen}
  )`
const keptRow = z.object({ records: z.int(), isOver: z.int() }).optional()

/** How far a file is read. An archive is done with when everything in it is. */
export function keptOfFile(prepare: Prepare, id: number, path: string): Kept | undefined {
  const row = keptRow.parse(
    prepare(`
      SELECT records, NOT (state ${isOpen} OR ${holdsOpen}) AS isOver
      FROM import_files AS file WHERE import = ? AND path = ?
    `).get(id, path),
  )
  if (row?.isOver === 1) return 'done'
  return row === undefined || row.records === 0 ? undefined : row.records
}

/** What failed and may go well now, and the archives it lies in, is read as if for the first time. */
export function reopenFiles(prepare: Prepare, id: number): void {
  const reopen = (where: string) => {
    const files = prepare(`SELECT id FROM import_files AS file WHERE import = ? AND state = 'failed' AND ${where}`)
    for (const file of z.array(z.int()).parse(files.pluck().all(id))) reopenFile(prepare, file)
  }
  reopen(couldHelp)
  reopen(holdsOpen)
  prepare(`
    UPDATE import_files AS file SET state = 'waiting', why = NULL WHERE import = ? AND NOT state ${isOpen} AND ${holdsOpen}
  `).run(id)
}

/** As if nothing of it had been met: what is here still is known again. */
export function reopenAll(prepare: Prepare, id: number): void {
  prepare('DELETE FROM import_problems WHERE import = ?').run(id)
  prepare(`
    UPDATE import_files SET state = 'waiting', why = NULL, records = 0, added = 0, changed = 0, duplicate = 0, skipped = 0,
      failed = 0
    WHERE import = ?
  `).run(id)
}

/** Some that are not done with. */
export const openFiles = (prepare: Prepare, id: number, { atOnce }: { readonly atOnce: number }): number[] =>
  z
    .array(z.int())
    .parse(prepare(`SELECT id FROM import_files WHERE import = ? AND state ${isOpen} LIMIT ?`).pluck().all(id, atOnce))

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

/** More than this of one file's problems are counted, and not listed. */
const mostProblems = 1000

export const isListed = ({ failed }: Pick<FileProgress, 'failed'>): boolean => failed <= mostProblems

/** How many problems are counted, and not listed. That a file failed as a whole always is. */
export const unlistedProblems = (prepare: Prepare, id: number): number =>
  z.int().parse(
    prepare(`
      SELECT coalesce(sum(max(0, failed - (state = 'failed') - @most)), 0) FROM import_files
      WHERE import = @id AND failed > 200
    `)
      .pluck()
      .get({ id, most: mostProblems }),
  )

export function addProblem(prepare: Prepare, file: number, { at, why, detail }: Problem): void {
  prepare(`
    INSERT INTO import_problems (import, file, position, why, detail)
    SELECT import, id, @position, @why, @detail FROM import_files WHERE id = @file
  `).run({ file, position: at ?? null, why, detail: detail ?? '' })
}

/** As if it had not been met: it is about to be read again. */
function reopenFile(prepare: Prepare, file: number): void {
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

export const listProblems = (prepare: Prepare, id: number, { offset, limit }: Page): ImportProblem[] =>
  z.array(problem).parse(
    prepare(
      `SELECT f.path, f.format, p.position AS at, f.unit, p.why, p.detail
           FROM import_problems AS p CROSS JOIN import_files AS f ON f.id = p.file
           WHERE p.import = ? ORDER BY p.id LIMIT ? OFFSET ?`,
    ).all(id, limit, offset),
  )
