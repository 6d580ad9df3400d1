// A calendar brought in and taken out again, and whether it says the same: worked out by ical.js, which knows of a zone only what
// stands in the file.
import ICAL from 'ical.js'
import { expect } from 'vitest'
import { z } from 'zod'
import { calendarEnd, calendarStart, createCalendar } from '../../../electron/core/exports/readable/calendar.ts'
import { ics } from '../../../electron/core/imports/reader/formats/ics.ts'
import { readAll } from '../imports/reader/support.ts'
import { now, readable } from './readable-items.ts'

export const read = (text: string) => readAll(ics, { 'calendar.ics': text })

export async function takenOut(text: string): Promise<string> {
  const { items } = await read(text)
  const write = createCalendar(now)
  return [calendarStart, ...items.map((item) => write(readable(item))), calendarEnd].join('')
}

const window = 5 * 366 * 86_400_000
const mostOccurrences = 3000

export const parsed = (text: string) => new ICAL.Component(z.array(z.unknown()).parse(ICAL.parse(text)))

/** Every occurrence of every event: from when to when, by its own zone's description, and what it is. */
function occurrences(text: string): string[] {
  const root = parsed(text)
  for (const zone of root.getAllSubcomponents('vtimezone')) {
    const tzid = zone.getFirstPropertyValue('tzid')
    if (typeof tzid === 'string') ICAL.TimezoneService.register(new ICAL.Timezone({ component: zone, tzid }))
  }
  const told = (time: ICAL.Time) =>
    time.isDate || time.zone === ICAL.Timezone.localTimezone
      ? time.toString()
      : new Date(time.toUnixTime() * 1000).toISOString()
  try {
    const all = root.getAllSubcomponents('vevent')
    const masters = all.filter((one) => !one.hasProperty('recurrence-id'))
    return masters
      .flatMap((component) => {
        const uid = component.getFirstPropertyValue('uid')
        const changed = all.filter(
          (one) => one.hasProperty('recurrence-id') && one.getFirstPropertyValue('uid') === uid,
        )
        const whole = new ICAL.Event(component, { exceptions: changed.map((one) => new ICAL.Event(one)) })
        const steps = whole.iterator()
        const found: string[] = []
        const end = whole.startDate.toUnixTime() * 1000 + window
        for (let next = steps.next(); next && found.length < mostOccurrences; next = steps.next()) {
          if (next.toUnixTime() * 1000 > end) break
          const { item, startDate, endDate } = whole.getOccurrenceDetails(next)
          found.push(`${told(startDate)} to ${told(endDate)}: ${item.summary}`)
        }
        return found
      })
      .toSorted()
  } finally {
    ICAL.TimezoneService.reset()
  }
}

/** What it says without the name that an export gives what has none. */
export async function expectTheSame(text: string): Promise<string> {
  const out = await takenOut(text)
  const expected = occurrences(text)
  expect(expected).not.toEqual([])
  expect(occurrences(out)).toEqual(expected)
  expect(new Set(expected).size).toBe(expected.length)
  // Brought in once more, it is the very same: nothing is new, nothing has changed.
  const [before, after] = [await read(text), await read(out)]
  expect(after.problems).toEqual([])
  const alike = ({ items }: typeof before) =>
    items
      .map((item) => ({ ...item, position: 0, collections: [], attachments: [] }))
      .toSorted((one, other) => one.same.localeCompare(other.same))
  expect(alike(after)).toEqual(alike(before))
  return out
}
