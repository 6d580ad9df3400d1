// How much may come out of how little. Text packs forty to one, logs a hundred to one; the most that deflate can do is a
// thousand to one, and only what was made to do harm comes near that.
import { Unreadable } from '../importer.ts'

const mostTimes = 250
/** Below this nobody is harmed, whatever the ratio. */
const alwaysAllowed = 64 * 1024 * 1024
/** No person's archive holds more. */
const mostBytes = 1024 ** 4

export const isBomb = (bytes: number, compressed: number): boolean =>
  bytes > mostBytes || (bytes > alwaysAllowed && bytes > compressed * mostTimes)

interface Bounds {
  readonly compressed: number
  /** What its header says; more is a lie, and so is less. */
  readonly told?: number
}

export async function* within(
  chunks: AsyncIterable<Uint8Array>,
  { compressed, told }: Bounds,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (told !== undefined && bytes > told) throw new Unreadable('damaged')
    if (isBomb(bytes, compressed)) throw new Unreadable('bomb')
    yield chunk
  }
  if (told !== undefined && bytes < told) throw new Unreadable('cut-short')
}
