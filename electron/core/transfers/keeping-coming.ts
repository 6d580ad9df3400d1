// A file may take as long as it needs, as long as more of it keeps coming.
import { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../ports.ts'

const patienceMs = 10_000

/** Passes on what comes. Fails with FILE_STALLED when nothing has come for ten seconds; who reads slowly is not hurried. */
export async function* keepingComing(
  chunks: AsyncIterable<Uint8Array>,
  clock: Clock,
): AsyncGenerator<Uint8Array, void> {
  const source = chunks[Symbol.asyncIterator]()
  try {
    for (;;) {
      const chunk = await within(source.next(), clock)
      if (chunk.done === true) return
      yield chunk.value
    }
  } finally {
    // Not waited for: it may be in the middle of a piece that never comes.
    const end = async (): Promise<unknown> => await source.return?.()
    end().catch(() => undefined)
  }
}

async function within<T>(next: Promise<T>, clock: Clock): Promise<T> {
  const late = Promise.withResolvers<never>()
  const callOff = clock.after(patienceMs, () => late.reject(new AppError('FILE_STALLED')))
  // When it is late, how it ends after that is nobody's matter.
  next.catch(() => undefined)
  try {
    return await Promise.race([next, late.promise])
  } finally {
    callOff()
  }
}
