// Long work. Starting one answers at once with its id; what happens next comes as `job.changed` events and can be read
// again with `jobs.list`, so a reloaded page misses nothing.
import { z } from 'zod'
import { method } from './method.ts'
import { errorShape, id, nothing, time } from './values.ts'

export const jobKinds = [
  'backup',
  'restore',
  'deep-erase',
  'verify-log',
  'index-words',
  'import',
  'import-preview',
  'import-undo',
  'erase',
  'export',
  'export-restore',
] as const
export type JobKind = (typeof jobKinds)[number]
export const jobStates = ['running', 'paused', 'done', 'failed', 'cancelled'] as const

/** More than this of a name helps nobody to follow. */
export const jobDetailLength = 200

export const job = z.strictObject({
  id,
  kind: z.enum(jobKinds),
  state: z.enum(jobStates),
  /** Whether it can be made to wait. What others wait for, cannot. */
  pausable: z.boolean(),
  /** Work done out of work in all; total is null while it is not known yet. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative().nullable(),
  /** What it is at, such as the file it reads; null when there is nothing to say, and when it has ended. */
  detail: z.string().max(jobDetailLength).nullable(),
  /** No progress for five seconds, though it should be moving. */
  stalled: z.boolean(),
  startedAt: time,
  endedAt: time.nullable(),
  error: errorShape.nullable(),
  result: z.json(),
})
export type Job = z.infer<typeof job>

const one = z.strictObject({ id })
export const started = z.strictObject({ job: id })

export const jobsApi = {
  'jobs.list': method({ input: nothing, output: z.array(job), whileLocked: true }),
  'jobs.pause': method({ input: one, output: nothing, whileLocked: true }),
  'jobs.resume': method({ input: one, output: nothing, whileLocked: true }),
  'jobs.cancel': method({ input: one, output: nothing, whileLocked: true }),
}
