// Cuts a text into passages by its structure: a section under a heading is never mixed with another, and a long one is cut
// where a paragraph or a sentence ends. Neighbours in a section share a little, so that what stands across a cut is found.

export interface Passage {
  /** Where in the text it stands, in UTF-16 units. */
  readonly starts: number
  readonly ends: number
  /** The headings above it, the outermost first. */
  readonly under: readonly string[]
}

/** So many words make a passage, … */
const wanted = 180
/** … or a few more, where otherwise little would be left over. */
const most = 220
/** No cut before this many, however well it would fall. */
const least = 120
const shared = 27
/** Longer runs without a space are no words: scripts without spaces, addresses, data. They count by their length. */
const longestWord = 32

interface Word {
  readonly starts: number
  readonly ends: number
  /** How well a cut after it falls: a paragraph ends, a sentence, a line, or nothing. */
  readonly fits: 3 | 2 | 1 | 0
}

interface Section {
  readonly under: readonly string[]
  readonly starts: number
  readonly ends: number
}

const heading = /^(#{1,6})[ \t]+(\S.*)$/gmu

export function* passagesOf(text: string): Generator<Passage> {
  for (const { under, starts, ends } of sectionsOf(text)) {
    const words = wordsOf(text, starts, ends)
    for (let first = 0; first < words.length; ) {
      const after = cutAfter(words, first)
      yield { starts: words[first]?.starts ?? starts, ends: words[after - 1]?.ends ?? ends, under }
      first = after === words.length ? after : goOnAt(words, first, after)
    }
  }
}

function* sectionsOf(text: string): Generator<Section> {
  let path: string[] = []
  let starts = 0
  for (const { 0: line, 1: signs = '', 2: title = '', index } of text.matchAll(heading)) {
    yield { under: path, starts, ends: index }
    const level = signs.length
    path = [...path.slice(0, level - 1), title.replace(/[ \t]+#+[ \t]*$/u, '').slice(0, 200)]
    starts = index + line.length
  }
  yield { under: path, starts, ends: text.length }
}

function wordsOf(text: string, from: number, to: number): Word[] {
  const words: Word[] = []
  const run = /\S+/gu
  run.lastIndex = from
  for (let found = run.exec(text); found !== null && found.index < to; found = run.exec(text)) {
    const ends = Math.min(found.index + found[0].length, to)
    for (let at = found.index; at < ends; ) {
      const next = wholeSign(text, Math.min(ends, at + longestWord))
      words.push({ starts: at, ends: next, fits: next < ends ? 0 : fitOf(text, found[0], next) })
      at = next
    }
  }
  return words
}

/** Never within a pair of surrogates. */
const wholeSign = (text: string, at: number): number => (/[\udc00-\udfff]/u.test(text[at] ?? '') ? at + 1 : at)

function fitOf(text: string, word: string, ends: number): Word['fits'] {
  const gap = text.slice(ends, ends + 4)
  if (/^[ \t]*\r?\n[ \t]*\r?\n/u.test(gap)) return 3
  if (/[.!?…。！？]["'”’)\]]*$/u.test(word)) return 2
  return /^[ \t]*\r?\n/u.test(gap) ? 1 : 0
}

/** The first word after the passage. */
function cutAfter(words: readonly Word[], first: number): number {
  if (words.length - first <= most) return words.length
  let best = first + wanted
  let fit = -1
  for (let after = first + least; after <= first + wanted; after += 1) {
    const fits = words[after - 1]?.fits ?? 0
    if (fits >= fit) [best, fit] = [after, fits]
  }
  return best
}

/** Where the next one begins: a little before the cut, at the beginning of a sentence where there is one. */
function goOnAt(words: readonly Word[], first: number, after: number): number {
  const earliest = Math.max(first + 1, after - shared)
  for (let at = earliest; at < after; at += 1) if ((words[at - 1]?.fits ?? 0) >= 2) return at
  return earliest
}
