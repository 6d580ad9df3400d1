// What is shown of an item that was found: its title, and the piece of its text that holds most of what was looked for, cut
// into what was found and what stands around it. Words are compared folded and shown as they were written.
import type { Hit } from '../../../shared/api/search.ts'
import { type Found, type Sought, findAll, unitsOf } from '../../../shared/words.ts'
import type { TextPart } from './parse.ts'

type Pieces = Hit['snippet']

const shownLength = 200
const before = 40
/** What stands in front of the first find: little, since a narrow line shows no more than its beginning. */
const lead = 24
/** How much of a long text is read at a time, and of all texts of one answer together. */
const readAtOnce = 8000
export const readInAll = 400_000

// Direction marks would be cut off from what they end with.
// oxlint-disable-next-line no-control-regex -- control characters have no business in one line
const unshowable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu
export function soughtIn(parts: readonly TextPart[]): Sought[] {
  return parts.flatMap(({ text, goesOn }) => {
    const words = unitsOf(text).map(({ folded }) => folded)
    return words.length === 0 ? [] : [{ words, goesOn }]
  })
}

/** The whole of a short text. */
export const marked = (text: string, sought: readonly Sought[]): Pieces => {
  const shown = text.normalize('NFC').replaceAll(unshowable, ' ')
  return pieces(shown, findAll(shown, sought))
}

export interface Excerpt {
  readonly pieces: Pieces
  /** How much of the text was read for it. */
  readonly read: number
}

/** Where none of the words stands in it, what is shown begins at `otherwise`. */
export function excerpt(text: string, sought: readonly Sought[], mayRead: number, otherwise = 0): Excerpt {
  let at = 0
  while (at < text.length && at < mayRead) {
    // A little of the last piece again, for what lies across its end.
    const from = Math.max(0, at - before * 2)
    const part = text
      .slice(from, at + readAtOnce)
      .normalize('NFC')
      .replaceAll(unshowable, ' ')
    const found = findAll(part, sought)
    at += readAtOnce
    if (found.length === 0) continue
    return { pieces: around(part, found, from > 0, at < text.length), read: at }
  }
  const start = text
    .slice(otherwise, otherwise + shownLength * 2)
    .normalize('NFC')
    .replaceAll(unshowable, ' ')
  return { pieces: around(start, [], otherwise > 0, text.length > otherwise + shownLength * 2), read: at }
}

/** The stretch that holds most different things that were looked for; of several, the first. */
function around(text: string, found: readonly Found[], follows: boolean, goesOn: boolean): Pieces {
  const different = (from: number) =>
    new Set(
      found.filter(({ start, end }) => start >= from && end <= from + shownLength - lead).map(({ which }) => which),
    ).size
  const best = found
    .slice(0, 50)
    .map(({ start }) => ({ start, count: different(start) }))
    .reduce((a, b) => (b.count > a.count ? b : a), { start: 0, count: 0 })
  const from = startOfWord(text, Math.max(0, best.start - lead), best.start)
  const to = atBreak(text, Math.min(text.length, from + shownLength))
  const shown = text.slice(from, to)
  const inside = found
    .filter(({ start, end }) => start >= from && end <= to)
    .map((one) => ({ ...one, start: one.start - from, end: one.end - from }))
  const around = pieces(shown, inside)
  const dots = { text: '…', found: false }
  return [...(from > 0 || follows ? [dots] : []), ...around, ...(to < text.length || goesOn ? [dots] : [])]
}

/** Where the first word after `wanted` begins, or where there are no spaces, `wanted`; never within a sign. */
function startOfWord(text: string, wanted: number, latest: number): number {
  if (wanted === 0) return 0
  for (let at = wanted; at < latest; at += 1) if (/\s/u.test(text[at - 1] ?? '')) return at
  let at = wanted
  while (at < latest && /[\p{M}\udc00-\udfff]/u.test(text[at] ?? '')) at += 1
  return at
}

/** The end of a word at or shortly before `wanted`, so that none is cut in two; never within a sign. */
function atBreak(text: string, wanted: number): number {
  if (wanted === 0 || wanted >= text.length) return Math.min(wanted, text.length)
  for (let at = wanted; at > 0 && at > wanted - before; at -= 1) if (/\s/u.test(text[at - 1] ?? '')) return at
  let at = wanted
  while (at > 0 && /[\p{M}\udc00-\udfff]/u.test(text[at] ?? '')) at -= 1
  return at
}

/** Overlapping finds are one. */
function pieces(text: string, found: readonly Found[]): Pieces {
  const made: { text: string; found: boolean }[] = []
  let at = 0
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue
    const from = Math.max(start, at)
    if (from > at) made.push({ text: text.slice(at, from), found: false })
    const last = made.at(-1)
    if (last?.found === true && from === at) last.text += text.slice(from, end)
    else made.push({ text: text.slice(from, end), found: true })
    at = end
  }
  if (at < text.length) made.push({ text: text.slice(at), found: false })
  return made
    .map((piece) => ({ ...piece, text: piece.text.replaceAll(/\s+/gu, ' ') }))
    .filter(({ text: left }) => left !== '')
}
