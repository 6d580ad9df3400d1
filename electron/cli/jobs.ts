// Follows the jobs of one core until the one that was started ends. Progress goes to a person at a terminal only, so
// that what a script reads from standard error is an error and nothing else.
import { type Job, type JobKind, type JobResults, jobResults } from '../../shared/api/jobs.ts'
import { AppError } from '../../shared/errors.ts'
import type { Context } from './command.ts'
import type { Core } from './core.ts'

interface JobsParts {
  readonly core: Core
  readonly context: Context
}

/** Starts listening at once: a short job can end before its id is known. */
export function followJobs({ core, context }: JobsParts) {
  const latest = new Map<string, Job>()
  const report = progressReport(context)
  core.onEvent(({ event, payload }) => {
    if (event === 'job.changed') latest.set(payload.id, payload)
  })

  /** Whoever waits for it and is told to stop means the work, which would go on by itself the next time otherwise. */
  const stop = (id: string) => async () => {
    await core.dispatch('jobs.cancel', { id })
    await over(id).catch(() => {})
  }

  /** What came of it, as its kind has it. */
  const result = async <K extends JobKind>(kind: K, id: string): Promise<JobResults[K]> => {
    const read = jobResults[kind].safeParse(await ended(id))
    // Forgotten: it ended just when the vault was locked.
    if (!read.success) throw new AppError('VAULT_LOCKED')
    return read.data
  }

  const ended = async (id: string): Promise<Job['result']> => {
    const keepOn = core.beforeStop(stop(id))
    try {
      return await over(id)
    } finally {
      keepOn()
    }
  }

  const over = (id: string) =>
    new Promise<Job['result']>((resolve, reject) => {
      const look = (job: Job) => {
        report(job)
        if (job.state === 'done') resolve(job.result)
        if (job.state === 'cancelled') reject(new AppError('CANCELLED'))
        if (job.state === 'failed') reject(new AppError(job.error?.code ?? 'INTERNAL', job.error?.details))
      }
      const known = latest.get(id)
      if (known !== undefined) look(known)
      core.onEvent(({ event, payload }) => {
        if (event === 'job.changed' && payload.id === id) look(payload)
      })
    })

  return { ended, result }
}

function progressReport({ canAsk, output }: Context) {
  let told = 0
  let saidToWait = false
  return ({ kind, done, total, waiting }: Job) => {
    if (!canAsk || output.json) return
    if (waiting && !saidToWait) output.note(`${kind}: waits for the one before it`).catch(() => {})
    saidToWait = waiting
    if (total === null || total === 0) return
    const percent = Math.floor((done / total) * 100)
    if (percent < told + 10) return
    told = percent
    // The work goes on whether or not its progress can be shown.
    output.note(`${kind}: ${percent} %`).catch(() => {})
  }
}
