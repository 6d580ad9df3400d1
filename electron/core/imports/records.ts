// What the vault knows of each import: its files, how far each was read, and what could not be. Rows are written in the
// same transaction as the items they speak of; whoever calls brings that transaction.
import { z } from 'zod'
import {
  type ImportName,
  type ImportOptions,
  type ImportProblem,
  type ImportSummary,
  type ImportedFile,
  importOptions,
  importStates,
  importedFile,
  problem,
} from '../../../shared/api/imports.ts'
import type { Prepare } from '../prepared.ts'
import type { Begun, Problem } from './protocol.ts'

export interface FileProgress {
  readonly id: number
  readonly records: number
  readonly state: ImportedFile['state']
  readonly why: string | null
  /** Its reader has said that it is there. */
  readonly isThere?: boolean
}

const importRow = z.object({
  id: z.int(),
  uid: z.string(),
  name: z.string(),
  more: z.int(),
  state: z.enum(importStates),
  at: z.string(),
  ended: z.string().nullable(),
  files: z.int(),
  added: z.int(),
  changed: z.int(),
  duplicate: z.int(),
  skipped: z.int(),
  failed: z.int(),
  sourced: z.int(),
})

const kept = z.object({
  options: importOptions.extend({
    locked: z.boolean().default(false),
    /** It is being taken back, until that is done or somebody stops it. */
    undoing: z.strictObject({ changedToo: z.boolean() }).optional(),
  }),
  sources: z.array(
    z.union([
      z.strictObject({ name: z.string(), path: z.string() }),
      z.strictObject({ name: z.string(), upload: z.string(), key: z.string(), bytes: z.int() }),
    ]),
  ),
})
export type Kept = z.infer<typeof kept>

const selectImports = `SELECT i.id, uid, name, more, i.state, at, ended, count(f.id) AS files,
    coalesce(sum(added), 0) AS added, coalesce(sum(changed), 0) AS changed, coalesce(sum(duplicate), 0) AS duplicate,
    coalesce(sum(skipped), 0) AS skipped, coalesce(sum(failed), 0) AS failed,
    sources <> '[]' AS sourced
  FROM imports i LEFT JOIN import_files f ON f.import = i.id`

type Row = z.infer<typeof importRow>

/** As its rows have it: what it is read by, they do not say. */
export interface Recorded {
  readonly summary: Omit<ImportSummary, 'job' | 'canGoOn'>
  /** Where it came from is still known, and its uploads are still here. */
  readonly hasSources: boolean
}

const recorded = ({ uid, name: first, more, ended, sourced, ...rest }: Row): Recorded => ({
  summary: { ...rest, of: 'files', id: uid, name: { first, more }, endedAt: ended },
  hasSources: sourced === 1,
})

export function addImport(
  prepare: Prepare,
  row: { readonly uid: string; readonly name: ImportName; readonly at: string } & Kept,
): number {
  const { lastInsertRowid } = prepare(
    "INSERT INTO imports (uid, name, more, state, at, options, sources) VALUES (?, ?, ?, 'running', ?, ?, ?)",
  ).run(row.uid, row.name.first, row.name.more, row.at, JSON.stringify(row.options), JSON.stringify(row.sources))
  return Number(lastInsertRowid)
}

export const listImports = (prepare: Prepare) =>
  z
    .array(importRow)
    .parse(prepare(`${selectImports} GROUP BY i.id ORDER BY i.id DESC`).all())
    .map(recorded)

export function findImport(prepare: Prepare, uid: string) {
  const found = importRow.optional().parse(prepare(`${selectImports} WHERE uid = ? GROUP BY i.id`).get(uid))
  return found === undefined ? undefined : { id: found.id, ...recorded(found) }
}

export function keptOf(prepare: Prepare, id: number): Kept {
  const row = z
    .object({ options: z.string(), sources: z.string() })
    .parse(prepare('SELECT options, sources FROM imports WHERE id = ?').get(id))
  const options: unknown = JSON.parse(row.options)
  const sources: unknown = JSON.parse(row.sources)
  return kept.parse({ options, sources })
}

export const unfinishedImports = (prepare: Prepare) =>
  z
    .array(importRow.pick({ id: true, uid: true, state: true }))
    .parse(prepare("SELECT id, uid, state FROM imports WHERE state IN ('running', 'interrupted') ORDER BY id").all())

/** Whose taking back was cut short. */
export const unfinishedUndos = (prepare: Prepare) =>
  z
    .array(importRow.pick({ id: true, uid: true }))
    .parse(prepare("SELECT id, uid FROM imports WHERE state <> 'undone' AND options ->> '$.undoing' IS NOT NULL").all())

export function markUndoing(prepare: Prepare, id: number, undoing: Kept['options']['undoing']): void {
  const options = { ...keptOf(prepare, id).options, undoing }
  prepare('UPDATE imports SET options = ? WHERE id = ?').run(JSON.stringify(options), id)
}

/** That ended so long ago and could still be gone on with. */
export const endedBefore = (prepare: Prepare, time: string): number[] =>
  z.array(z.int()).parse(prepare("SELECT id FROM imports WHERE sources <> '[]' AND ended < ?").pluck().all(time))

/** Of every import whose files may be asked for again. */
export const sourcesStillNeeded = (prepare: Prepare): Kept['sources'] =>
  z
    .array(z.string())
    .parse(prepare("SELECT sources FROM imports WHERE sources <> '[]'").pluck().all())
    .flatMap((sources) => kept.shape.sources.parse(JSON.parse(sources)))

export function setState(prepare: Prepare, id: number, state: ImportSummary['state'], ended: string | null): void {
  prepare('UPDATE imports SET state = ?, ended = ? WHERE id = ?').run(state, ended, id)
}

/** Whether the person could still help: with a password, or by putting a file back. */
export const isWorthAnotherTry = (why: string | null): boolean => why !== null && helpable.has(why)
const helpable = new Set(['needs-password', 'wrong-password', 'gone'])

export const couldBeHelped = (prepare: Prepare, id: number): boolean =>
  prepare(
    `SELECT 1 FROM import_files WHERE import = ? AND state = 'failed'
       AND why IN ('needs-password', 'wrong-password', 'gone') LIMIT 1`,
  ).get(id) !== undefined

/** Nothing has to be read again: what is left of where it came from is its name. */
export function forgetSources(prepare: Prepare, id: number): void {
  prepare("UPDATE imports SET sources = '[]' WHERE id = ?").run(id)
}

export function keepOptions(prepare: Prepare, id: number, options: ImportOptions): void {
  prepare('UPDATE imports SET options = ? WHERE id = ?').run(JSON.stringify(withoutPassword(options)), id)
}

/** That there was a password is kept, the password is not. */
export const withoutPassword = ({ password, ...options }: ImportOptions): Kept['options'] => ({
  ...options,
  locked: password !== undefined,
})

export function progressOf(prepare: Prepare, id: number): Map<string, FileProgress> {
  const rows = z
    .array(
      z.object({
        id: z.int(),
        path: z.string(),
        records: z.int(),
        state: importedFile.shape.state,
        why: z.string().nullable(),
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
