// A file as the reader knows it before it is read: on the disk, sealed on the disk, or inside of an archive.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { Bytes } from '../../sealed-files.ts'
import { type Entry, type Problem, Unreadable } from '../importer.ts'

export interface Listed {
  readonly path: string
  readonly bytes: number
  /** How many archives it lies in. */
  readonly depth: number
  /** Why it is not read at all. */
  readonly refused?: Problem
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** From any place in it; absent where it can only be read from its start. */
  readonly open?: () => Bytes
}

export const pieceBytes = 64 * 1024

/** Never through a link, wherever it leads. */
export function openPlainFile(path: string): Bytes {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  const { size } = fstatSync(file)
  return {
    bytes: size,
    read(at, length) {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - at)))
      let filled = 0
      while (filled < buffer.length) {
        const got = readSync(file, buffer, filled, buffer.length - filled, at + filled)
        if (got === 0) break
        filled += got
      }
      return buffer.subarray(0, filled)
    },
    close: () => closeSync(file),
  }
}

/** The same for who reads a few bytes here and a few there, as the directory of an archive is read. */
export function inWindows(bytes: Bytes): Bytes {
  let from = 0
  let held: Uint8Array = new Uint8Array(0)
  return {
    ...bytes,
    read(at, length) {
      if (length > pieceBytes) return bytes.read(at, length)
      if (at < from || at + length > from + held.length) {
        from = at
        held = bytes.read(at, pieceBytes)
      }
      return held.subarray(at - from, at - from + length)
    },
  }
}

export async function* piecesOf(
  open: () => Bytes,
  from = 0,
  end = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const source = open()
  try {
    for (let at = from; at < end; ) {
      const piece = source.read(at, Math.min(pieceBytes, end - at))
      if (piece.length === 0) return
      yield piece
      at += piece.length
    }
  } finally {
    source.close()
  }
}

export const listedFile = (path: string, bytes: number, open: () => Bytes): Listed => ({
  path,
  bytes,
  depth: 0,
  open,
  chunks: () => piecesOf(open),
})

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
