// Collections of texts with questions, and for each question the texts that people judged to answer it. Written by others and
// for measuring alone: they lie beside the repository, in shared/eval, and nothing of ours is trained on them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root } from './support.ts'

export interface Collection {
  readonly texts: ReadonlyMap<string, { readonly title: string; readonly body: string }>
  readonly questions: readonly { readonly asks: string; readonly answeredBy: ReadonlySet<string> }[]
}

const folder = join(root, '../shared/eval/ir')

export const hasCollections = (): boolean => existsSync(folder)

const text = (path: string): string => {
  const bytes = readFileSync(join(folder, path))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
}

/** The format of the SMART collections: `.I` number, then fields under a letter each. */
function smart(path: string): { readonly number: string; readonly fields: ReadonlyMap<string, string> }[] {
  return text(path)
    .split(/^\.I /mu)
    .slice(1)
    .map((part) => {
      const [number = '', ...lines] = part.split('\n')
      const fields = new Map<string, string>()
      let field = ''
      for (const line of lines) {
        const begins = /^\.([A-Z])\s*$/u.exec(line)?.[1]
        if (begins !== undefined) field = begins
        else fields.set(field, `${fields.get(field) ?? ''}${line}\n`)
      }
      return { number: number.trim(), fields }
    })
}

const smartTexts = (path: string): Collection['texts'] =>
  new Map(
    smart(path).map(({ number, fields }) => {
      const title = (fields.get('T') ?? '').replaceAll(/\s+/gu, ' ').trim()
      const body = (fields.get('W') ?? '').trim()
      return [number, { title, body }]
    }),
  )

/** Numbered blocks that end in a slash. */
const blocks = (path: string): Map<string, string> =>
  new Map(
    text(path)
      .split(/^\s*\/\s*$/mu)
      .flatMap((part) => {
        const [number = '', ...lines] = part.trim().split('\n')
        return /^\d+$/u.test(number.trim()) ? [[number.trim(), lines.join('\n').trim()] as const] : []
      }),
  )

function answers(lines: readonly string[], of: (columns: readonly string[]) => readonly [string, string]) {
  const found = new Map<string, Set<string>>()
  for (const line of lines) {
    const [question, answer] = of(line.trim().split(/\s+/u))
    if (answer === '') continue
    found.set(question, (found.get(question) ?? new Set()).add(answer))
  }
  return found
}

const asked = (questions: ReadonlyMap<string, string>, found: ReadonlyMap<string, Set<string>>) =>
  [...questions].flatMap(([number, asks]) => {
    const answeredBy = found.get(number)
    return answeredBy === undefined ? [] : [{ asks: asks.replaceAll(/\s+/gu, ' ').trim(), answeredBy }]
  })

export const collections: Readonly<Record<'cranfield' | 'med' | 'npl', () => Collection>> = {
  cranfield() {
    // The judgements count the questions in their order; the questions' own numbers have gaps.
    const questions = new Map(
      smart('cran/cran.qry').map(({ fields }, at) => [String(at + 1), fields.get('W') ?? ''] as const),
    )
    const judged = text('cran/cranqrel')
      .split('\n')
      .filter((line) => Number(line.trim().split(/\s+/u)[2]) > 0)
    const found = answers(judged, ([question = '', answer = '']) => [question, answer])
    return { texts: smartTexts('cran/cran.all.1400.gz'), questions: asked(questions, found) }
  },
  med() {
    const questions = new Map(
      smart('med/MED.QRY').map(({ number, fields }) => [number, fields.get('W') ?? ''] as const),
    )
    const found = answers(text('med/MED.REL').split('\n'), ([question = '', , answer = '']) => [question, answer])
    return { texts: smartTexts('med/MED.ALL.gz'), questions: asked(questions, found) }
  },
  npl() {
    const texts = new Map(
      [...blocks('npl/doc-text.gz')].map(([number, body]) => [number, { title: '', body }] as const),
    )
    const found = new Map(
      [...blocks('npl/rlv-ass')].map(([question, list]) => [question, new Set(list.split(/\s+/u))] as const),
    )
    // Written in capitals.
    const questions = new Map(
      [...blocks('npl/query-text')].map(([number, asks]) => [number, asks.toLowerCase()] as const),
    )
    return { texts, questions: asked(questions, found) }
  },
}

/** nDCG over the first ten, each text being an answer or none. */
export function ndcg(ranked: readonly string[], answeredBy: ReadonlySet<string>): number {
  const gain = (isAnswer: boolean, at: number) => (isAnswer ? 1 / Math.log2(at + 2) : 0)
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
  const ideal = sum(Array.from({ length: Math.min(10, answeredBy.size) }, (_, at) => gain(true, at)))
  return sum(ranked.slice(0, 10).map((one, at) => gain(answeredBy.has(one), at))) / ideal
}
