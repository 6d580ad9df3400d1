// Watches a helper while it is asked something: how long it has been quiet, how long it has worked, how much memory it holds.
// What it waits for is not counted against it.
import type { Clock } from './ports.ts'

export interface Limits {
  /** All that its process holds, where the host can tell. */
  readonly memoryMiB: number
  /** Until its first sign: a busy computer may need long to start it. */
  readonly startMs: number
  /** A helper that says nothing for so long, though nothing keeps it waiting, is ended. */
  readonly quietMs: number
}

/** Often enough that it cannot take much more in between. */
const lookEveryMs = 50

interface WatchParts {
  readonly clock: Clock
  readonly limits: Limits | undefined
  /** It runs already; else the first wait is for its start. */
  readonly hasSpoken: boolean
  readonly memory: (() => number | undefined) | undefined
  readonly onOverstep: (how: 'silent' | 'out-of-memory') => void
}

export interface Watch {
  readonly sign: () => void
  readonly lap: (ms: number) => void
  readonly keepingItWaiting: (act: () => Promise<void>) => Promise<void>
  readonly end: () => void
}

const unwatched: Watch = { sign() {}, lap() {}, keepingItWaiting: (act) => act(), end() {} }

export function createWatch({ clock, limits, hasSpoken, memory, onOverstep }: WatchParts): Watch {
  if (limits === undefined) return unwatched
  let waiting = 0
  let patience = hasSpoken ? limits.quietMs : limits.startMs
  let mayWork = Number.POSITIVE_INFINITY
  let worked = 0
  let workingSince = clock.now().getTime()
  let over = false
  let cancelQuiet = () => {}
  let cancelLook = () => {}

  const count = () => {
    const now = clock.now().getTime()
    if (waiting === 0) worked += now - workingSince
    workingSince = now
    if (worked > mayWork && !over) onOverstep('silent')
  }
  const listen = () => {
    cancelQuiet()
    if (waiting === 0 && !over) cancelQuiet = clock.after(patience, () => onOverstep('silent'))
  }
  const look = () => {
    if ((memory?.() ?? 0) > limits.memoryMiB * 1024 * 1024) onOverstep('out-of-memory')
    else if (!over) cancelLook = clock.after(lookEveryMs, look)
  }
  listen()
  if (memory !== undefined) look()

  return {
    sign() {
      patience = limits.quietMs
      count()
      listen()
    },
    lap(ms) {
      worked = 0
      mayWork = ms
    },
    async keepingItWaiting(act) {
      count()
      waiting += 1
      cancelQuiet()
      try {
        await act()
      } finally {
        count()
        waiting -= 1
        listen()
      }
    },
    end() {
      over = true
      cancelQuiet()
      cancelLook()
    },
  }
}
