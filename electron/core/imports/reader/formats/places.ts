// Places on the earth and the paths between them, as every kind of location file needs them: measured point by point, so
// that a path of a million points takes no more room than one of ten.
import { createHash } from 'node:crypto'
import type { NewAttachment } from '../../../library/library.ts'

export interface Place {
  /** Degrees, to about ten centimetres. */
  readonly latitude: number
  readonly longitude: number
}

/** Undefined for what is nowhere on the earth. */
export function placeOf(latitude: number, longitude: number): Place | undefined {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return undefined
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { latitude: rounded(latitude), longitude: rounded(longitude) }
}

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** Written with degree signs (`48.1°, 11.5°`), as an address (`geo:48.1,11.5`, RFC 5870), or bare. */
export function placeIn(text: unknown): Place | undefined {
  const found =
    typeof text === 'string' ? /^(?:geo:)?\s*(-?\d{1,3}(?:\.\d+)?)°?\s*,\s*(-?\d{1,3}(?:\.\d+)?)°?/.exec(text) : null
  return found === null ? undefined : placeOf(Number(found[1]), Number(found[2]))
}

/** Ten million parts of a degree; older files let them overflow 32 bits. */
export function placeOfE7(latitude: unknown, longitude: unknown): Place | undefined {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined
  const wrapped = (value: number, most: number) =>
    value > most ? value - 2 ** 32 : value < -most ? value + 2 ** 32 : value
  return placeOf(wrapped(latitude, 900_000_000) / 1e7, wrapped(longitude, 1_800_000_000) / 1e7)
}

const earth = 6_371_008.8

/** Along the great circle (haversine); good to half a percent, which is better than any receiver's noise. */
export function metresBetween(one: Place, other: Place): number {
  const rad = Math.PI / 180
  const across = Math.sin(((other.latitude - one.latitude) * rad) / 2) ** 2
  const along = Math.sin(((other.longitude - one.longitude) * rad) / 2) ** 2
  const share = across + Math.cos(one.latitude * rad) * Math.cos(other.latitude * rad) * along
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(share)))
}

/** Points are kept as a file of their own up to here; of more, only what was measured. */
const mostPoints = 5000

export interface Measured {
  readonly facts: Record<string, string | number>
  readonly from: number | undefined
  readonly to: number | undefined
  /** Of all its points and times: what tells this path from another. */
  readonly print: string
  readonly points: NewAttachment | undefined
}

export function createPath() {
  const hash = createHash('sha256')
  let count = 0
  let metres = 0
  let last: Place | undefined
  let [south, west, north, east] = [90, 180, -90, -180]
  let from: number | undefined
  let to: number | undefined
  let kept: [number, number, number | null][] | undefined = []
  return {
    add(place: Place, at: number | undefined) {
      hash.update(`${place.latitude},${place.longitude},${at ?? ''};`)
      count += 1
      if (last !== undefined) metres += metresBetween(last, place)
      last = place
      south = Math.min(south, place.latitude)
      north = Math.max(north, place.latitude)
      west = Math.min(west, place.longitude)
      east = Math.max(east, place.longitude)
      if (at !== undefined) {
        from = from === undefined ? at : Math.min(from, at)
        to = to === undefined ? at : Math.max(to, at)
      }
      if (kept !== undefined && kept.length < mostPoints) kept.push([place.longitude, place.latitude, at ?? null])
      else kept = undefined
    },
    /** Undefined for a path of no points. */
    end(): Measured | undefined {
      if (count === 0) return undefined
      const facts: Measured['facts'] = { points: count, metres: Math.round(metres), south, west, north, east }
      if (from !== undefined) facts['from'] = new Date(from).toISOString()
      if (to !== undefined) facts['to'] = new Date(to).toISOString()
      return { facts, from, to, print: hash.digest('hex').slice(0, 32), points: kept && asFile(kept) }
    },
  }
}

/** GeoJSON (RFC 7946): every program that shows maps reads it. Times stand beside the points they belong to. */
function asFile(points: readonly [number, number, number | null][]): NewAttachment {
  const coordinates = points.map(([longitude, latitude]) => [longitude, latitude])
  const times = points.map(([, , at]) => (at === null ? null : new Date(at).toISOString()))
  const geometry =
    coordinates.length === 1 ? { type: 'Point', coordinates: coordinates[0] } : { type: 'LineString', coordinates }
  const properties = times.some((time) => time !== null) ? { times } : {}
  const content = new TextEncoder().encode(JSON.stringify({ type: 'Feature', properties, geometry }))
  return { name: 'points.geojson', media: 'application/geo+json', content }
}
