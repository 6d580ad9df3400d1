// What was typed, as parts: words and "phrases" to find or, behind a minus, to leave out, and filters such as from:ada. It
// never refuses: what it cannot make sense of is said back, and the rest is looked for.
import { type ItemType, itemTypes, levels, type Level } from '../../../shared/api/items.ts'
import { foldWord } from '../../../shared/words.ts'
import { readDate, type Span } from './dates.ts'

export interface TextPart {
  readonly is: 'text'
  readonly text: string
  /** The word may go on: it is being typed, or ends in an asterisk. */
  readonly goesOn: boolean
  /** In quotes, letter for letter: nothing about it is forgiven. */
  readonly exact: boolean
}

export type FilterPart =
  | {
      readonly is: 'person'
      readonly role: 'from' | 'to' | 'with' | 'about' | 'any'
      readonly who: string
      readonly goesOn: boolean
    }
  | { readonly is: 'type'; readonly type: ItemType }
  | { readonly is: 'source'; readonly source: string }
  | { readonly is: 'tag'; readonly tag: string }
  | { readonly is: 'level'; readonly level: Level }
  | { readonly is: 'before' | 'after' | 'on'; readonly span: Span }

export type Part = (TextPart | FilterPart) & {
  readonly not: boolean
  /** Where it stands in what was typed, and how it reads there. */
  readonly start: number
  readonly typed: string
}

export interface Parsed {
  readonly parts: readonly Part[]
  readonly notUnderstood: readonly string[]
}

interface Token {
  readonly start: number
  readonly typed: string
  readonly not: boolean
  readonly name: string | null
  readonly value: string
  readonly quoted: boolean
}

const quotes = '"\u201c\u201d\u201e\u00ab\u00bb'
const pattern = new RegExp(
  `(?<not>-?)(?:(?<name>\\p{L}+):(?=\\S))?(?:[${quotes}](?<inQuotes>[^${quotes}]*)(?:[${quotes}]|$)|(?<bare>[^\\s${quotes}]+))`,
  'gu',
)

const roleOf: Readonly<Record<string, Extract<FilterPart, { is: 'person' }>['role']>> = {
  from: 'from',
  to: 'to',
  with: 'with',
  about: 'about',
  person: 'any',
  people: 'any',
}
const dateNames = ['before', 'after', 'on'] as const
const names = new Set([...Object.keys(roleOf), ...dateNames, 'type', 'in', 'source', 'tag', 'level'])

const otherTypeNames: ReadonlyMap<string, ItemType> = new Map(
  Object.entries<ItemType>({
    email: 'mail',
    chat: 'message',
    pdf: 'document',
    picture: 'photo',
    payment: 'transaction',
  }),
)

export function parse(query: string, today: string): Parsed {
  const tokens = tokensOf(query)
  const parts: Part[] = []
  const notUnderstood: string[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) break
    const isLast = index === tokens.length - 1
    const at = { not: token.not, start: token.start, typed: token.typed }
    if (token.name === null) {
      parts.push({ ...at, ...textOf(token, isLast && !/\s$/u.test(query)) })
      continue
    }
    const dated = dateNames.find((name) => name === token.name)
    if (dated === undefined) {
      const filter = filterOf(token, isLast && !/\s$/u.test(query))
      if (filter === undefined) notUnderstood.push(token.typed)
      else parts.push({ ...at, ...filter })
      continue
    }
    const { span, taken } = spanAt(tokens, index, today)
    index += taken
    const typed = tokens
      .slice(index - taken, index + 1)
      .map((one) => one.typed)
      .join(' ')
    if (span === undefined) notUnderstood.push(typed)
    else parts.push({ ...at, typed, is: dated, span })
  }
  return { parts, notUnderstood }
}

function tokensOf(query: string): Token[] {
  return Array.from(query.matchAll(pattern), ({ index, 0: typed, groups = {} }) => {
    const { not, name, inQuotes, bare } = groups
    const known = name === undefined ? undefined : names.has(name.toLowerCase()) ? name.toLowerCase() : undefined
    const value = inQuotes ?? bare ?? ''
    return {
      start: index,
      typed,
      not: not === '-',
      name: known ?? null,
      // A colon that is no filter's belongs to the text.
      value: known === undefined && name !== undefined ? `${name}:${value}` : value,
      quoted: inQuotes !== undefined,
    }
  })
}

const textOf = ({ value, quoted }: Token, typing: boolean): TextPart => ({
  is: 'text',
  text: value,
  goesOn: !quoted && (typing || value.endsWith('*')),
  exact: quoted,
})

function filterOf({ name, value, quoted }: Token, typing: boolean): FilterPart | undefined {
  const role = name === null ? undefined : roleOf[name]
  if (role !== undefined) {
    const sayable = /[\p{L}\p{N}]/u.test(value)
    return sayable ? { is: 'person', role, who: value, goesOn: !quoted && (typing || value.endsWith('*')) } : undefined
  }
  const said = foldWord(value).trim()
  if (name === 'type') {
    const type =
      itemTypes.find((one) => said === one || said === `${one}s`) ?? otherTypeNames.get(said.replace(/s$/u, ''))
    return type === undefined ? undefined : { is: 'type', type }
  }
  if (name === 'level') {
    const level = levels.find((one) => said === one)
    return level === undefined ? undefined : { is: 'level', level }
  }
  if (name === 'tag') return { is: 'tag', tag: value.replace(/^#/u, '') }
  return { is: 'source', source: value.toLowerCase() }
}

/** A date may be several words without quotes, `before:march 2025`: as many as make one. */
function spanAt(tokens: readonly Token[], index: number, today: string) {
  const [first, ...after] = tokens.slice(index, index + 3)
  const follow = first?.quoted === true ? [] : after
  const ends = follow.findIndex((token) => token.name !== null || token.quoted || token.not)
  const words = ends === -1 ? follow : follow.slice(0, ends)
  for (let taken = words.length; taken >= 0; taken -= 1) {
    const text = [first, ...words.slice(0, taken)].map((token) => token?.value ?? '').join(' ')
    const span = readDate(text, today)
    if (span !== undefined) return { span, taken }
  }
  return { span: undefined, taken: 0 }
}
