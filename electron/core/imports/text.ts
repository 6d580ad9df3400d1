// Files as text: piece by piece, line by line, or whole up to a limit. Bytes that cannot be read in the file's encoding are
// never passed off as text: `decoded` and `wholeText` refuse them, `lines` marks the line they stand in.
import { Buffer, isAscii, isUtf8 } from 'node:buffer'
import { detectEncoding, knownLabel, looseBytes, startBytes } from './encodings.ts'
import { type Entry, type Reading, Unreadable } from './importer.ts'

export { detectEncoding } from './encodings.ts'

const headBytes = 1024
/** No line that a person or a program means to be read is longer. */
export const longestLine = 1024 * 1024

export interface Piece {
  readonly text: string
  /** Something in it could not be decoded and stands as U+FFFD. */
  readonly broken: boolean
  /** Where its first byte stands in the file. */
  readonly at: number
}

/** The text of a file, whatever its encoding; what cannot be decoded is marked. */
export async function* pieces(entry: Entry, reading: Pick<Reading, 'options'>): AsyncIterable<Piece> {
  const wish = reading.options.encoding
  if (wish !== undefined && knownLabel(wish) === undefined) throw new Unreadable('wrong-encoding')
  let decode: ((bytes: Uint8Array, last: boolean) => Omit<Piece, 'at'>) | undefined
  let start: Uint8Array = new Uint8Array(0)
  /** Where a page or XML says of itself what it is written in. */
  let head: Uint8Array = new Uint8Array(0)
  let at = 0
  // A long beginning in plain ASCII says nothing of the encoding: that is decided at the first byte that does.
  let undecided = true
  for await (const chunk of entry.chunks()) {
    if (decode !== undefined) {
      yield { ...decode(chunk, false), at }
      at += chunk.length
      continue
    }
    start = start.length === 0 ? chunk : joined(start, chunk)
    if (undecided && wish === undefined && saysNothing(start)) {
      yield { text: asciiText(start), broken: false, at }
      if (at === 0) head = start.slice(0, headBytes)
      at += start.length
      start = new Uint8Array(0)
      continue
    }
    undecided = false
    if (start.length < startBytes) continue
    decode = decoderFor(detectEncoding(joined(head, start), wish))
    yield { ...decode(start, false), at }
    at += start.length
    start = new Uint8Array(0)
  }
  decode ??= decoderFor(detectEncoding(joined(head, start), wish))
  const last = decode(start, true)
  if (last.text !== '') yield { ...last, at }
}

/** The text of a file, piece by piece. Throws Unreadable('wrong-encoding') where it cannot be decoded. */
export async function* decoded(entry: Entry, reading: Pick<Reading, 'options'>): AsyncIterable<string> {
  for await (const { text, broken, at } of pieces(entry, reading)) {
    if (broken) throw new Unreadable('wrong-encoding', { at })
    yield text
  }
}

export interface Line {
  readonly text: string
  /** From 1. */
  readonly line: number
  /** It was longer than a line may be; the rest of it was passed over. */
  readonly cut: boolean
  /** Something in it could not be decoded. */
  readonly broken: boolean
}

/** The lines of a file without their ends: LF, CR LF or CR. None is held beyond `longestLine`. */
export async function* lines(entry: Entry, reading: Pick<Reading, 'options'>): AsyncIterable<Line> {
  let line = 1
  let kept = ''
  let cut = false
  let brokenBefore = false
  let afterReturn = false
  const done = (text: string, broken: boolean): Line => {
    const all = kept + text
    const finished = {
      text: all.length > longestLine ? all.slice(0, longestLine) : all,
      line,
      cut: cut || all.length > longestLine,
      broken: brokenBefore || (broken && text.includes('\ufffd')),
    }
    line += 1
    kept = ''
    cut = false
    brokenBefore = false
    return finished
  }
  for await (const { text, broken } of pieces(entry, reading)) {
    let from = afterReturn && text.startsWith('\n') ? 1 : 0
    if (text !== '') afterReturn = text.endsWith('\r')
    const hasReturns = text.includes('\r')
    while (from < text.length) {
      const end = hasReturns ? nextEnd(text, from) : text.indexOf('\n', from)
      if (end === -1) break
      yield done(text.slice(from, end), broken)
      from = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1
    }
    const rest = text.slice(from)
    brokenBefore ||= broken && rest.includes('\ufffd')
    if (cut) continue
    kept += rest.length > longestLine ? rest.slice(0, longestLine + 1) : rest
    cut = kept.length > longestLine
  }
  if (kept !== '') yield done('', false)
}

/** The whole text, where that is at most `most` bytes; else Unreadable('too-large'). */
export async function wholeText(entry: Entry, reading: Pick<Reading, 'options'>, most: number): Promise<string> {
  if (entry.bytes > most) throw new Unreadable('too-large')
  const parts: string[] = []
  let length = 0
  for await (const text of decoded(entry, reading)) {
    length += text.length
    // What an archive says of a file's length may be untrue.
    if (length > most) throw new Unreadable('too-large')
    parts.push(text)
  }
  return parts.join('')
}

/** The beginning of a file as text, to tell by what it is; null where it is none. */
export function startAsText(start: Uint8Array): string | null {
  const encoding = detectEncoding(start)
  if (start.includes(0) && !encoding.startsWith('utf-16')) return null
  const text = new TextDecoder(encoding).decode(start, { stream: true })
  const strange = text.match(/[^\P{Cc}\s]|\ufffd/gu)?.length ?? 0
  return strange * 100 > text.length ? null : text
}

/** The same of an entry. */
export async function startText(entry: Entry): Promise<string | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of entry.chunks()) {
    parts.push(chunk)
    length += chunk.length
    if (length >= startBytes) break
  }
  return startAsText(Buffer.concat(parts).subarray(0, startBytes))
}

/** For titles and names: one line, no control characters, nothing that turns the direction of the text around it. */
export function oneLine(text: string, most: number): string {
  const line = text
    .slice(0, most * 8)
    .replace(/\p{Bidi_Control}|\ufeff/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
  if (line.length <= most) return line
  const kept = line.slice(0, most - 1)
  // Never half a character.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}

/**
 * A file may well hold U+FFFD of its own, from an earlier accident: in UTF-8 and UTF-16 only bytes that are no text count as
 * broken. The others cannot write U+FFFD, so that there it always stands for a byte they do not know.
 */
function decoderFor(encoding: string): (bytes: Uint8Array, last: boolean) => Omit<Piece, 'at'> {
  if (encoding === 'utf-8') return alignedDecoder(encoding, looseBytes, isUtf8)
  if (encoding.startsWith('utf-16')) return alignedDecoder(encoding, looseUnits(encoding), isStrict(encoding))
  const decoder = new TextDecoder(encoding)
  return (bytes, last) => {
    const text = decoder.decode(bytes, { stream: !last })
    return { text, broken: text.includes('\ufffd') }
  }
}

function alignedDecoder(
  encoding: string,
  looseOf: (bytes: Uint8Array) => number,
  isText: (bytes: Uint8Array) => boolean,
): (bytes: Uint8Array, last: boolean) => Omit<Piece, 'at'> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  let loose: Uint8Array = new Uint8Array(0)
  let first = true
  return (bytes, last) => {
    const all = loose.length === 0 ? bytes : joined(loose, bytes)
    const whole = last ? all : all.subarray(0, all.length - looseOf(all))
    loose = all.slice(whole.length)
    const text = decoder.decode(whole)
    const marked = first && text.startsWith('\ufeff')
    if (text !== '') first = false
    return { text: marked ? text.slice(1) : text, broken: !isText(whole) }
  }
}

/** Half a unit, or the first half of a pair, whose other half is in the next piece. */
const looseUnits = (encoding: string) => (bytes: Uint8Array) => {
  const half = bytes.length % 2
  const high = bytes[bytes.length - half - (encoding === 'utf-16le' ? 1 : 2)] ?? 0
  return high >= 0xd8 && high < 0xdc ? half + 2 : half
}

const isStrict = (encoding: string) => (bytes: Uint8Array) => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    // What it throws is the answer.
    return false
  }
}

const lineEnd = /[\r\n]/g

function nextEnd(text: string, from: number): number {
  lineEnd.lastIndex = from
  return lineEnd.exec(text)?.index ?? -1
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** NUL and ESC are ASCII, and what UTF-16 and ISO-2022-JP are told by. */
const saysNothing = (bytes: Uint8Array) => isAscii(bytes) && !bytes.includes(0) && !bytes.includes(0x1b)

const asciiText = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
