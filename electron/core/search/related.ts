// What a query is about, beyond the items that hold all of its words: items that hold some of them, in whatever form, and items
// that say the same in other words. Both are weighed together (docs/decisions/0080-meaning-in-search.md):
//
//   score = (1 − α) × words + α × meaning
//   words = BM25 of stems, as a share of the best;  meaning = the cosine of the nearest passage, from the farthest of those
//   that are weighed (0) to the nearest (1)
//
// Little of the words and nothing of the meaning is noise, and is not shown: nobody asked for a list of everything.
import type { ItemFilter } from '../../../shared/api/items.ts'
import { type Compiled, compile } from './compile.ts'
import { itemAt } from './day-number.ts'
import type { createLoosely } from './loosely.ts'
import type { createMatching } from './matches.ts'
import type { Meaning, Nearest } from './meaning/nearest.ts'
import type { Part } from './parse.ts'
import { type Phrase, phraseOf } from './phrases.ts'
import { smallWords } from './small-words.ts'

export interface Related {
  readonly place: number
  /** BM25 of stems. */
  readonly words: number
  readonly meaning: Nearest | undefined
  /** From 0 to 1, before the day counts. */
  readonly fused: number
}

interface RelatedParts {
  readonly loosely: ReturnType<typeof createLoosely>
  readonly matching: ReturnType<typeof createMatching>
}

interface Wanted {
  readonly parts: readonly Part[]
  readonly filter: ItemFilter
  /** Listed already. */
  readonly besides: ReadonlySet<number>
  readonly meaning: Meaning | undefined
}

const weighedAtMost = 200
const shownAtMost = 50
/** Of the best: with less of its words and nothing of its meaning an item is not about the same. */
const leastWords = 0.3
/** Beside items that hold all of the words; and one of two words is never enough there. */
const leastBesides = 0.5
const fewWords = 2
/** The filters' own finds, among which the nearest are looked for. */
const amongAtMost = 20_000
/** Fewer letters begin too many words to be looked for without an index of beginnings. */
const shortestBeginning = 4

/** Free words: neither left out nor in quotes. */
export const isFree = (part: Part): boolean => part.is === 'text' && !part.not && !part.exact

/** What is asked of the meaning: the words as they were typed. */
export const freeText = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.is === 'text' && isFree(part) ? part.text : [])).join(' ')

export function createRelated({ loosely, matching }: RelatedParts) {
  const wordsOf = (parts: readonly Part[]): Phrase[] => {
    const all = parts.filter(isFree).flatMap((part): Phrase[] => {
      const phrase = part.is === 'text' ? phraseOf(part.text, part.goesOn) : undefined
      return (phrase?.words ?? []).map((word, at, { length }) => ({
        words: [word],
        goesOn: phrase?.goesOn === true && at === length - 1 && word.length >= shortestBeginning,
      }))
    })
    const telling = all.filter(({ words: [word = ''] }) => !smallWords.has(word))
    return (telling.length > 0 ? telling : all).filter((phrase) => loosely.isRare(phrase))
  }

  return ({ parts, filter, besides, meaning }: Wanted): Related[] => {
    if (!parts.some(isFree)) return []
    const strict = parts.filter((part) => !isFree(part))
    const anyOf = wordsOf(parts)
    const loose = anyOf.length === 0 ? undefined : compile(strict, filter, anyOf)
    const words = loose === undefined ? new Map<number, number>() : loosely.byStems(loose, weighedAtMost)

    const narrowed = compile(strict, filter)
    const near = meaning === undefined ? new Map<number, Nearest>() : nearestOf(meaning, narrowed, filter)
    const far = [...words.keys()].map(itemAt).filter((item) => !nearItems(near).has(item))
    const others = meaning?.of(new Set(far)) ?? new Map<number, Nearest>()

    const all = new Set([...words.keys(), ...near.keys()])
    const weighed = [...all].map((place) => ({
      place,
      words: words.get(place) ?? 0,
      meaning: near.get(place) ?? others.get(itemAt(place)),
    }))
    const besidesAll = anyOf.length <= fewWords ? Infinity : leastBesides
    return fuse(weighed, meaning, besides.size > 0 ? besidesAll : leastWords)
      .filter(({ place }) => !besides.has(place))
      .slice(0, shownAtMost)
  }

  function nearestOf(meaning: Meaning, narrowed: Compiled | undefined, filter: ItemFilter): Map<number, Nearest> {
    const among =
      narrowed === undefined
        ? undefined
        : new Set(matching.find(narrowed, amongAtMost).places.map((place) => itemAt(place)))
    const nearest = meaning.nearest(weighedAtMost, among)
    const kept = { conditions: [], inTrash: filter.trashed === true }
    const places = loosely.placesOf(
      nearest.map(({ item }) => item),
      kept,
    )
    return new Map(
      nearest.flatMap((one) => {
        const place = places.get(one.item)
        return place === undefined ? [] : [[place, one] as const]
      }),
    )
  }
}

const nearItems = (near: ReadonlyMap<number, Nearest>): ReadonlySet<number> =>
  new Set([...near.values()].map(({ item }) => item))

function fuse(weighed: readonly Omit<Related, 'fused'>[], meaning: Meaning | undefined, least: number): Related[] {
  const alpha = meaning?.alpha ?? 0
  const floor = meaning?.floor ?? 1
  const best = Math.max(...weighed.map(({ words }) => words), 0)
  const cosines = weighed.flatMap(({ meaning: near }) => near?.cosine ?? [])
  const lowest = Math.min(...cosines)
  const span = Math.max(...cosines) - lowest
  return weighed
    .map((one) => {
      const words = best === 0 ? 0 : one.words / best
      const cosine = one.meaning?.cosine
      const near = cosine === undefined ? 0 : span === 0 ? 1 : (cosine - lowest) / span
      return { ...one, share: words, fused: (1 - alpha) * words + alpha * near }
    })
    .filter(({ share, meaning: near }) => share >= least || (near?.cosine ?? -1) >= floor)
    .toSorted((a, b) => b.fused - a.fused || b.place - a.place)
    .map(({ share: _share, ...one }) => one)
}
