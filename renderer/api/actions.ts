// What a person does: an act, or one that goes on as a job.
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Job, JobKind, JobOf } from '../../shared/api/jobs.ts'
import type { ErrorShape } from '../../shared/errors.ts'
import { useAnswer } from './answers.ts'
import { shapeOf } from './client.ts'

export interface Action<A extends readonly unknown[]> {
  /** Resolves to whether it went well; the error, if any, is in `error`. */
  readonly run: (...args: A) => Promise<boolean>
  readonly busy: boolean
  readonly error: ErrorShape | null
  readonly clear: () => void
}

/** One act of the person: busy while it runs, and its error as a shape to show. Nothing of its input is remembered. */
export function useAction<A extends readonly unknown[]>(act: (...args: A) => Promise<unknown>): Action<A> {
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: ErrorShape | null }>({
    busy: false,
    error: null,
  })
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const run = useCallback(async (...args: A) => {
    setState({ busy: true, error: null })
    try {
      await latest.current(...args)
      setState({ busy: false, error: null })
      return true
    } catch (error) {
      setState({ busy: false, error: shapeOf(error) })
      return false
    }
  }, [])
  const clear = useCallback(() => setState({ busy: false, error: null }), [])
  return { run, ...state, clear }
}

/**
 * An act that goes on as a job: busy until the job has ended, and its error is the act's own. `onEnd` is told once that the
 * job was done or stopped.
 */
export function useJobAction<A extends readonly unknown[]>(
  start: (...args: A) => Promise<{ readonly job: string }>,
  onEnd: () => void,
): Action<A> & { readonly job: Job | null } {
  const [started, setStarted] = useState<string | null>(null)
  const action = useAction(async (...args: A) => {
    setStarted(null)
    setStarted((await start(...args)).job)
  })
  const job = useAnswer('jobs.list', {}).find(({ id }) => id === started) ?? null
  const ended = job?.state === 'done' || job?.state === 'cancelled'
  const tell = useEffectEvent(onEnd)
  useEffect(() => {
    if (ended) tell()
  }, [ended])
  return {
    ...action,
    busy: action.busy || job?.state === 'running' || job?.state === 'paused',
    error: action.error ?? (job?.state === 'failed' ? job.error : null),
    clear: () => {
      setStarted(null)
      action.clear()
    },
    job,
  }
}

/** The newest job of a kind, running or ended, since this Mindkeep was started. */
export function useLatestJob<K extends JobKind>(kind: K): JobOf<K> | null {
  const jobs = useAnswer('jobs.list', {}).filter((job): job is JobOf<K> => job.kind === kind)
  // Of two of one moment, the one that was heard of last.
  return jobs.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1) ?? null
}
