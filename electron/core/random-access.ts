// Bytes that are read from any place in them: files of this computer, and archives, whose directory stands at their end.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { Bytes } from './sealed-files.ts'

export const pieceBytes = 64 * 1024

/** The same where each read is answered later: whoever reads a long way is best served in larger pieces. */
export interface Source {
  readonly bytes: number
  readonly read: (at: number, length: number) => Uint8Array | Promise<Uint8Array>
  readonly close: () => void
  readonly pieceBytes?: number
}

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

/** What was read last, and where it stands. */
export interface Window {
  from: number
  held: Uint8Array
}

export const createWindow = (): Window => ({ from: 0, held: new Uint8Array(0) })

/**
 * The same for who reads a few bytes here and a few there, as an archive's directory is read, and its small files. Several
 * openings of one file may look through one window.
 */
export function inWindows(source: Source, window: Window = createWindow()): Source {
  const windowBytes = source.pieceBytes ?? pieceBytes
  return {
    ...source,
    async read(at, length) {
      if (length > windowBytes) return source.read(at, length)
      const { from, held } = window
      if (at >= from && at + length <= from + held.length) return held.subarray(at - from, at - from + length)
      const next = await source.read(at, windowBytes)
      window.from = at
      window.held = next
      return next.subarray(0, length)
    },
  }
}

export async function* piecesOf(
  open: () => Source,
  from = 0,
  end = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const source = open()
  const most = source.pieceBytes ?? pieceBytes
  const stop = Math.min(end, source.bytes)
  try {
    for (let at = from; at < stop; ) {
      const piece = await source.read(at, Math.min(most, stop - at))
      if (piece.length === 0) return
      yield piece
      at += piece.length
    }
  } finally {
    source.close()
  }
}

/** For yauzl, which then opens nothing and closes nothing. */
export function zipReaderOf(source: Source): yauzl.RandomAccessReader {
  class Reader extends yauzl.RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(piecesOf(() => ({ ...source, close() {} }), start, end))
    }
    override read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null) => void,
    ): void {
      const give = async () => {
        try {
          const bytes = await source.read(position, length)
          buffer.set(bytes, offset)
          return bytes.length < length ? new Error('unexpected end') : null
        } catch (error) {
          return error instanceof Error ? error : new Error('unreadable')
        }
      }
      void give().then((failure) => process.nextTick(callback, failure))
    }
    override close(callback: (error: Error | null) => void): void {
      callback(null)
    }
  }
  return new Reader()
}
