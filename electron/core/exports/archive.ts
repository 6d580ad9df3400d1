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

export function createArchive({ at, push }: ArchiveParts): Archive {
  const zip = new yazl.ZipFile()
  // The stream itself: one wrapped around it would wait, when given up, for a piece that never comes.
  const output = zip.outputStream as PassThrough
  const files: ListedFile[] = []
  const taken = (async () => {
    for await (const bytes of output) push(bytes as Uint8Array)
  })()
  // It is waited for at the end; until then nobody listens.
  taken.catch(() => {})
  // Of a source that failed its reader is told; for the archive it means that there will be no more.
  zip.on('error', () => output.destroy(new Error('a file of an archive could not be read')))

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
      const source = Readable.from(counted())
      const ended = once(source, 'end')
      zip.addReadStream(source, path, { mtime: at, mode: 0o100600, compress: packed })
      // A sink that takes nothing any more would leave the source waiting for ever.
      await Promise.race([ended, taken.then(() => Promise.reject(new Error('an archive ended before its files')))])
      files.push({ path, bytes, sha256: hash.digest('hex') })
    },

    async end() {
      zip.end()
      await taken
    },

    async close() {
      output.destroy()
      await taken.catch(() => {})
    },
  }
}
