// Work that would stall the core (key derivation, word lists, rewriting a database) runs in a worker thread. A worker is
// started when it is first asked, and ended when it has been idle, so that its memory goes back.
import { Worker, parentPort } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { codeOf, toAppError } from './failures.ts'
import type { Clock } from './ports.ts'
import { createSerial } from './serial.ts'

interface WorkerFailure {
  readonly app?: ErrorCode
  readonly code?: string | undefined
}

/** What a worker file posts back: any number of progress figures, then one answer. */
type WorkerMessage<A> =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly answer: A }
  | { readonly failure: WorkerFailure }

interface AskOptions {
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface Helper<Q, A> {
  readonly ask: (question: Q, options?: AskOptions) => Promise<A>
  readonly end: () => Promise<void>
}

interface HelperParts {
  /** The module asking, and the worker's file name without ending: sources run as .ts, the desktop build as .js. */
  readonly from: string
  readonly name: string
  readonly clock: Clock
  readonly idleMs: number
}

export function createHelper<Q, A>({ from, name, clock, idleMs }: HelperParts): Helper<Q, A> {
  let worker: Worker | undefined
  let cancelIdle = () => {}
  const oneByOne = createSerial()

  const end = async () => {
    cancelIdle()
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  const ask = async (question: Q, { onProgress, signal }: AskOptions): Promise<A> => {
    if (signal?.aborted === true) throw new AppError('CANCELLED')
    cancelIdle()
    worker ??= new Worker(new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from))
    const asked = worker
    const stop = () => void end()
    signal?.addEventListener('abort', stop)
    try {
      return await new Promise<A>((resolve, reject) => {
        asked.removeAllListeners()
        asked.on('message', (message: WorkerMessage<A>) => {
          if ('progress' in message) onProgress?.(message.progress.done, message.progress.total)
          else if ('answer' in message) resolve(message.answer)
          else reject(revive(message.failure))
        })
        asked.on('error', (error) => {
          if (worker === asked) worker = undefined
          reject(error)
        })
        asked.on('exit', () => {
          if (worker === asked) worker = undefined
          reject(signal?.aborted === true ? new AppError('CANCELLED') : new Error('worker ended early'))
        })
        asked.postMessage(question)
      })
    } finally {
      signal?.removeEventListener('abort', stop)
      if (idleMs === 0) await end()
      else cancelIdle = clock.after(idleMs, stop)
    }
  }

  return { ask: (question, options = {}) => oneByOne(() => ask(question, options)), end }
}

/** Error types do not survive the way between threads; their codes do. */
function revive({ app, code }: WorkerFailure): Error {
  if (app !== undefined) return new AppError(app)
  return toAppError({ code }) ?? new Error('worker failed')
}

/** The worker's side: answers each question in turn. Only our own side of the thread can post one, in its own type. */
export function serve<Q, A>(
  handle: (question: Q, progress: (done: number, total: number) => void) => Promise<A> | A,
): void {
  const port = parentPort
  if (port === null) throw new Error('a worker file was loaded outside a worker')
  const post = (message: WorkerMessage<A>) => port.postMessage(message)
  port.on('message', (question: Q) => {
    void (async () => {
      try {
        post({ answer: await handle(question, (done, total) => post({ progress: { done, total } })) })
      } catch (error) {
        post({ failure: error instanceof AppError ? { app: error.code } : { code: codeOf(error) } })
      }
    })()
  })
}
