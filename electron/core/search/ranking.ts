// In which order what was found is shown:
//
//   score   = words × recency
//   words   = BM25 of the words that at most `rareUpTo` items hold (title ×8, people ×3, text ×1; k1 = 1.2, b = 0.75, SQLite's
//             own), and for each word that more of them hold 0.5, or 1 where it stands in the title
//   recency = 1 + weight × 2^(−days / half-life), days being those between the item's day and today, either way
//
// With the weight at 0.5, the default, what is of today counts half as much again as what is very old: a word in the title
// outweighs it, one time more in the text does not. At 0 only the words count. Filters alone are no reason to put one item
// before another: then the newest stand first.
import { dayAt } from './day-number.ts'

export interface Recency {
  /** What today is worth more than the distant past: 0 nothing, 1 as much again. */
  readonly weight: number
  readonly halfLifeDays: number
}

export const columnWeights = 'words, 8.0, 1.0, 3.0, 0.0'
const commonWord = { title: 1, elsewhere: 0.5 }

export interface Ranked {
  readonly place: number
  readonly words: number
  readonly recency: number
  readonly score: number
}

export const recencyOf = ({ weight, halfLifeDays }: Recency, days: number): number =>
  1 + weight * 2 ** (-Math.abs(days) / halfLifeDays)

interface Matches {
  /** The newest first. */
  readonly places: readonly number[]
  /** By place; absent where no word was rare. */
  readonly bm25: ReadonlyMap<number, number>
  /** For each common word, where it stands in the title. */
  readonly titles: readonly ReadonlySet<number>[]
  readonly today: number
  readonly recency: Recency
}

export function rank({ places, bm25, titles, today, recency }: Matches): Ranked[] {
  const ranked = places.map((place) => {
    const common = titles.map((places) => (places.has(place) ? commonWord.title : commonWord.elsewhere))
    const words = common.reduce((sum, one) => sum + one, bm25.get(place) ?? 0)
    const factor = recencyOf(recency, dayAt(place) - today)
    return { place, words, recency: factor, score: words * factor }
  })
  return ranked.toSorted((a, b) => b.score - a.score || b.place - a.place)
}
