// Which encoding a file is written in, told from its first bytes. The person's word and a mark of the file's own come
// first, then what cannot be chance (valid UTF-8), then what the file says of itself, and only then a guess.
import { isUtf8 } from 'node:buffer'
import { analyse } from 'chardet'

/** What is looked at to tell the encoding, or the kind, of a file. */
export const startBytes = 64 * 1024

/** Labels as the Encoding Standard has them; TextDecoder knows every one. */
const legacy = new Map([
  ['ISO-8859-1', 'windows-1252'],
  ['ISO-8859-2', 'windows-1250'],
  ['ISO-8859-5', 'iso-8859-5'],
  ['ISO-8859-6', 'windows-1256'],
  ['ISO-8859-7', 'windows-1253'],
  ['ISO-8859-8', 'windows-1255'],
  ['ISO-8859-9', 'windows-1254'],
  ['windows-1250', 'windows-1250'],
  ['windows-1251', 'windows-1251'],
  ['windows-1252', 'windows-1252'],
  ['windows-1253', 'windows-1253'],
  ['windows-1254', 'windows-1254'],
  ['windows-1255', 'windows-1255'],
  ['windows-1256', 'windows-1256'],
  ['KOI8-R', 'koi8-r'],
  ['Shift_JIS', 'shift_jis'],
  ['EUC-JP', 'euc-jp'],
  ['EUC-KR', 'euc-kr'],
  ['Big5', 'big5'],
  ['GB18030', 'gb18030'],
  ['ISO-2022-JP', 'iso-2022-jp'],
])

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
  const wide = wideEncoding(start)
  if (wide !== undefined) return wide
  if (start.includes(0x1b) && shiftsInEscapes(start)) return 'iso-2022-jp'
  if (isUtf8(withoutLoose(start)) || mostlyUtf8(start)) return 'utf-8'
  return knownLabel(declared(start)) ?? guessed(start)
}

/** A stray byte does not make another encoding of it: text in any other one has hardly a letter that is UTF-8 by chance. */
function mostlyUtf8(start: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(withoutLoose(start))
  const strange = text.match(/\ufffd/g)?.length ?? 0
  const sound = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0
  return sound > strange * 10
}

/** UTF-16 without a mark: in most scripts every second byte of spaces, digits and line ends is 0. */
function wideEncoding(start: Uint8Array): string | undefined {
  if (!start.includes(0)) return undefined
  const zeros = [0, 0]
  const looked = Math.min(start.length, 4096) & ~1
  for (let at = 0; at < looked; at += 1) if (start[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const label = odd > even * 4 ? 'utf-16le' : even > odd * 4 ? 'utf-16be' : undefined
  if (label === undefined || Math.max(even, odd) < looked / 40) return undefined
  const text = new TextDecoder(label).decode(start.subarray(0, looked), { stream: true })
  return /[\ufffd\p{Cn}\0]/u.test(text) ? undefined : label
}

/** ISO-2022-JP (RFC 1468) is seven bits wide and tells its alphabets apart by `ESC $ B` and the like. */
function shiftsInEscapes(start: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(start)
  return text.includes('\x1b$B') || text.includes('\x1b$@')
}

/** Without the last character, where the piece ends inside it. */
export function withoutLoose(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length - looseBytes(bytes))
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

function guessed(start: Uint8Array): string {
  const best = analyse(start)
    .map(({ name }) => legacy.get(name))
    .find((label) => label !== undefined && decodes(start, label))
  if (best !== undefined && best !== 'windows-1252' && best !== 'windows-1250' && best !== 'windows-1254') return best
  return wordiness(start, 'macintosh') > wordiness(start, best ?? 'windows-1252')
    ? 'macintosh'
    : (best ?? 'windows-1252')
}

/** The last bytes may be half a character: they are not held against it. */
const decodes = (start: Uint8Array, label: string) =>
  !new TextDecoder(label).decode(start, { stream: true }).includes('\ufffd')

/**
 * How much what is beyond ASCII looks like letters inside words. chardet does not know Mac OS Roman, which spreadsheets on
 * a Mac still write; read as windows-1252 its accents turn into capitals and signs in the middle of words.
 */
function wordiness(start: Uint8Array, label: string): number {
  const text = new TextDecoder(label).decode(start.subarray(0, 16 * 1024), { stream: true })
  const good = text.match(/(?<=\p{L})[^\p{ASCII}\P{Ll}]|[^\p{ASCII}\P{L}](?=\p{Ll})/gu)?.length ?? 0
  const bad =
    text.match(/(?<=\p{Ll})[^\p{ASCII}\P{Lu}]|(?<=\p{L})[^\p{ASCII}\p{L}\p{P}](?=\p{L})|\p{Cc}(?<![\t\r\n\f])/gu)
      ?.length ?? 0
  return good - 3 * bad
}
