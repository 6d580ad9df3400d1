// Events and tasks as one iCalendar file (RFC 5545). Times are written in UTC; the zone each was lived in is in records/.
import { contentLines, escaped, quoted, utc } from './content-lines.ts'
import type { ReadableItem } from './items.ts'

export const calendarStart = contentLines(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mindkeep//Export//EN'])
export const calendarEnd = contentLines(['END:VCALENDAR'])

export function calendarEntry(item: ReadableItem): string {
  const { id, type, title, body, changed, tags, facts } = item
  const part = type === 'task' ? 'VTODO' : 'VEVENT'
  return contentLines([
    `BEGIN:${part}`,
    `UID:${id}@mindkeep`,
    `DTSTAMP:${utc(changed)}`,
    ...times(item),
    `SUMMARY:${escaped(title)}`,
    ...(body === '' ? [] : [`DESCRIPTION:${escaped(body)}`]),
    ...given('LOCATION', facts['place'], escaped),
    ...given('URL', facts['url'], (url) => url.replaceAll(/[\s\p{Cc}]/gu, '')),
    ...given('STATUS', facts['status'], (status) => status.toUpperCase().replaceAll(/[^A-Z-]/g, '')),
    ...(tags.length === 0 ? [] : [`CATEGORIES:${tags.map(escaped).join(',')}`]),
    ...people(item),
    ...rules(facts['repeats']),
    `END:${part}`,
  ])
}

const dateOf = (day: string): string => day.replaceAll('-', '')

function times({ type, timing, day, at, ends }: ReadableItem): string[] {
  const end = type === 'task' ? 'DUE' : 'DTEND'
  if (timing === 'none') return []
  if (timing === 'moment') return [`DTSTART:${utc(at)}`, ...(ends === null ? [] : [`${end}:${utc(ends)}`])]
  const last = ends === null ? day : new Date(ends).toISOString().slice(0, 10)
  return [`DTSTART;VALUE=DATE:${dateOf(day)}`, ...(last > day ? [`${end};VALUE=DATE:${dateOf(last)}`] : [])]
}

function people({ people: named }: ReadableItem): string[] {
  return named.flatMap(({ role, name, same }) => {
    if (!same.startsWith('mail:')) return []
    const address = same.slice('mail:'.length).replaceAll(/[\s\p{Cc}]/gu, '')
    return [`${role === 'from' ? 'ORGANIZER' : 'ATTENDEE'};CN=${quoted(name)}:mailto:${address}`]
  })
}

/** As the importer of calendars keeps them: a rule on each line. */
function rules(repeats: unknown): string[] {
  if (typeof repeats !== 'object' || repeats === null || !('rule' in repeats)) return []
  return String(repeats.rule)
    .split('\n')
    .filter((rule) => /^FREQ=[A-Z0-9=;,:+-]+$/.test(rule))
    .map((rule) => `RRULE:${rule}`)
}

const given = (name: string, value: unknown, written: (text: string) => string): string[] =>
  typeof value === 'string' && value !== '' ? [`${name}:${written(value)}`] : []
