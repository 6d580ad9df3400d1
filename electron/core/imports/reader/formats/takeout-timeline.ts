// The Timeline as phones export it since 2024: Android's Timeline.json, an object of segments and raw signals with places
// as `48.1°, 11.5°`; and the iPhone's location-history.json, a bare list with places as `geo:48.1,11.5` and every number
// written as text.
import type { When } from '../../../library/library.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { instantIn } from '../dates/instants.ts'
import { elements, isObject, startOfJson } from '../text/json.ts'
import { decoded } from '../text/text.ts'
import { createDailyTracks } from './daily-tracks.ts'
import { placeIn } from './places.ts'
import { stayItem, wayItem, worded } from './travel.ts'

const source = 'takeout-timeline'

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {})
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

export const takeoutTimeline: Importer = {
  format: source,
  counts: 'records',
  recognises: ({ text: start }) => {
    const said = startOfJson(start)
    if (Array.isArray(said)) return isSegment(said[0]) ? certainty.certain : certainty.no
    const known = isObject(said) && ('semanticSegments' in said || 'rawSignals' in said)
    return known ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    const paths = createDailyTracks(source, 'day', reading.zone)
    const signals = createDailyTracks(source, 'signals', reading.zone)
    const wanted = (await isList(entry, reading))
      ? ['$.*']
      : ['$.semanticSegments.*', '$.rawSignals.*', '$.userLocationProfile.frequentPlaces.*']
    for await (const found of elements(entry, reading, ...wanted)) {
      const { record } = found
      if ('problem' in found) {
        yield found
        continue
      }
      const told = fieldsOf(found.value)
      if (found.path[0] === 'rawSignals') yield* signalOf(told, record, signals, reading)
      else if (found.path[0] === 'userLocationProfile') yield frequentPlace(told, record)
      else yield* segmentOf(told, record, paths, reading)
    }
    yield* paths.end()
    yield* signals.end()
  },
}

const isSegment = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['startTime'] === 'string' &&
  ['visit', 'activity', 'timelinePath', 'timelineMemory'].some((name) => name in value)

async function isList(entry: Entry, reading: Reading): Promise<boolean> {
  for await (const piece of decoded(entry, reading)) {
    const start = piece.trimStart()
    if (start !== '') return start.startsWith('[')
  }
  return false
}

type Tracks = ReturnType<typeof createDailyTracks>

function* segmentOf(segment: Fields, record: number, paths: Tracks, reading: Reading): Generator<Found> {
  const from = timeOf(segment['startTime'], segment['startTimeTimezoneUtcOffsetMinutes'], reading)
  const span = { from, to: timeOf(segment['endTime'], undefined, reading), record }
  if (isObject(segment['visit'])) {
    const best = fieldsOf(segment['visit']['topCandidate'])
    const location = best['placeLocation']
    yield stayItem(source, {
      ...span,
      place: placeIn(isObject(location) ? location['latLng'] : location),
      id: text(best['placeId']) || text(best['placeID']),
      name: '',
      address: '',
      kind: text(best['semanticType']),
    })
  } else if (isObject(segment['activity'])) {
    const { start, end, distanceMeters, topCandidate } = segment['activity']
    const metres = Number(distanceMeters ?? Number.NaN)
    yield wayItem(source, {
      ...span,
      start: placeIn(isObject(start) ? start['latLng'] : start),
      end: placeIn(isObject(end) ? end['latLng'] : end),
      metres: Number.isFinite(metres) ? metres : undefined,
      activity: text(fieldsOf(topCandidate)['type']),
    })
  } else if (Array.isArray(segment['timelinePath'])) yield* pathOf(segment, from, record, paths, reading)
  // What Google put together from these (trips, memories) says nothing new.
  else yield { skipped: true }
}

function* pathOf(
  segment: Fields,
  from: When | undefined,
  record: number,
  paths: Tracks,
  reading: Reading,
): Generator<Found> {
  for (const value of listOf(segment['timelinePath'])) {
    const step = fieldsOf(value)
    const place = placeIn(step['point'])
    const minutes = Number(step['durationMinutesOffsetFromStartTime'] ?? Number.NaN)
    const at =
      step['time'] !== undefined
        ? atOf(timeOf(step['time'], undefined, reading))
        : Number.isFinite(minutes) && atOf(from) !== undefined
          ? (atOf(from) ?? 0) + minutes * 60_000
          : atOf(from)
    if (place === undefined || at === undefined)
      yield { problem: { why: place ? 'not-a-date' : 'no-content', at: record } }
    else yield* paths.add({ place, at, record })
  }
}

function* signalOf(signal: Fields, record: number, signals: Tracks, reading: Reading): Generator<Found> {
  const position = fieldsOf(signal['position'])
  const place = placeIn(position['LatLng'] ?? position['latLng'])
  const at = atOf(timeOf(position['timestamp'], undefined, reading))
  // Networks in reach, and what the phone took for walking: nothing of the person's.
  if (place === undefined || at === undefined) yield { skipped: true }
  else yield* signals.add({ place, at, record })
}

function frequentPlace(told: Fields, record: number): Found {
  const location = told['placeLocation']
  const place = placeIn(isObject(location) ? location['latLng'] : location)
  if (place === undefined) return { skipped: true }
  const label = worded(text(told['label']))
  return {
    item: {
      same: `${source}:frequent:${text(told['placeId']) || `${place.latitude},${place.longitude}`}`,
      type: 'place',
      title: label || `${place.latitude}, ${place.longitude}`,
      body: '',
      source,
      facts: { ...place, ...(label === '' ? {} : { kind: label }) },
      position: record,
    },
  }
}

const atOf = (when: When | undefined): number | undefined => (when !== undefined && 'at' in when ? when.at : undefined)

/** With the offset the phone noted beside it, where the time itself is in UTC. */
function timeOf(value: unknown, offset: unknown, reading: Reading): When | undefined {
  const when = typeof value === 'string' ? instantIn(value, reading) : undefined
  const known = typeof offset === 'number' && Math.abs(offset) <= 18 * 60
  return when !== undefined && known ? { at: when.at, offset } : when
}
