// A file as the reader knows it before it is read: on the disk, sealed on the disk, or inside of an archive.
import { type Source, piecesOf } from '../../../random-access.ts'
import { type Entry, type Problem, Unreadable } from '../importer.ts'

export interface Listed {
  readonly path: string
  readonly bytes: number
  /** How many archives it lies in. */
  readonly depth: number
  /** The archive that came, where it lies in one, however deep. */
  readonly root?: Root
  /** Why it is not read at all. */
  readonly refused?: Problem
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** From any place in it; absent where it can only be read from its start. */
  readonly open?: () => Source
}

export interface Root {
  readonly bytes: number
  /** What all that has been met in it so far comes to. */
  unpacked: number
}

export const listedFile = (path: string, bytes: number, open: () => Source): Listed => ({
  path,
  bytes,
  depth: 0,
  open,
  chunks: () => toItsEnd(piecesOf(open), bytes),
})

/** A file that has become shorter since it was listed is not one that ends there. */
async function* toItsEnd(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let came = 0
  for await (const chunk of chunks) {
    came += chunk.length
    yield chunk
  }
  if (came < bytes) throw new Unreadable('cut-short')
}

export const refusedFile = (path: string, why: Problem['why'], depth = 0, bytes = 0): Listed => ({
  path,
  bytes,
  depth,
  refused: { why },
  async *chunks() {
    yield* []
    throw new Unreadable(why)
  },
})

/** What an importer is handed. `onRead` hears of every piece that is taken from it. */
export function entryOf({ path, bytes, chunks }: Listed, onRead: (bytes: number) => void): Entry {
  const counted = async function* () {
    for await (const chunk of chunks()) {
      onRead(chunk.length)
      yield chunk
    }
  }
  return {
    path,
    bytes,
    chunks: counted,
    async whole(most) {
      if (bytes > most) throw new Unreadable('too-large')
      const parts: Uint8Array[] = []
      let length = 0
      for await (const chunk of counted()) {
        length += chunk.length
        // What an archive says of a file's length may be untrue.
        if (length > most) throw new Unreadable('too-large')
        parts.push(chunk)
      }
      return Buffer.concat(parts, length)
    },
  }
}
