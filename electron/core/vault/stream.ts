// Encrypts and decrypts files as libsodium secretstreams: 64 KiB chunks, each authenticated and in order, the last one
// marked, so that a cut, swapped, repeated or lengthened file does not pass.
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import sodium, { type StateAddress } from 'libsodium-wrappers-sumo'
import { giveBackStream, wipeGivenBack, wipeInLibrary } from '../sodium-memory.ts'

const chunkBytes = 64 * 1024

/** The bytes are not what was sealed, or the key is not the one it was sealed with. Callers say what that means. */
export class StreamDamaged extends Error {
  override readonly name = 'StreamDamaged'
}

interface FileParts {
  readonly from: string
  readonly to: string
  readonly key: Uint8Array
  readonly onProgress?: (done: number, total: number) => void
}

export function sealFile({ from, to, key, onProgress }: FileParts): void {
  using source = openFor(from, 'r')
  using target = openFor(to, 'wx')
  using sealer = createSealer(key)
  writeFully(target.fd, sealer.header)
  for (const chunk of readChunks(source.fd, onProgress)) {
    for (const sealed of sealer.push(chunk)) writeFully(target.fd, sealed)
  }
  writeFully(target.fd, sealer.end())
  fsyncSync(target.fd)
}

/** To be disposed of wherever it does not come to its end. */
export interface Sealer extends Disposable {
  readonly header: Uint8Array
  /** Takes bytes in any size, and answers with what is sealed so far. */
  readonly push: (bytes: Uint8Array) => Uint8Array[]
  readonly end: () => Uint8Array
}

/** For whoever writes a sealed stream: the header, what was pushed, the end, in this order. */
export function createSealer(key: Uint8Array): Sealer {
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key)
  wipeInLibrary(key)
  const seal = (chunk: Uint8Array, tag: number) => {
    const sealed = sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, null, tag)
    wipeGivenBack(chunk.length)
    return sealed
  }
  // Every chunk but the last has the full size: the reader counts on it. A full one is held back, too, because the last
  // one carries the mark and only the end tells which that is.
  let held = Buffer.alloc(0)
  let over = false
  const giveBack = () => {
    if (!over) giveBackStream(state)
    over = true
  }
  return {
    header,
    [Symbol.dispose]: giveBack,
    push(bytes) {
      const sealed: Uint8Array[] = []
      held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes])
      for (; held.length > chunkBytes; held = held.subarray(chunkBytes)) {
        sealed.push(seal(held.subarray(0, chunkBytes), sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE))
      }
      return sealed
    },
    end() {
      const sealed = seal(held, sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL)
      giveBack()
      return sealed
    },
  }
}

export function unsealFile({ from, to, key, onProgress }: FileParts): void {
  using source = openFor(from, 'r')
  using target = openFor(to, 'wx')
  const total = fstatSync(source.fd).size
  let done = 0
  for (const chunk of unsealFrom(source.fd, key)) {
    writeFully(target.fd, chunk)
    done += chunk.length
    onProgress?.(Math.min(done, total), total)
  }
  fsyncSync(target.fd)
}

export const unsealFrom = (source: number, key: Uint8Array): Generator<Uint8Array> =>
  unseal((bytes) => readFully(source, bytes), key)

/** `read` answers with as many bytes as it is asked for, and with fewer only at the end. */
export function* unseal(read: (bytes: number) => Uint8Array, key: Uint8Array): Generator<Uint8Array> {
  const header = read(sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
  if (header.length !== sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES) throw new StreamDamaged()
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key)
  wipeInLibrary(key)
  try {
    for (;;) {
      const sealed = read(chunkBytes + sodium.crypto_secretstream_xchacha20poly1305_ABYTES)
      const pulled = sealed.length === 0 ? false : pull(state, sealed)
      if (pulled === false) throw new StreamDamaged()
      wipeGivenBack(sealed.length, pulled.message.length)
      if (pulled.message.length > 0) yield pulled.message
      if (pulled.tag !== sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL) continue
      if (read(1).length > 0) throw new StreamDamaged()
      return
    }
  } finally {
    giveBackStream(state)
  }
}

function pull(state: StateAddress, sealed: Uint8Array) {
  try {
    return sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed, null)
  } catch {
    // A chunk shorter than its tag is refused by an exception, a wrong one by `false`; both are damage.
    return false
  }
}

export interface OpenedFile extends Disposable {
  readonly fd: number
}

export function openFor(path: string, flags: 'r' | 'wx'): OpenedFile {
  const fd = openSync(path, flags, 0o600)
  return { fd, [Symbol.dispose]: () => closeSync(fd) }
}

function* readChunks(file: number, onProgress: FileParts['onProgress']): Generator<Uint8Array> {
  const total = fstatSync(file).size
  for (let done = 0; ; onProgress?.(done, total)) {
    const chunk = readFully(file, chunkBytes)
    if (chunk.length === 0) return
    done += chunk.length
    yield chunk
  }
}

function readFully(file: number, bytes: number): Uint8Array {
  const buffer = Buffer.alloc(bytes)
  let filled = 0
  while (filled < bytes) {
    const got = readSync(file, buffer, filled, bytes - filled, null)
    if (got === 0) break
    filled += got
  }
  return buffer.subarray(0, filled)
}

function writeFully(file: number, chunk: Uint8Array): void {
  for (let written = 0; written < chunk.length; ) written += writeSync(file, chunk, written)
}
