// The rows of the list, asked for a page at a time where they come into sight: of everything, or of what was found. While
// the first rows of a new question are on their way, those of the last one stay.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Output } from '../../../shared/api/api.ts'
import type { ItemFilter, ItemRow } from '../../../shared/api/items.ts'
import type { Hit } from '../../../shared/api/search.ts'
import type { ErrorShape } from '../../../shared/errors.ts'
import type { Sought } from '../../../shared/words.ts'
import { type Client, shapeOf, useClient } from '../../api.ts'
import { withoutMarks } from './withoutMarks.ts'

/** Listed or found: in what is only listed, nothing is marked. */
export interface Row extends Omit<Hit, 'score' | 'why'> {
  /** Why it was found; left out where it is only listed. */
  readonly by?: Hit['why']['by']
}

interface Page {
  readonly question: Question
  readonly rows: readonly Row[]
  readonly total: number
  readonly counted: boolean
  readonly instead: string | null
  readonly notUnderstood: readonly string[]
  readonly unmet: readonly string[]
  readonly meaning: Output<'search.find'>['meaning']
  /** How many hold all of the words, and how many come after these for what they say. */
  readonly withAll: number
  readonly others: number
  /** What was looked for in texts. */
  readonly sought: readonly Sought[]
}

export interface Question {
  readonly filter: ItemFilter
  readonly query: string
}

export interface Rows
  extends Pick<Page, 'counted' | 'instead' | 'notUnderstood' | 'unmet' | 'meaning' | 'withAll' | 'others'> {
  /** What these rows answer: the last question, while the one that is asked has no answer yet. */
  readonly question: Question
  /** The same in one word. */
  readonly of: string
  /** Null until the first answer. */
  readonly total: number | null
  readonly row: (index: number) => Row | undefined
  /** Where it stands, among the rows that are here. */
  readonly indexOf: (id: string) => number | null
  readonly onSight: (first: number, end: number) => void
  /** Both ends belong to it. None where they cannot be had. */
  readonly idsBetween: (first: number, last: number) => Promise<readonly string[]>
  /** Also of a row that is still on its way: who presses Enter on it means it. */
  readonly idAt: (index: number) => Promise<string | undefined>
  readonly error: ErrorShape | null
  readonly again: () => void
}

/** What a tall window shows: more would only keep the first of it waiting. */
const pageLength = 40
/** How deep what was found can be leafed through. */
const mostFound = 10_000

export function useRows({ filter, query }: Question): Rows {
  const question = { filter, query }
  const client = useClient()
  const [sight, setSight] = useState({ first: 0, end: 1 })
  const first = useQuery({ ...pageOf(client, question, 0), placeholderData: keepPreviousData })
  const answered = first.data?.question ?? question
  const wanted = pagesOf(sight.first, sight.end).filter((page) => page > 0)
  // Of the list that is shown: another one begins at its top.
  const further = useQueries({ queries: wanted.map((page) => pageOf(client, answered, page)) })
  const pages = new Map<number, Page | undefined>([
    [0, first.data],
    ...wanted.map((page, at) => [page, further[at]?.data] as const),
  ])
  const idsBetween = async (from: number, last: number): Promise<readonly string[]> => {
    const answers = pagesOf(from, last + 1).map(
      async (page) => pages.get(page) ?? askFor(client, answered, page * pageLength),
    )
    const found = await Promise.all(answers).catch(() => [])
    const skipped = Math.floor(from / pageLength) * pageLength
    return found.flatMap((page) => page.rows.map(({ id }) => id)).slice(from - skipped, last + 1 - skipped)
  }
  return {
    question: answered,
    of: JSON.stringify(answered),
    total: first.data?.total ?? null,
    counted: first.data?.counted ?? true,
    instead: first.data?.instead ?? null,
    notUnderstood: first.data?.notUnderstood ?? [],
    unmet: first.data?.unmet ?? [],
    meaning: first.data?.meaning ?? 'asked',
    withAll: first.data?.withAll ?? 0,
    others: first.data?.others ?? 0,
    row: (index) => pages.get(Math.floor(index / pageLength))?.rows[index % pageLength],
    indexOf: (id) => {
      for (const [page, found] of pages) {
        const at = found?.rows.findIndex((row) => row.id === id) ?? -1
        if (at >= 0) return page * pageLength + at
      }
      return null
    },
    onSight: (from, end) =>
      setSight((before) => (before.first === from && before.end === end ? before : { first: from, end })),
    idsBetween,
    idAt: async (index) => (await idsBetween(index, index))[0],
    error: first.data === undefined && first.error !== null ? shapeOf(first.error) : null,
    again: () => void first.refetch(),
  }
}

/** What is to be marked in an item that was found by this: known already where its rows are shown. */
export function useSought(question: Question): readonly Sought[] {
  const client = useClient()
  const first = useQuery({ ...pageOf(client, question, 0), enabled: question.query !== '' })
  return first.data?.sought ?? nothingSought
}

const nothingSought: readonly Sought[] = []

const pageOf = (client: Client, question: Question, page: number) => ({
  queryKey: keyOf(question, page * pageLength),
  queryFn: () => askFor(client, question, page * pageLength),
})

function pagesOf(first: number, end: number): readonly number[] {
  const from = Math.floor(first / pageLength)
  const to = Math.floor(Math.max(first, end - 1) / pageLength)
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

/** Begins like every answer of its method, so that a change of the library has it asked anew. */
const keyOf = ({ filter, query }: Question, offset: number): readonly unknown[] =>
  query === '' ? ['library.list', { filter, offset }, 'rows'] : ['search.find', { filter, query, offset }, 'rows']

async function askFor(client: Client, question: Question, offset: number): Promise<Page> {
  const { filter, query } = question
  if (query === '') {
    const { rows, total } = await client.call('library.list', { filter, offset, limit: pageLength })
    const said = { counted: true, instead: null, notUnderstood: [], unmet: [], meaning: 'asked' as const }
    const found = { withAll: 0, others: 0, sought: nothingSought }
    return { question, rows: rows.map((row) => read(unmarked(row))), total, ...said, ...found }
  }
  const { hits, total, ...said } = await client.call('search.find', { query, filter, offset, limit: pageLength })
  return {
    question,
    rows: hits.map((hit) => read({ ...hit, by: hit.why.by })),
    total: Math.min(total, mostFound + pageLength),
    ...said,
  }
}

const plain = (text: string): Row['snippet'] => (text === '' ? [] : [{ text, found: false }])

const unmarked = ({ title, excerpt, ...row }: ItemRow): Row => ({
  ...row,
  title: plain(title),
  snippet: plain(excerpt),
})

/** Notes are Markdown, which is read and not looked at here. */
const read = (row: Row): Row => (row.type === 'note' ? { ...row, snippet: withoutMarks(row.snippet, row.title) } : row)
