// A clock that stands still until a test moves it, so that ten minutes of waiting take no time. Tasks run in the order in
// which they fall due, and a task may set another one that falls due within the same move.
import type { Clock } from '../../electron/core/ports.ts'

export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, letting promises settle after each task. */
  readonly advance: (ms: number) => Promise<void>
  /** Moves the wall clock alone, as when the computer slept or someone set the time; no timer fires. */
  readonly set: (now: Date) => void
  readonly pending: () => number
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly task: () => void
}

export function createFakeClock({ start = '2026-01-15T09:00:00.000Z' }: { readonly start?: string } = {}): FakeClock {
  const timers = new Set<Timer>()
  let wall = Date.parse(start)
  let elapsed = 0
  let order = 0

  const nextDue = (limit: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= limit).toSorted((a, b) => a.at - b.at || a.order - b.order)[0]

  const moveTo = (moment: number): void => {
    wall += moment - elapsed
    elapsed = moment
  }

  return {
    now: () => new Date(wall),
    after(ms, task) {
      const timer = { at: elapsed + Math.max(0, ms), order: order++, task }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      const end = elapsed + ms
      for (let timer = nextDue(end); timer !== undefined; timer = nextDue(end)) {
        timers.delete(timer)
        moveTo(timer.at)
        timer.task()
        await settle()
      }
      moveTo(end)
      await settle()
    },
    set(now) {
      wall = now.getTime()
    },
    pending: () => timers.size,
  }
}

/** Two turns of the event loop: promises that the task set off get to run, and those that they set off in turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
