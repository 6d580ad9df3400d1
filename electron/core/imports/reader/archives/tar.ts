// Tar archives (POSIX.1-2001 pax, ustar, GNU long names): a header of 512 bytes before each file. Only files come out; links
// and devices are named and not followed.
import { isClutter } from '../../../../../shared/clutter.ts'
import { createWindow, inWindows, piecesOf } from '../../../random-access.ts'
import { type Problem, Unreadable } from '../importer.ts'
import type { Unpacked, Unpacking } from './archives.ts'
import { type Listed, type Place, opened, refusedFile } from './listed.ts'

const block = 512
const mostEntries = 1_000_000
const longestName = 64 * 1024

export async function* tarred(file: Listed, { spooled, root }: Unpacking): Unpacked {
  const open = await opened(file, spooled)
  const source = inWindows(open())
  // What lies side by side is read side by side.
  const window = createWindow()
  const openNear = () => inWindows(open(), window)
  const place: Place = {
    depth: file.place.depth + (Number.isInteger(file.place.depth) ? 1 : 0.5),
    root,
    chunks: ({ number: from, bytes }) => piecesOf(openNear, from, from + bytes),
  }
  try {
    let longName: string | undefined
    let entries = 0
    for (let at = 0; at + block <= source.bytes; ) {
      const header = Buffer.from(await source.read(at, block))
      if (header.every((byte) => byte === 0)) return
      if (!isSound(header)) throw new Unreadable('damaged', { at })
      const bytes = numberIn(header.subarray(124, 136))
      const changed = numberIn(header.subarray(136, 148)) * 1000
      const from = at + block
      const kind = String.fromCharCode(header[156] ?? 0)
      at = from + Math.ceil(bytes / block) * block
      if ((entries += 1) > mostEntries) throw new Unreadable('too-many')
      if (kind === 'L' || kind === 'x') {
        const told = Buffer.from(await source.read(from, Math.min(bytes, longestName)))
        longName = kind === 'L' ? textIn(told) : (paxPath(told) ?? longName)
        continue
      }
      const name = longName ?? nameIn(header)
      longName = undefined
      if (kind === '5' || kind === 'g' || isClutter(name)) continue
      const path = safePath(name)
      const label = `${file.path}/${path.shown}`
      const why = path.why ?? refusalOf(kind) ?? (from + bytes > source.bytes ? 'cut-short' : undefined)
      if (why !== undefined) yield refusedFile(label, why, place, bytes)
      else yield { path: label, bytes, changed, place, number: from }
    }
  } finally {
    source.close()
  }
}

/** The sum of the header's bytes, with spaces where the sum stands. */
function isSound(header: Buffer): boolean {
  let sum = 8 * 0x20
  for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte
  return sum === numberIn(header.subarray(148, 156))
}

/** Octal digits, or bytes with the highest bit set where a number is too large for them (GNU). */
function numberIn(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(textIn(field).trim() || '0', 8) || 0
  const value = field.subarray(-6).readUIntBE(0, 6)
  return Number.isSafeInteger(value) ? value : 0
}

const textIn = (field: Buffer): string => field.toString('utf8').split('\0')[0] ?? ''

function nameIn(header: Buffer): string {
  const prefix = textIn(header.subarray(345, 500))
  const name = textIn(header.subarray(0, 100))
  return prefix === '' ? name : `${prefix}/${name}`
}

/** `27 path=a/b\n`: its own length, a name, a value. */
const paxPath = (told: Buffer): string | undefined => /(?:^|\n)\d+ path=([^\n]+)\n/.exec(told.toString('utf8'))?.[1]

function safePath(name: string): { readonly shown: string; readonly why?: Problem['why'] } {
  const parts = name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').split('/')
  const shown = parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/') || 'unnamed'
  return parts.includes('..') || name.startsWith('/') ? { shown, why: 'unsafe-path' } : { shown }
}

function refusalOf(kind: string): Problem['why'] | undefined {
  if (kind === '0' || kind === '\0' || kind === '7') return undefined
  return kind === '1' || kind === '2' ? 'link' : 'not-recognised'
}
