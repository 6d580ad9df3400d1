// Finds: what was typed → what matches → in which order → what is shown of it. Only when nothing matches is one letter of one
// word forgiven.
import { z } from 'zod'
import type { ItemFilter } from '../../../shared/api/items.ts'
import type { Hit, searchApi } from '../../../shared/api/search.ts'
import type { Sought } from '../../../shared/words.ts'
import { readItemRow } from '../item-rows.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import { type Compiled, compile, marksOf } from './compile.ts'
import { dayNumber, itemAt } from './day-number.ts'
import { createForgiving } from './forgive.ts'
import { createMatching, rankedAtMost } from './matches.ts'
import { type Part, parse } from './parse.ts'
import { asked, phraseOf } from './phrases.ts'
import { rank, type Ranked, type Recency } from './ranking.ts'
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

const bodyRow = z.object({ body: z.string() })
const bodySql = 'SELECT body FROM items WHERE id = ?'
const tagSql = 'SELECT count(*) FROM tags WHERE name = ?'

export function createFind({ prepare, clock, recency }: FindParts) {
  const matching = createMatching({ prepare })
  const near = createForgiving({ prepare })

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

  const hitsOf = (ranked: readonly Ranked[], sought: readonly Sought[], forgiven: boolean) => {
    let mayRead = readInAll
    return ranked.flatMap(({ place, words, recency: factor, score }): Hit[] => {
      const item = itemAt(place)
      const listed = readItemRow(prepare, item)
      if (listed === undefined) return []
      const { excerpt: _beginning, title, ...row } = listed
      const { pieces, read } = excerpt(bodyRow.parse(prepare(bodySql).get(item)).body, sought, mayRead)
      mayRead -= read
      return [
        {
          ...row,
          title: marked(title, sought),
          snippet: pieces,
          score,
          why: { words, recency: factor, forgiven },
        },
      ]
    })
  }

  return ({ query, filter, offset, limit }: Asked): Answer => {
    const { parts, notUnderstood } = parse(query, today(clock))
    const compiled = compile(parts, filter)
    const nothing = { hits: [], sought: [], total: 0, counted: true, instead: null }
    const said = { notUnderstood: [...notUnderstood], unmet: [] }
    if (compiled === undefined) return { ...nothing, ...said }
    const atMost = Math.max(rankedAtMost, offset + limit)
    const typed = lookFor(compiled, atMost)
    const right = typed.ranked.length > 0 ? undefined : putRight(query, parts, filter, atMost)
    const outcome = right?.outcome ?? typed
    const sought = soughtIn(outcome.compiled.texts)
    return {
      hits: hitsOf(outcome.ranked.slice(offset, offset + limit), sought, right !== undefined),
      sought: sought.map(({ words, goesOn }) => ({ words: [...words], goesOn })),
      total: outcome.ranked.length,
      counted: !outcome.more,
      instead: right?.query ?? null,
      ...said,
      unmet: outcome.ranked.length > 0 ? [] : unmet(parts),
    }
  }
}

/** The day in the person's own calendar. */
function today(clock: Clock): string {
  const now = clock.now()
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 10)
}
