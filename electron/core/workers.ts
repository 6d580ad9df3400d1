// Work of our own that would stall the core (key derivation, word lists, rewriting a database) runs in a worker thread. What
// others have written is never read in one: a thread that takes too much memory takes the whole process with it.
import { Worker, parentPort } from 'node:worker_threads'
import { type Told, serve } from './answering.ts'
import { type Helper, createHelper } from './asking.ts'
import type { Clock } from './ports.ts'
import { type FromHelper, HelperFailure } from './talk.ts'

interface ThreadParts {
  /** The module asking, and the worker's file name without ending: sources run as .ts, the desktop build as .js. */
  readonly from: string
  readonly name: string
  readonly clock: Clock
  readonly idleMs: number
}

export function createThread<Q, A>({ from, name, clock, idleMs }: ThreadParts): Helper<Q, A> {
  const module = new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from)
  return createHelper<Q, A>({
    clock,
    idleMs,
    start({ message, lost }) {
      const worker = new Worker(module)
      worker.on('message', message)
      worker.on('messageerror', (cause) => lost(new HelperFailure('crashed', { cause })))
      worker.on('error', (cause) => lost(new HelperFailure('crashed', { cause })))
      worker.on('exit', () => lost(new HelperFailure('crashed')))
      return {
        post: (question) => worker.postMessage(question),
        async end() {
          await worker.terminate()
        },
      }
    },
    // Code of our own over data of our own.
    read: (message) => message as FromHelper<A, never, never>,
  })
}

/** The worker's side. */
export function serveThread<Q, A>(handle: (question: Q, told: Told<never>) => Promise<A> | A): void {
  const port = parentPort
  if (port === null) throw new Error('a worker file was loaded outside a worker')
  serve<Q, A>({ post: (message) => port.postMessage(message), listen: (hear) => port.on('message', hear) }, handle)
}
