// What the import rows import, written on the fly: the same in every run.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** Words from a vocabulary of 5,000, some common and most rare (Park and Miller's generator). */
export function createWords(): (count: number) => string {
  let state = 1
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const word = () => `w${Math.floor(next() ** 3 * 5000).toString(36)}`
  return (count) => Array.from({ length: count }, word).join(' ')
}

const day = (number: number) => new Date(Date.UTC(2015, 0, 1) + number * 3_600_000)

function written(path: string, pieces: Iterable<string | Uint8Array>): string {
  const file = openSync(path, 'w')
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    }
  } finally {
    closeSync(file)
  }
  return path
}

export function ndjson(folder: string, count: number): string {
  const words = createWords()
  return written(
    join(folder, 'records.ndjson'),
    many(
      count,
      (at) => `${JSON.stringify({ id: at, title: words(5), text: words(40), date: day(at).toISOString() })}\n`,
    ),
  )
}

export function mbox(folder: string, count: number): string {
  const words = createWords()
  return written(
    join(folder, 'mail.mbox'),
    many(count, (at) =>
      [
        'From a@example.org Mon Jan  5 10:00:00 2026',
        `Message-ID: <${at}@example.org>`,
        `Date: ${day(at).toUTCString()}`,
        `From: Person ${at % 200} <person${at % 200}@example.org>`,
        'To: Ada <ada@example.org>',
        `Subject: ${words(5)}`,
        '',
        words(40),
        '',
        '',
      ].join('\n'),
    ),
  )
}

export function manyFiles(folder: string, count: number): string {
  const words = createWords()
  const root = join(folder, 'notes')
  for (let at = 0; at < count; at += 1) {
    const inside = join(root, String(Math.floor(at / 1000)))
    if (at % 1000 === 0) mkdirSync(inside, { recursive: true })
    writeFileSync(join(inside, `${at}.md`), `# ${words(5)}\n\n${words(40)}\n`)
  }
  return root
}

/** One array of records that each have a long text. */
export function largeJson(folder: string, bytes: number): string {
  const words = createWords()
  const text = words(5000)
  const record = (at: number) =>
    `${at === 0 ? '[' : ','}\n${JSON.stringify({ id: at, title: words(5), text, date: day(at).toISOString() })}`
  const count = Math.ceil(bytes / record(1).length)
  return written(join(folder, 'large.json'), both(many(count, record), ['\n]\n']))
}

/** A feed of entries that each have a long text. */
export function largeXml(folder: string, bytes: number): string {
  const words = createWords()
  const text = words(5000)
  const entry = (at: number) =>
    `<item><guid>${at}</guid><title>${words(5)}</title><pubDate>${day(at).toUTCString()}</pubDate>` +
    `<description>${text}</description></item>\n`
  const count = Math.ceil(bytes / entry(1).length)
  const head = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>A feed</title>\n'
  return written(join(folder, 'large.xml'), both([head], many(count, entry), ['</channel></rss>\n']))
}

/** Nothing that could be taken for text, in any encoding. */
function noise(bytes: number): Buffer {
  let state = 1
  return Buffer.from(Uint8Array.from({ length: bytes }, () => (state = (state * 48_271) % 2_147_483_647) >>> 11))
}

/** Of a zip as it is written: entries that are stored, not packed, and at the end their list, however many they are. */
function createZip() {
  const entries: { readonly name: Buffer; readonly check: number; readonly size: number; readonly at: number }[] = []
  let at = 0
  return {
    bytes: () => at,
    *put(name: string, content: Buffer): Generator<Uint8Array> {
      const entry = { name: Buffer.from(name), check: crc32(content), size: content.length, at }
      entries.push(entry)
      const head = Buffer.alloc(30)
      head.writeUInt32LE(0x04034b50, 0)
      head.writeUInt16LE(20, 4)
      head.writeUInt32LE(entry.check, 14)
      head.writeUInt32LE(entry.size, 18)
      head.writeUInt32LE(entry.size, 22)
      head.writeUInt16LE(entry.name.length, 26)
      at += head.length + entry.name.length + content.length
      yield head
      yield entry.name
      yield content
    },
    *end(): Generator<Uint8Array> {
      const from = at
      let size = 0
      for (const entry of entries) {
        const head = Buffer.alloc(46)
        head.writeUInt32LE(0x02014b50, 0)
        head.writeUInt16LE(20, 6)
        head.writeUInt32LE(entry.check, 16)
        head.writeUInt32LE(entry.size, 20)
        head.writeUInt32LE(entry.size, 24)
        head.writeUInt16LE(entry.name.length, 28)
        head.writeUInt32LE(entry.at, 42)
        size += head.length + entry.name.length
        yield head
        yield entry.name
      }
      // Sixteen bits hold no more than 65,535 entries (APPNOTE §4.3.14).
      const long = Buffer.alloc(56 + 20)
      long.writeUInt32LE(0x06064b50, 0)
      long.writeBigUInt64LE(44n, 4)
      long.writeBigUInt64LE(BigInt(entries.length), 24)
      long.writeBigUInt64LE(BigInt(entries.length), 32)
      long.writeBigUInt64LE(BigInt(size), 40)
      long.writeBigUInt64LE(BigInt(from), 48)
      long.writeUInt32LE(0x07064b50, 56)
      long.writeBigUInt64LE(BigInt(from + size), 64)
      long.writeUInt32LE(1, 72)
      yield long
      const end = Buffer.alloc(22)
      end.writeUInt32LE(0x06054b50, 0)
      end.writeUInt16LE(0xffff, 8)
      end.writeUInt16LE(0xffff, 10)
      end.writeUInt32LE(size, 12)
      end.writeUInt32LE(from, 16)
      yield end
    },
  }
}

/** As many bytes to read as the archive has. */
export function largeZip(folder: string, bytes: number): string {
  const film = noise(8 * 1024 * 1024)
  const words = createWords()
  const zip = createZip()
  const all = function* (): Generator<Uint8Array> {
    // It takes what `put` has written so far.
    const isFull = () => zip.bytes() >= bytes
    for (let number = 0; !isFull(); number += 1) {
      yield* zip.put(`films/${number}.bin`, film)
      for (let note = 0; note < 20; note += 1) {
        yield* zip.put(`notes/${number}-${note}.md`, Buffer.from(`# ${words(5)}\n\n${words(40)}\n`))
      }
    }
    yield* zip.end()
  }
  return written(join(folder, 'large.zip'), all())
}

export function manyInZip(folder: string, count: number): string {
  const words = createWords()
  const zip = createZip()
  const all = function* (): Generator<Uint8Array> {
    for (let at = 0; at < count; at += 1) {
      const name = `notes/${Math.floor(at / 1000)}/${at}.md`
      yield* zip.put(name, Buffer.from(`# ${words(5)}\n\n${words(40)}\n`))
    }
    yield* zip.end()
  }
  return written(join(folder, 'many.zip'), all())
}

function* many(count: number, one: (at: number) => string): Generator<string> {
  for (let at = 0; at < count; at += 1) yield one(at)
}

function* both(...parts: readonly Iterable<string>[]): Generator<string> {
  for (const part of parts) yield* part
}
