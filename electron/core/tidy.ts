// Text of strangers as it is kept: every character a character, no letter that only a terminal would obey in what stands on
// one line.

const ofOneLine = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
const bidi = /\p{Bidi_Control}/gu

/** Halves of characters become replacement characters; a zero byte would end the text for SQLite. */
export const wellFormed = (text: string): string => text.toWellFormed().replaceAll('\0', '')

/** The same in every name and value of something that a source gave a shape of its own. */
export function wellFormedIn<T>(value: T): T
export function wellFormedIn(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed()
  if (Array.isArray(value)) return value.map((one: unknown) => wellFormedIn(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toWellFormed(), wellFormedIn(one)]))
}

export const oneLine = (text: string, most: number): string =>
  cut(wellFormed(text).replaceAll(ofOneLine, ' ').trim(), most)

/** At most so many characters, and no half of one at the end. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const end = /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most
  return text.slice(0, end)
}

/** A name for a tag or a collection made of what a source calls it; undefined where nothing is left. */
export function asName(text: string, most: number): string | undefined {
  const name = oneLine(
    oneLine(text.replaceAll(bidi, '').replaceAll(/[,#"]+/g, ' '), 1000).replaceAll(/\s+/g, ' '),
    most,
  )
  return name.trim() === '' ? undefined : name.trim()
}

/** The first words of a text, on one line. */
export const excerptOf = (start: string): string => oneLine(start.replaceAll(/\s+/g, ' '), 200)
