// Times of calendars (RFC 5545 §3.3.5): in the zone they name, by the platform where it knows it, else by the description in
// the file. A rule there is worked out for single years and never walked through, so that no rule can keep us busy.
import type { When } from '../../../library/library.ts'
import { type Component, paramOf, type Property, propertiesOf, propertyIn, textOf } from './content-lines.ts'
import { asDay, isDay, moment } from '../dates/dates.ts'
import { isZone, offsetOf, type Wall, zoned } from '../dates/zones.ts'

interface Observance {
  /** Minutes east of Greenwich from then on. */
  readonly offset: number
  /** Wall clock as if it were UTC, when it first applied, and other times it began again. */
  readonly starts: readonly number[]
  readonly yearly: Yearly | undefined
}

interface Yearly {
  readonly month: number
  /** The day of the month, or which weekday of it: `[2, 0]` is its second Sunday, -1 counts from its end. */
  readonly on: number | readonly [number, number]
  readonly timeOfDay: number
  readonly from: number
  readonly until: number
}

/** A zone that only its file knows. */
interface FileZone {
  readonly offsetAt: (wall: Wall) => number
  /** For an export to say it again; undefined: too long to be kept with every entry. */
  readonly described: Component | undefined
}
export type FileZones = Map<string, FileZone | string>

/** Descriptions are kept with each entry that needs them, so that a long one would make a small file a large vault. */
const longestDescription = 3000

const dayMs = 24 * 60 * 60_000
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const shape = /^(\d{4})-(\d{2})-(\d{2})(?:T(?:(\d{2}):(\d{2}):(\d{2})?)?(Z)?)?/

function wallOf(text: string): { readonly wall: Wall; readonly timed: boolean; readonly utc: boolean } | undefined {
  const found = shape.exec(text)
  if (found === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  if (hour > 23 || minute > 59 || second > 60) return undefined
  return {
    wall: { year, month, day, hour, minute, second },
    timed: found[4] !== undefined,
    utc: found[7] !== undefined,
  }
}

const asUtc = ({ year, month, day, hour, minute, second }: Wall) => Date.UTC(year, month - 1, day, hour, minute, second)

/** Undefined: no date, or one that cannot be. */
export function timeOf(text: string, tzid: string, zones: FileZones, own: string): When | undefined {
  const found = wallOf(text)
  if (found === undefined || !isDay(found.wall)) return undefined
  const { wall, timed, utc } = found
  if (!timed) return { day: asDay(wall) }
  if (utc) return { at: asUtc(wall), offset: 0 }
  const zone = zoneNamed(tzid, zones, own)
  if (typeof zone === 'string') return zoned(wall, zone)
  const offset = zone.offsetAt(wall)
  return { at: asUtc(wall) - offset * 60_000, offset }
}

/** The platform's name of it, or what the file says of it; what nobody knows is taken for the person's own. */
export function zoneNamed(tzid: string, zones: FileZones, own: string): FileZone | string {
  const offset = offsetNamed(tzid)
  return zones.get(tzid) ?? knownZone(tzid) ?? (offset === undefined ? own : fixedZone(tzid, offset))
}

function fixedZone(tzid: string, offset: number): FileZone {
  const east = `${offset < 0 ? '-' : '+'}${new Date(Math.abs(offset) * 60_000).toISOString().slice(11, 16)}`
  const offsets = ['tzoffsetfrom', 'tzoffsetto'].map((name) => property(name, 'utc-offset', east))
  const always = [property('dtstart', 'date-time', '1970-01-01T00:00:00'), ...offsets]
  return { offsetAt: () => offset, described: described(tzid, [{ ...nowhere, name: 'STANDARD', properties: always }]) }
}

const nowhere = { line: 0, inner: [] } as const
const property = (name: string, is: string, value: string): Property => ({ name, params: {}, is, values: [value] })

function described(tzid: string, inner: readonly Component[]): Component | undefined {
  const whole = { name: 'VTIMEZONE', line: 0, properties: [property('tzid', 'text', tzid)], inner }
  return JSON.stringify(whole).length > longestDescription ? undefined : whole
}

const ofObservances = new Set(['dtstart', 'tzoffsetfrom', 'tzoffsetto', 'tzname', 'rrule', 'rdate'])

/** An observance is to say what it follows (RFC 5545 §3.6.5); where it does not, it follows itself. */
function tidied(component: Component): Component {
  const properties = component.properties.filter(({ name }) => ofObservances.has(name))
  const to = propertyIn(component, 'tzoffsetto')
  const from = propertyIn(component, 'tzoffsetfrom') === undefined && to !== undefined
  return { ...component, inner: [], properties: from ? [...properties, { ...to, name: 'tzoffsetfrom' }] : properties }
}

/** Its first value, in its zone. */
export function whenOf(property: Property | undefined, zones: FileZones, own: string): When | undefined {
  return property === undefined ? undefined : timeOf(textOf(property), paramOf(property, 'tzid'), zones, own)
}

/** A moment for a day: its beginning where the person lives. */
export function startOf(when: When, zone: string): number | undefined {
  if ('at' in when) return when.at
  const found = wallOf(when.day)
  return found === undefined ? undefined : zoned(found.wall, zone)?.at
}

/** `Europe/Berlin`, also behind the prefix that some programs put before it. */
function knownZone(tzid: string): string | undefined {
  const parts = tzid.split('/')
  return [tzid, parts.slice(-3).join('/'), parts.slice(-2).join('/')].find((name) => name.length > 0 && isZone(name))
}

/** `(GMT +01:00)`, `UTC-3`. */
const offsetNamed = (tzid: string) => {
  const found = /(?:GMT|UTC) ?([-+]\d{1,2}:?(?:\d{2})?)/.exec(tzid)
  return found?.[1] === undefined ? undefined : offsetOf(found[1])
}

/** Remembers how a file describes a zone that the platform does not know. */
export function learnZone(component: Component, zones: FileZones): void {
  const tzid = textOf(propertyIn(component, 'tzid'))
  if (tzid === '' || knownZone(tzid) !== undefined || zones.size >= 1000) return
  const location = knownZone(textOf(propertyIn(component, 'x-lic-location')))
  const usable = component.inner.filter((inner) => observanceOf(inner).length > 0)
  const observances = usable.flatMap(observanceOf)
  if (location !== undefined) zones.set(tzid, location)
  else if (observances.length > 0)
    zones.set(tzid, {
      offsetAt: (wall) => offsetBy(observances, wall),
      described: described(tzid, usable.map(tidied)),
    })
}

function observanceOf(component: Component): Observance[] {
  const offset = offsetOf(textOf(propertyIn(component, 'tzoffsetto')).slice(0, 6))
  const begins = wallOf(textOf(propertyIn(component, 'dtstart')))
  if (offset === undefined || begins === undefined) return []
  const others = propertiesOf(component, 'rdate').flatMap(({ values }) =>
    values.flatMap((value) => (typeof value === 'string' ? (wallOf(value) ?? []) : [])),
  )
  const starts = [begins, ...others].slice(0, 1000).map(({ wall }) => asUtc(wall))
  return [{ offset, starts, yearly: yearlyOf(propertyIn(component, 'rrule')?.values[0], begins.wall) }]
}

/** The only kind of rule that zones have. */
function yearlyOf(rule: unknown, begins: Wall): Yearly | undefined {
  if (typeof rule !== 'object' || rule === null || !('freq' in rule) || rule.freq !== 'YEARLY') return undefined
  const month = Number('bymonth' in rule ? rule.bymonth : begins.month)
  const [, nth, weekday = ''] = /^([-+]?\d)([A-Z]{2})$/.exec('byday' in rule ? String(rule.byday) : '') ?? []
  const until = 'until' in rule ? wallOf(String(rule.until)) : undefined
  const from = asUtc(begins)
  const on = nth === undefined ? begins.day : ([Number(nth), weekdays.indexOf(weekday)] as const)
  return {
    month,
    on,
    timeOfDay: from - Math.floor(from / dayMs) * dayMs,
    from,
    until: until === undefined ? Infinity : asUtc(until.wall),
  }
}

function onset({ month, on, timeOfDay }: Yearly, year: number): number {
  if (typeof on === 'number') return Date.UTC(year, month - 1, on) + timeOfDay
  const [nth, weekday] = on
  const edge = new Date(nth > 0 ? Date.UTC(year, month - 1, 1) : Date.UTC(year, month, 0))
  const away = nth > 0 ? (weekday - edge.getUTCDay() + 7) % 7 : -((edge.getUTCDay() - weekday + 7) % 7)
  return edge.getTime() + (away + (nth > 0 ? nth - 1 : nth + 1) * 7) * dayMs + timeOfDay
}

/** The offset of what began last before a time on the wall; before all of them, of the first. */
function offsetBy(observances: readonly Observance[], wall: Wall): number {
  const now = asUtc(wall)
  let [latest, offset] = [-Infinity, observances[0]?.offset ?? 0]
  for (const observance of observances) {
    const { yearly } = observance
    const yearlies = yearly === undefined ? [] : [wall.year - 1, wall.year].map((year) => onset(yearly, year))
    const lived = yearlies.filter((at) => yearly !== undefined && at >= yearly.from && at <= yearly.until)
    for (const start of [...observance.starts, ...lived]) {
      if (start <= now && start > latest) [latest, offset] = [start, observance.offset]
    }
  }
  return offset
}

/** Milliseconds of `PT1H30M`, `P1W`; undefined for what is none. */
export function durationOf(text: string): number | undefined {
  const found = /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text)
  if (found === null) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0))
  const length = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000
  return moment(length) === undefined ? undefined : length
}
