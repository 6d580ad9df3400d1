// The calendars that others wrote, where they are present.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ics } from '../../../../../electron/core/imports/reader/formats/ics.ts'
import type { NewItem } from '../../../../../electron/core/library/library.ts'
import { readAll } from '../support.ts'
import { told } from './told-time.ts'

const fixtures = resolve(import.meta.dirname, '../../../../../../shared/fixtures/ics')

/** What each calendar of others gives: the events and their times, or that there is nothing in it to keep. */
const expected: Readonly<Record<string, readonly string[] | 'nothing'>> = {
  'Denver.ics': 'nothing',
  'New_York.ics': 'nothing',
  'RDATE_utc_test.ics': 'nothing',
  'blank_description.ics': [
    'Really long event name thing, 2012-06-30T13:00:00.000Z -420, ends 2012-06-30T14:00:00.000Z',
  ],
  'blank_line_mid.ics': 'nothing',
  'boolean.ics': 'nothing',
  'dates.ics': 'nothing',
  'day_long_recur_yearly.ics': ['Day Long Event, 2012-08-03, FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  'forced_types.ics': ['Event, 2012-09-04'],
  'grouped.ics': 'nothing',
  'minimal.ics': ['Really long event name thing, 2012-06-30T13:00:00.000Z -420, ends 2012-06-30T14:00:00.000Z'],
  'multiple_root_components.ics': 'nothing',
  'newline_junk.ics': 'nothing',
  'only_dtstart_date.ics': ['Really long event name thing, 2012-06-30'],
  'parserv2.ics': [
    'Calendar, 2012-09-11T17:30:00.000Z -420, ends 2012-09-11T18:00:00.000Z, FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR',
  ],
  'property_params.ics': 'nothing',
  'recur.ics': 'nothing',
  'recur_instances.ics': [
    'Crazy Event Thingy!, 2012-10-02T17:00:00.000Z -420, ends 2012-10-02T17:30:00.000Z, FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU, 5 more, 3 less',
    'Crazy Event Thingy!, 2012-10-02T22:00:00.000Z -420, ends 2012-10-02T22:30:00.000Z, instead of 2012-10-02T17:00:00.000Z',
    'Crazy Event Thingy!, 2012-11-07T04:00:00.000Z -480, ends 2012-11-07T04:30:00.000Z, instead of 2012-11-05T18:00:00.000Z',
  ],
  'single_empty_vcalendar.ics': 'nothing',
  'timezone_from_file.ics': ['A test event, 2023-03-06T21:23:00.000Z -461, ends 2023-03-06T22:23:00.000Z'],
  'tzid_with_gmt.ics': 'nothing',
  'utc_negative_zero.ics': ['And another, 2012-08-21T21:00:00.000Z 0, ends 2012-08-21T21:30:00.000Z'],
  'utc_offset.ics': 'nothing',
}

function summed({ title, when, ends, facts, links, same }: NewItem): string {
  const repeats = facts?.['repeats'] as { rule?: string; dates?: string[]; except?: string[] } | undefined
  const parts = [title, told(when), ends && `ends ${new Date(ends).toISOString()}`, repeats?.rule]
  parts.push(repeats?.dates && `${repeats.dates.length} more`, repeats?.except && `${repeats.except.length} less`)
  parts.push(links?.[0] && `instead of ${same.slice(links[0].same.length + 1)}`)
  return parts.filter((part) => part !== undefined).join(', ')
}

describe.skipIf(!existsSync(fixtures))('the calendars of others (needs ../shared/fixtures/ics)', () => {
  it('are all accounted for', () => {
    expect(readdirSync(fixtures).toSorted()).toEqual(Object.keys(expected).toSorted())
  })

  it.each(Object.entries(expected))('%s gives what is in it', async (name, result) => {
    const { items, problems } = await readAll(ics, { [name]: readFileSync(resolve(fixtures, name)) })
    if (result === 'nothing') expect({ items, problems }).toEqual({ items: [], problems: [] })
    else expect({ items: items.map(summed), problems }).toEqual({ items: result, problems: [] })
  })
})
