// What a host lends the core. The core imports no host: whatever differs between a desktop, a page and a terminal comes
// through here, and a test passes its own.
import type { Outside } from './network/network.ts'
import { createFileLog } from './log.ts'

export interface Clock {
  now(): Date
  /** Runs `task` once after `ms`; the returned function calls it off. Timers never keep the process alive. */
  after(ms: number, task: () => void): () => void
}

/** The operating system's own secret store (Electron safeStorage). It is a convenience, never the only key. */
export interface SecretStore {
  /** False where the system would keep secrets in the clear (`basic_text`, `unknown`). */
  usable(): Promise<boolean>
  seal(secret: Uint8Array): Promise<Uint8Array>
  open(sealed: Uint8Array): Promise<Uint8Array>
}

export type LogFields = Readonly<Record<string, string | number | boolean>>
export interface Log {
  /** Structured and allow-listed: an event name and plain fields, never contents, prompts, passphrases or paths. */
  write(event: string, fields?: LogFields): void
}

/** A process of ours, apart from the core: readers of foreign files, and whatever else may take any amount of memory. */
export interface Program {
  /** The address of its module. */
  readonly module: string
  /** What its heap may hold. */
  readonly heapMiB: number
  /** Folders that it reads besides our code, where the host can keep it from all others. */
  readonly reads?: readonly string[]
  /** What one thing it says may come to, where the host can tell; what no program of ours needs, unless it says more. */
  readonly messageMiB?: number
}

/** New objects lie in a room that grows with the computer, to far more than a program needs that reads piece by piece. */
const youngMiB = 8
/** By how much of what is in use the heap may grow before it is looked through; left to itself, it grows to four times that. */
const growingPercent = 30

/** What tells V8 how much a heap may hold; that of the core may hold what it needs. `launch.mjs` says the same. */
export const heapFlags = ({ heapMiB }: Partial<Pick<Program, 'heapMiB'>>): string[] => [
  ...(heapMiB === undefined ? [] : [`--max-old-space-size=${heapMiB}`]),
  `--max-semi-space-size=${youngMiB}`,
  `--heap-growing-percent=${growingPercent}`,
]

export interface ProcessEvents {
  readonly message: (message: unknown) => void
  /** It is gone, once and for all; `isFull` where it had no memory left. */
  readonly ended: (isFull: boolean) => void
}

export interface RunningProcess {
  /** Anything that can be cloned. Goes nowhere once it has ended. */
  readonly post: (message: unknown) => void
  /** At once, and without asking it. */
  readonly kill: () => void
  /** Bytes of memory it holds, where the system tells. */
  readonly memory: () => number | undefined
}

export type StartProcess = (program: Program, events: ProcessEvents) => RunningProcess

export interface Ports {
  readonly clock: Clock
  readonly log: Log
  /** Absent where there is none (web and terminal). */
  readonly secretStore?: SecretStore
  /** Starts a process of ours. Absent where that is a Node like this one, which the core starts by itself. */
  readonly startProcess?: StartProcess
  /** How hosts beyond this computer are found and believed. Absent where that is as the system and everybody do it. */
  readonly outside?: Outside
  /** Asks the person which files, or which folder; none when they cancel. Absent where there is no dialog. */
  readonly pickFiles?: (what: 'files' | 'folder') => Promise<readonly string[]>
  /** Asks the person where to save, and writes there. False when they cancel. Absent where there is no dialog. */
  readonly saveFile?: (suggestedName: string, text: string) => Promise<boolean>
}

/** The clock of a running host. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, task) {
    const timer = setTimeout(task, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** What a host without a window lends: it has no secret store and no save dialog, and says so by leaving them out. */
export function createPlainPorts({ stateFolder }: { readonly stateFolder: string }): Ports {
  return { clock: systemClock, log: createFileLog({ clock: systemClock, stateFolder }) }
}
