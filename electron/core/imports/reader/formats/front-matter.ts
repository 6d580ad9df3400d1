// The lines between two `---` at the start of a note: YAML that says its title, time and tags. Aliases are refused, since
// they are how a few lines become millions, and what is no YAML stays part of the text.
import { parse } from 'yaml'
import { isObject } from '../text/json.ts'

export interface Parted {
  readonly matter: Readonly<Record<string, unknown>>
  readonly body: string
  /** There are such lines, and they could not be read. */
  readonly damaged: boolean
}

const longest = 64 * 1024

export function partFrontMatter(text: string): Parted {
  const bare = { matter: {}, body: text, damaged: false }
  if (!text.startsWith('---\n')) return bare
  const end = /^(?:---|\.\.\.)[ \t]*(?:\n|$)/m
  const inside = text.slice(4, 4 + longest)
  const close = end.exec(inside)
  // Without an end it is a line drawn above a text.
  if (close === null) return bare
  const body = text.slice(4 + close.index + close[0].length)
  let matter: unknown
  try {
    matter = parse(inside.slice(0, close.index), {
      schema: 'core',
      maxAliasCount: 0,
      // Comparing every name with every other is quadratic; of two alike the last one holds.
      uniqueKeys: false,
      logLevel: 'error',
    })
  } catch {
    // The parser's words would repeat what the note says; that it could not be read is told.
    return { ...bare, damaged: true }
  }
  if (matter === null || matter === undefined) return { ...bare, body }
  return isObject(matter) ? { matter, body, damaged: false } : bare
}
