// How well search finds what people judged to be an answer: by words and meaning together, against words alone. The judged
// collections lie beside the repository, in shared/eval; nothing of ours was trained on them.
import type { NewItem } from '../../../electron/core/library/library.ts'
import { searchApi } from '../../../shared/api/search.ts'
import { openBenchLibrary } from '../bench-library.ts'
import { type Collection, collections, hasCollections, ndcg } from '../collections.ts'
import type { Bench } from '../harness.ts'
import { scratch } from '../support.ts'
import { understandAll } from '../understood.ts'

type Name = keyof typeof collections
type Leg = 'words' | 'meaning' | 'both'

const goals: Readonly<Record<Name, number>> = { cranfield: 0.391, med: 0.719, npl: 0.444 }
/** No question is longer. */
const longestQuery = 1000

const retrieval = (name: Name): Bench => ({
  name: `retrieval-${name}`,
  group: 'retrieval',
  says: `nDCG@10 on ${name}, by words and meaning; baseline: by words alone`,
  unit: 'nDCG',
  better: 'higher',
  goal: goals[name],
  judged: 'figure',
  rounds: 1,
  async open() {
    if (!hasCollections()) throw new Error('shared/eval does not lie beside the repository')
    const folder = scratch()
    const opened = await openBenchLibrary(folder.path)
    const collection = collections[name]()
    await opened.add(itemsOf(collection))
    await understandAll(opened)
    const found = await ask(opened, collection)
    console.error(`${name}: words ${found('words')}, meaning ${found('meaning')}, both ${found('both')}`)
    return {
      figure: async () => found('both'),
      baseline: async () => found('words'),
      async close() {
        await opened.close()
        folder.remove()
      },
    }
  },
})

const itemsOf = ({ texts }: Collection): NewItem[] =>
  [...texts].map(([number, { title, body }]) => ({
    same: number,
    type: 'document',
    title,
    body,
    source: 'bench',
    when: undefined,
  }))

async function ask({ search, db }: Awaited<ReturnType<typeof openBenchLibrary>>, { texts, questions }: Collection) {
  // They came in in their order.
  const rows = db.prepare('SELECT id, lower(hex(uid)) AS uid FROM items ORDER BY id').all() as {
    readonly id: number
    readonly uid: string
  }[]
  const names = [...texts.keys()]
  const byUid = new Map(rows.map(({ uid }, at) => [uid, names[at] ?? '']))
  const byId = new Map(rows.map(({ id }, at) => [id, names[at] ?? '']))
  const scores: Record<Leg, number[]> = { words: [], meaning: [], both: [] }
  for (const { asks, answeredBy } of questions) {
    const query = searchApi['search.find'].input.parse({ query: asks.slice(0, longestQuery), limit: 10 })
    const namesOf = (hits: readonly { readonly id: string }[]) => hits.map(({ id }) => byUid.get(id) ?? '')
    scores.words.push(ndcg(namesOf(search.findWords(query).hits), answeredBy))
    scores.both.push(ndcg(namesOf((await search.find(query)).hits), answeredBy))
    const { meaning } = await search.meaning.asked(search.meant(query.query))
    const near = [...(meaning?.of(new Set(byId.keys())).values() ?? [])].toSorted((a, b) => b.cosine - a.cosine)
    scores.meaning.push(
      ndcg(
        near.slice(0, 10).map(({ item }) => byId.get(item) ?? ''),
        answeredBy,
      ),
    )
  }
  return (leg: Leg) => scores[leg].reduce((sum, one) => sum + one, 0) / scores[leg].length
}

export const retrievals: readonly Bench[] = (['cranfield', 'med', 'npl'] as const).map(retrieval)
