// What a calendar says of an entry that an item has no field for: its own name, times with their zones, exceptions, who was
// asked and answered, alarms. Kept beside the item as jCal (RFC 7265), so that an export can say the same again.
import { createKeeping, json, type Json } from './as-written.ts'
import { type FileZones, timeOf, zoneNamed } from './calendar-times.ts'
import { type Component, type Property, propertiesOf, propertyIn, textOf } from './content-lines.ts'
import { oneLine } from '../text/text.ts'

interface Around {
  readonly uid: string
  /** Those of its rules that are kept. */
  readonly rules: readonly Property[]
  readonly zones: FileZones
  readonly own: string
}

/** Times first: where there is too much of it, they are what stays. What an item says itself is not among them, nor what
 * changes each time a calendar is written out (DTSTAMP, LAST-MODIFIED). */
const ofTime = ['dtstart', 'dtend', 'due', 'duration', 'recurrence-id', 'rrule', 'rdate', 'exdate'] as const
const others = [
  ...['organizer', 'attendee', 'sequence', 'transp', 'class', 'priority', 'percent-complete', 'completed', 'created'],
  ...['geo', 'attach', 'comment', 'contact', 'related-to', 'resources', 'color', 'conference'],
]
const ofAlarms = ['action', 'trigger', 'duration', 'repeat', 'description', 'summary', 'attendee', 'attach']

const mostAlarms = 20

export function asWritten(component: Component, { uid, rules, zones, own }: Around) {
  const described = new Map<string, Component>()
  const keeping = createKeeping()

  const written = (property: Property): Json[] => keeping.keep(inKnownZone(property))

  const inKnownZone = (property: Property): Property => {
    const { tzid, ...params } = property.params
    const isLocal = (value: unknown): boolean =>
      Array.isArray(value) ? value.some(isLocal) : typeof value === 'string' && /T[\d:]+$/.test(value)
    if (typeof tzid !== 'string' || !property.values.some(isLocal)) return { ...property, params }
    const zone = zoneNamed(tzid, zones, own)
    if (typeof zone === 'string') return { ...property, params: { ...params, tzid: zone } }
    if (zone.described !== undefined) {
      described.set(tzid, zone.described)
      return { ...property, params: { ...params, tzid } }
    }
    const inUtc = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(inUtc)
      const when = typeof value === 'string' && isLocal(value) ? timeOf(value, tzid, zones, own) : undefined
      return when !== undefined && 'at' in when ? `${new Date(when.at).toISOString().slice(0, 19)}Z` : value
    }
    return { ...property, params, values: property.values.map(inUtc) }
  }

  const named = (names: readonly string[], of: Component) => names.flatMap((name) => propertiesOf(of, name))
  const times = named(ofTime, component).filter(({ name }) => name !== 'rrule')
  const summary = propertyIn(component, 'summary')
  const isWhole = oneLine(textOf(summary), 200) === textOf(summary)
  const properties = [
    ...[['uid', {}, 'text', uid] satisfies Json],
    ...[
      ...times,
      ...rules,
      ...(summary === undefined || isWhole ? [] : [summary]),
      ...named(others, component),
    ].flatMap(written),
  ]
  const alarms = component.inner
    .filter((inner) => inner.name === 'VALARM' && propertyIn(inner, 'trigger') !== undefined)
    .slice(0, mostAlarms)
    .map((alarm): Json => ['valarm', named(ofAlarms, alarm).flatMap(written), []])
  const calendar: Json = {
    entry: [component.name.toLowerCase(), properties, alarms],
    ...(described.size > 0 && { zones: [...described.values()].map(asJcal) }),
  }
  return { calendar, cut: keeping.wasCut() }
}

function asJcal({ name, properties, inner }: Component): Json {
  const written = properties.flatMap(({ name: called, params, is, values }) => {
    // A rule that is none was not understood, and is no value either.
    const { data } = json.safeParse([called, params, is, ...values])
    return data === undefined ? [] : [data]
  })
  return [name.toLowerCase(), written, inner.map(asJcal)]
}
