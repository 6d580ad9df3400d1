// What deflate packed, unpacked as it is taken (RFC 1951); what is small, at once, which takes a tenth of the time.
import { Readable, pipeline } from 'node:stream'
import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { pieceBytes } from '../../../random-access.ts'
import { Unreadable } from '../importer.ts'

const small = 256 * 1024

interface Packed {
  readonly packed: AsyncIterable<Uint8Array>
  /** Packed, and unpacked, as its header has it. */
  readonly bytes: number
  readonly told: number
}

export async function* inflated({ packed, bytes, told }: Packed): AsyncGenerator<Uint8Array> {
  if (bytes > small || told > small) {
    yield* asItComes(packed)
    return
  }
  const parts: Uint8Array[] = []
  for await (const part of packed) parts.push(part)
  const whole = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  const plain = atOnce(whole, told)
  if (plain !== undefined) yield plain
  // It is not what it was said to be: whoever reads it as it comes has what stands before the damage.
  else yield* asItComes(Readable.from([whole]))
}

function atOnce(packed: Uint8Array, told: number): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: told + 1, chunkSize: Math.max(64, told + 1) })
  } catch {
    // Why, is found when it is unpacked piece by piece.
    return undefined
  }
}

async function* asItComes(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
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
