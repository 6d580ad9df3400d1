// Files as text: piece by piece, line by line, or whole up to a limit. Bytes that cannot be read in the file's encoding are
// never passed off as text: `decoded` and `wholeText` refuse them, `lines` marks the line they stand in.
import { Buffer, isAscii } from 'node:buffer'
import { createDecoder, joined, type Piece } from './decoders.ts'
import { detectEncoding, knownLabel, startBytes } from './encodings.ts'
import { type Entry, type Reading, Unreadable } from '../importer.ts'

const headBytes = 1024
/** No line that a person or a program means to be read is longer. */
export const longestLine = 1024 * 1024

/** The text of a file, whatever its encoding; what cannot be decoded is marked. */
export async function* pieces(entry: Entry, reading: Pick<Reading, 'options'>): AsyncIterable<Piece> {
  const wish = reading.options.encoding
  if (wish !== undefined && knownLabel(wish) === undefined) throw new Unreadable('wrong-encoding')
  let decode: ReturnType<typeof createDecoder> | undefined
  let start: Uint8Array = new Uint8Array(0)
  /** Where a page or XML says of itself what it is written in. */
  let head: Uint8Array = new Uint8Array(0)
  let at = 0
  // A long beginning in plain ASCII says nothing of the encoding: that is decided at the first byte that does.
  let undecided = true
  for await (const chunk of entry.chunks()) {
    if (decode !== undefined) {
      yield decode(chunk, false)
      continue
    }
    start = start.length === 0 ? chunk : joined(start, chunk)
    if (undecided && wish === undefined && saysNothing(start)) {
      yield { text: asciiText(start), brokenAt: undefined }
      if (at === 0) head = start.slice(0, headBytes)
      at += start.length
      start = new Uint8Array(0)
      continue
    }
    undecided = false
    if (start.length < startBytes) continue
    decode = createDecoder(detectEncoding(joined(head, start), wish), at)
    yield decode(start, false)
    start = new Uint8Array(0)
  }
  decode ??= createDecoder(detectEncoding(joined(head, start), wish), at)
  const last = decode(start, true)
  if (last.text !== '') yield last
}

/** The text of a file, piece by piece. Throws Unreadable('wrong-encoding') where it cannot be decoded. */
export async function* decoded(entry: Entry, reading: Pick<Reading, 'options'>): AsyncIterable<string> {
  for await (const { text, brokenAt } of pieces(entry, reading)) {
    if (brokenAt !== undefined) throw new Unreadable('wrong-encoding', { at: brokenAt })
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
  for await (const { text, brokenAt } of pieces(entry, reading)) {
    const broken = brokenAt !== undefined
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
  const controls = text.match(/[^\P{Cc}\s]/gu)?.length ?? 0
  // A few bytes that cannot be read make no other kind of file of a text; they are told of when it is read.
  const unread = text.match(/\ufffd/g)?.length ?? 0
  return controls * 100 > text.length || unread * 4 > text.length ? null : text
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

const lineEnd = /[\r\n]/g

function nextEnd(text: string, from: number): number {
  lineEnd.lastIndex = from
  return lineEnd.exec(text)?.index ?? -1
}

/** NUL and ESC are ASCII, and what UTF-16 and ISO-2022-JP are told by. */
const saysNothing = (bytes: Uint8Array) => isAscii(bytes) && !bytes.includes(0) && !bytes.includes(0x1b)

const asciiText = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
