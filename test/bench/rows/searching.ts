// The list that a search answers with, and the list and the counts beside it, over a filled library: by the clock, and
// beside it in processor time, which says how much of it was waiting for a busy computer.
import { searchApi } from '../../../shared/api/search.ts'
import type { Bench } from '../harness.ts'
import { type FilledLibrary, fillLibrary, wordAt } from '../filled-library.ts'
import { scratch } from '../support.ts'

interface Ask {
  /** Beforehand, and not measured. */
  readonly first?: (filled: FilledLibrary) => void
  readonly ask: (filled: FilledLibrary) => void
}

const find = (query: string): Ask => ({
  ask: ({ search }) => void search.findWords(searchApi['search.find'].input.parse({ query })),
})

/** Words a person looks for: common, rare, begun, mistyped, in a row and within filters. */
const searches: readonly Ask[] = ['', ' ', 'x'].flatMap((end, round) =>
  Array.from({ length: 8 }, (_, index) => {
    const common = wordAt(index * 3 + round)
    const rare = wordAt(3000 + index * 200 + round)
    return [
      ...[common, rare, `${common} ${rare}`, `${rare}${end}`, `"${common} ${wordAt(index + 1)}"`, common.slice(0, 2)],
      ...[
        `${common} type:note`,
        `${common} before:2018`,
        `${common} level:secret`,
        `${common} from:friend`,
        `${common} -${rare}`,
        rare.slice(0, 3),
      ],
    ].map(find)
  }).flat(),
)

/** What the Library asks when it is opened and after each change: nothing of it is remembered from before. */
const opened: readonly Ask[] = Array.from({ length: 20 }, (_, round) => ({
  first({ library }) {
    const [row] = library.list({ filter: {}, offset: round, limit: 1 }).rows
    // Another one each time: an act that changes nothing lets everything be remembered.
    const level = row?.level === 'personal' ? 'health' : 'personal'
    library.setLevel({ which: { ids: [row?.id ?? ''] }, level })
  },
  ask({ library }) {
    library.list({ filter: {}, offset: round * 4001, limit: 60 })
    library.facets({})
    library.timeline({ zoom: 'month', filter: {} })
  },
}))

interface Size {
  readonly name: string
  readonly items: number
  readonly goal: number
  readonly asks: readonly Ask[]
  readonly says: string
  readonly rounds: number
}

const sized = ({ name, items, goal, asks, says, rounds }: Size): Bench => ({
  name,
  says: `p95 of ${says} over ${items.toLocaleString('en')} items; baseline: the same in processor time`,
  unit: 'ms',
  better: 'lower',
  goal,
  judged: 'figure',
  rounds,
  async open() {
    const folder = scratch()
    const filled = await fillLibrary(folder.path, items)
    const last: Partial<Took> = {}
    /** Both are measured at once. */
    const take = (by: keyof Took): number => {
      if (last[by] === undefined) Object.assign(last, p95(asks, filled))
      const took = last[by] ?? Number.NaN
      delete last[by]
      return took
    }
    return {
      figure: async () => take('clock'),
      baseline: async () => take('processor'),
      async close() {
        filled.db.close()
        folder.remove()
      },
    }
  },
})

const mix = 'a mix of searches, the list alone,'
const openedSays = 'a page, the facets and the timeline'

export const searching: readonly Bench[] = [
  { name: 'search', items: 100_000, goal: 30, asks: searches, says: mix, rounds: 3 },
  { name: 'search-million', items: 1_000_000, goal: 150, asks: searches, says: mix, rounds: 1 },
  { name: 'library', items: 100_000, goal: 100, asks: opened, says: openedSays, rounds: 3 },
  { name: 'library-million', items: 1_000_000, goal: 150, asks: opened, says: openedSays, rounds: 1 },
].map(sized)

interface Took {
  readonly clock: number
  readonly processor: number
}

function p95(asks: readonly Ask[], filled: FilledLibrary): Took {
  const all = asks.map(({ first, ask }): Took => {
    first?.(filled)
    const [began, used] = [performance.now(), process.cpuUsage()]
    ask(filled)
    const { user, system } = process.cpuUsage(used)
    return { clock: performance.now() - began, processor: (user + system) / 1000 }
  })
  const slow = (by: keyof Took) =>
    all.map((took) => took[by]).toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? Number.NaN
  return { clock: slow('clock'), processor: slow('processor') }
}
