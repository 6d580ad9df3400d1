// Stays and ways, as Google's location files tell of them in four different forms.
import type { When } from '../../../library/library.ts'
import { moment } from '../dates/dates.ts'
import type { Found, Reading } from '../importer.ts'
import { instantIn } from '../dates/instants.ts'
import { oneLine } from '../text/text.ts'
import type { Place } from './places.ts'

interface Span {
  readonly from: When | undefined
  readonly to: When | undefined
  readonly record: number
}

interface Stay extends Span {
  readonly place: Place | undefined
  /** Google's own name for the place. */
  readonly id: string
  readonly name: string
  readonly address: string
  /** HOME, WORK, …; what Google takes it for. */
  readonly kind: string
}

interface Way extends Span {
  readonly start: Place | undefined
  readonly end: Place | undefined
  readonly metres: number | undefined
  /** WALKING, IN_BUS, `in passenger vehicle`. */
  readonly activity: string
}

/** A moment in a file: ISO with its offset, or milliseconds as a string (until 2022). */
export function momentIn(iso: unknown, milliseconds: unknown, reading: Reading): When | undefined {
  if (typeof iso === 'string') return instantIn(iso, reading)
  return typeof milliseconds === 'string' || typeof milliseconds === 'number' ? moment(Number(milliseconds)) : undefined
}

const atOf = (when: When | undefined): number | undefined => (when !== undefined && 'at' in when ? when.at : undefined)

const spanOf = ({ from, to }: Span) => {
  const [start, end] = [atOf(from), atOf(to)]
  return { when: from, ends: start !== undefined && end !== undefined && end > start ? end : undefined }
}

export function stayItem(source: string, stay: Stay): Found {
  const { place, from, record } = stay
  if (place === undefined) return { problem: { why: 'no-content', at: record } }
  if (atOf(from) === undefined) return { problem: { why: 'not-a-date', at: record } }
  const address = oneLine(stay.address, 300)
  const kind = worded(stay.kind)
  return {
    item: {
      same: `${source}:stay:${atOf(from)}:${stay.id || `${place.latitude},${place.longitude}`}`,
      type: 'place',
      title: oneLine(stay.name, 200) || kind || oneLine(address, 200) || `${place.latitude}, ${place.longitude}`,
      body: stay.address.trim().slice(0, 1000),
      ...spanOf(stay),
      source,
      facts: { ...place, ...(address === '' ? {} : { address }), ...(kind === '' ? {} : { kind }) },
      position: record,
    },
  }
}

export function wayItem(source: string, way: Way): Found {
  const { start, end, from, metres, record } = way
  if (atOf(from) === undefined) return { problem: { why: 'not-a-date', at: record } }
  const activity = worded(way.activity)
  return {
    item: {
      same: `${source}:way:${atOf(from)}:${atOf(way.to) ?? ''}`,
      type: 'track',
      title: activity || 'Track',
      body: '',
      ...spanOf(way),
      source,
      facts: {
        ...(metres !== undefined && metres >= 0 ? { metres: Math.round(metres) } : {}),
        ...(activity === '' ? {} : { activity }),
        ...(start === undefined ? {} : { startLatitude: start.latitude, startLongitude: start.longitude }),
        ...(end === undefined ? {} : { endLatitude: end.latitude, endLongitude: end.longitude }),
      },
      position: record,
    },
  }
}

/** `IN_PASSENGER_VEHICLE` as `In passenger vehicle`, `INFERRED_HOME` as `Home`, `TYPE_WORK` as `Work`. */
export function worded(kind: string): string {
  const words = oneLine(kind, 80)
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/^(?:inferred|type) /, '')
  return /^(?:unknown|unknown activity type|)$/.test(words) ? '' : words.charAt(0).toUpperCase() + words.slice(1)
}
