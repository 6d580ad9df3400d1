// Jobs that must not overlap, in the order in which they came. Who waits says so, and leaves at once when it is stopped.
import { AppError } from '../../shared/errors.ts'
import type { JobContext } from './jobs/jobs.ts'

export type Queue = <T>(context: Pick<JobContext, 'signal' | 'wait'>, act: () => Promise<T>) => Promise<T>

export function createQueue(): Queue {
  let last: Promise<void> = Promise.resolve()
  let inside = 0
  return async ({ signal, wait }, act) => {
    const before = last
    const { promise: over, resolve: leave } = Promise.withResolvers<void>()
    last = before.then(() => over)
    inside += 1
    try {
      if (inside > 1) await wait(Promise.race([before, stopped(signal)]))
      // Both at once.
      if (signal.aborted) throw new AppError('CANCELLED')
      return await act()
    } finally {
      inside -= 1
      leave()
    }
  }
}

const stopped = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const refuse = () => reject(new AppError('CANCELLED'))
    if (signal.aborted) refuse()
    else signal.addEventListener('abort', refuse, { once: true })
  })
