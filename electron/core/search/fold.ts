// How text becomes words, for the index and for what is typed alike: whoever finds a word finds it however it was written.
// Beyond what words.ts does, scripts that put no space between words are cut into pairs of signs, so that any part of them can
// be found. FTS5's own tokenizer then only splits at what is no letter, digit or mark.
import { ascii, foldWord, unspaced } from '../../../shared/words.ts'

/** Raised when the words of a text come out differently, or another index is made of them. All are then made anew. */
export const foldVersion = 2

/** As the index is given it: `東京都` becomes `東京 京都 都`, so that a pair finds a pair and one sign the beginning of one. */
export const fold = (text: string): string =>
  ascii.test(text) ? text : foldWord(text).replaceAll(unspaced, (run) => ` ${pairsOf(run, 'to its end')} `)

/** Pairs of neighbouring signs. The index also holds the last one alone; what is looked for does not. */
export function pairsOf(run: string, ends: 'to its end' | 'with the last pair'): string {
  const signs = Array.from(run)
  const pairs = signs.map((sign, index) => sign + (signs[index + 1] ?? ''))
  return (ends === 'to its end' || signs.length === 1 ? pairs : pairs.slice(0, -1)).join(' ')
}

/** Words of a folded text: runs of what the tokenizer keeps. */
export const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
