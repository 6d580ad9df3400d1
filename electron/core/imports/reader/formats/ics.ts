// Calendars (RFC 5545): events, tasks and journal entries. A series is one item with its rule; what was changed about single
// occurrences are items that belong to it. Nothing is expanded.
import ICAL from 'ical.js'
import {
  type Component,
  components,
  type Grammar,
  paramOf,
  type Property,
  propertiesOf,
  propertyIn,
  propertyOf,
  textOf,
} from '../calendar/content-lines.ts'
import { entryInParts } from '../calendar/as-written.ts'
import { asWritten } from '../calendar/calendar-entry.ts'
import { frequencyFirst, repetition } from '../calendar/repetition.ts'
import { durationOf, type FileZones, learnZone, startOf, whenOf } from '../calendar/calendar-times.ts'
import { lostDate } from '../dates/lost-dates.ts'
import { certainty, type Found, type Importer } from '../importer.ts'
import type { NewAttachment, NewItem, NewPerson, When } from '../../../library/library.ts'
import { createNames, hashed } from '../items/same.ts'
import { asCollections, asTags } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'

const types = { VEVENT: 'event', VTODO: 'task', VJOURNAL: 'note' } as const

const grammar: Grammar = {
  wanted: new Set([...Object.keys(types), 'VTIMEZONE']),
  inner: new Set(['STANDARD', 'DAYLIGHT', 'VALARM']),
  read(line) {
    const property = propertyOf(line, ICAL.design.icalendar)
    if (property === undefined) return undefined
    const [rule] = property.is === 'recur' ? property.values : []
    if (rule !== undefined) return { ...property, values: [frequencyFirst(rule)] }
    // A day that is not said to be one: ical.js takes it for a time of which nothing is left.
    const days = property.values.map((value) =>
      typeof value === 'string' ? /^(.{10})T::$/.exec(value)?.[1] : undefined,
    )
    return days.length > 0 && days.every((day) => day !== undefined)
      ? { ...property, is: 'date', values: days }
      : property
  },
}

/** What a calendar says before its entries, and how the person reads it. */
interface Calendar {
  name: string
  readonly zones: FileZones
  readonly own: string
  readonly named: ReturnType<typeof createNames>
}

const mostPeople = 1000
const longestUid = 500

export const ics: Importer = {
  format: 'ics',
  counts: 'lines',
  recognises: ({ text }) =>
    /^\s*BEGIN:VCALENDAR\s/i.test(text?.slice(0, 1000) ?? '') ? certainty.certain : certainty.no,
  async *read(entry, reading) {
    const calendar: Calendar = { name: '', zones: new Map(), own: reading.zone, named: createNames() }
    for await (const part of components(entry, reading, grammar)) {
      if ('problem' in part) yield part
      else if ('around' in part) {
        if (part.around.name === 'x-wr-calname' || part.around.name === 'name') calendar.name = textOf(part.around)
      } else if (part.component.name === 'VTIMEZONE') learnZone(part.component, calendar.zones)
      else yield* entryOf(part.component, calendar)
    }
  },
}

function* entryOf(component: Component, calendar: Calendar): Generator<Found> {
  const type = types[component.name as keyof typeof types]
  const at = component.line
  const when = timeOfEntry(component, calendar)
  if (when === undefined && (type === 'event' || propertyIn(component, 'dtstart') !== undefined)) {
    yield { problem: { why: 'not-a-date', at } }
    return
  }
  const repeats = repetition(component, calendar)
  const title = oneLine(textOf(propertyIn(component, 'summary')), 200)
  const body = textOf(propertyIn(component, 'description'))
  const attached = propertiesOf(component, 'attach').flatMap(attachmentOf)
  const { uid, ...named } = identity(component, calendar, [title, JSON.stringify(when ?? null), body])
  const written = type === 'note' ? undefined : asWritten(component, { uid, rules: repeats.rules, ...calendar })
  const item: NewItem = {
    ...named,
    type,
    title: title === '' ? oneLine(body.split('\n', 1)[0] ?? '', 200) : title,
    body,
    when,
    ends: endOf(component, when, calendar),
    source: 'ics',
    people: peopleOf(component),
    tags: asTags(propertiesOf(component, 'categories').flatMap(({ values }) => values.map(String))),
    collections: asCollections(calendar.name),
    attachments: attached,
    facts: {
      ...plainFacts(component),
      ...(when !== undefined && 'day' in when && { allDay: true }),
      ...repeats.facts,
      ...(written !== undefined && { calendar: written.calendar }),
    },
    position: at,
  }
  yield* entryInParts(item, 'calendar')
  for (const why of repeats.problems) yield { problem: { why, at } }
  for (const name of ['dtend', 'due', 'recurrence-id']) {
    const property = propertyIn(component, name)
    const isLost = property !== undefined && whenOf(property, calendar.zones, calendar.own) === undefined
    if (isLost) yield lostDate(textOf(property), at)
  }
  if (written?.cut === true) yield { problem: { why: 'too-large', at } }
}

function timeOfEntry(component: Component, { zones, own }: Calendar): When | undefined {
  const names =
    component.name === 'VTODO'
      ? ['due', 'dtstart']
      : component.name === 'VJOURNAL'
        ? ['dtstart', 'created']
        : ['dtstart']
  return names.map((name) => whenOf(propertyIn(component, name), zones, own)).find((when) => when !== undefined)
}

/** The moment after it, for a day the last of it; undefined for what has no length. */
function endOf(component: Component, when: When | undefined, { zones, own }: Calendar): number | undefined {
  const start = when === undefined ? undefined : startOf(when, own)
  if (when === undefined || start === undefined || component.name !== 'VEVENT') return undefined
  const end = whenOf(propertyIn(component, 'dtend'), zones, own)
  const length = durationOf(textOf(propertyIn(component, 'duration')))
  const after = end === undefined ? (length === undefined ? undefined : start + length) : startOf(end, own)
  if (after === undefined || after <= start) return undefined
  if ('at' in when) return after
  const days = Math.round((after - start) / (24 * 60 * 60_000))
  return days > 1 ? after - 1 : undefined
}

/** A name that comes back with the next export; a changed occurrence has its series' name and its own time. */
function identity(
  component: Component,
  { zones, own, named }: Calendar,
  content: readonly string[],
): Pick<NewItem, 'same' | 'links'> & { readonly uid: string } {
  const given = textOf(propertyIn(component, 'uid'))
  const uid = given === '' || given.length > longestUid ? hashed(...(given === '' ? content : [given])) : given
  const series = `ics:${uid}`
  const occurrence = whenOf(propertyIn(component, 'recurrence-id'), zones, own)
  if (occurrence === undefined) {
    // Two things of one name keep apart in an export, too.
    const same = named(series, content.join('\n'))
    return { same, uid: same.slice('ics:'.length) }
  }
  const time = 'at' in occurrence ? new Date(occurrence.at).toISOString() : occurrence.day
  return { same: named(`${series}:${time}`, content.join('\n')), uid, links: [{ kind: 'part', same: series }] }
}

function plainFacts(component: Component): NonNullable<NewItem['facts']> {
  const names = { place: 'location', url: 'url', status: 'status', completed: 'completed' }
  const facts = Object.entries(names).map(
    ([fact, name]) => [fact, textOf(propertyIn(component, name)).slice(0, 2000)] as const,
  )
  const [geo] = propertyIn(component, 'geo')?.values ?? []
  const [latitude, longitude] = Array.isArray(geo) ? geo.map(Number) : []
  const organiser = propertyIn(component, 'organizer')
  return {
    ...Object.fromEntries(facts.filter(([, value]) => value !== '')),
    ...(organiser !== undefined && { organiser: personOf(organiser, 'from').name }),
    ...(Number.isFinite(latitude) && Number.isFinite(longitude) && { latitude, longitude }),
  }
}

function personOf(property: Property, role: NewPerson['role']): NewPerson {
  const address = textOf(property).replace(/^mailto:/i, '')
  const name = oneLine(paramOf(property, 'cn') || address, 200)
  return { name, role, ...(address.includes('@') && { address: address.slice(0, 320) }) }
}

function peopleOf(component: Component): NewPerson[] {
  const organisers = propertiesOf(component, 'organizer')
    .slice(0, 1)
    .map((property) => personOf(property, 'from'))
  const others = propertiesOf(component, 'attendee')
    .slice(0, mostPeople)
    .map((property) => personOf(property, 'with'))
  return [...organisers, ...others].filter(({ name }) => name !== '')
}

function attachmentOf(property: Property): NewAttachment[] {
  if (property.is !== 'binary') return []
  const name = oneLine(paramOf(property, 'filename') || paramOf(property, 'x-filename') || 'attachment', 200)
  return [
    {
      name,
      media: paramOf(property, 'fmttype') || 'application/octet-stream',
      content: Buffer.from(textOf(property), 'base64'),
    },
  ]
}
