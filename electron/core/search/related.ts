// What a query is about, beyond the items that hold all of its words: items that hold some of them, in whatever form, and items
// that say the same in other words. Both are weighed together (docs/decisions/0084-meaning-in-search.md):
//
//   score = (1 − α) × words + α × meaning, and then the day, as in ranking.ts
//   words = BM25 of stems, as a share of all that the words of the query say (the sum of their inverse document frequencies);
//   meaning = the cosine of the nearest passage
//
// Both are what they are, whatever else was found: spread from the farthest to the nearest of what is weighed, a chance find of
// one small word would count as much as a perfect one. Little of the words and nothing of the meaning is noise, and is not
// shown: nobody asked for a list of everything.
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
/** The filters' own finds, among which the nearest are looked for. */
const amongAtMost = 20_000
/** Fewer letters begin too many words to be looked for without an index of beginnings. */
const shortestBeginning = 4

/** With less of the best one's words and nothing of the meaning, an item is not about the same: … */
const leastOfBest = 0.3
/** … beside items that hold all of the words, with less than half; and one of two words is never enough there. */
const leastBesides = 0.5
const fewWords = 2
/** Where nothing is near in meaning, some words alone are noise, unless they are those that say the most of what is asked. */
const leastSaid = 0.4

/** Free words: neither left out nor in quotes. */
export const isFree = (part: Part): boolean => part.is === 'text' && !part.not && !part.exact

/** What is asked of the meaning: the words as they were typed. */
export const freeText = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.is === 'text' && isFree(part) ? part.text : [])).join(' ')

interface Word {
  readonly phrase: Phrase
  /** How much it says. */
  readonly weight: number
}

export function createRelated({ loosely, matching }: RelatedParts) {
  const wordsOf = (parts: readonly Part[]): Word[] => {
    const all = parts.filter(isFree).flatMap((part): Phrase[] => {
      const phrase = part.is === 'text' ? phraseOf(part.text, part.goesOn) : undefined
      return (phrase?.words ?? []).map((word, at, { length }) => ({
        words: [word],
        goesOn: phrase?.goesOn === true && at === length - 1 && word.length >= shortestBeginning,
      }))
    })
    const telling = all.filter(({ words: [word = ''] }) => !smallWords.has(word))
    return (telling.length > 0 ? telling : all).flatMap((phrase) => {
      const weight = loosely.weightOf(phrase)
      return weight === undefined ? [] : [{ phrase, weight }]
    })
  }

  const nearestOf = (meaning: Meaning, narrowed: Compiled | undefined, filter: ItemFilter): Map<number, Nearest> => {
    const among = narrowed && new Set(matching.find(narrowed, amongAtMost).places.map((place) => itemAt(place)))
    const nearest = meaning.nearest(weighedAtMost, among)
    const places = loosely.placesOf(
      nearest.map(({ item }) => item),
      { inTrash: filter.trashed === true },
    )
    return new Map(
      nearest.flatMap((one) => {
        const place = places.get(one.item)
        return place === undefined ? [] : [[place, one] as const]
      }),
    )
  }

  return ({ parts, filter, besides, meaning }: Wanted): Related[] => {
    if (!parts.some(isFree)) return []
    const strict = parts.filter((part) => !isFree(part))
    const words = wordsOf(parts)
    const phrases = words.map(({ phrase }) => phrase)
    const loose = phrases.length === 0 ? undefined : compile(strict, filter, phrases)
    const byWords = loose === undefined ? new Map<number, number>() : loosely.byStems(loose, weighedAtMost)
    const near =
      meaning === undefined ? new Map<number, Nearest>() : nearestOf(meaning, compile(strict, filter), filter)

    // How near those are that only their words brought here.
    const others = meaning?.of(new Set([...byWords.keys()].filter((place) => !near.has(place)).map(itemAt)))
    const weighed = [...new Set([...byWords.keys(), ...near.keys()])].map((place) => ({
      place,
      words: byWords.get(place) ?? 0,
      meaning: near.get(place) ?? others?.get(itemAt(place)),
    }))
    const best = Math.max(...byWords.values(), 0)
    const besidesAll = words.length <= fewWords ? Infinity : leastBesides
    const mayBeNoise = meaning !== undefined && near.size === 0
    const said = words.reduce((sum, { weight }) => sum + weight, 0)
    const least = Math.max(best * (besides.size > 0 ? besidesAll : leastOfBest), mayBeNoise ? leastSaid * said : 0)
    return fused(weighed, meaning, said)
      .filter(({ words: some, meaning: one }) => (some > 0 && some >= least) || isNear(one, meaning))
      .filter(({ place }) => !besides.has(place))
      .toSorted((a, b) => b.fused - a.fused || b.place - a.place)
      .slice(0, shownAtMost)
  }
}

const isNear = (one: Nearest | undefined, meaning: Meaning | undefined): boolean =>
  one !== undefined && meaning !== undefined && one.cosine >= meaning.floor

function fused(weighed: readonly Omit<Related, 'fused'>[], meaning: Meaning | undefined, full: number): Related[] {
  const alpha = meaning?.alpha ?? 0
  return weighed.map((one) => {
    const words = full === 0 ? 0 : one.words / full
    return { ...one, fused: (1 - alpha) * words + alpha * (one.meaning?.cosine ?? 0) }
  })
}
