// The parts of an office document: it is a zip with XML in it (ECMA-376 part 2). Only parts that are asked for by name are
// unpacked, as a stream, and never more of one than any real document has.
import { fromBufferPromise, type ZipFile, type Entry as ZipEntry } from 'yauzl'
import { type Entry, Unreadable } from '../importer.ts'

const most = 64 * 1024 * 1024
/** Of one part, unpacked. The longest novels have an eighth of it. */
const mostUnpacked = 64 * 1024 * 1024
const mostParts = 20_000

export interface OfficeParts {
  readonly names: readonly string[]
  readonly part: (name: string) => Entry | undefined
  readonly close: () => void
}

export async function officeParts(entry: Entry): Promise<OfficeParts> {
  const bytes = await entry.whole(most)
  const zip = await open(bytes)
  const known = new Map<string, ZipEntry>()
  try {
    if (zip.entryCount > mostParts) throw new Unreadable('too-many')
    for await (const one of zip.eachEntry()) known.set(one.fileName, one)
  } catch (error) {
    zip.close()
    throw asUnreadable(error)
  }
  const part = (name: string) => {
    const found = known.get(name)
    return found === undefined ? undefined : partOf(zip, found)
  }
  return { names: [...known.keys()], part, close: () => zip.close() }
}

async function open(bytes: Uint8Array): Promise<ZipFile> {
  try {
    return await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
      autoClose: false,
    })
  } catch (error) {
    // The table of a zip stands at its end: without it, the end is missing.
    throw error instanceof Error && /end of central directory/i.test(error.message)
      ? new Unreadable('cut-short')
      : asUnreadable(error)
  }
}

function partOf(zip: ZipFile, found: ZipEntry): Entry {
  async function* chunks() {
    let length = 0
    try {
      const stream = await zip.openReadStreamPromise(found)
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        length += chunk.length
        if (length > mostUnpacked) throw new Unreadable('bomb')
        yield chunk
      }
    } catch (error) {
      throw asUnreadable(error)
    }
  }
  const whole = async (limit: number) => {
    const pieces: Uint8Array[] = []
    let length = 0
    for await (const chunk of chunks()) {
      length += chunk.length
      if (length > limit) throw new Unreadable('too-large')
      pieces.push(chunk)
    }
    return Buffer.concat(pieces)
  }
  return { path: found.fileName, called: found.fileName, bytes: found.uncompressedSize, chunks, whole }
}

/** Whatever a zip is wrong about, it is damaged: the words for it name what is inside, and are not repeated. */
const asUnreadable = (error: unknown): Unreadable => (error instanceof Unreadable ? error : new Unreadable('damaged'))
