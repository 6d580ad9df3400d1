// A bucket that fills at a steady rate: it lets short bursts through and refuses a flood. It remembers nothing about who
// asked; on loopback every caller has the same address.
import type { Clock } from '../core/ports.ts'

export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface Bucket {
  /** Takes one; false when the bucket is empty. */
  readonly take: () => boolean
}

export function createBucket({ clock }: { readonly clock: Clock }, { burst, perSecond }: Rate): Bucket {
  let level = burst
  let filledAt = clock.now().getTime()
  return {
    take() {
      const now = clock.now().getTime()
      // A clock set back must not freeze the bucket, hence the lower bound.
      level = Math.min(burst, level + (Math.max(0, now - filledAt) / 1000) * perSecond)
      filledAt = now
      if (level < 1) return false
      level -= 1
      return true
    },
  }
}
