// What the vault knows of each import: what it is called, how it stands, where it came from and how it is read.
import { z } from 'zod'
import {
  type ImportName,
  type ImportOptions,
  type ImportSummary,
  importOptions,
  importStates,
  importSummary,
} from '../../../shared/api/imports.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Undoing } from '../exports/exports.ts'
import type { Prepare } from '../prepared.ts'
import { needsSql } from './file-rows.ts'

const importRow = z.object({
  id: z.int(),
  uid: z.string(),
  name: z.string(),
  more: z.int(),
  is_sample: z.int(),
  state: z.enum(importStates),
  at: z.string(),
  ended: z.string().nullable(),
  undoing: z.string().nullable(),
  files: z.int(),
  added: z.int(),
  changed: z.int(),
  duplicate: z.int(),
  skipped: z.int(),
  failed: z.int(),
  problems: z.int(),
  sourced: z.int(),
  needs: importSummary.shape.needs,
})

const kept = z.object({
  options: importOptions.extend({
    locked: z.boolean().default(false),
  }),
  sources: z.array(
    z.union([
      z.strictObject({ name: z.string(), path: z.string() }),
      z.strictObject({
        name: z.string(),
        upload: z.string(),
        key: z.string(),
        bytes: z.int(),
        changed: z.int().optional(),
      }),
    ]),
  ),
})
export type Kept = z.infer<typeof kept>

const selectImports = `SELECT i.id, uid, name, more, is_sample, state, at, ended, undoing, files, added, changed, duplicate, skipped, failed,
    problems, octet_length(sources) > length('[]') AS sourced, ${needsSql('i.id')} AS needs
  FROM imports i JOIN import_sums ON import_sums.import = i.id`

type Row = z.infer<typeof importRow>

const nameOf = ({ name: first, more, is_sample: sample }: Pick<Row, 'name' | 'more' | 'is_sample'>): ImportName => ({
  first,
  more,
  isSample: sample === 1,
})

/** As its rows have it: what it is read by, they do not say. It can go on while it is known where it came from. */
const recorded = (row: Row): Omit<ImportSummary, 'job'> => {
  const {
    uid,
    name: _name,
    more: _more,
    is_sample: _sample,
    state,
    undoing,
    ended,
    sourced,
    problems: _,
    ...rest
  } = row
  return {
    ...rest,
    of: 'files',
    id: uid,
    name: nameOf(row),
    state: undoing !== null && state !== 'undone' ? 'half-undone' : state,
    endedAt: ended,
    canGoOn: sourced === 1,
  }
}

export function addImport(
  prepare: Prepare,
  { uid, name, at, options, sources }: { readonly uid: string; readonly name: ImportName; readonly at: string } & Kept,
): number {
  const { lastInsertRowid } = prepare(
    `INSERT INTO imports (uid, name, more, is_sample, state, at, options, sources)
     VALUES (@uid, @first, @more, @isSample, 'running', @at, @options, @sources)`,
  ).run({
    uid,
    first: name.first,
    more: name.more,
    isSample: Number(name.isSample),
    at,
    options: JSON.stringify(options),
    sources: JSON.stringify(sources),
  })
  return Number(lastInsertRowid)
}

export const listImports = (prepare: Prepare) =>
  z
    .array(importRow)
    .parse(prepare(`${selectImports} ORDER BY i.id DESC`).all())
    .map(recorded)

function findImport(prepare: Prepare, uid: string) {
  const found = importRow.optional().parse(prepare(`${selectImports} WHERE uid = ?`).get(uid))
  return found === undefined ? undefined : { id: found.id, summary: recorded(found), problems: found.problems }
}

/** Of those that were handed in. */
export function importNamed(prepare: Prepare, uid: string) {
  const found = findImport(prepare, uid)
  if (found === undefined) throw new AppError('NO_SUCH_IMPORT')
  return found
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
  z.array(importRow.pick({ id: true, uid: true, state: true })).parse(
    prepare(`
        SELECT id, uid, state FROM imports WHERE state IN ('running', 'interrupted') AND undoing IS NULL ORDER BY id
      `).all(),
  )

/** Whose taking back was cut short. */
export const unfinishedUndos = (prepare: Prepare) =>
  z
    .array(z.object({ uid: z.string(), undoing: z.enum(['unchanged', 'all']) }))
    .parse(
      prepare("SELECT uid, undoing FROM imports WHERE state <> 'undone' AND undoing IN ('unchanged', 'all')").all(),
    )

export function markUndoing(prepare: Prepare, id: number, undoing: Undoing | null): void {
  prepare('UPDATE imports SET undoing = ? WHERE id = ?').run(undoing, id)
}

/** Whether some of what it brought may be gone again, though it counts as read. */
export const isPartlyUndone = (prepare: Prepare, id: number): boolean =>
  prepare('SELECT 1 FROM imports WHERE id = ? AND undoing IS NOT NULL').get(id) !== undefined

/**
 * That ended so long ago and could still be gone on with; or that began so long ago, was cut short, and waits for the person.
 * One that goes on by itself still needs its files; none does so that was taken back in part.
 */
export const leftSince = (prepare: Prepare, time: string): number[] =>
  z.array(z.int()).parse(
    prepare(`
        SELECT id FROM imports WHERE sources <> '[]' AND coalesce(ended, at) < ?
          AND (state <> 'running' OR options ->> '$.locked' OR undoing IS NOT NULL)
      `)
      .pluck()
      .all(time),
  )

/** Of every import whose files may be asked for again. */
export const sourcesStillNeeded = (prepare: Prepare): Kept['sources'] =>
  z
    .array(z.string())
    .parse(prepare("SELECT sources FROM imports WHERE sources <> '[]'").pluck().all())
    .flatMap((sources) => kept.shape.sources.parse(JSON.parse(sources)))

/** Of these, those that have an upload: it lies in the folder of the vault. */
export const withUploads = (prepare: Prepare, imports: readonly number[]) =>
  z
    .array(importRow.pick({ name: true, more: true, is_sample: true, ended: true }))
    .parse(
      prepare(`
        SELECT name, more, is_sample, ended FROM imports
        WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM json_each(sources) WHERE value ->> 'upload' IS NOT NULL)
        ORDER BY id
      `).all(JSON.stringify(imports)),
    )
    .map((row) => ({ name: nameOf(row), ended: row.ended }))

export function setState(
  prepare: Prepare,
  id: number,
  state: (typeof importStates)[number],
  ended: string | null,
): void {
  prepare('UPDATE imports SET state = ?, ended = ? WHERE id = ?').run(state, ended, id)
}

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
