// Words as they are compared, and where in a text they stand: the core finds by it, and the page marks by it what was found.
// Case, accents, points and ligatures fall away, and in scripts that put no space between words each sign stands for itself.

// Only ASCII is folded by the tokenizer of the index alone, so nothing here may treat it differently than lowering its case.
// oxlint-disable-next-line no-control-regex -- it is the definition of ASCII
export const ascii = /^[\0-\x7f]*$/u

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

/** A word, or a single sign of a script without spaces, with where it stands. */
export interface Unit {
  readonly folded: string
  readonly start: number
  readonly end: number
}

/** What is looked for: units that stand side by side. */
export interface Sought {
  readonly words: readonly string[]
  /** The last of them may be the beginning of one. */
  readonly goesOn: boolean
}

// oxlint-disable-next-line no-misleading-character-class -- single signs are what is meant
const unitPattern = /[\p{L}\p{N}\p{M}\u00ad\u0640\u200d\u2060]+/gu

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

export interface Found {
  readonly start: number
  readonly end: number
  readonly which: number
}

export function findAll(text: string, sought: readonly Sought[]): Found[] {
  const units = unitsOf(text)
  const found: Found[] = []
  for (const [from, first] of units.entries()) {
    for (const [which, { words: wanted, goesOn }] of sought.entries()) {
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
