// Bytes to text, piece by piece, in an encoding that is known by now; and where the first byte stands that is no text in it.
// A file may well hold U+FFFD of its own, from an earlier accident: in UTF-8 and UTF-16 only bytes that are no text count as
// broken. The others cannot write U+FFFD, so that there it always stands for a byte they do not know.
import { isUtf8 } from 'node:buffer'
import { looseBytes } from './encodings.ts'

export interface Piece {
  readonly text: string
  /** Where in the file the first byte stands that could not be decoded and stands as U+FFFD here. */
  readonly brokenAt: number | undefined
}

type Decode = (bytes: Uint8Array, last: boolean) => Piece

/** `from`: how many bytes of the file were read before. */
export function createDecoder(encoding: string, from: number): Decode {
  if (encoding === 'utf-8') return alignedDecoder(encoding, looseBytes, isUtf8, from)
  if (encoding.startsWith('utf-16')) return alignedDecoder(encoding, looseUnits(encoding), isStrict(encoding), from)
  const decoder = new TextDecoder(encoding)
  const isWhole = isStrict(encoding)
  let at = from
  return (bytes, last) => {
    const text = decoder.decode(bytes, { stream: !last })
    const brokenAt = text.includes('\ufffd') ? at + soundBytes(bytes, isWhole) : undefined
    at += bytes.length
    return { text, brokenAt }
  }
}

function alignedDecoder(
  encoding: string,
  looseOf: (bytes: Uint8Array) => number,
  isText: (bytes: Uint8Array) => boolean,
  from: number,
): Decode {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  let loose: Uint8Array = new Uint8Array(0)
  let first = true
  let at = from
  const isSoundStart = (start: Uint8Array) => isText(start.subarray(0, start.length - looseOf(start)))
  const soundWhole = (bytes: Uint8Array) => {
    const sound = soundBytes(bytes, isSoundStart)
    // What begins a character that does not go on is broken from there.
    return sound - looseOf(bytes.subarray(0, sound))
  }
  return (bytes, last) => {
    const all = loose.length === 0 ? bytes : joined(loose, bytes)
    const whole = last ? all : all.subarray(0, all.length - looseOf(all))
    loose = all.slice(whole.length)
    const text = decoder.decode(whole)
    const brokenAt = isText(whole) ? undefined : at + soundWhole(whole)
    at += whole.length
    const marked = first && text.startsWith('\ufeff')
    if (text !== '') first = false
    return { text: marked ? text.slice(1) : text, brokenAt }
  }
}

/** How many bytes from the start are sound. What goes before a sound byte is sound, so that it is found by halving. */
function soundBytes(bytes: Uint8Array, isSound: (start: Uint8Array) => boolean): number {
  let [sound, broken] = [0, bytes.length]
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1
    if (isSound(bytes.subarray(0, middle))) sound = middle
    else broken = middle
  }
  return sound
}

/** Half a unit, or the first half of a pair, whose other half is in the next piece. */
const looseUnits = (encoding: string) => (bytes: Uint8Array) => {
  const half = bytes.length % 2
  const high = bytes[bytes.length - half - (encoding === 'utf-16le' ? 1 : 2)] ?? 0
  return high >= 0xd8 && high < 0xdc ? half + 2 : half
}

const isStrict = (encoding: string) => (bytes: Uint8Array) => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !encoding.startsWith('utf-16') })
    return true
  } catch {
    // What it throws is the answer.
    return false
  }
}

export function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
