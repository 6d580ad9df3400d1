// What is shown of an item that was found: its title, and the piece of its text that holds most of what was looked for, cut
// into what was found and what stands around it. Words are compared folded and shown as they were written.
import type { Hit } from '../../../shared/api/search.ts'
import { foldWord, unspaced } from './fold.ts'
import type { TextPart } from './parse.ts'

type Pieces = Hit['snippet']

/** A word, or a single sign of a script without spaces, with where it stands. */
interface Unit {
  readonly folded: string
  readonly start: number
  readonly end: number
}

/** What is looked for, in the same units. */
interface Sought {
  readonly units: readonly string[]
  readonly goesOn: boolean
}

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
// oxlint-disable-next-line no-misleading-character-class -- single signs are what is meant
const unitPattern = /[\p{L}\p{N}\p{M}\u00ad\u0640\u200d\u2060]+/gu
// oxlint-disable-next-line no-control-regex -- it is the definition of ASCII
const ascii = /^[\0-\x7f]*$/u

export function soughtIn(parts: readonly TextPart[]): Sought[] {
  return parts.flatMap(({ text, goesOn }) => {
    const units = unitsOf(text).map(({ folded }) => folded)
    return units.length === 0 ? [] : [{ units, goesOn }]
  })
}

export function unitsOf(text: string): Unit[] {
  return Array.from(text.matchAll(unitPattern)).flatMap(({ 0: run, index }) =>
    ascii.test(run) ? [{ folded: run.toLowerCase(), start: index, end: index + run.length }] : signBySign(run, index),
  )
}

function signBySign(run: string, offset: number): Unit[] {
  const units: Unit[] = []
  let word: Unit | undefined
  for (const { 0: sign, index } of run.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const start = offset + index
    const end = start + sign.length
    const folded = foldWord(sign)
    const standsAlone = folded.search(unspaced) === 0
    if (standsAlone) {
      if (word !== undefined) units.push(word)
      word = undefined
      units.push({ folded, start, end })
    } else word = { folded: (word?.folded ?? '') + folded, start: word?.start ?? start, end }
  }
  return word === undefined ? units : [...units, word]
}

interface Found {
  readonly start: number
  readonly end: number
  readonly which: number
}

function findAll(text: string, sought: readonly Sought[]): Found[] {
  const units = unitsOf(text)
  const found: Found[] = []
  for (const [from, first] of units.entries()) {
    for (const [which, { units: wanted, goesOn }] of sought.entries()) {
      const last = units[from + wanted.length - 1]
      if (last === undefined) continue
      const same = wanted.every((word, at) => {
        const unit = units[from + at]?.folded ?? ''
        return goesOn && at === wanted.length - 1 ? unit.startsWith(word) : unit === word
      })
      if (same) found.push({ start: first.start, end: last.end, which })
    }
  }
  return found
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

export function excerpt(text: string, sought: readonly Sought[], mayRead: number): Excerpt {
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
    .slice(0, shownLength * 2)
    .normalize('NFC')
    .replaceAll(unshowable, ' ')
  return { pieces: around(start, [], false, text.length > start.length), read: at }
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
