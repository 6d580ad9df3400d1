// How far a reader has come, of all that came together. A file counts for what it holds and for itself: of very small ones it is
// their number that takes the time.
import type { Listed } from './archives/listed.ts'
import type { Shelf } from './shelf.ts'

const everyMs = 100
/** What reading one more file takes, in bytes that could be read meanwhile. */
const fileBytes = 2048

export interface Progress {
  /** A sign of life, and some of the file at hand. */
  readonly onRead: (bytes: number) => void
  readonly onDone: (file: Pick<Listed, 'path' | 'bytes'>) => void
  /** What is in it counts in its place. */
  readonly onUnpacked: (file: Pick<Listed, 'path' | 'bytes'>) => void
  readonly tell: () => void
}

export function createProgress(shelf: Shelf, told: (done: number, total: number) => void): Progress {
  const unpacked = new Set<string>()
  let [done, packed, read, reached, toldAt] = [0, 0, 0, 0, 0]
  const tell = () => {
    const time = performance.now()
    if (time - toldAt < everyMs) return
    toldAt = time
    const total = shelf.bytes() - packed + shelf.count() * fileBytes
    // What an archive really holds may be more than was known, and what is read with one file is read once more by itself.
    reached = Math.max(reached, done + read)
    told(Math.min(reached, total), total)
  }
  return {
    onRead(bytes) {
      read += bytes
      tell()
    },
    onDone({ path, bytes }) {
      done += (unpacked.delete(path) ? 0 : bytes) + fileBytes
      read = 0
      tell()
    },
    onUnpacked({ path, bytes }) {
      unpacked.add(path)
      packed += bytes
    },
    tell,
  }
}
