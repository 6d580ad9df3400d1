// From a text to what FTS5 is asked: runs of words in its own quotes, which nothing in them can end, since the fold leaves
// no sign that means anything to FTS5.
import { foldWord, unspaced } from '../../../shared/words.ts'
import { pairsOf, wordPattern } from './fold.ts'

/** One run of words side by side, the last of which may go on. */
export interface Phrase {
  readonly words: readonly string[]
  readonly goesOn: boolean
}

export function phraseOf(text: string, goesOn: boolean): Phrase | undefined {
  const folded = foldWord(text)
  const words: string[] = []
  let begins = 0
  let endsUnspaced = false
  const takeSpaced = (until: number) => {
    const found = folded.slice(begins, until).match(wordPattern) ?? []
    if (found.length > 0) endsUnspaced = false
    words.push(...found)
  }
  const runs = Array.from(folded.matchAll(unspaced))
  for (const [number, run] of runs.entries()) {
    takeSpaced(run.index)
    begins = run.index + run[0].length
    const isLast = number === runs.length - 1 && (folded.slice(begins).match(wordPattern) ?? []).length === 0
    words.push(...pairsOf(run[0], isLast ? 'with the last pair' : 'to its end').split(' '))
    endsUnspaced = isLast && Array.from(run[0]).length === 1
  }
  takeSpaced(folded.length)
  // One sign alone is looked for as the beginning of a pair.
  return words.length === 0 ? undefined : { words, goesOn: goesOn || endsUnspaced }
}

export const asked = ({ words, goesOn }: Phrase): string => `"${words.join(' ')}"${goesOn ? '*' : ''}`
