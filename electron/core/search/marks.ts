// What the index knows of an item besides its text, as words that nobody can type: each begins with a private sign, and the
// fold leaves none of these in a text. With them a filter is one more word to look up, however rare or common it is.
import type { roles } from '../../../shared/api/items.ts'
import { fold, wordPattern } from './fold.ts'

type Role = (typeof roles)[number]

const signs = {
  everything: '\ue000',
  type: '\ue001',
  source: '\ue002',
  person: '\ue003',
  from: '\ue004',
  to: '\ue005',
  with: '\ue006',
  about: '\ue007',
  between: '\ue008',
} as const

/** A filter may hold signs that would end a word; these go in by number. */
const oneWord = (text: string): string =>
  text.replaceAll(/[^a-z0-9]/gu, (sign) => `\ue009${(sign.codePointAt(0) ?? 0).toString(36)}\ue009`)

/** Every item has it: what is looked for by filters alone, or by what it does not say, is looked for among these. */
export const everything = signs.everything
export const typeMark = (type: string): string => signs.type + oneWord(type)
export const sourceMark = (source: string): string => signs.source + oneWord(source)
export const personMark = (id: number): string => signs.person + String(id)

/** The words of a person in their part: `from` Ada Lovelace is two words that stand side by side. */
export const roleMarks = (role: Role, words: readonly string[]): string[] => words.map((word) => signs[role] + word)

const wordsOf = (name: string): string[] => fold(name).match(wordPattern) ?? []

interface Named {
  readonly id: number
  readonly role: Role
  readonly called: readonly string[]
}

export const marksOfPerson = ({ id, role, called }: Named): string =>
  [personMark(id), ...called.flatMap((name) => [signs.between, ...roleMarks(role, wordsOf(name))])].join(' ')

interface Marked {
  readonly type: string
  readonly source: string
  /** Their own marks. */
  readonly people: readonly string[]
}

export const marksOf = ({ type, source, people }: Marked): string =>
  [everything, typeMark(type), sourceMark(source), ...people].join(' ')
