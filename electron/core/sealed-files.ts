// Files that wait on the disk for a while, sealed under a key that never lies beside them, and read again from any place in
// them: 64 KiB chunks of XChaCha20-Poly1305. Each file has a key of its own, so that a chunk's number can be its nonce: one
// that was moved or changed is refused. Whoever holds the key knows the length too, so that a cut file is noticed.
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import sodium from 'libsodium-wrappers-sumo'
import { wipeGivenBack } from './sodium-memory.ts'

const chunkBytes = 64 * 1024
const tagBytes = 16
const nonceBytes = 24

/** What is needed to read it again. */
export interface Sealed {
  readonly path: string
  readonly key: Uint8Array
  readonly bytes: number
}

/** The file is shorter or other than it was when it was sealed. */
export class SealedDamaged extends Error {
  override readonly name = 'SealedDamaged'
}

/** Bytes that can be read from any place. */
export interface Bytes {
  readonly bytes: number
  /** As many as there are from there on, up to `length`. */
  readonly read: (at: number, length: number) => Uint8Array
  readonly close: () => void
}

export interface SealedWriter {
  readonly push: (bytes: Uint8Array) => void
  /** Flushed to the disk when it returns. */
  readonly end: () => Sealed
  readonly close: () => void
}

function nonceOf(chunk: number): Uint8Array {
  const nonce = Buffer.alloc(nonceBytes)
  nonce.writeBigUInt64LE(BigInt(chunk))
  return nonce
}

export function createSealedFile(path: string): SealedWriter {
  const key = randomBytes(sodium.crypto_aead_xchacha20poly1305_ietf_KEYBYTES)
  const file = openSync(path, 'wx', 0o600)
  const held = Buffer.alloc(chunkBytes)
  let filled = 0
  let chunk = 0
  let open = true
  const write = (plain: Uint8Array) => {
    const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, null, null, nonceOf(chunk), key)
    wipeGivenBack(plain.length, nonceBytes, key.length)
    for (let done = 0; done < sealed.length; ) done += writeSync(file, sealed, done)
    chunk += 1
  }
  const close = () => {
    if (open) closeSync(file)
    open = false
  }
  return {
    push(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const piece = bytes.subarray(from, from + chunkBytes - filled)
        held.set(piece, filled)
        filled += piece.length
        from += piece.length
        if (filled < chunkBytes) continue
        write(held)
        filled = 0
      }
    },
    end() {
      const bytes = chunk * chunkBytes + filled
      if (filled > 0) write(held.subarray(0, filled))
      fsyncSync(file)
      close()
      return { path, key, bytes }
    },
    close,
  }
}

export function openSealedFile({ path, key, bytes }: Sealed): Bytes {
  const file = openSync(path, 'r')
  const sealed = Buffer.alloc(chunkBytes + tagBytes)
  /** The last one: who reads in small pieces reads on. */
  let kept: { readonly chunk: number; readonly plain: Uint8Array } | undefined
  const chunkAt = (chunk: number): Uint8Array => {
    if (kept?.chunk === chunk) return kept.plain
    const size = Math.min(chunkBytes, bytes - chunk * chunkBytes) + tagBytes
    const got = readSync(file, sealed, 0, size, chunk * (chunkBytes + tagBytes))
    if (got < size) throw new SealedDamaged()
    kept = { chunk, plain: unseal(sealed.subarray(0, size), chunk, key) }
    return kept.plain
  }
  return {
    bytes,
    read(at, length) {
      const end = Math.min(bytes, at + length)
      const parts: Uint8Array[] = []
      for (let from = at; from < end; ) {
        const chunk = Math.floor(from / chunkBytes)
        const within = from - chunk * chunkBytes
        const part = chunkAt(chunk).subarray(within, within + end - from)
        parts.push(part)
        from += part.length
      }
      return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
    },
    close: () => closeSync(file),
  }
}

function unseal(sealed: Uint8Array, chunk: number, key: Uint8Array): Uint8Array {
  try {
    const plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, null, nonceOf(chunk), key)
    wipeGivenBack(sealed.length, nonceBytes, key.length, plain.length)
    return plain
  } catch (cause) {
    throw new SealedDamaged(undefined, { cause })
  }
}
