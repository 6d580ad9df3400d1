// The two ways a zip is locked with a password: PKWARE's first one (APPNOTE §6.1), weak and still the most common, and
// WinZip's AES (AE-1 and AE-2, winzip.com/aes_info). Nothing well kept does this over streams; node:crypto does the work.
import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import type yauzl from 'yauzl'
import { Unreadable } from '../importer.ts'

export interface Lock {
  readonly kind: 'pkware' | 'aes'
  /** How what is under it is packed. */
  readonly method: number
  /** Bytes of the AES key. */
  readonly keyBytes: number
  /** The last byte of PKWARE's header, which tells most wrong passwords at once. */
  readonly verifier: number
  /** Whether the checksum of the content is there (AE-2 has its own instead). */
  readonly hasCheck: boolean
}

const aesField = 0x9901
const aesMethod = 99
const encryptedFlag = 0x1
const strongFlag = 0x40
const lengthFollowsFlag = 0x8

export function lockOf(entry: yauzl.Entry): Lock | 'unknown' | undefined {
  const { generalPurposeBitFlag: flags, compressionMethod, extraFields, lastModFileTime, crc32: check } = entry
  if ((flags & encryptedFlag) === 0) return undefined
  if ((flags & strongFlag) !== 0) return 'unknown'
  if (compressionMethod !== aesMethod) {
    // Where the checksum was not known yet when the header was written, the time stands in for it.
    const verifier = (flags & lengthFollowsFlag) === 0 ? check >>> 24 : lastModFileTime >>> 8
    return { kind: 'pkware', method: compressionMethod, keyBytes: 0, verifier, hasCheck: true }
  }
  const data = extraFields.find(({ id }) => id === aesField)?.data
  const keyBytes = data === undefined ? undefined : [16, 24, 32][(data[4] ?? 0) - 1]
  if (data === undefined || data.length < 7 || keyBytes === undefined) return 'unknown'
  return { kind: 'aes', method: data.readUInt16LE(5), keyBytes, verifier: 0, hasCheck: data.readUInt16LE(0) === 1 }
}

interface Unlocking {
  readonly lock: Lock
  readonly password: string
  /** With everything that belongs to the lock. */
  readonly bytes: number
}

export function unlocked(packed: AsyncIterable<Uint8Array>, unlocking: Unlocking): AsyncGenerator<Uint8Array> {
  return unlocking.lock.kind === 'aes' ? unlockedAes(packed, unlocking) : unlockedPkware(packed, unlocking)
}

/** The first bytes by themselves, and the rest as it comes. */
async function split(packed: AsyncIterable<Uint8Array>, bytes: number) {
  const pieces = packed[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>
  let head: Uint8Array = Buffer.alloc(0)
  while (head.length < bytes) {
    const next = await pieces.next()
    if (next.done === true) throw new Unreadable('cut-short')
    head = Buffer.concat([head, next.value])
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    if (head.length > bytes) yield head.subarray(bytes)
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
  }
  return { head: head.subarray(0, bytes), rest: rest() }
}

const pkwareHeader = 12

async function* unlockedPkware(
  packed: AsyncIterable<Uint8Array>,
  { lock, password }: Unlocking,
): AsyncGenerator<Uint8Array> {
  const decrypt = createPkware(Buffer.from(password))
  const { head, rest } = await split(packed, pkwareHeader)
  if (decrypt(head).at(-1) !== (lock.verifier & 0xff)) throw new Unreadable('wrong-password')
  for await (const piece of rest) yield decrypt(piece)
}

/** One step of the checksum by itself: what zlib finishes with its complement is undone here. */
const crcStep = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function createPkware(password: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  let [one, two, three] = [0x12345678, 0x23456789, 0x34567890]
  const step = (crc: number, byte: number) => (crc >>> 8) ^ (crcStep[(crc ^ byte) & 0xff] ?? 0)
  const update = (byte: number) => {
    one = step(one, byte)
    two = (Math.imul((two + (one & 0xff)) | 0, 134775813) + 1) | 0
    three = step(three, two >>> 24)
  }
  for (const byte of password) update(byte)
  return (bytes) =>
    Uint8Array.from(bytes, (byte) => {
      const mask = (three & 0xffff) | 2
      const plain = byte ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff)
      update(plain)
      return plain
    })
}

const verifierBytes = 2
const macBytes = 10
const stretchings = 1000
const blockBytes = 16

async function* unlockedAes(
  packed: AsyncIterable<Uint8Array>,
  { lock: { keyBytes }, password, bytes }: Unlocking,
): AsyncGenerator<Uint8Array> {
  const saltBytes = keyBytes / 2
  const { head, rest } = await split(packed, saltBytes + verifierBytes)
  const keys = pbkdf2Sync(password, head.subarray(0, saltBytes), stretchings, 2 * keyBytes + verifierBytes, 'sha1')
  if (!keys.subarray(2 * keyBytes).equals(head.subarray(saltBytes))) throw new Unreadable('wrong-password')
  const mac = createHmac('sha1', keys.subarray(keyBytes, 2 * keyBytes))
  const decrypt = createAes(keys.subarray(0, keyBytes))
  let left = bytes - head.length - macBytes
  if (left < 0) throw new Unreadable('damaged')
  const told: Uint8Array[] = []
  for await (const piece of rest) {
    const content = piece.subarray(0, left)
    left -= content.length
    if (content.length < piece.length) told.push(piece.subarray(content.length))
    mac.update(content)
    yield decrypt(content)
  }
  const expected = mac.digest().subarray(0, macBytes)
  const found = Buffer.concat(told)
  if (found.length !== macBytes || !timingSafeEqual(found, expected)) throw new Unreadable('damaged')
}

/** Counter mode with the counter in little-endian, from 1: what node:crypto has counts the other way round. */
function createAes(key: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null)
  cipher.setAutoPadding(false)
  let block = 1n
  let stream = Buffer.alloc(0)
  return (bytes) => {
    const missing = Math.max(0, Math.ceil((bytes.length - stream.length) / blockBytes))
    const counters = Buffer.alloc(missing * blockBytes)
    for (let at = 0; at < missing; at += 1) counters.writeBigUInt64LE(block++, at * blockBytes)
    stream = Buffer.concat([stream, cipher.update(counters)])
    const plain = Uint8Array.from(bytes, (byte, at) => byte ^ (stream[at] ?? 0))
    stream = stream.subarray(bytes.length)
    return plain
  }
}
