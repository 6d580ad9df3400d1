// GPX: tracks that a receiver or a phone recorded, routes, and places marked on the way (GPX 1.1 schema, topografix.com).
// A track is one item however many points it has: its points are measured as they stream by, and kept beside it where they
// are few.
import { certainty, type Found, type Importer, type Reading } from '../importer.ts'
import { instantIn } from '../dates/instants.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { hashed } from '../items/same.ts'
import { oneLine } from '../text/text.ts'
import { soundOnly } from '../markup/tolerant.ts'
import { elementsOf, textOf, type XmlElement } from '../markup/xml.ts'
import { rootTag } from '../markup/xml-start.ts'
import { createPath, placeOf } from './places.ts'

const format = 'gpx'
const longestBody = 100_000

export const gpx: Importer = {
  format,
  counts: 'lines',
  recognises: ({ text }) => (/^<(?:\w+:)?gpx(?:\s|$)/.test(rootTag(text)) ? certainty.certain : certainty.no),
  read: soundOnly(async function* (entry, reading, seen) {
    let path = createPath()
    let told: Record<string, string> = {}
    let isCut = false
    let lost: Found | undefined
    const wanted = { whole: ['wpt', 'trkpt', 'rtept', 'name', 'desc', 'cmt', 'type'], ends: ['trk', 'rte'] }
    for await (const element of elementsOf(entry, reading, wanted, seen)) {
      const { name, line, within } = element
      if (name === 'wpt') {
        yield waypoint(element, reading)
        const lostHere = lostTime(element, reading)
        if (lostHere !== undefined) yield lostHere
        if (element.cut) yield { problem: { why: 'too-large', at: line } }
      } else if (name === 'trkpt' || name === 'rtept') {
        const place = placeOf(Number(element.attributes['lat']), Number(element.attributes['lon']))
        // A receiver without a fix writes points that are nowhere; the track goes on.
        if (place !== undefined) path.add(place, timeOf(element, reading))
        lost ??= lostTime(element, reading)
      } else if (name === 'trk' || name === 'rte') {
        yield track(name, told, path, line)
        if (isCut) yield { problem: { why: 'too-large', at: line } }
        if (lost !== undefined) yield lost
        isCut = false
        lost = undefined
        path = createPath()
        told = {}
      } else if (within.at(-1)?.name === 'trk' || within.at(-1)?.name === 'rte') {
        told[name] = element.text
        isCut ||= element.cut
      }
    }
  }),
}

const timeOf = (element: XmlElement, reading: Reading): number | undefined =>
  instantIn(textOf(element, 'time'), reading)?.at

function lostTime(element: XmlElement, reading: Reading): Found | undefined {
  const written = textOf(element, 'time')
  return isLost(written, instantIn(written, reading)) ? lostDate(written, element.line) : undefined
}

function waypoint(element: XmlElement, reading: Reading): Found {
  const place = placeOf(Number(element.attributes['lat']), Number(element.attributes['lon']))
  if (place === undefined) return { problem: { why: 'no-content', at: element.line } }
  const name = oneLine(textOf(element, 'name'), 200)
  const body = [textOf(element, 'desc'), textOf(element, 'cmt')].filter(
    (part, at, all) => part !== '' && all.indexOf(part) === at,
  )
  const at = timeOf(element, reading)
  const height = Number(textOf(element, 'ele') || Number.NaN)
  return {
    item: {
      same: `${format}:place:${JSON.stringify([place.latitude, place.longitude, name, at ?? null])}`,
      type: 'place',
      title: name || `${place.latitude}, ${place.longitude}`,
      body: body.join('\n\n').slice(0, longestBody),
      when: at === undefined ? undefined : { at },
      source: format,
      facts: { ...place, ...(Number.isFinite(height) ? { altitude: height } : {}) },
      position: element.line,
    },
  }
}

function track(
  kind: 'trk' | 'rte',
  told: Readonly<Record<string, string>>,
  path: ReturnType<typeof createPath>,
  line: number,
): Found {
  const measured = path.end()
  if (measured === undefined) return { problem: { why: 'no-content', at: line } }
  const { facts, from, to, print, points } = measured
  const name = oneLine(told['name'] ?? '', 200)
  const body = [told['desc'] ?? '', told['cmt'] ?? ''].filter((part) => part !== '').join('\n\n')
  return {
    item: {
      same: `${format}:${kind}:${hashed(name, print)}`,
      type: 'track',
      title: name || (kind === 'rte' ? 'Route' : 'Track'),
      body: body.slice(0, longestBody),
      when: from === undefined ? undefined : { at: from },
      ends: from !== undefined && to !== undefined && to > from ? to : undefined,
      source: format,
      facts: { ...facts, ...(told['type'] ? { activity: oneLine(told['type'], 80) } : {}) },
      attachments: points === undefined ? [] : [points],
      position: line,
    },
  }
}
