// Finds the word a person probably meant. It suggests nothing when nothing is close.

/** Levenshtein distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, left] of a.split('').entries()) {
    const next = [i + 1]
    for (const [j, right] of b.split('').entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

export function nearest(typed: string, words: readonly string[]): string | undefined {
  const reach = Math.max(1, Math.floor(typed.length / 2))
  const ranked = words
    .map((word) => ({ word, away: word.startsWith(typed) ? 1 : distance(typed, word) }))
    .filter(({ away }) => away <= reach)
    .toSorted((a, b) => a.away - b.away)
  return ranked[0]?.word
}
