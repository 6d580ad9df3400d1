// Location History as Takeout exported it until 2024: Records.json with every point a phone ever sent, and a file for each
// month of what Google made of them. Both have been described by those who own such files; Google never did.
import { certainty, type Importer, type Reading } from '../importer.ts'
import { elements, isObject, startOfJson } from '../text/json.ts'
import { createDailyTracks } from './daily-tracks.ts'
import { placeOfE7 } from './places.ts'
import { momentIn, stayItem, wayItem } from './travel.ts'

const source = 'takeout-location'

/** The first of a list under that name, as far as the beginning of a file shows it. */
function firstIn(text: string | null, name: string): Readonly<Record<string, unknown>> | undefined {
  const start = startOfJson(text)
  const list = isObject(start) ? start[name] : undefined
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  return isObject(first) ? first : undefined
}

export const takeoutRecords: Importer = {
  format: 'takeout-records',
  counts: 'records',
  recognises: ({ text }) => {
    const first = firstIn(text, 'locations')
    const timed = first !== undefined && (first['timestamp'] !== undefined || first['timestampMs'] !== undefined)
    return timed ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    const tracks = createDailyTracks(source, 'day', reading.zone)
    for await (const found of elements(entry, reading, '$.locations.*')) {
      const { record } = found
      if ('problem' in found) {
        yield found
        continue
      }
      const point = isObject(found.value) ? found.value : {}
      const place = placeOfE7(point['latitudeE7'], point['longitudeE7'])
      const when = momentIn(point['timestamp'], point['timestampMs'], reading)
      // Some records tell of masts and networks in reach, and not where that was.
      if (place === undefined) yield { skipped: true }
      else if (when === undefined || !('at' in when)) yield { problem: { why: 'not-a-date', at: record } }
      else yield* tracks.add({ place, at: when.at, record })
    }
    yield* tracks.end()
  },
}

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {})
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export const takeoutSemantic: Importer = {
  format: 'takeout-semantic',
  counts: 'records',
  recognises: ({ text: start }) => {
    const first = firstIn(start, 'timelineObjects')
    return first !== undefined && ('placeVisit' in first || 'activitySegment' in first)
      ? certainty.certain
      : certainty.no
  },
  async *read(entry, reading) {
    for await (const found of elements(entry, reading, '$.timelineObjects.*')) {
      const { record } = found
      if ('problem' in found) yield found
      else {
        const told = fieldsOf(found.value)
        if (isObject(told['placeVisit'])) yield stayItem(source, stayOf(told['placeVisit'], record, reading))
        else if (isObject(told['activitySegment']))
          yield wayItem(source, wayOf(told['activitySegment'], record, reading))
        else yield { skipped: true }
      }
    }
  },
}

function spanOf(told: Fields, record: number, reading: Reading) {
  const span = fieldsOf(told['duration'])
  return {
    from: momentIn(span['startTimestamp'], span['startTimestampMs'], reading),
    to: momentIn(span['endTimestamp'], span['endTimestampMs'], reading),
    record,
  }
}

function stayOf(visit: Fields, record: number, reading: Reading) {
  const location = fieldsOf(visit['location'])
  return {
    ...spanOf(visit, record, reading),
    place:
      placeOfE7(location['latitudeE7'], location['longitudeE7']) ??
      placeOfE7(visit['centerLatE7'], visit['centerLngE7']),
    id: text(location['placeId']),
    name: text(location['name']),
    address: text(location['address']),
    kind: text(location['semanticType']),
  }
}

function wayOf(segment: Fields, record: number, reading: Reading) {
  const [start, end] = [fieldsOf(segment['startLocation']), fieldsOf(segment['endLocation'])]
  const metres = segment['distance']
  return {
    ...spanOf(segment, record, reading),
    start: placeOfE7(start['latitudeE7'], start['longitudeE7']),
    end: placeOfE7(end['latitudeE7'], end['longitudeE7']),
    metres: typeof metres === 'number' ? metres : undefined,
    activity: text(segment['activityType']),
  }
}
