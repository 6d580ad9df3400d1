// Long work. Starting one answers at once with its id; what happens next comes as `job.changed` events and can be read
// again with `jobs.list`, so a reloaded page misses nothing.
import { z } from 'zod'
import { method } from './method.ts'
import { errorShape, id, nothing, time } from './values.ts'

export const jobKinds = ['backup', 'restore', 'deep-erase', 'verify-log'] as const
export type JobKind = (typeof jobKinds)[number]
export const jobStates = ['running', 'paused', 'done', 'failed', 'cancelled'] as const

export const job = z.strictObject({
  id,
  kind: z.enum(jobKinds),
  state: z.enum(jobStates),
  /** Work done out of work in all; total is null while it is not known yet. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative().nullable(),
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
