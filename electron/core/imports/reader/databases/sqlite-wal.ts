// What a program had written beside its database and not yet into it, when the files were copied while it was open
// (sqlite.org/fileformat2.html §4, "The Write-Ahead Log"). Only what was committed counts; a frame counts when its salts are
// the header's and its checksum follows from all before it. It is read in pieces and never held whole.
import type { ProblemReason } from '../../../../../shared/api/imports.ts'
import type { Entry } from '../importer.ts'

/** What is to be laid over the pages of the database. */
export interface Applied {
  readonly bytes: Uint8Array
  /** Something of it was no use. */
  readonly problem?: ProblemReason
}

const headerBytes = 32
const frameHeaderBytes = 24
/** With checksums over little-endian words; one more says big-endian. */
const magic = 0x377f0682

interface Header {
  readonly pageBytes: number
  readonly bigEndian: boolean
  readonly salts: readonly [number, number]
  readonly sums: Sums
}

type Sums = readonly [number, number]

/** Never throws for what the log holds; `bytes` is the database itself where nothing of the log can be used. */
export async function withLog(database: Uint8Array, log: Entry, most: number): Promise<Applied> {
  if (log.bytes === 0) return { bytes: database }
  const looked = await lookThrough(log, pageBytesOf(database), most)
  if (looked === undefined) return { bytes: database, problem: 'damaged' }
  const { header, frames, pages, covered, isTorn } = looked
  const torn = isTorn ? { problem: 'cut-short' as const } : {}
  if (frames === 0) return { bytes: database, ...torn }
  const { pageBytes } = header
  if (pages * pageBytes > most) return { bytes: database, problem: 'too-large' }
  const had = Math.floor(database.length / pageBytes)
  // Whatever makes the database longer must stand in the log: a log that lacks some of it belongs to another one.
  for (let page = had + 1; page <= pages; page += 1)
    if (!covered.has(page)) return { bytes: database, problem: 'damaged' }
  const bytes = new Uint8Array(pages * pageBytes)
  bytes.set(database.subarray(0, bytes.length))
  let left = frames
  for await (const { page, content } of framesOf(log, pageBytes)) {
    if (page <= pages) bytes.set(content, (page - 1) * pageBytes)
    left -= 1
    if (left === 0) break
  }
  // The first page says how many there are (§1.3.8).
  return viewOf(bytes).getUint32(28) === pages ? { bytes, ...torn } : { bytes: database, problem: 'damaged' }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** §1.3.2: one stands for 65,536. */
function pageBytesOf(database: Uint8Array): number {
  const said = database.length < 100 ? 0 : viewOf(database).getUint16(16)
  return said === 1 ? 65_536 : said
}

/** Undefined: no log, or not one of a database with such pages. */
async function lookThrough(log: Entry, pageBytes: number, most: number) {
  const header = await headerOf(log, pageBytes)
  if (header === undefined) return undefined
  let sums = header.sums
  let frames = 0
  let pages = 0
  let seen = 0
  let read = headerBytes
  let isTorn = false
  const open = new Set<number>()
  const covered = new Set<number>()
  for await (const { head, page, commits, content } of framesOf(log, pageBytes)) {
    const view = viewOf(head)
    // What an earlier log left behind ends this one.
    if (view.getUint32(8) !== header.salts[0] || view.getUint32(12) !== header.salts[1]) {
      if (seen === 0) return undefined
      return { header, frames, pages, covered, isTorn }
    }
    sums = summed(summed(sums, head.subarray(0, 8), header), content, header)
    if (page === 0 || view.getUint32(16) !== sums[0] || view.getUint32(20) !== sums[1]) {
      isTorn = true
      break
    }
    seen += 1
    read += frameHeaderBytes + pageBytes
    // One further back makes the whole too large, if it is committed.
    if (page * pageBytes <= most) open.add(page)
    if (commits === 0) continue
    for (const one of open) covered.add(one)
    open.clear()
    frames = seen
    pages = commits
  }
  // What was being written when it was copied was not there yet for anybody; half a frame was cut off.
  return { header, frames, pages, covered, isTorn: isTorn || read < log.bytes }
}

async function headerOf(log: Entry, pageBytes: number): Promise<Header | undefined> {
  let bytes: Uint8Array = new Uint8Array(0)
  for await (const chunk of log.chunks()) {
    bytes = Buffer.concat([bytes, chunk])
    if (bytes.length >= headerBytes) break
  }
  if (bytes.length < headerBytes) return undefined
  const view = viewOf(bytes)
  const kind = view.getUint32(0)
  if ((kind & ~1) >>> 0 !== magic || view.getUint32(8) !== pageBytes) return undefined
  const header = { pageBytes, bigEndian: kind !== magic, salts: [view.getUint32(16), view.getUint32(20)] as const }
  const sums = summed([0, 0], bytes.subarray(0, 24), header)
  return view.getUint32(24) === sums[0] && view.getUint32(28) === sums[1] ? { ...header, sums } : undefined
}

/** §4.2: over pairs of words, each sum with the other one in it. */
function summed([first, second]: Sums, bytes: Uint8Array, { bigEndian }: Pick<Header, 'bigEndian'>): Sums {
  const view = viewOf(bytes)
  let [one, other] = [first, second]
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    one = (one + view.getUint32(at, !bigEndian) + other) >>> 0
    other = (other + view.getUint32(at + 4, !bigEndian) + one) >>> 0
  }
  return [one, other]
}

interface Frame {
  readonly head: Uint8Array
  readonly page: number
  /** How many pages the database has from here on, where this ends a transaction; else 0. */
  readonly commits: number
  readonly content: Uint8Array
}

async function* framesOf(log: Entry, pageBytes: number): AsyncIterable<Frame> {
  const size = frameHeaderBytes + pageBytes
  let held: Uint8Array = new Uint8Array(0)
  let passed = false
  for await (const chunk of log.chunks()) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    let at = 0
    if (!passed) {
      if (held.length < headerBytes) continue
      at = headerBytes
      passed = true
    }
    for (; held.length - at >= size; at += size) {
      const head = held.subarray(at, at + frameHeaderBytes)
      const view = viewOf(head)
      const content = held.subarray(at + frameHeaderBytes, at + size)
      yield { head, page: view.getUint32(0), commits: view.getUint32(4), content }
    }
    held = held.subarray(at)
  }
}
