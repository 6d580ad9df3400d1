// Search: the words of every item, in an index that keeps no text. (Front door.)
import { createWordIndex, type WordIndex } from './word-index.ts'

export type Search = WordIndex

export function createSearch(): Search {
  return createWordIndex()
}
