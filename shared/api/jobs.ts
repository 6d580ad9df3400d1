// Long work. Starting one answers at once with its id; what happens next comes as `job.changed` events and can be read
// again with `jobs.list`, so a reloaded page misses nothing.
import { z } from 'zod'
import { backupMade } from './backups.ts'
import { broughtBack, exported } from './exports.ts'
import { importResult, importUndone, preview } from './imports.ts'
import { logCheck } from './ledger.ts'
import { erased } from './library.ts'
import { method } from './method.ts'
import { modelAdded } from './models.ts'
import { understood } from './search.ts'
import { errorShape, id, nothing, time } from './values.ts'

/** What each kind of work comes to when it is done. */
const results = {
  backup: backupMade,
  restore: backupMade,
  'deep-erase': z.null(),
  'verify-log': logCheck,
  'index-words': z.null(),
  understand: understood,
  import: importResult,
  'import-preview': preview,
  'import-undo': importUndone,
  erase: erased,
  export: exported,
  'export-restore': broughtBack,
  'get-model': modelAdded,
  'add-model': modelAdded,
}
export type JobKind = keyof typeof results
export type JobResults = { readonly [K in JobKind]: z.infer<(typeof results)[K]> }
export const jobResults: { readonly [K in JobKind]: z.ZodType<JobResults[K]> } = results

/** More than this of a name helps nobody to follow. */
export const jobDetailLength = 200

const ofEvery = {
  id,
  state: z.enum(['running', 'paused', 'done', 'failed', 'cancelled']),
  /** Whether it can be made to wait, and with it whatever waits for its turn behind it. */
  pausable: z.boolean(),
  /** Work done out of work in all; total is null while it is not known yet. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative().nullable(),
  /** What it is at, such as the file it reads; null when there is nothing to say, and when it has ended. */
  detail: z.string().max(jobDetailLength).nullable(),
  /** No progress for five seconds, though it should be moving. */
  stalled: z.boolean(),
  /** Its turn has not come: another that it must not overlap goes first. */
  waiting: z.boolean(),
  startedAt: time,
  endedAt: time.nullable(),
  error: errorShape.nullable(),
}

/** Nothing came of it yet, or nobody is to know any more: what came of it is forgotten when the vault is locked. */
const of = <K extends JobKind>(kind: K) =>
  z.strictObject({ ...ofEvery, kind: z.literal(kind), result: jobResults[kind].nullable() })

export const job = z.discriminatedUnion('kind', [
  of('backup'),
  of('restore'),
  of('deep-erase'),
  of('verify-log'),
  of('index-words'),
  of('understand'),
  of('import'),
  of('import-preview'),
  of('import-undo'),
  of('erase'),
  of('export'),
  of('export-restore'),
  of('get-model'),
  of('add-model'),
])
export type Job = z.infer<typeof job>
export type JobOf<K extends JobKind> = Extract<Job, { readonly kind: K }>

const one = z.strictObject({ id })

export const jobsApi = {
  'jobs.list': method({ input: nothing, output: z.array(job), whileLocked: true }),
  'jobs.pause': method({ input: one, output: nothing, whileLocked: true }),
  'jobs.resume': method({ input: one, output: nothing, whileLocked: true }),
  'jobs.cancel': method({ input: one, output: nothing, whileLocked: true }),
}
