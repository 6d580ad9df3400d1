// How text becomes words, for the index and for what is typed alike: whoever finds a word finds it however it was written.
// Case, accents, points and ligatures fall away, and scripts that put no space between words are cut into pairs of signs, so
// that any part of them can be found. FTS5's own tokenizer then only splits at what is no letter, digit or mark.

/** Raised when the words of a text come out differently. The index is then made anew. */
export const foldVersion = 1

// Only ASCII is folded by the tokenizer alone, so nothing here may treat it differently than lowering its case.
// oxlint-disable-next-line no-control-regex -- it is the definition of ASCII
const ascii = /^[\0-\x7f]*$/u

/**
 * Written or left out as one likes: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic and Syriac vowel signs and
 * the stroke that lengthens a word. Marks of other scripts make other words and stay. The breve of й makes another letter.
 */
const optionalMarks =
  // oxlint-disable-next-line no-misleading-character-class -- single marks are what is meant
  /(?<![иИ])\u0306|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu

/** Hints to the typesetter in the middle of a word: the soft hyphen, joiners, direction marks. */
// oxlint-disable-next-line no-misleading-character-class -- single marks are what is meant
const unseen = /[\u00ad\u034f\u061c\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]/gu

/** Private signs are kept for what the index knows about an item besides its text; no text may look like it. */
const reserved = /\p{Co}/gu

/** Letters that have no accent to lose and that people type without. */
const plainer: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
  ς: 'σ',
  // Arabic and Persian keyboards have letters of their own for the same sound.
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
}
const hasPlainer = new RegExp(`[${Object.keys(plainer).join('')}]`, 'gu')

/** Scripts in which a word begins anywhere; Korean, too, hangs its particles on the word. */
export const unspaced =
  /[[\p{L}\p{M}\p{Nl}]&&[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]+/gv

/** Without the cutting: for comparing words with one another. */
export function foldWord(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replaceAll(unseen, '')
    .replaceAll(optionalMarks, '')
    .replaceAll(reserved, ' ')
    .toLowerCase()
    .replaceAll(hasPlainer, (letter) => plainer[letter] ?? letter)
    .normalize('NFC')
}

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
