// Locks the vault when nobody has touched it for a while, and says so half a minute before. Timers stand still while a
// computer sleeps, so the time of day is looked at as well: a vault is not found open the morning after.
import { defaultSettings } from '../../../shared/api/settings.ts'
import type { Clock } from '../ports.ts'

const warningMs = 30_000
const lookEveryMs = 10_000

interface AutoLockParts {
  readonly clock: Clock
  readonly warn: (locksAt: Date) => void
  readonly lock: () => void
}

export interface AutoLock {
  /** Starts the time anew, with the minutes of last time where none are given. */
  readonly touch: (minutes?: number) => Date
  readonly stop: () => void
  readonly locksAt: () => Date | undefined
  readonly isOverdue: () => boolean
  /** It was said that the vault is about to lock, and nobody has come since. */
  readonly hasWarned: () => boolean
}

export function createAutoLock({ clock, warn, lock }: AutoLockParts): AutoLock {
  let locksAt: Date | undefined
  let lastMinutes = defaultSettings.autoLockMinutes
  let warned = false
  let cancelTimers = () => {}
  let cancelLook = () => {}

  const stop = () => {
    cancelTimers()
    cancelLook()
    locksAt = undefined
    warned = false
  }

  const isOverdue = () => locksAt !== undefined && clock.now() >= locksAt

  const look = () => {
    if (isOverdue()) lock()
    else cancelLook = clock.after(lookEveryMs, look)
  }

  return {
    touch(minutes = lastMinutes) {
      lastMinutes = minutes
      stop()
      const waitMs = minutes * 60_000
      const at = new Date(clock.now().getTime() + waitMs)
      const cancelWarning = clock.after(waitMs - warningMs, () => {
        warned = true
        warn(at)
      })
      const cancelLock = clock.after(waitMs, lock)
      cancelTimers = () => {
        cancelWarning()
        cancelLock()
      }
      cancelLook = clock.after(lookEveryMs, look)
      locksAt = at
      return at
    },
    stop,
    locksAt: () => locksAt,
    isOverdue,
    hasWarned: () => warned,
  }
}
