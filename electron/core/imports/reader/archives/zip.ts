// Zip archives (APPNOTE 6.3.10), listed by yauzl from their directory at the end. A name that leads out of the archive, a
// link, a length that is untrue costs that one entry; what is in all of it together may not be absurd for its size.
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { isClutter } from '../../../../../shared/clutter.ts'
import { type Source, createWindow, inWindows, piecesOf, zipReaderOf } from '../../../random-access.ts'
import { type Problem, Unreadable } from '../importer.ts'
import type { Unpacked, Unpacking } from './archives.ts'
import { isBomb, within } from './bounds.ts'
import { inflated } from './inflate.ts'
import { type Listed, type Place, opened, refusedFile } from './listed.ts'
import { type PackedEntry, createDirectory } from './zip-directory.ts'
import { lockOf, unlocked } from './zip-locks.ts'

const mostEntries = 1_000_000

export async function* zipped(file: Listed, { password, spooled, root }: Unpacking): Unpacked {
  const open = await opened(file, spooled)
  const source = inWindows(open())
  // What lies side by side is read side by side.
  const window = createWindow()
  const openNear = () => inWindows(open(), window)
  const directory = createDirectory()
  const place: Place = {
    depth: file.place.depth + 1,
    root,
    chunks: ({ number, bytes }) => unpacked({ ...directory.at(number), bytes, open: openNear, password }),
  }
  try {
    const zip = await begun(source)
    let [entries, inAll] = [0, 0]
    for await (const entry of eachOf(zip)) {
      entries += 1
      // One that is refused by itself unpacks nothing.
      if (!isBomb(entry.uncompressedSize, entry.compressedSize)) inAll += entry.uncompressedSize
      if (entries > mostEntries) throw new Unreadable('too-many')
      // Entries that share their bytes look harmless one by one.
      if (isBomb(inAll, source.bytes)) throw new Unreadable('bomb')
      const name = nameOf(entry)
      if ('bad' in name) {
        yield refusedFile(`${file.path}/${name.shown}`, name.bad, place)
        continue
      }
      if (name.path.endsWith('/') || isClutter(name.path)) continue
      const path = `${file.path}/${name.path}`
      const lock = lockOf(entry)
      const bytes = entry.uncompressedSize
      const refused = (why: Problem['why'], told = 0) => refusedFile(path, why, place, told)
      if (isBomb(bytes, entry.compressedSize)) yield refused('bomb', bytes)
      else if (lock === 'unknown' || !isPackedAsKnown(lock?.method ?? entry.compressionMethod))
        yield refused('not-recognised')
      else if (lock !== undefined && password === undefined) yield refused('needs-password', bytes)
      else yield { path, bytes, changed: entry.getLastModDate().getTime(), place, number: directory.add(entry, lock) }
    }
  } finally {
    source.close()
  }
}

/** Its reader is ours and is closed by us; yauzl opens nothing. */
function begun(source: Source): Promise<yauzl.ZipFile> {
  return yauzl
    .fromRandomAccessReaderPromise(zipReaderOf(source), source.bytes, {
      autoClose: false,
      lazyEntries: true,
      // By hand below: one bad name must not end the list.
      decodeStrings: false,
      strictFileNames: true,
    })
    .catch((error: unknown) => {
      throw new Unreadable(/end of central directory/i.test(messageOf(error)) ? 'cut-short' : 'damaged')
    })
}

async function* eachOf(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  try {
    for await (const entry of zip.eachEntry()) yield entry
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable('damaged')
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')

type Name = { readonly path: string } | { readonly bad: Problem['why']; readonly shown: string }

function nameOf(entry: yauzl.Entry): Name {
  const raw = Buffer.from(entry.fileNameRaw)
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false)
  const path = name.replaceAll('\\', '/')
  const shown = path
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
  if (yauzl.validateFileName(path) !== null || shown === '') return { bad: 'unsafe-path', shown: shown || 'unnamed' }
  if (isLink(entry)) return { bad: 'link', shown }
  return { path: path.endsWith('/') ? `${shown}/` : shown }
}

/** S_IFLNK in the upper half, where the archive was made on Unix. */
const isLink = ({ externalFileAttributes }: yauzl.Entry): boolean =>
  ((externalFileAttributes >>> 16) & 0o170000) === 0o120000

/** As it is, or by deflate. */
const isPackedAsKnown = (method: number): boolean => method === 0 || method === 8

interface Packed extends PackedEntry {
  readonly bytes: number
  readonly open: () => Source
  readonly password: string | undefined
}

async function* unpacked({ offset, packed, check, method, lock, bytes, open, password }: Packed) {
  const from = await startOf(open, offset)
  const pieces = piecesOf(open, from, from + packed)
  const plain = lock === undefined ? pieces : unlocked(pieces, { lock, password: password ?? '', bytes: packed })
  const content = method === 8 ? inflated({ packed: plain, bytes: packed, told: bytes }) : plain
  const bounds = { compressed: packed, told: bytes }
  yield* checked(within(content, bounds), lock?.hasCheck === false ? undefined : check)
}

/** The local header says once more what the directory says, and only its length matters (APPNOTE §4.3.7). */
async function startOf(open: () => Source, offset: number): Promise<number> {
  const source = open()
  try {
    const header = Buffer.from(await source.read(offset, 30))
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new Unreadable('damaged')
    return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    source.close()
  }
}

async function* checked(chunks: AsyncIterable<Uint8Array>, expected: number | undefined): AsyncGenerator<Uint8Array> {
  let sum = 0
  for await (const chunk of chunks) {
    sum = crc32(chunk, sum)
    yield chunk
  }
  if (expected !== undefined && sum !== expected) throw new Unreadable('damaged')
}
