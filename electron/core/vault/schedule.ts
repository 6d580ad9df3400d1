// Something to do soon after opening and then again every while, as long as the vault is open.
import type { Clock } from '../ports.ts'

interface ScheduleParts {
  readonly clock: Clock
  readonly firstMs: number
  readonly everyMs: number
  readonly run: () => void
}

export interface Schedule {
  readonly start: () => void
  readonly stop: () => void
}

export function createSchedule({ clock, firstMs, everyMs, run }: ScheduleParts): Schedule {
  let cancel = () => {}
  const wait = (ms: number) => {
    cancel = clock.after(ms, () => {
      wait(everyMs)
      run()
    })
  }
  return {
    start: () => wait(firstMs),
    stop: () => cancel(),
  }
}
