// A zip that stands behind other bytes: an archive that unpacks itself is a program with a zip at its end. A zip is told by its
// end, and only one whose end, directory and first entry are all where they say is taken for one.
import type { Source } from '../../../random-access.ts'
import type { Listed } from './listed.ts'

const endBytes = 22
const locatorBytes = 20
const largeEndBytes = 56
const longestComment = 0xffff
/** More that look like an end were put there to be looked at. */
const mostTried = 8

const marks = { end: 0x06054b50, largeEnd: 0x06064b50, locator: 0x07064b50, directory: 0x02014b50, entry: 0x04034b50 }

/** Programs of Windows, of Linux and of a shell; of macOS, for one kind of processor and for several. */
export const isProgram = (start: Uint8Array): boolean =>
  /^(?:MZ|\x7fELF|#!|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)/.test(
    Buffer.from(start.subarray(0, 4)).toString('latin1'),
  )

/** The same file from where its zip begins; undefined where it has none. Programs may be signed behind it. */
export async function zipBehind(
  file: Listed,
  { open, isSigned }: { readonly open: () => Source; readonly isSigned: boolean },
): Promise<Listed | undefined> {
  const source = open()
  try {
    const from = Math.max(0, source.bytes - longestComment - endBytes - locatorBytes - largeEndBytes)
    const tail = Buffer.from(await source.read(from, source.bytes - from))
    let tried = 0
    for (let at = tail.length - endBytes; at >= 0 && tried < mostTried; at -= 1) {
      if (tail.readUInt32LE(at) !== marks.end) continue
      tried += 1
      const end = at + endBytes + tail.readUInt16LE(at + 20)
      if (end > tail.length || (end < tail.length && !isSigned)) continue
      const start = await startOf(source, tail, { from, at })
      if (start === undefined) continue
      const bytes = from + end - start
      return { ...file, bytes, place: { ...file.place, open: () => part(open(), start, bytes) } }
    }
    return undefined
  } finally {
    source.close()
  }
}

/** Places are counted from where the zip began when it was alone: what came before it since is the difference. */
async function startOf(
  source: Source,
  tail: Buffer,
  { from, at }: { readonly from: number; readonly at: number },
): Promise<number | undefined> {
  const { start, directory } = toldBy(tail, from, at)
  if (!Number.isSafeInteger(start) || start < 0) return undefined
  const first = Buffer.from(await source.read(start + directory, 46))
  if (first.length < 46 || first.readUInt32LE(0) !== marks.directory) return undefined
  const entry = Buffer.from(await source.read(start + first.readUInt32LE(42), 4))
  return entry.length === 4 && entry.readUInt32LE(0) === marks.entry ? start : undefined
}

/** APPNOTE §4.3.14 to §4.3.16: a large zip has a second end, before the first. */
function toldBy(tail: Buffer, from: number, at: number): { readonly start: number; readonly directory: number } {
  const locator = at - locatorBytes
  const large = locator - largeEndBytes
  const isLarge =
    large >= 0 && tail.readUInt32LE(locator) === marks.locator && tail.readUInt32LE(large) === marks.largeEnd
  if (isLarge) {
    const [told, directory] = [tail.readBigUInt64LE(locator + 8), tail.readBigUInt64LE(large + 48)]
    return { start: from + large - Number(told), directory: Number(directory) }
  }
  const [bytes, directory] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  return { start: from + at - bytes - directory, directory }
}

const part = (source: Source, from: number, bytes: number): Source => ({
  ...source,
  bytes,
  read: (at, length) => source.read(from + at, Math.max(0, Math.min(length, bytes - at))),
})
