// A PDF of a kilobyte can hold a stream that unpacks to a gigabyte, and pdf.js unpacks what it is given. So its streams are
// looked through before: one that would become larger than any page's words is emptied, and the rest is read as ever.
// Pictures may be that large; their bytes are never needed for words.
import { constants, inflateSync } from 'node:zlib'

const mostUnpacked = 32 * 1024 * 1024
/** Filters may follow each other (ISO 32000-1 §7.4.1); nobody packs more often than twice. */
const mostTimes = 4

const start = Buffer.from('stream')
const end = Buffer.from('endstream')

/** Says whether there was one that is no picture. What it empties, it empties in place. */
export function emptyBombs(file: Uint8Array): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  let found = false
  for (let at = bytes.indexOf(start); at !== -1; at = bytes.indexOf(start, at)) {
    let from = at + start.length
    if (bytes[from] === 0x0d) from += 1
    if (bytes[from] === 0x0a) from += 1
    const close = bytes.indexOf(end, from)
    const to = close === -1 ? bytes.length : close
    if (isBomb(bytes.subarray(from, to), 0)) {
      bytes.fill(0, from, to)
      const dictionary = bytes.toString('latin1', Math.max(0, at - 1000), at)
      found ||= !/\/Subtype\s*\/Image/.test(dictionary.slice(dictionary.lastIndexOf(' obj')))
    }
    at = to + end.length
  }
  return found
}

function isBomb(packed: Uint8Array, times: number): boolean {
  // CMF and FLG of zlib (RFC 1950 §2.2): deflate, and divisible by 31.
  const [cmf = 0, flg = 0] = packed
  if ((cmf & 0x0f) !== 8 || ((cmf << 8) | flg) % 31 !== 0) return false
  if (times === mostTimes) return true
  try {
    const unpacked = inflateSync(packed, { maxOutputLength: mostUnpacked, finishFlush: constants.Z_SYNC_FLUSH })
    return isBomb(unpacked, times + 1)
  } catch (error) {
    // What is damaged before it grows too large is pdf.js's to judge.
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
  }
}
