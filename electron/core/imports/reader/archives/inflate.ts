// What deflate packed, unpacked as it is taken (RFC 1951).
import { Readable, pipeline } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { pieceBytes } from '../../../random-access.ts'
import { Unreadable } from '../importer.ts'

export async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: pieceBytes })
  let failure: unknown
  pipeline(Readable.from(packed), inflate, (error) => (failure = error))
  try {
    for await (const piece of inflate) yield piece as Uint8Array
  } catch (error) {
    if (failure instanceof Unreadable) throw failure
    throw error instanceof Unreadable ? error : new Unreadable('damaged')
  } finally {
    inflate.destroy()
  }
}
