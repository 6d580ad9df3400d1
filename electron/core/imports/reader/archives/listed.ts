// A file as the reader knows it before it is read: on the disk, sealed on the disk, or inside of an archive.
import { type Source, piecesOf } from '../../../random-access.ts'
import { type Entry, type Problem, Unreadable } from '../importer.ts'

export interface Listed {
  readonly path: string
  /** As it is called, where its path has a number of ours in it. */
  readonly called?: string | undefined
  readonly bytes: number
  /** When it was last changed, as far as is known: milliseconds since 1970. */
  readonly changed?: number | undefined
  /** Why it is not read at all. */
  readonly refused?: Problem
  readonly place: Place
  /** Which of those in that place it is. There may be very many: of each only this is held. */
  readonly number: number
}

/** Where files lie: on the disk, or in one archive. */
export interface Place {
  /** How many archives it is in. */
  readonly depth: number
  /** The archive that came, where it is in one, however deep. */
  readonly root?: Root
  readonly chunks: (file: Listed) => AsyncIterable<Uint8Array>
  /** From any place in the file; absent where it can only be read from its start. */
  readonly open?: (file: Listed) => Source
}

export interface Root {
  readonly bytes: number
  /** What all that has been met in it so far comes to. */
  unpacked: number
}

/** On the disk, or put down there: whoever made the list opens them. */
export const onDisk = (open: (file: Listed) => Source): Place => ({
  depth: 0,
  open,
  chunks: (file) =>
    toItsEnd(
      piecesOf(() => open(file)),
      file.bytes,
    ),
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

export const refusedFile = (path: string, why: Problem['why'], place: Place, bytes = 0): Listed => ({
  path,
  bytes,
  refused: { why },
  place,
  number: -1,
})

export const chunksOf = (file: Listed): AsyncIterable<Uint8Array> => {
  if (file.refused !== undefined) throw new Unreadable(file.refused.why)
  return file.place.chunks(file)
}

/** Opens a file that can be read from any place; one that cannot is put down first. */
export async function opened(file: Listed, spooled: (file: Listed) => Promise<Listed>): Promise<() => Source> {
  const found = file.place.open === undefined ? await spooled(file) : file
  const { open } = found.place
  if (open === undefined) throw new Error('a spooled file cannot be read from any place')
  return () => open(found)
}

/** What an importer is handed. `onRead` hears of every piece that is taken from it. */
export function entryOf(file: Listed, onRead: (bytes: number) => void): Entry {
  const { path, called = path, bytes, changed } = file
  const counted = async function* () {
    for await (const chunk of chunksOf(file)) {
      onRead(chunk.length)
      yield chunk
    }
  }
  return {
    path,
    called,
    bytes,
    changed,
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
