// Locks the vault when nobody has touched it for a while, and says so half a minute before. Timers stand still while a
// computer sleeps, so the time of day is looked at as well: a vault is not found open the morning after. Work that a lock
// would cut short puts it off; the morning after it does not.
import { defaultSettings } from '../../../shared/api/settings.ts'
import type { Clock } from '../ports.ts'

const warningMs = 30_000
const lookEveryMs = 10_000
/** Nobody has been here for the whole time already, so work puts the lock off by no more than it needs. */
const putOffMs = 60_000

interface AutoLockParts {
  readonly clock: Clock
  readonly warn: (locksAt: Date) => void
  readonly lock: () => void
  /** Something is under way that a lock would undo. */
  readonly isBusy: () => boolean
  /** The lock that was warned of does not come. */
  readonly onPutOff: () => void
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

export function createAutoLock({ clock, warn, lock, isBusy, onPutOff }: AutoLockParts): AutoLock {
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

  /** Where the last look is longer ago than that, the computer slept: nothing that is under way keeps it open then. */
  const isPutOff = (at: Date) => isBusy() && clock.now().getTime() - at.getTime() < lookEveryMs

  const isOverdue = () => locksAt !== undefined && clock.now() >= locksAt && !isPutOff(locksAt)

  const look = () => {
    if (isOverdue()) lock()
    else cancelLook = clock.after(lookEveryMs, look)
  }

  const start = (waitMs: number): Date => {
    stop()
    const at = new Date(clock.now().getTime() + waitMs)
    const cancelWarning = clock.after(waitMs - warningMs, () => {
      // Nothing to warn of yet.
      if (clock.now() < at && isBusy()) {
        start(putOffMs)
        return
      }
      warned = true
      warn(at)
    })
    const cancelLock = clock.after(waitMs, () => {
      if (isPutOff(at)) {
        start(putOffMs)
        onPutOff()
      } else lock()
    })
    cancelTimers = () => {
      cancelWarning()
      cancelLock()
    }
    cancelLook = clock.after(lookEveryMs, look)
    locksAt = at
    return at
  }

  return {
    touch(minutes = lastMinutes) {
      lastMinutes = minutes
      return start(minutes * 60_000)
    },
    stop,
    locksAt: () => locksAt,
    isOverdue,
    hasWarned: () => warned,
  }
}
