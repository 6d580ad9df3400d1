// What others have written is read, and what may take any amount of memory runs, in a process of its own: whatever becomes of
// it, the core with the open vault goes on. This is the one way to start such a process; a host without processes of Node's
// own lends its way through the ports. What comes from there is believed nothing: it is read through schemas.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { errorMessages, type ErrorCode } from '../../shared/errors.ts'
import { type Home, type Told, serve } from './answering.ts'
import { type Helper, createHelper } from './asking.ts'
import { type Clock, type Program, type StartProcess, heapFlags } from './ports.ts'
import { type FromHelper, HelperFailure } from './talk.ts'
import type { Limits } from './watching.ts'

interface ProcessParts<A, P, W> {
  readonly startProcess: StartProcess
  readonly program: Program
  readonly clock: Clock
  readonly idleMs: number
  readonly limits: Limits
  readonly says: { readonly answer: z.ZodType<A>; readonly part: z.ZodType<P>; readonly want: z.ZodType<W> }
}

export function createProcess<Q, A, P, W>(parts: ProcessParts<A, P, W>): Helper<Q, A, P, W> {
  const { startProcess, program, clock, idleMs, limits, says } = parts
  return createHelper<Q, A, P, W>({
    clock,
    idleMs,
    limits,
    start({ message, lost }) {
      const gone = Promise.withResolvers<void>()
      const started = startProcess(program, {
        message,
        ended(isFull) {
          gone.resolve()
          lost(new HelperFailure(isFull ? 'out-of-memory' : 'crashed'))
        },
      })
      return {
        post: started.post,
        memory: started.memory,
        end() {
          started.kill()
          return gone.promise
        },
      }
    },
    read: createReading(says),
  })
}

const figure = z.number().nonnegative()
const errorCode = z.enum(Object.keys(errorMessages) as [ErrorCode, ...ErrorCode[]])

function createReading<A, P, W>({ answer, part, want }: ProcessParts<A, P, W>['says']) {
  const kinds: Readonly<Record<string, z.ZodType<FromHelper<A, P, W>>>> = {
    part: z.object({ part }),
    want: z.object({ want, id: z.int().nonnegative() }),
    progress: z.object({ progress: z.object({ done: figure, total: figure }) }),
    begun: z.object({ begun: z.literal(true) }),
    answer: z.object({ answer }),
    failure: z.object({ failure: z.object({ app: errorCode.optional(), code: z.string().max(100).optional() }) }),
  }
  const names = Object.keys(kinds)
  return (message: unknown): FromHelper<A, P, W> => {
    const name = typeof message === 'object' && message !== null ? names.find((one) => one in message) : undefined
    const kind = name === undefined ? undefined : kinds[name]
    if (kind === undefined) throw new Error('a process of ours said what none of them says')
    return kind.parse(message)
  }
}

/** Of what surrounds the core, all that a process of ours is told. */
const told = ['TZ', 'LANG', 'SystemRoot']

/** V8 ends a process that has no memory left like this, and the system one that took the last of it. */
const noMemoryLeft: ReadonlySet<unknown> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGKILL', 134, 0x80000003])

/** Where it is glibc that gives memory: what is given back goes back to the system. */
const frugal = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: `${128 * 1024}` }

/**
 * Where Node keeps what it made of our sources: with it a process starts in a third of the time, and takes a fifth less
 * memory. Node reads it only where it may write it, so that a process of ours gives that up before it reads anything else.
 */
const compiled = process.env['NODE_COMPILE_CACHE']

/** A Node of our own, which may start nothing, read nothing but our code and, once it has begun, write nothing. */
export const startNodeProcess: StartProcess = (
  { module, heapMiB, reads = [], messageMiB = largestMessageMiB },
  { message, ended },
) => {
  const child = fork(fileURLToPath(module), [], {
    // What it complains of could quote what it reads.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    env: { ...frugal, ...Object.fromEntries([...told, 'NODE_COMPILE_CACHE'].map((name) => [name, process.env[name]])) },
    execArgv: [...heapFlags({ heapMiB }), ...permissionsFor(module, reads)],
  })
  const bound = boundMessages(child, messageMiB * 1024 * 1024)
  child.on('message', (said) => {
    bound.begin()
    message(said)
  })
  child.once('exit', (status, signal) => {
    bound.end()
    ended(!bound.wasBroken() && noMemoryLeft.has(signal ?? status))
  })
  // One that could not be started has no exit.
  child.once('error', () => {
    if (child.pid !== undefined) return
    bound.end()
    ended(false)
  })
  giveWay(child)
  return {
    post(what) {
      if (child.connected) child.send(what as object, () => {})
    },
    kill: () => void child.kill('SIGKILL'),
    memory: () => residentBytes(child),
  }
}

/** The largest that a reader of ours says is one item with its attachment. */
const largestMessageMiB = 192
/** It cannot send much more in between. */
const lookEveryMs = 50

/**
 * Node hears of a message when all of it is here, and holds it until then: one that never ends would fill the core. What has
 * come since the last whole one is counted by the pipe, which Node keeps to itself; a test tells when it is not there.
 */
function boundMessages(child: ChildProcess, most: number) {
  const name = Object.getOwnPropertySymbols(child).find(({ description }) => description === 'kChannelHandle')
  const pipe: unknown = name === undefined ? undefined : Reflect.get(child, name)
  const come = () => {
    const bytes: unknown = typeof pipe === 'object' && pipe !== null ? Reflect.get(pipe, 'bytesRead') : 0
    return typeof bytes === 'number' ? bytes : 0
  }
  let from = 0
  let broken = false
  const looking = setInterval(() => {
    if (come() - from <= most) return
    broken = true
    child.kill('SIGKILL')
  }, lookEveryMs)
  looking.unref()
  return {
    begin: () => (from = come()),
    wasBroken: () => broken,
    end: () => clearInterval(looking),
  }
}

/** Its own code, and the addon that reads foreign databases: which lies among that code, where it can write nothing. */
function permissionsFor(module: string, reads: readonly string[]): string[] {
  const ours = ['./', '../../shared', '../../node_modules', '../../package.json']
  const folders = [new URL('./', module), ...ours.map((path) => new URL(path, import.meta.url))]
  const readable = [...folders.map((url) => fileURLToPath(url)), ...reads].filter((path) => existsSync(path))
  const paths = new Set(readable.flatMap((path) => [path, realpathSync(path)]))
  const cache = compiled === undefined ? [] : [`--allow-fs-read=${compiled}`, `--allow-fs-write=${compiled}`]
  return ['--permission', '--allow-addons', ...[...paths].map((path) => `--allow-fs-read=${path}`), ...cache]
}

/**
 * Where the computer itself runs out of memory, Linux ends this process before the core; and of one that falls over, none of
 * what it held is written to the disk.
 */
function giveWay({ pid }: ChildProcess): void {
  if (process.platform !== 'linux' || pid === undefined) return
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000')
    writeFileSync(`/proc/${pid}/coredump_filter`, '0')
  } catch {
    // It is gone already, or the system keeps no such files.
  }
}

/** Told by Linux alone; elsewhere the bound on the heap is what is left. */
function residentBytes({ pid, exitCode }: ChildProcess): number | undefined {
  if (process.platform !== 'linux' || pid === undefined || exitCode !== null) return undefined
  try {
    const [, kilobytes] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}

/** The process's side. */
export function serveProcess<Q, A, P, W>(handle: (question: Q, told: Told<P, W>) => Promise<A> | A): void {
  serve<Q, A, P, W>(home(), handle)
}

/** Under Electron a port of its own comes with the first message; under Node there is the channel of `fork`. */
function home(): Home {
  const electronPort: unknown = Reflect.get(process, 'parentPort')
  if (isElectronPort(electronPort)) return homeUnderElectron(electronPort)
  // Nobody is left to read for.
  process.on('disconnect', () => process.exit())
  return {
    post: (message) => void process.send?.(message),
    listen: (hear) => void process.on('message', hear),
  }
}

interface Port {
  readonly postMessage: (message: unknown) => void
  readonly on: (event: 'message', hear: (message: { readonly data: unknown }) => void) => unknown
  readonly start: () => void
}

interface ElectronPort {
  readonly once: (event: 'message', hear: (message: { readonly ports: readonly Port[] }) => void) => unknown
}

const isElectronPort = (port: unknown): port is ElectronPort =>
  typeof port === 'object' && port !== null && 'once' in port

function homeUnderElectron(parent: ElectronPort): Home {
  const port = new Promise<Port>((resolve, reject) => {
    parent.once('message', ({ ports: [first] }) => {
      if (first === undefined) reject(new Error('a process was started without a port'))
      else resolve(first)
    })
  })
  const withPort = async (act: (port: Port) => void) => act(await port)
  return {
    post: (message) => void withPort((to) => to.postMessage(message)),
    listen: (hear) =>
      void withPort((from) => {
        from.on('message', ({ data }) => hear(data))
        from.start()
      }),
  }
}
