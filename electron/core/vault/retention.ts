// Which backups stay: all of the last two days, so that one made by hand never takes the place of another; and the newest of
// each of the last 7 days, 4 weeks and 12 months.
export type Kept = 'recent' | 'daily' | 'weekly' | 'monthly'

const recentMs = 2 * 86_400_000

interface Dated {
  readonly id: string
  readonly at: string
}

const day = (at: string) => at.slice(0, 10)
const month = (at: string) => at.slice(0, 7)
/** Weeks are counted from a Monday (1970-01-05), so that a week is one number. */
const week = (at: string) => String(Math.floor((Date.parse(at) / 86_400_000 - 4) / 7))

const rules = [
  { kept: 'daily', period: day, count: 7 },
  { kept: 'weekly', period: week, count: 4 },
  { kept: 'monthly', period: month, count: 12 },
] as const satisfies readonly { kept: Kept; period: (at: string) => string; count: number }[]

/** Maps the backups to keep to the rule that keeps each; what is not in the map may go. */
export function retained(backups: readonly Dated[]): Map<string, Kept> {
  const newestFirst = backups.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  const newest = Date.parse(newestFirst[0]?.at ?? '')
  const recent = newestFirst.filter(({ at }) => newest - Date.parse(at) < recentMs)
  const kept = new Map<string, Kept>(recent.map(({ id }) => [id, 'recent']))
  for (const rule of rules) {
    const newestOf = new Map<string, Dated>()
    for (const backup of newestFirst) {
      const period = rule.period(backup.at)
      if (!newestOf.has(period)) newestOf.set(period, backup)
    }
    for (const { id } of [...newestOf.values()].slice(0, rule.count)) {
      if (!kept.has(id)) kept.set(id, rule.kept)
    }
  }
  return kept
}
