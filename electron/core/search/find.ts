// Finds: what was typed → what matches → in which order → what is shown of it. Only when nothing matches is one letter of one
// word forgiven. After what holds all words comes what holds some, or says the same in others.
import { z } from 'zod'
import type { ItemFilter } from '../../../shared/api/items.ts'
import type { Hit, searchApi } from '../../../shared/api/search.ts'
import type { Sought } from '../../../shared/words.ts'
import { readItemRow } from '../item-rows.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import { type Compiled, compile, marksOf } from './compile.ts'
import { dayAt, dayNumber, itemAt } from './day-number.ts'
import { createForgiving } from './forgive.ts'
import { createLoosely } from './loosely.ts'
import { createMatching, rankedAtMost } from './matches.ts'
import type { Meaning, Nearest } from './meaning/nearest.ts'
import type { Asked as AskedOfMeaning } from './meaning/meaning.ts'
import { type Part, parse } from './parse.ts'
import { asked, phraseOf } from './phrases.ts'
import { rank, type Ranked, type Recency, recencyOf } from './ranking.ts'
import { createRelated, freeText } from './related.ts'
import { excerpt, marked, readInAll, soughtIn } from './snippet.ts'

type Asked = z.output<(typeof searchApi)['search.find']['input']>
type Answer = z.input<(typeof searchApi)['search.find']['output']>

interface FindParts {
  readonly prepare: Prepare
  readonly clock: Clock
  readonly recency: () => Recency
}

interface Outcome {
  readonly compiled: Compiled
  readonly ranked: readonly Ranked[]
  readonly more: boolean
}

/** How many possible words are tried in place of one that is not there. */
const triedInstead = 5
/** Who finds so much by all of the words needs nothing more. */
const enough = 100

const bodyRow = z.object({ body: z.string() })
const bodySql = 'SELECT body FROM items WHERE id = ?'
const tagSql = 'SELECT count(*) FROM tags WHERE name = ?'

export function createFind({ prepare, clock, recency }: FindParts) {
  const matching = createMatching({ prepare })
  const near = createForgiving({ prepare })
  const related = createRelated({ loosely: createLoosely({ prepare }), matching })

  const lookFor = (compiled: Compiled, atMost: number): Outcome => {
    const { places, more } = matching.find(compiled, atMost)
    const newest = places.slice(0, rankedAtMost)
    const rare = newest.length === 0 ? [] : compiled.phrases.filter((phrase) => matching.isRare(phrase))
    const common = newest.length === 0 ? [] : compiled.phrases.filter((phrase) => !rare.includes(phrase))
    const ranked = rank({
      places: newest,
      bm25: matching.bm25(rare, newest),
      // Beside a rare word a common one makes no difference worth looking for.
      titles: rare.length > 0 ? [] : common.map((phrase) => matching.inTitle(phrase, newest)),
      today: dayNumber(today(clock)),
      recency: recency(),
    })
    const older = places.slice(rankedAtMost).map((place) => ({ place, words: 0, recency: 1, score: 0 }))
    return { compiled, ranked: [...ranked, ...older], more }
  }

  /** The one word that is in no item, put right so that the whole finds something. */
  const putRight = (query: string, parts: readonly Part[], filter: ItemFilter, atMost: number) => {
    const unknown = parts.filter((part) => {
      if (part.is !== 'text' || part.not || part.exact) return false
      const phrase = phraseOf(part.text, part.goesOn)
      return phrase !== undefined && !matching.exists(asked(phrase))
    })
    const [part] = unknown
    if (part?.is !== 'text' || unknown.length !== 1) return undefined
    const words = phraseOf(part.text, false)?.words ?? []
    if (words.length !== 1 || words[0] === undefined) return undefined
    for (const word of near(words[0]).slice(0, triedInstead)) {
      const instead = parts.map((one) => (one === part ? { ...part, text: word, goesOn: false } : one))
      const compiled = compile(instead, filter)
      const outcome = compiled === undefined ? undefined : lookFor(compiled, atMost)
      if (outcome !== undefined && outcome.ranked.length > 0) {
        const { start, typed } = part
        return { outcome, query: query.slice(0, start) + word + query.slice(start + typed.length) }
      }
    }
    return undefined
  }

  /** Filters that are in order but name somebody, some source or some tag that no item has. */
  const unmet = (parts: readonly Part[]): string[] =>
    parts
      .filter((part) => {
        if (part.not) return false
        if (part.is === 'tag') return prepare(tagSql).pluck().get(part.tag) === 0
        const marks = part.is === 'person' || part.is === 'source' ? marksOf(part) : undefined
        return marks !== undefined && !matching.exists(marks)
      })
      .map(({ typed }) => typed)

  const relatedTo = (parts: readonly Part[], filter: ItemFilter, outcome: Outcome, meaning: Meaning | undefined) => {
    if (outcome.ranked.length >= enough) return []
    const besides = new Set(outcome.ranked.map(({ place }) => place))
    const now = dayNumber(today(clock))
    return related({ parts, filter, besides, meaning })
      .map(({ fused, ...one }) => {
        const factor = recencyOf(recency(), dayAt(one.place) - now)
        return { ...one, recency: factor, score: fused * factor }
      })
      .toSorted((a, b) => b.score - a.score || b.place - a.place)
  }

  const hitsOf = (ranked: readonly Shown[], sought: readonly Sought[], forgiven: boolean) => {
    let mayRead = readInAll
    return ranked.flatMap(({ place, words, meaning, recency: factor, score, hasAll }): Hit[] => {
      const item = itemAt(place)
      const listed = readItemRow(prepare, item)
      if (listed === undefined) return []
      const { excerpt: _beginning, title, ...row } = listed
      const { body } = bodyRow.parse(prepare(bodySql).get(item))
      const { pieces, read } = excerpt(body, sought, mayRead, meaning?.starts)
      mayRead -= read
      return [
        {
          ...row,
          title: marked(title, sought),
          snippet: pieces,
          score,
          why: { words, meaning: meaning?.cosine ?? null, by: byOf(words, meaning, hasAll), recency: factor, forgiven },
        },
      ]
    })
  }

  return {
    /** What of a query has a meaning: its words, without filters, quotes and what is left out. */
    meant: (query: string): string => freeText(parse(query, today(clock)).parts),

    find({ query, filter, offset, limit }: Asked, { meaning, why }: AskedOfMeaning): Answer {
      const { parts, notUnderstood } = parse(query, today(clock))
      const compiled = compile(parts, filter)
      const nothing = { hits: [], sought: [], withAll: 0, others: 0, total: 0, counted: true, instead: null }
      const said = { notUnderstood: [...notUnderstood], unmet: [], meaning: why }
      if (compiled === undefined) return { ...nothing, ...said }
      const atMost = Math.max(rankedAtMost, offset + limit)
      const typed = lookFor(compiled, atMost)
      const right = typed.ranked.length > 0 ? undefined : putRight(query, parts, filter, atMost)
      const outcome = right?.outcome ?? typed
      const sought = soughtIn(outcome.compiled.texts)
      const others = right === undefined ? relatedTo(parts, filter, outcome, meaning) : []
      const page = [
        ...outcome.ranked.map((one) => ({ ...one, meaning: undefined, hasAll: true })),
        ...others.map((one) => ({ ...one, hasAll: false })),
      ].slice(offset, offset + limit)
      const near = meaning?.of(new Set(page.filter(({ hasAll }) => hasAll).map(({ place }) => itemAt(place))))
      const shown = page.map((one) => ({ ...one, meaning: one.meaning ?? near?.get(itemAt(one.place)) }))
      const total = outcome.ranked.length + others.length
      return {
        hits: hitsOf(nearEnough(shown, meaning), sought, right !== undefined),
        sought: sought.map(({ words, goesOn }) => ({ words: [...words], goesOn })),
        withAll: outcome.ranked.length,
        others: others.length,
        total,
        counted: !outcome.more,
        instead: right?.query ?? null,
        ...said,
        unmet: total > 0 ? [] : unmet(parts),
      }
    },
  }
}

interface Shown extends Ranked {
  readonly meaning: Nearest | undefined
  /** All of the words, or else only some, or none. */
  readonly hasAll: boolean
}

/** What is too far to mean the same is not said to. */
const nearEnough = (shown: readonly Shown[], meaning: Meaning | undefined): Shown[] =>
  shown.map((one) => ((one.meaning?.cosine ?? -1) >= (meaning?.floor ?? 1) ? one : { ...one, meaning: undefined }))

const byOf = (words: number, meaning: Nearest | undefined, hasAll: boolean): Hit['why']['by'] =>
  meaning === undefined ? 'words' : hasAll || words > 0 ? 'both' : 'meaning'

/** The day in the person's own calendar. */
function today(clock: Clock): string {
  const now = clock.now()
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 10)
}
