// The key hierarchy. One master key opens everything; each use has a key of its own, derived by HKDF-SHA-256 (RFC 5869)
// and wiped after use. Keys are Buffers in this process, never handed to a screen, a log or a command line. (What becomes a
// string all the same, account.ts says.)
import { hkdfSync, randomBytes, randomFillSync } from 'node:crypto'
import sodium from 'libsodium-wrappers-sumo'
import { z } from 'zod'

export const keyBytes = 32

const labels = {
  database: 'mindkeep/database/v1',
  backup: 'mindkeep/backup/v1',
  signing: 'mindkeep/signing/v1',
  recovery: 'recovery/v1',
  device: 'device/v1',
  account: 'evm/v1',
} as const

export function deriveKey(secret: Buffer, use: keyof typeof labels, salt: Uint8Array = new Uint8Array(0)): Buffer {
  if (secret.length !== keyBytes) throw new Error('a secret to derive from is not 32 bytes long')
  return Buffer.from(hkdfSync('sha256', secret, salt, labels[use], keyBytes))
}

export const randomKey = (): Buffer => randomFillSync(room(keyBytes))

/**
 * Memory of its own, at an address that stays. A small Buffer made otherwise lies in a slab shared with others, which is
 * cloned whole when a part of it is sent to a thread, or on the heap, where the collector moves it and leaves copies behind.
 */
const room = (bytes: number): Buffer => Buffer.from(new ArrayBuffer(bytes))

export function copyOf(secret: Uint8Array): Buffer {
  const copy = room(secret.length)
  copy.set(secret)
  return copy
}

export function wipe(...keys: readonly (Uint8Array | undefined)[]): void {
  for (const key of keys) key?.fill(0)
}

/** Uses a derived key and wipes it, whatever happens. */
export function withKey<T>(key: Buffer, use: (key: Buffer) => T): T {
  try {
    return use(key)
  } finally {
    wipe(key)
  }
}

export interface Sealed {
  readonly nonce: Uint8Array
  readonly box: Uint8Array
}

/** XChaCha20-Poly1305; `context` is authenticated with the secret, so that a box moved elsewhere does not open. */
export function seal(key: Buffer, secret: Uint8Array, context: string): Sealed {
  const nonce = randomBytes(sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  try {
    return { nonce, box: sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, context, null, nonce, key) }
  } finally {
    wipeInLibrary(secret, key)
  }
}

/** The secret, or nothing when the key or the context is not the one it was sealed with. */
export function unseal(key: Buffer, { nonce, box }: Sealed, context: string): Buffer | undefined {
  if (nonce.length !== sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES) return undefined
  if (box.length < sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES) return undefined
  try {
    const opened = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, box, context, nonce, key)
    const secret = copyOf(opened)
    wipe(opened)
    wipeInLibrary(secret)
    return secret
  } catch {
    // libsodium throws for a wrong key and for changed bytes alike; to the caller both mean "does not open".
    return undefined
  } finally {
    wipeInLibrary(key)
  }
}

/** A key of 32 bytes, a nonce of 12 and 8 spare ones (libsodium, crypto_secretstream_xchacha20poly1305_state). */
const streamStateBytes = 52

const libraryMemory = z.object({ libsodium: z.object({ HEAPU8: z.instanceof(Uint8Array) }) })

function memoryOfLibrary(): Buffer {
  const { HEAPU8: memory } = libraryMemory.parse(sodium).libsodium
  return Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength)
}

/**
 * For what goes through the library piece by piece. Its allocator puts each piece where the one before was, so that place is
 * looked at first; searching everything each time would cost more than the encryption.
 */
export function createLibraryWiper(): (secret: Uint8Array) => void {
  let last = 0
  return (secret) => {
    const rest = restOf(secret)
    if (rest.length === 0) return
    const bytes = memoryOfLibrary()
    const at = bytes.subarray(last, last + rest.length).equals(rest) ? last : bytes.indexOf(rest)
    if (at === -1) return
    bytes.fill(0, at, at + rest.length)
    last = at
  }
}

/** What the allocator leaves of a piece of memory that was given back: it keeps its own notes in the beginning. */
const restOf = (secret: Uint8Array): Uint8Array => secret.subarray(secret.length < 256 ? 8 : 24)

/** The library never gives back what a stream is computed from: the key derived for it lies there (stream.ts). */
export function wipeStream(state: unknown): void {
  const at = z.int().nonnegative().parse(state)
  memoryOfLibrary().fill(0, at, at + streamStateBytes)
}

/** libsodium's memory is WebAssembly's: what is passed in is copied there, freed after use and never overwritten. */
export function wipeInLibrary(...secrets: readonly Uint8Array[]): void {
  const bytes = memoryOfLibrary()
  for (const secret of secrets) {
    // Those that are whole, and then those of which the beginning is the allocator's by now, and must be left to it.
    for (const part of [secret, restOf(secret)]) {
      if (part.length === 0) continue
      for (let at = bytes.indexOf(part); at !== -1; at = bytes.indexOf(part, at + part.length)) {
        bytes.fill(0, at, at + part.length)
      }
    }
  }
}
