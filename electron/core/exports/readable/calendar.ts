// Events and tasks as one iCalendar file (RFC 5545). What came from a calendar is said as its calendar said it, with the
// zones it names described before they are needed; of anything else the times are written in UTC.
import ICAL from 'ical.js'
import { z } from 'zod'
import { dayMs, plusDays } from '../../days.ts'
import { contentLines, escaped, quoted, utc } from './content-lines.ts'
import type { ReadableItem } from './items.ts'
import { linesOf, type Property, properties } from './json-lines.ts'
import { zoneLines } from './time-zones.ts'

export const calendarStart = contentLines(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mindkeep//Export//EN'])
export const calendarEnd = contentLines(['END:VCALENDAR'])

const component = <Name extends string>(name: readonly Name[], inner: z.ZodType<unknown[]> = z.array(z.never())) =>
  z.tuple([z.enum(name), properties, inner])
const alarm = component(['valarm'])
const zone = z.tuple([z.literal('vtimezone'), properties, z.array(component(['standard', 'daylight']))])
type Zone = z.infer<typeof zone>

/** As the importer of calendars keeps it: jCal (RFC 7265). */
const kept = z.object({
  entry: z.tuple([z.string(), properties, z.array(alarm)]),
  zones: z.array(zone).default([]),
})

/** For the entries of one calendar, in any order. */
export function createCalendar(now: Date): (item: ReadableItem) => string {
  const zones = createZones(now)

  return (item) => {
    const { type, title, body, changed, tags, facts } = item
    const part = type === 'task' ? 'VTODO' : 'VEVENT'
    const found = kept.safeParse(facts['calendar'])
    const said = found.success ? zones.named(found.data) : undefined
    const has = (name: string) => said?.entry[1].some(([own]) => own === name) === true
    return contentLines([
      ...(said?.zones ?? []),
      `BEGIN:${part}`,
      ...(has('uid') ? [] : [`UID:${item.id}@mindkeep`]),
      `DTSTAMP:${utc(changed)}`,
      ...(said === undefined ? times(item) : lines(said.entry[1])),
      ...(has('summary') ? [] : [`SUMMARY:${escaped(title)}`]),
      ...(body === '' ? [] : [`DESCRIPTION:${escaped(body)}`]),
      ...given('LOCATION', facts['place'], escaped),
      ...given('URL', facts['url'], (url) => url.replaceAll(/[\s\p{Cc}]/gu, '')),
      ...given('STATUS', facts['status'], (status) => status.toUpperCase().replaceAll(/[^A-Z-]/g, '')),
      ...(tags.length === 0 ? [] : [`CATEGORIES:${tags.map(escaped).join(',')}`]),
      ...(said === undefined ? people(item) : []),
      ...(said?.entry[2] ?? []).flatMap(([, own]) => ['BEGIN:VALARM', ...lines(own), 'END:VALARM']),
      `END:${part}`,
    ])
  }
}

const lines = (all: readonly Property[]) => linesOf(all, ICAL.design.icalendar)

/** Describes each zone once, before the first entry that needs it. Two that files gave one name get two. */
function createZones(now: Date) {
  /** What is described under a name. */
  const described = new Map<string, string>()

  const own = ([, said, observances]: Zone, name: string): string[] => [
    'BEGIN:VTIMEZONE',
    ...lines(said.map((one): Property => (one[0] === 'tzid' ? ['tzid', {}, 'text', name] : one))),
    ...observances.flatMap(([kind, own]) => [
      `BEGIN:${kind.toUpperCase()}`,
      ...lines(own),
      `END:${kind.toUpperCase()}`,
    ]),
    'END:VTIMEZONE',
  ]

  return {
    named({ entry: [type, said, alarms], zones }: z.infer<typeof kept>) {
      const descriptions: string[] = []
      const nameOf = (tzid: string): string => {
        const theirs = zones.find(([, [...ofZone]]) =>
          ofZone.some(([name, , , value]) => name === 'tzid' && value === tzid),
        )
        const print = theirs === undefined ? '' : JSON.stringify(theirs)
        let name = tzid
        for (let count = 2; (described.get(name) ?? print) !== print; count += 1) name = `${tzid} ${count}`
        if (!described.has(name)) {
          described.set(name, print)
          descriptions.push(...(theirs === undefined ? (zoneLines(name, now) ?? []) : own(theirs, name)))
        }
        return name
      }
      const renamed = said.map((one): Property => {
        const [name, params, is, ...values] = one
        return typeof params['tzid'] === 'string'
          ? [name, { ...params, tzid: nameOf(params['tzid']) }, is, ...values]
          : one
      })
      return { zones: descriptions, entry: [type, renamed, alarms] as const }
    },
  }
}

const dateOf = (day: string): string => day.replaceAll('-', '')

function times({ type, timing, day, at, ends }: ReadableItem): string[] {
  const isTask = type === 'task'
  if (timing === 'none') return []
  if (timing === 'moment') {
    if (isTask && ends === null) return [`DUE:${utc(at)}`]
    return [`DTSTART:${utc(at)}`, ...(ends === null ? [] : [`${isTask ? 'DUE' : 'DTEND'}:${utc(ends)}`])]
  }
  if (isTask) return [`DUE;VALUE=DATE:${dateOf(day)}`]
  // The day after the last one. Days are not all equally long.
  const days = ends === null ? 1 : Math.max(1, Math.round((ends + 1 - at) / dayMs))
  const after = plusDays(day, days)
  return [`DTSTART;VALUE=DATE:${dateOf(day)}`, ...(days > 1 ? [`DTEND;VALUE=DATE:${dateOf(after)}`] : [])]
}

function people({ people: named }: ReadableItem): string[] {
  return named.flatMap(({ role, name, same }) => {
    if (!same.startsWith('mail:')) return []
    const address = same.slice('mail:'.length).replaceAll(/[\s\p{Cc}]/gu, '')
    return [`${role === 'from' ? 'ORGANIZER' : 'ATTENDEE'};CN=${quoted(name)}:mailto:${address}`]
  })
}

const given = (name: string, value: unknown, written: (text: string) => string): string[] =>
  typeof value === 'string' && value !== '' ? [`${name}:${written(value)}`] : []
