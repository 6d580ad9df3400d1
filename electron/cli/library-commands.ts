// `items`, `show`, `search` and `timeline`: the library, read from a terminal.
import type { z } from 'zod'
import { day, type ItemRow, itemFilter, itemId } from '../../shared/api/items.ts'
import { type Item, libraryApi, zooms } from '../../shared/api/library.ts'
import type { Output } from '../../shared/api/api.ts'
import { searchApi, type snippet as pieces } from '../../shared/api/search.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import { withOpenVault } from './open-vault.ts'
import { importText, oneLine } from './printable.ts'
import { UsageError } from './usage-error.ts'

export const mostOf = ({ maxValue }: z.ZodInt): number => maxValue ?? Number.MAX_SAFE_INTEGER
const { limit: rowLimit, offset: rowOffset } = libraryApi['library.list'].input.shape
const { limit: hitLimit, offset: hitOffset } = searchApi['search.find'].input.shape
const mostListed = { limit: mostOf(rowLimit.unwrap()), offset: mostOf(rowOffset.unwrap()) }
const mostFound = { limit: mostOf(hitLimit.unwrap()), offset: mostOf(hitOffset.unwrap()) }

export const items: Command = {
  summary: 'list what is in the library, the newest first',
  operands: '',
  mostOperands: 0,
  options: ['type', 'tag', 'from', 'to', 'trashed', 'limit', 'offset'],
  help: [
    `--limit is 60 unless it is given, and ${mostListed.limit} at most; --offset goes on from there.`,
    'As JSON: { rows, total }.',
  ],
  run: (context) => {
    const page = {
      filter: filterOf(context),
      offset: countOf(context, 'offset', { usual: 0, most: mostListed.offset }),
      limit: countOf(context, 'limit', { usual: 60, most: mostListed.limit }),
    }
    return withOpenVault(context, async (core) => {
      const found = await core.ask('library.list', page)
      const left = found.total - page.offset - found.rows.length
      const more = left > 0 ? [`… and ${left} more (--offset ${page.offset + found.rows.length})`] : []
      const none = found.total === 0 ? ['Nothing is here.'] : []
      await context.output.print({ value: found, text: [...found.rows.map(rowLine), ...more, ...none].join('\n') })
      return exitStatus.done
    })
  },
}

const rowLine = ({ title, excerpt, ...row }: ItemRow) =>
  lineOf(row, excerpt === '' || excerpt === title ? titleLine(title) : `${titleLine(title)} · ${oneLine(excerpt)}`)

type Listed = Pick<ItemRow, 'id' | 'type' | 'day' | 'timing' | 'trashedAt'>

function lineOf({ id, type, day: on, timing, trashedAt }: Listed, told: string): string {
  const state = trashedAt === null ? [] : ['(in the Trash)']
  return [id, timing === 'none' ? ' '.repeat(10) : on, type.padEnd(12), told.slice(0, longestLine), ...state].join('  ')
}

/** Of what is said of one item. */
const longestLine = 100

export const titleLine = (title: string) => oneLine(title) || '(no title)'

export const show: Command = {
  summary: 'show one item',
  operands: 'ID',
  mostOperands: 1,
  options: [],
  help: ['The ID is the one that "items" and "search" print. As JSON: the item as library.get answers it.'],
  run: (context) => {
    const id = idIn(context)
    return withOpenVault(context, async (core) => {
      const item = await core.ask('library.get', { id })
      await context.output.print({ value: item, text: describe(item) })
      return exitStatus.done
    })
  },
}

function describe(item: Item): string {
  const time = { moment: item.at, day: item.day, none: '' }[item.timing]
  const from = item.origin === null ? 'written here' : `${importText(item.origin.importName)}: ${item.origin.path}`
  const facts = Object.entries(item.facts).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  )
  const rows = [
    ['Type', item.type],
    ['Time', item.endsAt === null ? time : `${time} – ${item.endsAt}`],
    ['People', item.people.map(({ name, role }) => `${name} (${role})`).join(', ')],
    ['Tags', item.tags.join(', ')],
    ['In', item.collections.map(({ name }) => name).join(', ')],
    ['Files', item.attachments.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(', ')],
    ['Leads to', item.links.map(({ title, item: to }) => `${title} (${to})`).join(', ')],
    ['Led to by', item.linkedFrom.map(({ title, item: by }) => `${title} (${by})`).join(', ')],
    ['Level', item.level],
    ['From', from],
    ['Trash', item.trashedAt ?? ''],
    ...facts,
  ] as const
  const told = rows.filter(([, value]) => value !== '').map(([name, value]) => `${name.padEnd(10)} ${value}`)
  return [titleLine(item.title), ...told.map(oneLine), ...(item.body === '' ? [] : ['', item.body])].join('\n')
}

export const search: Command = {
  summary: 'find items by words, by what they mean, by "phrases", from: to: type: tag: before: after:',
  operands: 'QUERY',
  mostOperands: 1,
  options: ['type', 'tag', 'from', 'to', 'limit', 'offset'],
  help: [
    `--limit is 30 unless it is given, and ${mostFound.limit} at most; --offset goes on from there.`,
    'As JSON: { hits: [{ …, snippet, score, why }], understood: { query, ignored }, total }, a hit being a row of "items"',
    'with a snippet in place of the excerpt.',
    'What holds all words stands first; then what holds some, or says the same in other words (why.by is words, meaning or both).',
    'A query that finds nothing as it was typed is tried with one letter put right; understood.query says how.',
  ],
  run: (context) => {
    const [query] = context.operands
    if (query === undefined) throw new UsageError('Say what to look for: mindkeep search QUERY.')
    const page = {
      filter: filterOf(context),
      offset: countOf(context, 'offset', { usual: 0, most: mostFound.offset }),
      limit: countOf(context, 'limit', { usual: 30, most: mostFound.limit }),
    }
    return withOpenVault(context, async (core) => {
      const found = await core.ask('search.find', { query, ...page })
      const understood = { query: found.instead ?? query, ignored: found.notUnderstood }
      const hits = found.hits.map(({ title, snippet, ...hit }) => ({
        ...hit,
        title: textOf(title),
        snippet: textOf(snippet),
      }))
      await context.output.print({
        value: { hits, understood, total: found.total },
        text: found.total === 0 ? nothingLines(found) : hitLines(query, page.offset, found),
      })
      return exitStatus.done
    })
  },
}

const textOf = (snippet: z.infer<typeof pieces>) => snippet.map(({ text }) => text).join('')

const leftOut = (part: string) => `Not understood and left out: ${part}`

function nothingLines({ notUnderstood, unmet }: Output<'search.find'>): string {
  const why = unmet.map((part) => `Nothing in the vault fits ${part}.`)
  return ['Nothing was found.', ...why, ...notUnderstood.map(leftOut)].map(oneLine).join('\n')
}

function hitLines(
  query: string,
  before: number,
  { hits, total, counted, instead, notUnderstood }: Output<'search.find'>,
): string {
  const span = before === 0 ? `the first ${hits.length}` : `numbers ${before + 1} to ${before + hits.length}`
  const shown = hits.length === 0 ? `none beyond the first ${before}` : span
  const head = [
    ...(instead === null ? [] : [`Nothing was found for ${query}; this is for ${instead}.`]),
    ...notUnderstood.map(leftOut),
    `${total}${counted ? '' : '+'} found${hits.length < total ? `, ${shown}` : ''}:`,
  ]
  const lines = hits.flatMap(({ title, snippet, ...hit }) => [
    lineOf(hit, `${titleLine(textOf(title))}${hit.why.by === 'meaning' ? ' (found by meaning)' : ''}`),
    `    ${oneLine(textOf(snippet).replaceAll(/\s+/g, ' '))}`,
  ])
  return [...head.map(oneLine), ...lines].join('\n')
}

export const timeline: Command = {
  summary: 'count what is in the library by decade, year, month, day or hour',
  operands: '',
  mostOperands: 0,
  options: ['zoom', 'type', 'tag', 'from', 'to'],
  help: ['As JSON: { buckets: [{ start, count, types }], undated }.'],
  run: (context) => {
    const { filter, from, to } = splitDays(filterOf(context))
    const zoom = oneOf(zooms, context.values.zoom ?? 'month', '--zoom')
    return withOpenVault(context, async (core) => {
      const found = await core.ask('library.timeline', { zoom, filter, ...from, ...to })
      const lines = found.buckets.map(({ start, count, types }) => {
        const parts = Object.entries(types).map(([type, number]) => `${type} ${number}`)
        return `${start}  ${String(count).padStart(7)}  ${parts.join(', ')}`
      })
      const undated = found.undated > 0 ? [`without a date  ${found.undated}`] : []
      const none = lines.length + undated.length === 0 ? ['Nothing is here.'] : []
      await context.output.print({ value: found, text: [...lines, ...undated, ...none].join('\n') })
      return exitStatus.done
    })
  },
}

function splitDays({ from, to, ...filter }: z.infer<typeof itemFilter>) {
  return { filter, from: from === undefined ? {} : { from }, to: to === undefined ? {} : { to } }
}

export function idIn({ operands: [given = ''] }: Context): string {
  const { success, data } = itemId.safeParse(given)
  if (!success) throw new UsageError('Name an item by its ID: the 32 letters and digits that "mindkeep items" prints.')
  return data
}

function filterOf({ values: { type, tag, from, to, trashed } }: Context): z.infer<typeof itemFilter> {
  for (const [option, given] of [
    ['--from', from],
    ['--to', to],
  ] as const) {
    if (given !== undefined && !day.safeParse(given).success) {
      throw new UsageError(`${option} needs a day such as 2026-03-31.`, { option })
    }
  }
  const { success, data } = itemFilter.safeParse({
    ...(type !== undefined && { types: [oneOf(typeNames, type, '--type')] }),
    ...(tag !== undefined && { tags: [tag.replace(/^#/, '')] }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(trashed === true && { trashed: true }),
  })
  if (!success) throw new UsageError('A tag has neither commas nor quotation marks in it.', { option: '--tag' })
  return data
}

const typeNames = itemFilter.shape.types.unwrap().element.options

function oneOf<T extends string>(known: readonly T[], given: string, option: string): T {
  const found = known.find((one) => one === given)
  if (found === undefined) throw new UsageError(`${option} is one of: ${known.join(', ')}.`, { option })
  return found
}

export function countOf(
  { values }: Context,
  option: 'limit' | 'offset',
  { usual, most }: { readonly usual: number; readonly most: number },
): number {
  const given = values[option] ?? String(usual)
  if (!/^\d{1,9}$/.test(given) || Number(given) > most || (option === 'limit' && Number(given) === 0)) {
    throw new UsageError(`--${option} needs a whole number up to ${most}.`, { option: `--${option}` })
  }
  return Number(given)
}
