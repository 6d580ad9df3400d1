// The pages of the log that are shown, as one list. Numbers follow on from each other without a gap, which is how it is known
// whether two pages meet.
import type { LedgerEntry } from '../../../shared/api/ledger.ts'

/**
 * The newest page with what was loaded below it. New entries push the newest page along; once so many have come that the two
 * no longer meet, what was loaded before is left out: between them nothing may be missing, and nothing twice.
 */
export function joinPages(newest: readonly LedgerEntry[], older: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const firstOlder = older[0]?.seq
  const lastNewest = newest.at(-1)?.seq
  if (firstOlder === undefined || lastNewest === undefined || lastNewest > firstOlder + 1) return newest
  return [...newest.filter(({ seq }) => seq > firstOlder), ...older]
}
