// The key hierarchy. One master key opens everything; each use has a key of its own, derived by HKDF-SHA-256 (RFC 5869)
// and wiped after use. Keys are Buffers in this process, never handed to a screen, a log or a command line. (What becomes a
// string all the same, account.ts says.)
import { hkdfSync, randomBytes, randomFillSync } from 'node:crypto'
import sodium from 'libsodium-wrappers-sumo'
import { wipeInLibrary } from '../../sodium-memory.ts'

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
