// Whether a model knows the language of a text, told by the pieces that it takes words for: of words it has often read, one
// piece each; of those of other languages, many small ones.

/** Figures and signs are the same in every language. A text without a word is in none that is unknown. */
function share(pieces: readonly string[], isKnown: (first: string, others: readonly string[]) => boolean): number {
  let words = 0
  let known = 0
  for (const [at, first] of pieces.entries()) {
    if (first !== '[UNK]' && !/^\p{L}/u.test(first)) continue
    const end = pieces.findIndex((piece, index) => index > at && !piece.startsWith('##'))
    words += 1
    if (first !== '[UNK]' && isKnown(first, pieces.slice(at + 1, end === -1 ? pieces.length : end))) known += 1
  }
  return words === 0 ? 1 : known / words
}

/** Of a whole text: how many of its words are one piece each. */
export const shareOfWholeWords = (pieces: readonly string[]): number =>
  share(pieces, (_, others) => others.length === 0)

/** Of a few words: one that goes on after most of it was known is a form of one that is known. */
export const knowsWords = (pieces: readonly string[]): boolean =>
  share(pieces, (first, others) => first.length >= others.reduce((sum, piece) => sum + piece.length - 2, 0)) >= 0.5
