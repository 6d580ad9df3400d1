// Until when a backup is kept, if one is made every day from now on: the rules of retention.ts, played through. Where none
// are made, none are removed either.
import { retained } from './retention.ts'

interface Dated {
  readonly id: string
  readonly at: string
  readonly whole: boolean
}

const dayMs = 86_400_000
/** Longer than the longest rule keeps anything. */
const mostDays = 500

/** Maps each to the day it goes; what is not in the map stays. */
export function heldUntil(backups: readonly Dated[], now: Date): Map<string, string> {
  const until = new Map<string, string>()
  let there: readonly Dated[] = backups
  for (let day = 1; day <= mostDays && backups.length > until.size; day += 1) {
    const today = new Date(now.getTime() + day * dayMs)
    const at = today.toISOString()
    const kept = retained((there = [...there, { id: `made ${at}`, at, whole: true }]), today)
    for (const { id } of backups) if (!kept.has(id) && !until.has(id)) until.set(id, at)
    there = there.filter(({ id }) => kept.has(id))
  }
  return until
}
