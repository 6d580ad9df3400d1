// The pages of a list that only ever grows, shown as one. Its entries are numbered without a gap, which is how it is known
// whether two pages meet.

/**
 * The newest page with what was loaded below it. New entries push the newest page along; once so many have come that the two
 * no longer meet, what was loaded before is left out: between them nothing may be missing, and nothing twice.
 */
export function joinPages<T>(newest: readonly T[], older: readonly T[], numberOf: (entry: T) => number): readonly T[] {
  const [first] = older
  const last = newest.at(-1)
  if (first === undefined || last === undefined || numberOf(last) > numberOf(first) + 1) return newest
  return [...newest.filter((entry) => numberOf(entry) > numberOf(first)), ...older]
}
