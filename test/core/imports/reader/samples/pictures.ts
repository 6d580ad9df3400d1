// Pictures of no content in every container we read, with Exif written tag by tag (Exif 3.0 §4.6), so that each byte of
// them is known.

type Value = string | number | readonly (readonly [number, number])[]
export type Tags = Readonly<Record<number, Value>>

export const tag = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  takenAt: 0x9003,
  offset: 0x9011,
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
  altitudeRef: 5,
  altitude: 6,
} as const

/** A TIFF block: IFD0, the Exif IFD and the GPS IFD. */
export function exifBlock(main: Tags, exif: Tags, gps: Tags): Buffer {
  const mainAt = 8
  const sizeOf = (tags: Tags) =>
    6 + 12 * Object.keys(tags).length + outside(tags).reduce((sum, part) => sum + part.length, 0)
  const withLinks = { ...main, 0x8769: 0, 0x8825: 0 }
  const exifAt = mainAt + sizeOf(withLinks)
  const gpsAt = exifAt + sizeOf(exif)
  const header = Buffer.from('4d4d002a00000008', 'hex')
  const parts = [ifd({ ...main, 0x8769: exifAt, 0x8825: gpsAt }, mainAt), ifd(exif, exifAt), ifd(gps, gpsAt)]
  return Buffer.concat([header, ...parts])
}

const encoded = (value: Value): Buffer => {
  if (typeof value === 'string') return Buffer.from(`${value}\0`, 'latin1')
  if (typeof value === 'number')
    return Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255])
  const rationals = Buffer.alloc(value.length * 8)
  value.forEach(([above, below], at) => {
    rationals.writeUInt32BE(above, at * 8)
    rationals.writeUInt32BE(below, at * 8 + 4)
  })
  return rationals
}

const outside = (tags: Tags): Buffer[] =>
  Object.values(tags)
    .map(encoded)
    .filter((bytes) => bytes.length > 4)

function ifd(tags: Tags, at: number): Buffer {
  const entries = Object.entries(tags).toSorted(([one], [other]) => Number(one) - Number(other))
  const head = Buffer.alloc(6 + 12 * entries.length)
  head.writeUInt16BE(entries.length, 0)
  const values: Buffer[] = []
  let valueAt = at + head.length
  entries.forEach(([name, value], index) => {
    const bytes = encoded(value)
    const entry = 2 + 12 * index
    head.writeUInt16BE(Number(name), entry)
    head.writeUInt16BE(typeof value === 'string' ? 2 : typeof value === 'number' ? 4 : 5, entry + 2)
    head.writeUInt32BE(
      typeof value === 'string' ? bytes.length : typeof value === 'number' ? 1 : value.length,
      entry + 4,
    )
    if (bytes.length <= 4) bytes.copy(head, entry + 8)
    else {
      head.writeUInt32BE(valueAt, entry + 8)
      values.push(bytes)
      valueAt += bytes.length
    }
  })
  return Buffer.concat([head, ...values])
}

const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
const u32 = (value: number) => encoded(value)
const little32 = (value: number) => u32(value).swap32()
const ascii = (text: string) => Buffer.from(text, 'latin1')

export function jpeg(block?: Buffer, [width, height] = [40, 30]): Buffer {
  const frame = Buffer.concat([
    Buffer.from('ffc0', 'hex'),
    u16(11),
    Buffer.from([8]),
    u16(height ?? 0),
    u16(width ?? 0),
    Buffer.from([1, 1, 0x11, 0]),
  ])
  const exif = block === undefined ? [] : [Buffer.from('ffe1', 'hex'), u16(block.length + 8), ascii('Exif\0\0'), block]
  return Buffer.concat([Buffer.from('ffd8', 'hex'), ...exif, frame, Buffer.from('ffd9', 'hex')])
}

export function png(block: Buffer): Buffer {
  // Nobody who reads metadata checks the sums.
  const chunk = (name: string, data: Buffer) => Buffer.concat([u32(data.length), ascii(name), data, u32(0)])
  const header = Buffer.concat([u32(40), u32(30), Buffer.from([8, 2, 0, 0, 0])])
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('eXIf', block),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export function webp(block: Buffer): Buffer {
  const chunk = (name: string, data: Buffer) =>
    Buffer.concat([ascii(name), little32(data.length), data, Buffer.alloc(data.length % 2)])
  const size = Buffer.from([8, 0, 0, 0, 39, 0, 0, 29, 0, 0])
  const body = Buffer.concat([ascii('WEBP'), chunk('VP8X', size), chunk('EXIF', block)])
  return Buffer.concat([ascii('RIFF'), little32(body.length), body])
}

export function heic(block: Buffer): Buffer {
  const box = (name: string, ...parts: Buffer[]) => {
    const data = Buffer.concat(parts)
    return Buffer.concat([u32(data.length + 8), ascii(name), data])
  }
  const content = Buffer.concat([u32(6), ascii('Exif\0\0'), block])
  const type = box('ftyp', ascii('heic'), u32(0), ascii('mif1heic'))
  const meta = (contentAt: number) => {
    const info = box('iinf', u32(0), u16(1), box('infe', Buffer.from([2, 0, 0, 0]), u16(1), u16(0), ascii('Exif\0')))
    const where = box(
      'iloc',
      u32(0),
      Buffer.from([0x44, 0]),
      u16(1),
      u16(1),
      u16(0),
      u16(1),
      u32(contentAt),
      u32(content.length),
    )
    return box('meta', u32(0), box('hdlr', u32(0), u32(0), ascii('pict'), Buffer.alloc(13)), info, where)
  }
  const contentAt = type.length + meta(0).length + 8
  return Buffer.concat([type, meta(contentAt), box('mdat', content)])
}
