// JSON of any size, one element at a time. The text is only followed here (brackets, strings, keys on the way to what is
// wanted); each element is then parsed by itself, so that a broken, huge or bottomless one is reported and the next one read.
// Nothing but the element at hand is held.
import { type Entry, type Problem, type Reading, Unreadable } from '../importer.ts'
import { deepest } from './json-start.ts'
import { pieces } from './text.ts'

export { deepest, isObject, startOfJson } from './json-start.ts'

/** A long conversation with everything in it is a few million characters. */
export const longestElement = 16 * 1024 * 1024

export type Step = string | number

export interface Element {
  readonly value: unknown
  /** Which of the wanted elements of the file it is, from 1. */
  readonly record: number
  /** The keys and places that lead to it. */
  readonly path: readonly Step[]
}

export type ElementFound = Element | { readonly problem: Problem; readonly record: number }

/**
 * The elements at a path, or at several: `$.*` (of a list or an object), `$.messages.*`, `$.chats.list.*.name`. One that
 * lies within another is part of that and not given again. Throws Unreadable where the file as a whole goes wrong.
 */
export async function* elements(
  entry: Entry,
  reading: Pick<Reading, 'options'>,
  ...paths: readonly string[]
): AsyncIterable<ElementFound> {
  const follow = follower(paths.map((path) => path.split('.').slice(1)))
  for await (const { text, brokenAt } of pieces(entry, reading)) yield* follow.take(text, brokenAt !== undefined)
  yield* follow.end()
}

type Pattern = readonly string[]

/** What is expected next where the way to the wanted elements leads; `inside` is a value that is kept or passed over. */
type Expects = 'value' | 'first-value' | 'first-key' | 'key' | 'key-text' | 'colon' | 'comma' | 'inside' | 'nothing'

interface Level {
  readonly list: boolean
  step: Step
}

const quote = 0x22
const backslash = 0x5c
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
const isOpening = (code: number) => code === 0x7b || code === 0x5b
const isClosing = (code: number) => code === 0x7d || code === 0x5d

function follower(patterns: readonly Pattern[]) {
  const levels: Level[] = []
  let expects: Expects = 'value'
  let record = 0
  let key = ''
  // Of the value that is being kept or passed over:
  let depth = 0
  let inString = false
  let escaped = false
  let bare = false
  let wanted = false
  let kept: string[] = []
  let length = 0
  let brokenPiece = false
  let spoiled: Problem['why'] | undefined

  const damaged = () => new Unreadable('damaged', { at: record })
  const path = () => levels.map(({ step }) => step)
  const matches = (pattern: Pattern, here: readonly Step[]) =>
    here.every((step, at) => pattern[at] === '*' || pattern[at] === String(step))

  const keep = (text: string) => {
    length += text.length
    if (length > longestElement) spoiled ??= 'too-large'
    if (spoiled === undefined) kept.push(text)
    else kept = []
    if (brokenPiece && text.includes('\ufffd')) spoiled ??= 'wrong-encoding'
  }

  function* finish(): Iterable<ElementFound> {
    expects = levels.length === 0 ? 'nothing' : 'comma'
    if (!wanted) return
    record += 1
    const text = kept.join('')
    kept = []
    if (spoiled !== undefined) {
      yield { problem: { why: spoiled, at: record }, record }
      return
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      // Why exactly would repeat what the file says; where is enough.
      yield { problem: { why: 'damaged', at: record }, record }
      return
    }
    yield { value, record, path: path() }
  }

  /** A value begins: on the way to what is wanted it is entered, otherwise it is kept or passed over. */
  const begin = (code: number) => {
    const here = path()
    const fitting = patterns.filter((pattern) => pattern.length >= here.length && matches(pattern, here))
    wanted = fitting.some((pattern) => pattern.length === here.length)
    if (!wanted && fitting.length > 0 && isOpening(code)) {
      const list = code === 0x5b
      levels.push({ list, step: list ? 0 : '' })
      expects = list ? 'first-value' : 'first-key'
      return false
    }
    expects = 'inside'
    depth = 0
    inString = false
    escaped = false
    bare = !isOpening(code) && code !== quote
    kept = []
    length = 0
    spoiled = undefined
    return true
  }

  /** Follows the value at hand to its end and says where that is; -1: not in this piece. */
  const inside = (text: string, from: number): number => {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (inString) {
        if (escaped) escaped = false
        else if (code === backslash) escaped = true
        else if (code === quote) {
          inString = false
          if (depth === 0) return at + 1
        }
      } else if (bare) {
        if (isSpace(code) || code === 0x2c || isClosing(code)) return at
      } else if (code === quote) inString = true
      else if (isOpening(code)) {
        depth += 1
        if (depth > deepest) spoiled ??= 'too-deep'
      } else if (isClosing(code)) {
        depth -= 1
        if (depth === 0) return at + 1
      }
    }
    return -1
  }

  const close = (code: number) => {
    const level = levels.pop()
    if (level === undefined || level.list !== (code === 0x5d)) throw damaged()
    expects = levels.length === 0 ? 'nothing' : 'comma'
  }

  const readKey = (text: string, from: number): number => {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (escaped) escaped = false
      else if (code === backslash) escaped = true
      else if (code === quote) {
        key += text.slice(from, at)
        const level = levels.at(-1)
        if (level !== undefined) level.step = unescaped(key)
        expects = 'colon'
        return at + 1
      }
    }
    // No key that is looked for is this long; one that is must not be held.
    key = (key + text.slice(from)).slice(0, 1000)
    return text.length
  }

  function* take(text: string, broken: boolean): Iterable<ElementFound> {
    brokenPiece = broken
    let at = 0
    while (at < text.length) {
      if (expects === 'inside') {
        const end = inside(text, at)
        if (wanted) keep(text.slice(at, end === -1 ? text.length : end))
        if (end === -1) return
        at = end
        yield* finish()
        continue
      }
      if (expects === 'key-text') {
        at = readKey(text, at)
        continue
      }
      const code = text.charCodeAt(at)
      if (isSpace(code)) {
        at += 1
        continue
      }
      switch (expects) {
        case 'first-value':
        case 'value':
          if (expects === 'first-value' && code === 0x5d) {
            close(code)
            at += 1
          } else if (isClosing(code) || code === 0x2c || code === 0x3a) throw damaged()
          // The first character of a value that is kept is read again inside it.
          else if (!begin(code)) at += 1
          break
        case 'first-key':
        case 'key':
          if (expects === 'first-key' && code === 0x7d) close(code)
          else if (code === quote) {
            key = ''
            escaped = false
            expects = 'key-text'
          } else throw damaged()
          at += 1
          break
        case 'colon':
          if (code !== 0x3a) throw damaged()
          expects = 'value'
          at += 1
          break
        case 'comma': {
          if (isClosing(code)) close(code)
          else if (code === 0x2c) {
            const level = levels.at(-1)
            if (level?.list === true) level.step = Number(level.step) + 1
            expects = level?.list === true ? 'value' : 'key'
          } else throw damaged()
          at += 1
          break
        }
        case 'nothing':
          throw damaged()
      }
    }
  }

  function* end(): Iterable<ElementFound> {
    if (expects === 'inside' && bare && levels.length === 0) yield* finish()
    if (expects !== 'nothing') throw new Unreadable('cut-short', { at: record })
  }

  return { take, end }
}

function unescaped(key: string): string {
  if (!key.includes('\\')) return key
  try {
    return String(JSON.parse(`"${key}"`))
  } catch {
    // Not a key that anybody looks for.
    return key
  }
}
