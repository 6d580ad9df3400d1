// One after the other, in the order in which they came. Who is stopped while it waits leaves at once.
import { AppError } from '../../../shared/errors.ts'

export type Queue = <T>(signal: AbortSignal, act: () => Promise<T>) => Promise<T>

export function createQueue(): Queue {
  let last: Promise<void> = Promise.resolve()
  return async (signal, act) => {
    const before = last
    const { promise: over, resolve: leave } = Promise.withResolvers<void>()
    last = before.then(() => over)
    try {
      await Promise.race([before, stopped(signal)])
      // Both at once.
      if (signal.aborted) throw new AppError('CANCELLED')
      return await act()
    } finally {
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
