// Which encoding a file is written in, told from its first bytes. The person's word and a mark of the file's own come
// first, then what cannot be chance (valid UTF-8), then what the file says of itself, and only then a guess.
import { isAscii, isUtf8 } from 'node:buffer'
import { guessedEncoding, isWestern } from './legacy-encodings.ts'

/** What is looked at to tell the encoding, or the kind, of a file. */
export const startBytes = 64 * 1024

export function detectEncoding(start: Uint8Array, wish?: string): string {
  return markedEncoding(start) ?? knownLabel(wish) ?? encodingOf(start)
}

/** The byte order mark (Unicode 16, §23.8): three encodings have one. */
function markedEncoding(start: Uint8Array): string | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return undefined
}

/** The standard's own label for an encoding that a person or a file names; undefined for one nobody knows. */
export function knownLabel(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  try {
    return new TextDecoder(name).encoding
  } catch {
    // A name that no decoder knows is no help, and no harm.
    return undefined
  }
}

function encodingOf(start: Uint8Array): string {
  const sound = start.subarray(0, start.length - looseBytes(start))
  // UTF-16 is next to never valid UTF-8 as well, but where it is ASCII: a zero among such characters was written there.
  const wide = isUtf8(sound) && !isAscii(sound) ? undefined : wideEncoding(start)
  if (wide !== undefined) return wide
  if (start.includes(0x1b) && shiftsInEscapes(start)) return 'iso-2022-jp'
  // A first accent in the last byte is half a character of a long file, and the whole of a short one.
  const isCut = sound.length < start.length && start.length < startBytes && isAscii(sound)
  if (isUtf8(sound) && !isCut) return 'utf-8'
  const share = shareOfUtf8(sound)
  if (share > 10) return 'utf-8'
  const told = knownLabel(declared(start))
  if (told !== undefined) return told
  const guess = guessedEncoding(start)
  // What reads as no language in any of them is left to UTF-8, where each byte that is none is seen and told of. So is what
  // was put together from two: in the letters of the West one that is UTF-8 by chance is next to never seen.
  return guess === undefined || share >= (isWestern(guess) ? 0.1 : 2) ? 'utf-8' : guess
}

/** What people write beyond ASCII. Two bytes of another encoding that happen to be UTF-8 are rarely any of this. */
const written =
  /[\u00a0-\u017f\u2010-\u203a\u20ac\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]|\p{Emoji_Presentation}|[\u0370-\u03ff]{2}|[\u0400-\u045f]{2}|[\u0590-\u05ff]{2}|[\u0600-\u06ff]{2}|[\u0900-\u0e7f]{2}/gu

/** How many letters are sound UTF-8 for each byte that is not. */
function shareOfUtf8(start: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(start)
  const strange = text.match(/\ufffd/g)?.length ?? 0
  return (text.match(written)?.length ?? 0) / Math.max(1, strange)
}

/** UTF-16 without a mark: in most scripts every second byte of spaces, digits and line ends is 0. */
function wideEncoding(start: Uint8Array): string | undefined {
  if (!start.includes(0)) return undefined
  const zeros = [0, 0]
  const looked = Math.min(start.length, 4096) & ~1
  for (let at = 0; at < looked; at += 1) if (start[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const label = odd > even * 4 ? 'utf-16le' : even > odd * 4 ? 'utf-16be' : undefined
  if (label === undefined || Math.max(even, odd) < looked / (readsAsAscii(start.subarray(0, looked)) ? 2.5 : 40))
    return undefined
  const text = new TextDecoder(label).decode(start.subarray(0, looked), { stream: true })
  return /[\ufffd\p{Cn}\0]/u.test(text) ? undefined : label
}

/**
 * Nothing but ASCII as people type it, and zeros: written so with two bytes a letter every second one is a zero, and with
 * fewer they are strays in a text of one byte a letter. Other scripts show bytes that nobody types.
 */
const readsAsAscii = (start: Uint8Array) => start.every((byte) => byte === 0 || typed.has(byte))
const typed = new Set([0x09, 0x0a, 0x0d, ...Array.from({ length: 0x5f }, (_, at) => 0x20 + at)])

/** ISO-2022-JP (RFC 1468) is seven bits wide and tells its alphabets apart by `ESC $ B` and the like. */
function shiftsInEscapes(start: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(start)
  return text.includes('\x1b$B') || text.includes('\x1b$@')
}

/** How many bytes at the end begin a UTF-8 character that goes on in the next piece. */
export function looseBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

/** What HTML and XML say of themselves, both within their first 1024 bytes. */
function declared(start: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(start.subarray(0, 1024))
  return (
    /<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ??
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1]
  )
}
