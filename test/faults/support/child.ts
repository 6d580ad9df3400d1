// Starts a process that acts on a vault and collects what it says was acknowledged. It can be killed at any moment; what
// it said before is still read.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ActKind } from './acts.ts'
import type { Kept } from './kept.ts'

export type ChildTask = {
  readonly base: string
  readonly seed: number
  /** What the vault holds already; null where there is none yet and the child creates it. */
  readonly kept: Kept | null
} & ({ readonly kinds: readonly ActKind[] } | { readonly script: readonly ActKind[] })

export type Report = { readonly ready: true } | { readonly trying: string } | { readonly kept: Kept }

const here = import.meta.dirname
/** Compiled code is kept between processes: starting one takes a third of the time then. */
export const childEnv = { ...process.env, NODE_COMPILE_CACHE: join(here, '../../../node_modules/.cache/faults') }
export const actingChild = join(here, 'acting-child.ts')

export interface Ending {
  /** The last acknowledged; null when nothing was. */
  readonly kept: Kept | null
  /** A passphrase being set when the process ended. */
  readonly trying: string | null
  readonly complaints: string
  readonly code: number | null
}

interface Killing {
  /** Called once the process is about to act; the process is killed when the promise is done. Absent: it runs to its end. */
  readonly until?: (() => Promise<unknown>) | undefined
  /** How many acknowledgements to wait for first; the first comes once the vault is open. */
  readonly after?: number
}

export async function runChild(task: ChildTask, { until, after = 0 }: Killing = {}): Promise<Ending> {
  const child = spawn(process.execPath, [actingChild, JSON.stringify(task)], {
    env: childEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  let ending = { kept: task.kept, trying: null as string | null }
  let heard = 0
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    const report = reportFrom(line)
    if (report === undefined) return
    if (heard === after) void until?.().then(() => child.kill('SIGKILL'))
    if (!('trying' in report)) heard += 1
    if ('ready' in report) return
    ending = 'kept' in report ? { kept: report.kept, trying: null } : { ...ending, trying: report.trying }
  })
  const [code] = (await ended) as [number | null]
  return { ...ending, complaints, code }
}

/** A line cut off by the kill was not said. */
export function reportFrom(line: string): Report | undefined {
  try {
    return JSON.parse(line) as Report
  } catch {
    return undefined
  }
}
