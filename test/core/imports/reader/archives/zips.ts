// Archives written byte by byte, so that they can be made to lie.
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content: string | Uint8Array
  readonly link?: boolean
  /** On whose clock, a zip does not say; without it, no day at all. */
  readonly changed?: Date
  /** Put in place of the true figures. */
  readonly lies?: { readonly bytes?: number; readonly check?: number }
  /** The content is packed already: the packed bytes and how many they become. */
  readonly packed?: { readonly bytes: Uint8Array; readonly become: number; readonly check: number }
  /** Stands where this entry stands: nothing of its own is written. */
  readonly sharesWithFirst?: boolean
}

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  let first: { readonly at: number; readonly header: Header } | undefined
  const write = (part: Buffer) => {
    parts.push(part)
    at += part.length
  }
  for (const entry of entries) {
    const made = headerOf(entry)
    if (entry.sharesWithFirst === true && first !== undefined) {
      directory.push(central({ ...first.header, name: made.header.name }, first.at, entry))
      continue
    }
    first ??= { at, header: made.header }
    directory.push(central(made.header, at, entry))
    write(local(made.header))
    write(made.data)
  }
  const from = at
  for (const part of directory) write(part)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10)
  end.writeUInt32LE(at - from, 12)
  end.writeUInt32LE(from, 16)
  if (entries.length >= 0xffff) {
    // Zip64: the true number stands in a record of its own (APPNOTE §4.3.14).
    const many = Buffer.alloc(56 + 20)
    many.writeUInt32LE(0x06064b50, 0)
    many.writeBigUInt64LE(44n, 4)
    many.writeBigUInt64LE(BigInt(entries.length), 24)
    many.writeBigUInt64LE(BigInt(entries.length), 32)
    many.writeBigUInt64LE(BigInt(at - from), 40)
    many.writeBigUInt64LE(BigInt(from), 48)
    many.writeUInt32LE(0x07064b50, 56)
    many.writeBigUInt64LE(BigInt(at), 64)
    many.writeUInt32LE(1, 72)
    write(many)
  }
  write(end)
  return Buffer.concat(parts)
}

interface Header {
  readonly name: Buffer
  readonly check: number
  readonly packed: number
  readonly bytes: number
}

function headerOf({ name, content, lies = {}, packed }: ZipEntry): { readonly header: Header; readonly data: Buffer } {
  const plain = typeof content === 'string' ? Buffer.from(content) : content
  const data = packed === undefined ? deflateRawSync(plain) : Buffer.from(packed.bytes)
  const bytes = lies.bytes ?? packed?.become ?? plain.length
  const check = lies.check ?? packed?.check ?? crc32(plain)
  return { header: { name: Buffer.from(name), check, packed: data.length, bytes }, data }
}

function local({ name, check, packed, bytes }: Header): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(0x800, 6)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(check, 14)
  head.writeUInt32LE(packed, 18)
  head.writeUInt32LE(bytes, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function central({ name, check, packed, bytes }: Header, at: number, { link, changed }: ZipEntry): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE((3 << 8) | 20, 4)
  head.writeUInt16LE(20, 6)
  head.writeUInt16LE(0x800, 8)
  head.writeUInt16LE(8, 10)
  if (changed !== undefined) {
    head.writeUInt16LE((changed.getHours() << 11) | (changed.getMinutes() << 5), 12)
    head.writeUInt16LE(((changed.getFullYear() - 1980) << 9) | ((changed.getMonth() + 1) << 5) | changed.getDate(), 14)
  }
  head.writeUInt32LE(check, 16)
  head.writeUInt32LE(packed, 20)
  head.writeUInt32LE(bytes, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt32LE(link === true ? 0o120777 * 0x10000 : 0o100644 * 0x10000, 38)
  head.writeUInt32LE(at, 42)
  return Buffer.concat([head, name])
}

/** So many zero bytes: a thousand to one. */
export function bombEntry(name: string, mebibytes: number): ZipEntry {
  const zeros = Buffer.alloc(mebibytes * 1024 * 1024)
  const packed = { bytes: deflateRawSync(zeros, { level: 9 }), become: zeros.length, check: crc32(zeros) }
  return { name, content: '', packed }
}
