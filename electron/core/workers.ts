// Work that would stall the core (key derivation, word lists, rewriting a database) or must not be trusted (reading files
// from anywhere) runs in a worker thread. A worker is started when it is first asked, and ended when it has been idle, so
// that its memory goes back. It answers one question at a time, in parts where the answer is long.
import { Worker, parentPort } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { codeOf, toAppError } from './failures.ts'
import type { Clock } from './ports.ts'
import { createSerial } from './serial.ts'

/** So many parts may be sent before the first of them was taken: enough that neither side waits for the other's turn. */
const mostUnderWay = 4

interface WorkerFailure {
  readonly app?: ErrorCode
  readonly code?: string | undefined
}

type ToWorker<Q> = { readonly question: Q } | { readonly taken: true }

/** What a worker posts: any number of progress figures and parts, then one answer or failure. */
type FromWorker<A, P> =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly part: P }
  | { readonly answer: A }
  | { readonly failure: WorkerFailure }

interface AskOptions<P> {
  readonly onProgress?: (done: number, total: number) => void
  /** Takes the parts in their order, one by one; while it is at it, the worker waits. */
  readonly onPart?: (part: P) => Promise<void> | void
  /** Ends the worker; the question then fails with CANCELLED. */
  readonly signal?: AbortSignal
}

export interface Helper<Q, A, P = never> {
  /** Rejects with CANCELLED when it was stopped or ended, with a HelperFailure when the worker failed by itself. */
  readonly ask: (question: Q, options?: AskOptions<P>) => Promise<A>
  /** Ends the worker; what it was asked, and what waits behind that, is CANCELLED. */
  readonly end: () => Promise<void>
}

/** Why a worker that nobody stopped gave no answer. */
export class HelperFailure extends Error {
  override readonly name = 'HelperFailure'
  readonly why: 'silent' | 'out-of-memory' | 'crashed'

  constructor(why: HelperFailure['why'], options?: { readonly cause?: unknown }) {
    super(why, options)
    this.why = why
  }
}

interface Limits {
  /**
   * Of the worker's own heap: a net under what grows bit by bit. What it holds in buffers is not counted, and one single
   * allocation far beyond the limit ends the whole process, so a reader bounds what it takes at once by itself.
   */
  readonly memoryMiB: number
  /** A worker that says nothing for so long, though nothing keeps it waiting, is ended. */
  readonly quietMs: number
}

interface HelperParts {
  /** The module asking, and the worker's file name without ending: sources run as .ts, the desktop build as .js. */
  readonly from: string
  readonly name: string
  readonly clock: Clock
  readonly idleMs: number
  /** For workers that read what others have written. */
  readonly limits?: Limits
}

export function createHelper<Q, A, P = never>({ from, name, clock, idleMs, limits }: HelperParts): Helper<Q, A, P> {
  let worker: Worker | undefined
  let ends = 0
  let cancelIdle = () => {}
  const oneByOne = createSerial()

  const start = () =>
    new Worker(
      new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from),
      limits === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: limits.memoryMiB } },
    )

  const stop = async () => {
    cancelIdle()
    const stopping = worker
    // Forgotten first: that is how its exit is told from a crash.
    worker = undefined
    await stopping?.terminate()
  }

  const ask = async (question: Q, { onProgress, onPart, signal }: AskOptions<P>): Promise<A> => {
    if (signal?.aborted === true) throw new AppError('CANCELLED')
    cancelIdle()
    worker ??= start()
    const asked = worker
    const { promise, resolve, reject } = Promise.withResolvers<A>()
    const inTurn = createSerial()
    let taking = 0
    let over = false
    let cancelQuiet = () => {}

    /** Nobody else's fault from here on: an ended worker cannot be asked again. */
    const giveUp = (error: unknown) => {
      reject(error)
      if (worker === asked) void stop()
    }
    const listen = () => {
      cancelQuiet()
      if (limits === undefined || taking > 0 || over) return
      cancelQuiet = clock.after(limits.quietMs, () => giveUp(new HelperFailure('silent')))
    }
    const take = async (part: P) => {
      taking += 1
      try {
        await inTurn(async () => {
          if (!over) await onPart?.(part)
        })
        asked.postMessage({ taken: true } satisfies ToWorker<Q>)
      } catch (error) {
        over = true
        giveUp(error)
      } finally {
        taking -= 1
        listen()
      }
    }
    const hear = (message: FromWorker<A, P>) => {
      if ('part' in message) void take(message.part)
      else if ('progress' in message) onProgress?.(message.progress.done, message.progress.total)
      // Only when every part before it was taken.
      else if ('answer' in message) void inTurn(async () => resolve(message.answer))
      else void inTurn(async () => reject(revive(message.failure)))
      listen()
    }
    const stopAsked = () => void stop()

    asked.removeAllListeners()
    asked.on('message', hear)
    asked.on('messageerror', (error) => giveUp(new HelperFailure('crashed', { cause: error })))
    asked.on('error', (error) => {
      if (worker === asked) worker = undefined
      reject(fallOf(error))
    })
    asked.on('exit', () => {
      reject(worker === asked ? new HelperFailure('crashed') : new AppError('CANCELLED'))
      if (worker === asked) worker = undefined
    })
    signal?.addEventListener('abort', stopAsked)
    try {
      asked.postMessage({ question } satisfies ToWorker<Q>)
      listen()
      return await promise
    } finally {
      over = true
      cancelQuiet()
      signal?.removeEventListener('abort', stopAsked)
      if (idleMs === 0) await stop()
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

function fallOf(error: unknown): HelperFailure {
  const why = codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'crashed'
  return new HelperFailure(why, { cause: error })
}

/** Error types do not survive the way between threads; their codes do. */
function revive({ app, code }: WorkerFailure): Error {
  if (app !== undefined) return new AppError(app)
  return toAppError({ code }) ?? new HelperFailure('crashed')
}

export interface Told<P> {
  readonly progress: (done: number, total: number) => void
  /** Hands over a part of the answer; resolves when there is room for the next one. Await it. */
  readonly part: (part: P) => Promise<void>
}

/** The worker's side: answers each question in turn. Only our own side of the thread can post one, in its own type. */
export function serve<Q, A, P = never>(handle: (question: Q, told: Told<P>) => Promise<A> | A): void {
  const port = parentPort
  if (port === null) throw new Error('a worker file was loaded outside a worker')
  const post = (message: FromWorker<A, P>) => port.postMessage(message)
  let underWay = 0
  let room = Promise.withResolvers<void>()

  const told: Told<P> = {
    progress: (done, total) => post({ progress: { done, total } }),
    async part(part) {
      post({ part })
      underWay += 1
      if (underWay >= mostUnderWay) await room.promise
    },
  }
  const answer = async (question: Q): Promise<void> => {
    try {
      post({ answer: await handle(question, told) })
    } catch (error) {
      post({ failure: error instanceof AppError ? { app: error.code } : { code: codeOf(error) } })
    }
  }

  port.on('message', (message: ToWorker<Q>) => {
    if ('question' in message) {
      void answer(message.question)
      return
    }
    underWay -= 1
    room.resolve()
    room = Promise.withResolvers()
  })
}
