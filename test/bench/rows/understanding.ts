// Understanding and finding by meaning, over real texts: how many passages a second are cut, embedded and stored; how long a
// search by meaning takes; and how often it finds what comparing with every vector would find.
import { loadEmbedder } from '../../../electron/core/models/runtime/embedder.ts'
import { unit } from '../../../electron/core/models/runtime/vectors.ts'
import type { RunningProcess, StartProcess } from '../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../electron/core/processes.ts'
import { resource } from '../../../electron/core/resources.ts'
import { searchApi } from '../../../shared/api/search.ts'
import { openBenchLibrary } from '../bench-library.ts'
import { corpusTexts } from '../corpus-texts.ts'
import { copyToLaterDays } from '../filled-library.ts'
import type { Bench } from '../harness.ts'
import { scratch } from '../support.ts'
import { understandAll } from '../understood.ts'

const asNotes = (texts: readonly string[], from: number, days = 4000) =>
  texts.map((body, at) => ({
    same: `bench/${from + at}`,
    type: 'note' as const,
    title: '',
    body,
    source: 'bench',
    when: { day: new Date(Date.UTC(2015, 0, 1 + ((from + at) % days))).toISOString().slice(0, 10) },
  }))

async function filled(count: number, options: { readonly days?: number; readonly startProcess?: StartProcess } = {}) {
  const folder = scratch()
  const opened = await openBenchLibrary(folder.path, options.startProcess)
  const texts = corpusTexts(count)
  for (let from = 0; from < texts.length; from += 5000)
    await opened.add(asNotes(texts.slice(from, from + 5000), from, options.days))
  const close = async () => {
    await opened.close()
    folder.remove()
  }
  return { ...opened, texts, close }
}

const table = async () => (await loadEmbedder(resource('models/mindkeep-table'))).embedder
const size = 20_000

const understanding: Bench = {
  name: 'understanding',
  group: 'meaning',
  says: `passages a second, cut, embedded and stored (${size.toLocaleString('en')} items); baseline: the model alone`,
  unit: 'a second',
  better: 'higher',
  goal: 3000,
  judged: 'figure',
  rounds: 1,
  async open() {
    const opened = await filled(size)
    const embedder = await table()
    return {
      async figure() {
        const began = performance.now()
        await understandAll(opened)
        const passages = Number(opened.db.prepare('SELECT count(*) FROM passages').pluck().get())
        return passages / ((performance.now() - began) / 1000)
      },
      async baseline() {
        const began = performance.now()
        for (let from = 0; from < size; from += 32) await embedder.embed(opened.texts.slice(from, from + 32))
        return size / ((performance.now() - began) / 1000)
      },
      close: opened.close,
    }
  },
}

const many = 100_000
const asked = 200

/** Beginnings of sentences from here and there: nobody types more. */
const questionsOf = (texts: readonly string[]): string[] =>
  Array.from({ length: asked }, (_, at) =>
    (texts[at * 487] ?? '')
      .split(/\s+/u)
      .slice(0, 4 + (at % 5))
      .join(' '),
  )

interface Finding {
  readonly name: string
  readonly copies: number
  readonly goal: number
}

const finding = ({ name, copies, goal }: Finding): Bench => ({
  name,
  group: 'meaning',
  says: `p95 of a search by words and meaning over ${(many * copies).toLocaleString('en')} passages, with what is asked embedded; baseline: by words`,
  unit: 'ms',
  better: 'lower',
  goal,
  judged: 'figure',
  rounds: 3,
  async open() {
    const opened = await filled(many, { days: 4000 / copies })
    await understandAll(opened)
    if (copies > 1) {
      copyToLaterDays(opened, { added: many, count: many * copies })
      opened.search.meaning.end()
    }
    const queries = questionsOf(opened.texts).map((query) => searchApi['search.find'].input.parse({ query }))
    const p95 = async (find: (query: (typeof queries)[number]) => unknown) => {
      const took: number[] = []
      for (const query of queries) {
        const began = performance.now()
        await find(query)
        took.push(performance.now() - began)
      }
      return percentile(took, 0.95)
    }
    await p95(opened.search.find)
    return {
      figure: () => p95(opened.search.find),
      baseline: () => p95(opened.search.findWords),
      close: opened.close,
    }
  },
})

const percentile = (took: readonly number[], share: number): number =>
  took.toSorted((a, b) => a - b)[Math.floor(took.length * share)] ?? Number.NaN

/** How long whoever asks something small waits, while everything is being understood. */
const answering: Bench = {
  name: 'meaning-answering',
  group: 'meaning',
  says: `p99 of a turn of the core and one row from the vault while ${size.toLocaleString('en')} items are understood; baseline: the same at rest`,
  unit: 'ms',
  better: 'lower',
  goal: 50,
  judged: 'figure',
  rounds: 1,
  async open() {
    const opened = await filled(size)
    const waits = async (going: () => boolean) => {
      const took: number[] = []
      while (going()) {
        const began = performance.now()
        await new Promise((resolve) => setTimeout(resolve, 1))
        opened.db.prepare('SELECT value FROM settings WHERE key = ?').get('theme')
        took.push(performance.now() - began)
      }
      return percentile(took, 0.99)
    }
    return {
      async figure() {
        let understood = false
        const ended = understandAll(opened).then(() => (understood = true))
        const took = await waits(() => !understood)
        await ended
        return took
      },
      async baseline() {
        const until = performance.now() + 2000
        return waits(() => performance.now() < until)
      },
      close: opened.close,
    }
  },
}

const memory: Bench = {
  name: 'meaning-memory',
  group: 'meaning',
  says: `the most that the process of the model held while ${size.toLocaleString('en')} items were understood`,
  unit: 'MB',
  better: 'lower',
  goal: 500,
  judged: 'figure',
  rounds: 1,
  async open() {
    const running: RunningProcess[] = []
    const startProcess: StartProcess = (program, events) => {
      const started = startNodeProcess(program, events)
      running.push(started)
      return started
    }
    const opened = await filled(size, { startProcess })
    return {
      async figure() {
        let most = 0
        const state = { isOver: false }
        const ended = understandAll(opened).then(() => (state.isOver = true))
        while (!state.isOver) {
          most = Math.max(most, ...running.map((one) => one.memory() ?? 0))
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
        await ended
        return most / 1e6
      },
      close: opened.close,
    }
  },
}

const exactly: Bench = {
  name: 'meaning-recall',
  group: 'meaning',
  says: `of the ten that exact vectors say are nearest of ${many.toLocaleString('en')}, the share that is found`,
  unit: 'of 1',
  better: 'higher',
  goal: 0.98,
  judged: 'figure',
  rounds: 1,
  async open() {
    const opened = await filled(many)
    await understandAll(opened)
    const embedder = await table()
    const ids = opened.db.prepare('SELECT id FROM items ORDER BY id').pluck().all().map(Number)
    return {
      async figure() {
        const exact: Float32Array[] = []
        for (let from = 0; from < many; from += 100) {
          for (const one of await embedder.embed(opened.texts.slice(from, from + 100)))
            exact.push(unit(one) ?? new Float32Array(one.length))
        }
        let hits = 0
        let all = 0
        for (const question of questionsOf(opened.texts)) {
          const [vector] = await embedder.embed([question])
          const sought = vector === undefined ? null : unit(vector)
          const { meaning } = await opened.search.meaning.asked(question)
          if (sought === null || meaning === undefined) continue
          const cosines = exact.map((one) => one.reduce((sum, number, at) => sum + number * (sought[at] ?? 0), 0))
          // What is not near is not shown, however it ranks.
          const right = cosines
            .map((cosine, at) => ({ cosine, id: ids[at] ?? 0 }))
            .filter(({ cosine }) => cosine >= meaning.floor + 0.005)
            .toSorted((a, b) => b.cosine - a.cosine)
            .slice(0, 10)
          const found = new Set(meaning.nearest(12).map(({ item }) => item))
          hits += right.filter(({ id }) => found.has(id)).length
          all += right.length
        }
        return hits / all
      },
      close: opened.close,
    }
  },
}

export const meanings: readonly Bench[] = [
  understanding,
  answering,
  memory,
  finding({ name: 'meaning-search', copies: 1, goal: 50 }),
  finding({ name: 'meaning-million', copies: 10, goal: 250 }),
  exactly,
]
