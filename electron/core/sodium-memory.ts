// libsodium works in memory of its own, WebAssembly's: what it is given is copied there, given back after use and never
// overwritten. Here that is made good. Content is never searched for: whoever knew that something of theirs is sealed here could
// have it say what stands in the library's own tables, which would then be wiped, and whatever was computed after that wrong.
import sodium from 'libsodium-wrappers-sumo'
import { z } from 'zod'

const aFunction = z.custom<(of: number) => number>((value) => typeof value === 'function')
const library = z.object({
  libsodium: z.object({ HEAPU8: z.instanceof(Uint8Array), _malloc: aFunction, _free: aFunction }),
})

function memory(): {
  readonly bytes: Buffer
  readonly take: (bytes: number) => number
  readonly give: (at: number) => void
} {
  const { HEAPU8, _malloc: take, _free: give } = library.parse(sodium).libsodium
  return { bytes: Buffer.from(HEAPU8.buffer, HEAPU8.byteOffset, HEAPU8.byteLength), take, give }
}

/** What is taken where there is no memory left. */
const nowhere = 0

/**
 * The room that the library has just given back, of these sizes, in the order in which it took it: whoever asks for as much
 * next is given the same.
 */
export function wipeGivenBack(...sizes: readonly number[]): void {
  const { take, give } = memory()
  const places = sizes.map(take)
  // Only now, for taking may have made the memory grow.
  const { bytes } = memory()
  for (const [index, at] of places.entries()) if (at !== nowhere) bytes.fill(0, at, at + (sizes[index] ?? 0))
  places.forEach(give)
}

/** A key of 32 bytes, a nonce of 12 and 8 spare ones (libsodium, crypto_secretstream_xchacha20poly1305_state). */
const streamStateBytes = 52

/** The library never gives back what a stream is computed from: the key derived for it lies there (stream.ts). Once only. */
export function giveBackStream(state: unknown): void {
  const at = z.int().nonnegative().parse(state)
  const { bytes, give } = memory()
  bytes.fill(0, at, at + streamStateBytes)
  give(at)
}

/** Shorter than this, and it may stand there by chance. */
const leastBytes = 32
/** What the allocator's own notes have been written over. */
const notesBytes = 8

/** Keys, which nobody can have chosen, wherever they lie. */
export function wipeInLibrary(...keys: readonly Uint8Array[]): void {
  const { bytes } = memory()
  for (const key of keys) {
    if (key.length < leastBytes) throw new Error('what is too short to be searched for is not wiped like this')
    // Those that are whole, and then those of which the beginning is the allocator's by now, and must be left to it.
    for (const part of [key, key.subarray(notesBytes)]) {
      for (let at = bytes.indexOf(part); at !== -1; at = bytes.indexOf(part, at + part.length)) {
        bytes.fill(0, at, at + part.length)
      }
    }
  }
}
