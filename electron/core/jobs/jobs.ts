// Long work with progress, pause and Stop. A job lives in memory: what it did is in the vault, and work that must go on
// after a restart is started again by the feature that owns it.
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { AppEvent } from '../../../shared/api/events.ts'
import { type Job, type JobKind, type JobResults, job as schema, jobDetailLength } from '../../../shared/api/jobs.ts'
import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import type { Clock, Log } from '../ports.ts'

const stalledAfterMs = 5000
const progressEveryMs = 100
const finishedKept = 20

export interface JobContext {
  readonly signal: AbortSignal
  /** `detail` is what it is at; left out, it stays as it was. It may name what is in the vault: it goes with the end. */
  readonly progress: (done: number, total: number, detail?: string | null) => void
  /** Waits while the job is paused; throws CANCELLED once it is stopped. Call it between steps. */
  readonly pace: () => Promise<void>
  /** Until its turn has come. Meanwhile it is said to wait, and not to be stalled. */
  readonly wait: (turn: Promise<void>) => Promise<void>
}

type Work<K extends JobKind = JobKind> = (context: JobContext) => Promise<JobResults[K]>

interface StartOptions {
  /** It calls `pace` between its steps, and whoever waits for its turn says so. Any other job cannot be paused. */
  readonly pausable?: boolean
  /** Called when it has ended, where a lock stopped it: somebody asked for it, and it does not go on by itself. */
  readonly onCutShort?: (() => void) | undefined
}

export interface Jobs {
  readonly start: <K extends JobKind>(kind: K, work: Work<K>, options?: StartOptions) => { readonly job: string }
  readonly list: () => Job[]
  readonly pause: (id: string) => void
  readonly resume: (id: string) => void
  readonly cancel: (id: string) => void
  readonly isRunning: (kind: JobKind) => boolean
  /** Whether one of these kinds is running, and neither paused nor waiting for its turn. */
  readonly isAtWork: (kinds: readonly JobKind[]) => boolean
  /** What came of those of these kinds that have ended: it may name what is gone since. */
  readonly forgetResults: (kinds: readonly JobKind[]) => void
  /**
   * Stops everything but these kinds, and waits until it has stopped. Every other job is forgotten, at once or when it has
   * ended: jobs can be listed while the vault is locked, or when there is another one, and a result may say what is in it.
   */
  readonly stopAll: (but?: readonly JobKind[], why?: 'VAULT_LOCKED' | 'VAULT_REWRITING') => Promise<void>
}

interface Running {
  job: Job
  readonly abort: AbortController
  wake: () => void
  cancelStall: () => void
  lastEmit: number
  finished: Promise<void>
  /** The vault was locked since: of this job only the end is told, and not what came of it. */
  forgotten: boolean
}

interface JobsParts {
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
  /** Told the code of every job that failed. */
  readonly onFailure: (code: ErrorCode) => void
}

export function createJobs({ clock, log, emit, onFailure }: JobsParts): Jobs {
  const all = new Map<string, Running>()
  const now = () => clock.now().getTime()

  const change = (one: Running, changes: Partial<Omit<Job, 'kind' | 'result'>>) => {
    one.job = { ...one.job, ...changes }
    tell(one)
  }

  const tell = (one: Running) => {
    one.lastEmit = now()
    emit({ event: 'job.changed', payload: one.job })
  }

  const watchForStall = (one: Running) => {
    one.cancelStall()
    one.cancelStall = clock.after(stalledAfterMs, () => {
      if (one.job.state === 'running' && !one.job.waiting) change(one, { stalled: true })
    })
  }

  const find = (id: string): Running => {
    const one = all.get(id)
    if (one === undefined || one.job.endedAt !== null) throw new AppError('NO_SUCH_JOB')
    return one
  }

  const contextOf = (one: Running): JobContext => ({
    signal: one.abort.signal,
    progress(done, total, detail = one.job.detail) {
      if (one.forgotten) return
      const { stalled, total: totalBefore } = one.job
      one.job = { ...one.job, done, total, detail: detail?.slice(0, jobDetailLength) ?? null, stalled: false }
      watchForStall(one)
      // That it has begun is told at once, and what moves then, so often that it is seen to move.
      if (stalled || done === total || totalBefore === null || now() - one.lastEmit >= progressEveryMs) change(one, {})
    },
    async wait(turn) {
      change(one, { waiting: true })
      try {
        await turn
      } finally {
        if (!one.forgotten) change(one, { waiting: false })
        watchForStall(one)
      }
    },
    async pace() {
      // A real turn of the event loop: work that never waits must not keep others from being answered.
      await setImmediate()
      const waits = one.job.state === 'paused' && !one.abort.signal.aborted
      if (waits) await new Promise<void>((resolve) => (one.wake = resolve))
      if (one.abort.signal.aborted) throw new AppError('CANCELLED')
    },
  })

  const ending = () => ({ detail: null, stalled: false, waiting: false, endedAt: clock.now().toISOString() })

  const run = async (one: Running, work: Work, onCutShort: StartOptions['onCutShort']): Promise<void> => {
    try {
      const came = await work(contextOf(one))
      const result = one.forgotten ? null : came
      // Work of another kind cannot end with it: whoever reads it may go by the kind alone.
      one.job = schema.parse({ ...one.job, ...ending(), state: 'done', result })
      tell(one)
    } catch (thrown) {
      const error = toAppError(thrown) ?? unexpected(thrown)
      onFailure(error.code)
      const state = error.code === 'CANCELLED' ? 'cancelled' : 'failed'
      change(one, { ...ending(), state, error: error.toShape() })
      // What the person had stopped before the lock, they know of.
      if (toAppError(one.abort.signal.reason)?.code === 'VAULT_LOCKED') onCutShort?.()
    } finally {
      one.cancelStall()
      if (one.forgotten) all.delete(one.job.id)
      forgetOldest()
    }
  }

  const unexpected = (thrown: unknown): AppError => {
    const reference = randomUUID()
    log.write('job.failed', { reference, kind: thrown instanceof Error ? thrown.name : typeof thrown })
    return new AppError('INTERNAL', { reference })
  }

  const forgetOldest = () => {
    const ended = [...all.values()].filter(({ job }) => job.endedAt !== null)
    for (const { job } of ended.slice(0, -finishedKept)) all.delete(job.id)
  }

  /** The reason tells what the person stopped from what a lock did. */
  const cancel = (one: Running, reason: ErrorCode) => {
    one.abort.abort(new AppError(reason))
    one.wake()
  }

  return {
    start(kind, work, { pausable = false, onCutShort } = {}) {
      const id = randomUUID()
      const startedAt = clock.now().toISOString()
      const job: Job = {
        id,
        kind,
        state: 'running',
        pausable,
        done: 0,
        total: null,
        detail: null,
        stalled: false,
        waiting: false,
        startedAt,
        endedAt: null,
        error: null,
        result: null,
      }
      const one: Running = {
        job,
        abort: new AbortController(),
        wake: () => {},
        cancelStall: () => {},
        lastEmit: 0,
        finished: Promise.resolve(),
        forgotten: false,
      }
      all.set(id, one)
      change(one, {})
      watchForStall(one)
      one.finished = run(one, work, onCutShort)
      return { job: id }
    },
    // What a lock has called off is over for everybody else, however long it takes to end.
    list: () => [...all.values()].flatMap(({ job, forgotten }) => (forgotten ? [] : [job])),
    pause(id) {
      const one = find(id)
      if (!one.job.pausable) throw new AppError('CANNOT_PAUSE')
      one.cancelStall()
      change(one, { state: 'paused', stalled: false })
    },
    resume(id) {
      const one = find(id)
      watchForStall(one)
      change(one, { state: 'running' })
      one.wake()
    },
    cancel: (id) => cancel(find(id), 'CANCELLED'),
    isRunning: (kind) => [...all.values()].some(({ job }) => job.kind === kind && job.endedAt === null),
    isAtWork: (kinds) =>
      [...all.values()].some(({ job }) => kinds.includes(job.kind) && job.state === 'running' && !job.waiting),
    forgetResults(kinds) {
      for (const one of all.values()) {
        if (!kinds.includes(one.job.kind) || one.job.result === null) continue
        one.job = { ...one.job, result: null }
        tell(one)
      }
    },
    async stopAll(but = [], why = 'VAULT_LOCKED') {
      const running = [...all.values()].filter(({ job }) => job.endedAt === null && !but.includes(job.kind))
      for (const { job } of all.values()) if (job.endedAt !== null) all.delete(job.id)
      for (const one of running) {
        one.forgotten = true
        one.cancelStall()
        one.job = { ...one.job, detail: null }
        cancel(one, why)
      }
      await Promise.all(running.map(({ finished }) => finished))
    },
  }
}
