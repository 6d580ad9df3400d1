// Which backups stay: all of the last two days, so that one made by hand never takes the place of another; and the newest of
// each of the last 7 days, 4 weeks and 12 months.
export type Kept = 'recent' | 'daily' | 'weekly' | 'monthly'

const recentMs = 2 * 86_400_000

interface Dated {
  readonly id: string
  readonly at: string
  readonly whole: boolean
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

/**
 * Maps the backups to keep to the rule that keeps each; what is not in the map may go. Damaged ones, and those from after
 * `now`, made under a wrong clock, are judged among themselves, and take the place of none of the others.
 */
export function retained(backups: readonly Dated[], now: Date): Map<string, Kept> {
  const damaged = backups.filter(({ whole }) => !whole)
  const sound = backups.filter(({ whole }) => whole)
  return new Map([damaged, sound].flatMap((some) => [...retainedAmong(some, now)]))
}

function retainedAmong(backups: readonly Dated[], now: Date): Map<string, Kept> {
  const isAhead = ({ at }: Dated) => Date.parse(at) > now.getTime()
  const ahead = backups.filter(isAhead).toSorted(newestFirst)
  return new Map([
    ...retainedAsOf(
      backups.filter((one) => !isAhead(one)),
      now,
    ),
    ...retainedAsOf(ahead, new Date(ahead[0]?.at ?? now)),
  ])
}

const newestFirst = (a: Dated, b: Dated): number => (a.at < b.at ? 1 : -1)

/** The same for the backups of several vaults: none of one takes the place of another's. */
export function retainedOfEach(backups: readonly (Dated & { readonly vault: string })[], now: Date): Map<string, Kept> {
  const vaults = Map.groupBy(backups, ({ vault }) => vault)
  return new Map([...vaults.values()].flatMap((some) => [...retained(some, now)]))
}

function retainedAsOf(backups: readonly Dated[], now: Date): Map<string, Kept> {
  const sorted = backups.toSorted(newestFirst)
  const recent = sorted.filter(({ at }) => now.getTime() - Date.parse(at) < recentMs)
  const kept = new Map<string, Kept>(recent.map(({ id }) => [id, 'recent']))
  for (const rule of rules) {
    const newestOf = new Map<string, Dated>()
    for (const backup of sorted) {
      const period = rule.period(backup.at)
      if (!newestOf.has(period)) newestOf.set(period, backup)
    }
    for (const { id } of [...newestOf.values()].slice(0, rule.count)) {
      if (!kept.has(id)) kept.set(id, rule.kept)
    }
  }
  return kept
}
