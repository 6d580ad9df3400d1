// What a camera wrote into a picture: when, where, with what. XMP, which is XML inside the picture, is left alone.
import ExifReader from 'exifreader'
import { oneLine } from '../text/text.ts'
import { type Place, placeOf } from './places.ts'

export interface Metadata {
  readonly width?: number
  readonly height?: number
  readonly camera?: string
  readonly description?: string
  readonly place?: Place & { readonly altitude?: number }
  /** As the camera's clock showed it: `2024-03-15 10:20:30`. */
  readonly takenAt?: string
  /** `+01:00`, where the camera knew. */
  readonly offset?: string
}

const wanted = {
  file: ['Image Width', 'Image Height'],
  png: ['Image Width', 'Image Height'],
  riff: ['ImageWidth', 'ImageHeight'],
  gif: ['Image Width', 'Image Height'],
  exif: true as const,
  gps: true as const,
}

type Tags = Readonly<Record<string, { readonly value?: unknown; readonly description?: unknown } | undefined>>

/** `broken`: there is something, but it cannot be read. */
export function readMetadata(content: Uint8Array): { readonly data: Metadata; readonly broken: boolean } {
  let tags: ExifReader.ExpandedTags
  try {
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
    tags = ExifReader.loadView(view, { expanded: true, includeTags: wanted })
  } catch (error) {
    // A picture that says nothing of itself is no fault; anything else the reader stumbles on is.
    return { data: {}, broken: !(error instanceof ExifReader.errors.MetadataMissingError) || says(content) }
  }
  const exif = (tags.exif ?? {}) as Tags
  const sizes = [tags.file, tags.pngFile, tags.png, tags.riff, tags.gif] as readonly (Tags | undefined)[]
  const size = (...names: readonly string[]) =>
    [...sizes, exif]
      .flatMap((group) => names.map((name) => numberOf(group?.[name])))
      .find((value) => value !== undefined)
  const [width, height] = [
    size('Image Width', 'ImageWidth', 'PixelXDimension'),
    size('Image Height', 'ImageHeight', 'ImageLength', 'PixelYDimension'),
  ]
  // From 5 on the picture lies on its side (Exif 3.0 §4.6.5.1.6).
  const turned = (numberOf(exif['Orientation']) ?? 1) >= 5
  const [taken, offset] = clockOf(exif)
  return {
    data: {
      ...(width !== undefined && height !== undefined
        ? { width: turned ? height : width, height: turned ? width : height }
        : {}),
      ...optional('camera', cameraOf(textOf(exif['Make']), textOf(exif['Model']))),
      ...optional('description', textOf(exif['ImageDescription'])),
      ...optional('takenAt', taken),
      ...optional('offset', offset),
      ...optional('place', placeIn(tags.gps)),
    },
    broken: Object.keys(exif).length === 0 && says(content),
  }
}

/** The marks that metadata begins with in each container, near the beginning of all but the strangest files. */
const marks = ['Exif\0\0', 'eXIf', 'II*\0', 'MM\0*'].map((mark) => Buffer.from(mark, 'latin1'))

/** The reader passes over metadata that it cannot follow; that there was some, the file shows. */
function says(content: Uint8Array): boolean {
  const start = Buffer.from(content.buffer, content.byteOffset, Math.min(content.byteLength, 64 * 1024))
  return marks.some((mark) => start.includes(mark))
}

const optional = <Name extends string, Value>(name: Name, value: Value | undefined | '') =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { readonly [N in Name]?: Value }

function numberOf(tag: Tags[string]): number | undefined {
  const value = Array.isArray(tag?.value) ? (tag.value[0] as unknown) : tag?.value
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}

function textOf(tag: Tags[string]): string {
  const text = typeof tag?.description === 'string' ? tag.description : ''
  return oneLine(text.replaceAll('\0', ' '), 2000)
}

/** Most makers repeat their name in the model. */
function cameraOf(make: string, model: string): string {
  const maker = make.split(' ')[0]?.toLowerCase() ?? ''
  return oneLine(maker !== '' && model.toLowerCase().startsWith(maker) ? model : `${make} ${model}`, 100)
}

/** When the shutter opened, before when the file was written; each with its own offset. */
function clockOf(exif: Tags): readonly [string | undefined, string | undefined] {
  for (const kind of ['Original', 'Digitized', '']) {
    const found = /^(\d{4})[:/-](\d{2})[:/-](\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)/.exec(textOf(exif[`DateTime${kind}`]))
    if (found === null || found[1] === '0000') continue
    const [, year, month, day, time] = found
    const offset = /^[-+]\d{2}:\d{2}$/.exec(textOf(exif[`OffsetTime${kind}`]))?.[0]
    return [`${year}-${month}-${day} ${time}`, offset]
  }
  return [undefined, undefined]
}

function placeIn(gps: ExifReader.ExpandedTags['gps']): Metadata['place'] {
  const { Latitude: latitude, Longitude: longitude, Altitude: altitude } = gps ?? {}
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined
  // A camera without a fix writes zeros, and nobody photographs in the Gulf of Guinea by that exactly.
  const place = latitude === 0 && longitude === 0 ? undefined : placeOf(latitude, longitude)
  if (place === undefined) return undefined
  return typeof altitude === 'number' && Number.isFinite(altitude)
    ? { ...place, altitude: Math.round(altitude) }
    : place
}
