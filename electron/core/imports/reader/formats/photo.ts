// Pictures: the file itself is kept, with when and where it was taken and by what, as the camera wrote it into the file
// (Exif 3.0) or Google Takeout beside it. Metadata that is broken costs nothing but itself: the picture still arrives.
import { createHash } from 'node:crypto'
import type { When } from '../../../library/library.ts'
import { parseWhen } from '../dates/dates.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { certainty, type Importer, type Reading } from '../importer.ts'
import { fileDateOf } from '../items/file-date.ts'
import { asCollections } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'
import { type Metadata, readMetadata } from './photo-metadata.ts'
import { albumOf, sidecarOf } from './photo-sidecar.ts'

const format = 'photo'
/** The raw files of large cameras; each is held whole while it is kept. */
const mostBytes = 128 * 1024 * 1024

export const photo: Importer = {
  format,
  counts: 'bytes',
  recognises: ({ start }) => (mediaOf(start) === undefined ? certainty.no : certainty.certain),
  async *read(entry, reading) {
    const content = await entry.whole(mostBytes)
    const media = mediaOf(content)
    if (media === undefined) {
      yield { problem: { why: 'damaged' } }
      return
    }
    const beside = await sidecarOf(entry.path, reading)
    if (beside?.trashed === true) {
      yield { skipped: true }
      return
    }
    const { data, broken } = readMetadata(content)
    const name = oneLine(entry.called.split('/').at(-1) ?? '', 200)
    const { width, height, camera } = data
    const told = [beside?.description ?? '', data.description ?? ''].filter((text) => text !== '')
    const album = await albumOf(entry.path, reading)
    const taken = takenAt(data, beside?.takenAt, reading)
    yield {
      item: {
        same: `${format}:${createHash('sha256').update(content).digest('hex')}`,
        type: 'photo',
        title: oneLine(beside?.title ?? '', 200) || name,
        body: [...new Set(told)].join('\n\n').slice(0, 20_000),
        when: taken ?? inName(name, reading),
        fileDate: fileDateOf(entry, reading),
        source: format,
        people: (beside?.people ?? []).map((person) => ({ name: oneLine(person, 200), role: 'about' as const })),
        collections: asCollections(album),
        attachments: [{ name, media, content }],
        facts: {
          ...(width !== undefined && height !== undefined ? { width, height } : {}),
          ...(camera === undefined ? {} : { camera }),
          ...(data.place ?? beside?.place),
        },
      },
    }
    if (isLost(data.takenAt ?? '', taken)) yield lostDate(data.takenAt ?? '')
    if (broken) yield { problem: { why: 'damaged', detail: 'EXIF' } }
  },
}

const quarter = 15 * 60_000
const farthestZone = 14 * 60 * 60_000

/**
 * The camera's clock with the offset it wrote. Where it wrote none, Google's moment beside it tells the offset: the
 * difference between the two is one, if it is whole quarters of an hour.
 */
function takenAt(data: Metadata, utc: number | undefined, { zone, now }: Reading): When | undefined {
  if (data.takenAt === undefined) return utc === undefined ? undefined : { at: utc }
  if (data.offset !== undefined) return parseWhen(`${data.takenAt}${data.offset}`, { zone, now })
  const wall = parseWhen(`${data.takenAt}Z`, { zone, now })
  if (utc !== undefined && wall !== undefined && 'at' in wall) {
    const ahead = Math.round((wall.at - utc) / quarter) * quarter
    if (Math.abs(ahead) <= farthestZone && Math.abs(wall.at - utc - ahead) < 60_000)
      return { at: wall.at - ahead, offset: ahead / 60_000 }
  }
  return parseWhen(data.takenAt, { zone, now })
}

/** `IMG_20240315_102030.jpg`, `Screenshot 2024-03-15 at 10.20.30.png`, `IMG-20240315-WA0001.jpg`. */
function inName(name: string, { zone, now }: Reading): When | undefined {
  const found =
    /(?<!\d)((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})(?:(?:[-_ T]|, | at | um )(\d{2})([-_.:]?)(\d{2})\6(\d{2})(?!\d)|(?!\d))/.exec(
      name,
    )
  if (found === null) return undefined
  const [, year, , month, day, hour, , minute, second] = found
  const time = hour === undefined ? '' : ` ${hour}:${minute}:${second}`
  return parseWhen(`${year}-${month}-${day}${time}`, { zone, now })
}

/** By its first bytes, whatever it is called. */
function mediaOf(start: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(start.subarray(0, 40))
  if (head.startsWith('ÿØÿ')) return 'image/jpeg'
  if (head.startsWith('‰PNG\r\n\x1a\n')) return 'image/png'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'image/tiff'
  // ISO base media (ISO 14496-12 §4.3): the brands of HEIF and AVIF; a video has others.
  if (head.slice(4, 8) !== 'ftyp') return undefined
  if (/^(?:avif|avis)/.test(head.slice(8, 12))) return 'image/avif'
  return /^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)/.test(head.slice(8, 12)) ? 'image/heic' : undefined
}
