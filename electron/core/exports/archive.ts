// Writes the archive of an export, file by file as they come: nothing is held whole, and of each file its length and hash
// are noted for the manifest. What it writes goes to a sink, and the sink decides what lies on the disk.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type PassThrough, Readable } from 'node:stream'
import yazl from 'yazl'
import type { ListedFile } from './manifest.ts'

export type Content = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface Archive {
  /** Resolves when all of it is in the archive. */
  readonly add: (path: string, content: Content, how?: { readonly packed: boolean }) => Promise<void>
  readonly files: readonly ListedFile[]
  readonly end: () => Promise<void>
  /** To be called when all is over, however it ended. */
  readonly close: () => Promise<void>
}

interface ArchiveParts {
  readonly at: Date
  readonly push: (bytes: Uint8Array) => void
}

/** What the zip's directory is written from at the end. */
interface Entry {
  readonly state: number
  readonly getCentralDirectoryRecord: () => Buffer
}
/** Of an entry that is written. */
const done = 3

export function createArchive({ at, push }: ArchiveParts): Archive {
  const zip = new yazl.ZipFile() as yazl.ZipFile & { entries: Entry[] }
  const written: Entry[] = []
  // The stream itself: one wrapped around it would wait, when given up, for a piece that never comes.
  const output = zip.outputStream as PassThrough
  const files: ListedFile[] = []
  const taken = (async () => {
    for await (const bytes of output) push(bytes as Uint8Array)
  })()
  /** What is being read. */
  let source: Readable | undefined
  /** Why nothing is taken any more: what is read then would wait for ever. */
  let over: Error | undefined
  const giveUp = (why: Error) => {
    over = why
    source?.destroy(why)
  }
  taken.then(() => giveUp(new Error('an archive ended before its files')), giveUp)
  // Of a source that failed its reader is told; for the archive it means that there will be no more.
  zip.on('error', () => output.destroy(new Error('a file of an archive could not be read')))

  // The library keeps the streams of every entry, and looks through all of them for each one that is added (measured: a hundred
  // thousand files took seven times as long and three times the memory). It gets its entries back for the end, without those.
  const setAside = () => {
    for (let entry = zip.entries[0]; entry?.state === done; entry = zip.entries[0]) {
      // As text: of a buffer all would stay that it was cut from, a thousand times as much.
      const record = entry.getCentralDirectoryRecord().toString('latin1')
      written.push({ state: done, getCentralDirectoryRecord: () => Buffer.from(record, 'latin1') })
      zip.entries.shift()
    }
  }

  return {
    files,

    async add(path, content, { packed } = { packed: true }) {
      const hash = createHash('sha256')
      let bytes = 0
      const counted = async function* () {
        for await (const piece of content) {
          hash.update(piece)
          bytes += piece.length
          yield piece
        }
      }
      if (over !== undefined) throw over
      setAside()
      source = Readable.from(counted())
      // Given up after its last piece, it has nobody to tell.
      source.on('error', () => {})
      const ended = once(source, 'end')
      zip.addReadStream(source, path, { mtime: at, mode: 0o100600, compress: packed })
      await ended
      files.push({ path, bytes, sha256: hash.digest('hex') })
    },

    async end() {
      zip.entries = [...written, ...zip.entries]
      zip.end()
      await taken
    },

    async close() {
      output.destroy()
      await taken.catch(() => {})
    },
  }
}
