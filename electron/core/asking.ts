// Asks something of ours that runs apart from the core, in a thread or a process, and hears its answer: in parts where that
// is long, and with questions back where it needs something. One question at a time. It is started when it is first asked
// and ended when it has been idle, so that its memory goes back; one that oversteps its limits is ended on the spot.
import { AppError } from '../../shared/errors.ts'
import type { Clock } from './ports.ts'
import { createSerial } from './serial.ts'
import { type FromHelper, HelperFailure, type ToHelper, failureOf, revive } from './talk.ts'
import { type Limits, createWatch } from './watching.ts'

interface AskOptions<P, W> {
  readonly onProgress?: (done: number, total: number) => void
  /** Takes the parts in their order, one by one; while it is at it, the helper waits. */
  readonly onPart?: (part: P) => Promise<void> | void
  /** Gives what the helper needs. `lap` begins to count anew how long it may work, where that is limited. */
  readonly onWant?: (want: W, lap: (ms: number) => void) => Promise<unknown>
  /** Ends the helper; the question then fails with CANCELLED. */
  readonly signal?: AbortSignal
}

export interface Helper<Q, A, P = never, W = never> {
  /** Rejects with CANCELLED when it was stopped or ended, with a HelperFailure when the helper failed by itself. */
  readonly ask: (question: Q, options?: AskOptions<P, W>) => Promise<A>
  /** Ends the helper; what it was asked, and what waits behind that, is CANCELLED. */
  readonly end: () => Promise<void>
}

export interface Line {
  readonly post: (message: unknown) => void
  /** Ends what is at the other end, and resolves when it is gone. */
  readonly end: () => Promise<void>
  /** Bytes it holds, where that can be told. */
  readonly memory?: () => number | undefined
}

export interface Hearing {
  readonly message: (message: unknown) => void
  /** It is gone, or soon will be, and nobody here ended it. */
  readonly lost: (failure: HelperFailure) => void
}

interface HelperParts<A, P, W> {
  readonly start: (hearing: Hearing) => Line
  readonly clock: Clock
  readonly idleMs: number
  /** For helpers that read what others have written. */
  readonly limits?: Limits
  /** Throws where a message is none. Helpers that may have been taken over are believed nothing. */
  readonly read: (message: unknown) => FromHelper<A, P, W>
}

export function createHelper<Q, A, P = never, W = never>(parts: HelperParts<A, P, W>): Helper<Q, A, P, W> {
  const { start, clock, idleMs, limits, read } = parts
  let running: { readonly line: Line; hearing: Hearing; hasSpoken: boolean } | undefined
  let ends = 0
  /** Of one that was ended and may still be at what it was asked: not everything can be interrupted. */
  let gone: Promise<void> = Promise.resolve()
  let cancelIdle = () => {}
  const oneByOne = createSerial()

  const begin = (hearing: Hearing) => {
    const started = {
      hearing,
      hasSpoken: false,
      line: start({
        message(message) {
          started.hasSpoken = true
          started.hearing.message(message)
        },
        lost: (failure) => {
          if (running === started) {
            running = undefined
            // Lost, and not known to be gone.
            gone = started.line.end()
          }
          started.hearing.lost(failure)
        },
      }),
    }
    return started
  }

  const stop = async () => {
    cancelIdle()
    const stopping = running
    // Forgotten first: whatever it still says is nobody's.
    running = undefined
    if (stopping !== undefined) gone = stopping.line.end()
    stopping?.hearing.lost(new HelperFailure('crashed', { cause: new AppError('CANCELLED') }))
    await gone
  }

  const ask = async (question: Q, { onProgress, onPart, onWant, signal }: AskOptions<P, W>): Promise<A> => {
    if (signal?.aborted === true) throw new AppError('CANCELLED')
    cancelIdle()
    const { promise, resolve, reject } = Promise.withResolvers<A>()
    const inTurn = createSerial()
    let over = false
    const post = (message: ToHelper<Q>) => {
      if (running === asked) asked.line.post(message)
    }
    /** Nobody else's fault from here on: an ended helper cannot be asked again, and what it has said since is not heard. */
    const giveUp = (error: unknown) => {
      over = true
      reject(error)
      if (running === asked) void stop()
    }
    const take = (part: P) =>
      watch.keepingItWaiting(async () => {
        try {
          await inTurn(async () => {
            if (!over) await onPart?.(part)
          })
          post({ taken: true })
        } catch (error) {
          giveUp(error)
        }
      })
    const give = (id: number, want: W) =>
      watch.keepingItWaiting(async () => {
        try {
          post({ given: id, value: await onWant?.(want, watch.lap) })
        } catch (error) {
          post({ refused: id, failure: failureOf(error) })
        }
      })
    const hear = (message: FromHelper<A, P, W>) => {
      if ('part' in message) void take(message.part)
      else if ('want' in message) void give(message.id, message.want)
      else if ('progress' in message) onProgress?.(message.progress.done, message.progress.total)
      // Only when every part before it was taken.
      else if ('answer' in message) void inTurn(async () => resolve(message.answer))
      else if ('failure' in message) void inTurn(async () => reject(revive(message.failure)))
      watch.sign()
    }
    const hearing: Hearing = {
      message(message) {
        if (over) return
        try {
          hear(read(message))
        } catch (error) {
          giveUp(new HelperFailure('crashed', { cause: error }))
        }
      },
      lost: (failure) => reject(failure.cause instanceof AppError ? failure.cause : failure),
    }
    running ??= begin(hearing)
    const asked = running
    asked.hearing = hearing
    const watch = createWatch({
      clock,
      limits,
      hasSpoken: asked.hasSpoken,
      memory: asked.line.memory,
      onOverstep: (why) => giveUp(new HelperFailure(why)),
    })
    const stopAsked = () => void stop()
    signal?.addEventListener('abort', stopAsked)
    try {
      post({ question })
      return await promise
    } finally {
      over = true
      watch.end()
      signal?.removeEventListener('abort', stopAsked)
      if (idleMs === 0) await stop()
      // Whoever asked may take it that nobody is at their files any more.
      else if (running !== asked) await gone
      else cancelIdle = clock.after(idleMs, stopAsked)
    }
  }

  return {
    ask(question, options = {}) {
      const endsBefore = ends
      return oneByOne(() => {
        if (ends !== endsBefore) throw new AppError('CANCELLED')
        return ask(question, options)
      })
    },
    async end() {
      ends += 1
      await stop()
    },
  }
}
