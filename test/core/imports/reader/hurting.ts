// A file hurt in one way of many: as damage does it, and as somebody does who knows the format: its lengths, counts and
// places are where a reader is led astray.
import type { Random } from '../../../support/random.ts'
import { checked } from './samples/tars.ts'

type Hurt = (bytes: Buffer, random: Random, other: Buffer) => Buffer

const interesting = [0, 1, 2, 0x7f, 0x80, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff]
const written = ['0', '-1', '1', '9'.repeat(20), '1e999', '2147483648', '99999999', '0.0000001', 'NaN', '1970', '9999']
const tokens = [
  '<', '>', '"', "'", '{', '}', '[', ']', ',', ';', ':', '\n', '\r', '\0', '\x1b$B', '&', '&#0;', '\\u0000', '\\', '--', '=',
  '\xff', '\xfe\xff', '\xc3', '\xed\xa0\x80', '\xef\xbb\xbf', '<![CDATA[', '<!--', '<!DOCTYPE x [<!ENTITY a "b">]>',
  'BEGIN:VEVENT', 'END:VEVENT', 'RRULE:FREQ=SECONDLY', 'From a@b Tue Feb 03 10:11:12 2026\n', '--x y', 'Content-Type: ',
  '__proto__', 'constructor', '---\n', 'PK\x03\x04', '\x1f\x8b\x08', 'endobj', 'stream\n', '<< /Length 9 >>',
] // biome-ignore format: a list of signs

const spliced = (bytes: Buffer, from: number, to: number, put: Buffer) =>
  Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)])
const latin = (text: string) => Buffer.from(text, 'latin1')

/** A number of 1, 2 or 4 bytes. */
function put(bytes: Buffer, at: number, size: number, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  if (at < 0 || at + size > bytes.length) return changed
  const was = changed.readUIntLE(at, size)
  const most = 2 ** (8 * size)
  const value = (random.chance(0.3) ? was + random.int(9) - 4 + most : random.pick(interesting)) % most
  if (random.chance(0.8)) changed.writeUIntLE(value, at, size)
  else changed.writeUIntBE(value, at, size)
  return changed
}

const anywhere: readonly Hurt[] = [
  (bytes, random) => bytes.subarray(0, random.int(bytes.length)),
  (bytes, random) => {
    const changed = Buffer.from(bytes)
    for (let count = 1 + random.int(8); count > 0; count -= 1) changed[random.int(bytes.length)] = random.int(256)
    return changed
  },
  (bytes, random) => put(bytes, random.int(bytes.length), random.pick([1, 2, 4]), random),
  (bytes, random) => {
    const from = random.int(bytes.length)
    return spliced(bytes, from, from + random.int(200), Buffer.alloc(0))
  },
  (bytes, random) => {
    const from = random.int(bytes.length)
    const piece = bytes.subarray(from, from + 1 + random.int(100))
    return spliced(bytes, from, from, Buffer.concat(Array.from({ length: 1 + random.int(60) }, () => piece)))
  },
  (bytes, random) => {
    const from = random.int(bytes.length)
    return spliced(bytes, from, from, latin(random.pick(tokens).repeat(random.chance(0.1) ? 300 : 1)))
  },
  (bytes, random, other) => {
    const from = random.int(other.length)
    const at = random.int(bytes.length)
    return spliced(bytes, at, at + random.int(50), other.subarray(from, from + random.int(500)))
  },
  (bytes, random) => {
    const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)]
    if (numbers.length === 0) return bytes.subarray(1)
    const number = random.pick(numbers)
    return spliced(bytes, number.index, number.index + number[0].length, latin(random.pick(written)))
  },
]

const placesOf = (bytes: Buffer, sign: string): number[] => {
  const places: number[] = []
  for (let at = bytes.indexOf(sign, 0, 'latin1'); at !== -1; at = bytes.indexOf(sign, at + 1, 'latin1')) places.push(at)
  return places
}

/** Where numbers stand behind the sign that each part of a zip begins with, and how many bytes each has (APPNOTE §4.3). */
const zipFields: Readonly<Record<string, readonly (readonly [at: number, size: number])[]>> = {
  'PK\x01\x02': [[6, 2], [8, 2], [10, 2], [16, 4], [20, 4], [24, 4], [28, 2], [30, 2], [32, 2], [34, 2], [38, 4], [42, 4]],
  'PK\x03\x04': [[6, 2], [8, 2], [14, 4], [18, 4], [22, 4], [26, 2], [28, 2]],
  'PK\x05\x06': [[4, 2], [6, 2], [8, 2], [10, 2], [12, 4], [16, 4], [20, 2]],
} // biome-ignore format: a table

const hurtZip: Hurt = (bytes, random) => {
  const [sign, fields] = random.pick(Object.entries(zipFields))
  const places = placesOf(bytes, sign)
  if (places.length === 0) return bytes.subarray(0, -1)
  const [at, size] = random.pick(fields)
  return put(bytes, random.pick(places) + at, size, random)
}

const hurtTar: Hurt = (bytes, random) => {
  const places = placesOf(bytes, 'ustar').map((place) => place - 257)
  const from = random.pick(places.length === 0 ? [0] : places)
  const changed = Buffer.from(bytes)
  const header = changed.subarray(from, from + 512)
  if (header.length < 512) return bytes.subarray(1)
  const [at, length] = random.pick([[0, 100], [124, 12], [148, 8], [156, 1], [345, 155]] as const) // biome-ignore format: a table
  const value = random.pick([
    '7'.repeat(11),
    '-1',
    '',
    'L',
    'x',
    '2',
    '../../x',
    '/etc/x',
    '\x80\xff\xff\xff',
    'a'.repeat(99),
  ])
  header.fill(0, at, at + length)
  header.write(value.slice(0, length), at, 'latin1')
  // Mostly with a sum that is right again, so that it is believed.
  if (at !== 148 && random.chance(0.8)) checked(header)
  return changed
}

/** The header of a database, and of each of its pages (sqlite.org/fileformat2.html, §1.3 and §1.6). */
const hurtDatabase: Hurt = (bytes, random) => {
  // It may have been cut off before.
  const page = (bytes.length < 18 ? 0 : bytes.readUInt16BE(16)) || 1024
  const from = random.int(Math.max(1, Math.floor(bytes.length / page))) * page
  const header = from === 0 ? 100 : from
  const inHeader = [[16, 2], [18, 1], [20, 1], [28, 4], [32, 4], [36, 4], [44, 4], [52, 4], [56, 4]] as const // biome-ignore format: a table
  const inPage = [[0, 1], [1, 2], [3, 2], [5, 2], [7, 1], [8, 4], [8 + 2 * random.int(60), 2]] as const // biome-ignore format: a table
  if (from === 0 && random.chance(0.5)) {
    const [at, size] = random.pick(inHeader)
    return put(bytes, at, size, random)
  }
  if (random.chance(0.4)) return put(bytes, from + page - 1 - random.int(page / 2), 1, random)
  const [at, size] = random.pick(inPage)
  return put(bytes, header + at, size, random)
}

const hurtGzip: Hurt = (bytes, random) =>
  put(bytes, random.pick([2, 3, 4, 8, 9, 10, bytes.length - 4, bytes.length - 8]), 1, random)

const knowing: readonly (readonly [start: (bytes: Buffer) => boolean, hurt: Hurt])[] = [
  [(bytes) => bytes.subarray(0, 2).equals(latin('PK')), hurtZip],
  [(bytes) => bytes.subarray(257, 262).equals(latin('ustar')), hurtTar],
  [(bytes) => bytes.subarray(0, 6).equals(latin('SQLite')), hurtDatabase],
  [(bytes) => bytes.subarray(0, 2).equals(latin('\x1f\x8b')), hurtGzip],
]

/** One to three times over. */
export function hurt(bytes: Buffer, random: Random, other: Buffer): Buffer {
  let changed = bytes
  for (let count = 1 + random.int(3); count > 0 && changed.length > 8; count -= 1) {
    const known = knowing.find(([starts]) => starts(changed))?.[1]
    const way = known !== undefined && random.chance(0.6) ? known : random.pick(anywhere)
    changed = way(changed, random, other)
  }
  return changed
}
