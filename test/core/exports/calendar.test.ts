// A calendar that was brought in and taken out says what it said: the same times in five years, each once. Another program
// works them out: ical.js, which knows of a zone only what stands in the file.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { calendarEnd, calendarStart, createCalendar } from '../../../electron/core/exports/readable/calendar.ts'
import { now, readable } from './readable-items.ts'
import { expectTheSame, parsed, read, takenOut } from './same-times.ts'

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']

const berlin = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:STANDARD',
  'DTSTART:19701025T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:19700329T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
]
const island = berlin.map((line) =>
  line.replace('Europe/Berlin', 'Our Island').replace('+0100', '-0330').replace('+0200', '-0230'),
)
const weekly = (zone: string) => [
  `DTSTART;TZID=${zone}:20250106T090000`,
  `DTEND;TZID=${zone}:20250106T100000`,
  'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20281231T000000Z',
  `RDATE;TZID=${zone}:20250110T090000,20250711T090000`,
  `EXDATE;TZID=${zone}:20250108T090000`,
  `EXDATE;TZID=${zone}:20250707T090000,20250709T090000`,
]

describe('a calendar taken out again', () => {
  it('says a series with its zone, exceptions and moved meetings', async () => {
    const out = await expectTheSame(
      calendar(
        ...berlin,
        ...event('UID:one@example.org', 'SUMMARY:Team', ...weekly('Europe/Berlin')),
        ...event(
          'UID:one@example.org',
          'SUMMARY:Team\\, later',
          'RECURRENCE-ID;TZID=Europe/Berlin:20250714T090000',
          'DTSTART;TZID=Europe/Berlin:20250714T150000',
          'DTEND;TZID=Europe/Berlin:20250714T160000',
        ),
        ...event(
          'UID:one@example.org',
          'SUMMARY:Team from now on',
          'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260105T090000',
          'DTSTART;TZID=Europe/Berlin:20260105T093000',
          'DTEND;TZID=Europe/Berlin:20260105T103000',
        ),
      ),
    )
    expect(out.match(/^BEGIN:VTIMEZONE/gm)).toHaveLength(1)
    expect(out.match(/^UID:one@example.org\r$/gm)).toHaveLength(3)
  })

  it('keeps whole days, times of no zone, tasks, who was asked and what rings', async () => {
    const out = await expectTheSame(
      calendar(
        ...event('UID:days', 'SUMMARY:Away', 'DTSTART;VALUE=DATE:20261020', 'DTEND;VALUE=DATE:20261031'),
        ...event('UID:yearly', 'SUMMARY:Birthday', 'DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY'),
        ...event(
          'UID:float',
          'SUMMARY:Pills',
          'DTSTART:20260101T080000',
          'DURATION:PT5M',
          'RRULE:FREQ=DAILY;COUNT=400',
        ),
        ...event(
          'UID:asked',
          `SUMMARY:${'A very long name of a meeting '.repeat(12)}`,
          'DTSTART:20260101T080000Z',
          'DTEND:20260101T090000Z',
          'LOCATION:Room 1\\; left',
          'STATUS:TENTATIVE',
          'ORGANIZER;CN="Lee, Ann":mailto:ann@example.org',
          'ATTENDEE;CN=Bo;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED:mailto:bo@example.org',
          'GEO:52.5;13.4',
          'TRANSP:TRANSPARENT',
          'CATEGORIES:home,with friends',
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          'TRIGGER;RELATED=END:-PT15M',
          'DESCRIPTION:Go\\nnow',
          'END:VALARM',
        ),
        ...['BEGIN:VTODO', 'UID:t', 'SUMMARY:Rent', 'DTSTART;VALUE=DATE:20260125', 'DUE;VALUE=DATE:20260201'],
        ...['STATUS:COMPLETED', 'COMPLETED:20260130T100000Z', 'PERCENT-COMPLETE:100', 'END:VTODO'],
      ),
    )
    for (const line of out.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(out).toContain('PARTSTAT=DECLINED')
    expect(out).toContain('TRIGGER;RELATED=END:-PT15M')
  })

  it('describes a zone that only its file knew, and two of one name apart', async () => {
    const one = calendar(...island, ...event('UID:a', 'SUMMARY:A', ...weekly('Our Island')))
    await expectTheSame(one)
    const [first, second] = [await read(one), await read(one.replaceAll('-0230', '-0130').replace('UID:a', 'UID:b'))]
    const write = createCalendar(now)
    const out = [...first.items, ...second.items, ...first.items].map((item) => write(readable(item))).join('')
    expect(out.match(/^TZID:.*/gm)).toEqual(['TZID:Our Island', 'TZID:Our Island 2'])
    const back = await read(`${calendarStart}${out}${calendarEnd}`)
    expect(back.items.map(({ when }) => when)).toEqual(
      [...first.items, ...second.items, ...first.items].map(({ when }) => when),
    )
  })

  it.each(['America/Los_Angeles', 'Europe/London', 'Africa/Casablanca', 'Asia/Jerusalem', 'Asia/Kolkata', 'UTC'])(
    'describes %s as the platform knows it',
    (zone) => {
      const [item] = [{ entry: ['vevent', [['dtstart', { tzid: zone }, 'date-time', '1990-01-01T12:00:00']], []] }]
      const write = createCalendar(now)
      const empty = readable({
        same: 'x',
        type: 'event',
        title: 'x',
        body: '',
        source: 'ics',
        facts: { calendar: item },
      })
      const component = parsed(`${calendarStart}${write(empty)}${calendarEnd}`)
      const described = new ICAL.Timezone({ component: component.getFirstSubcomponent('vtimezone') ?? [], tzid: zone })
      const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
      // Once a week, over fifty years, at an hour that no clock is changed at.
      for (let at = Date.UTC(1975, 0, 1, 12); at < Date.UTC(2034, 0); at += 7 * 86_400_000) {
        const time = ICAL.Time.fromJSDate(new Date(at), true).convertToZone(described)
        const [, sign, hours = 0, minutes = 0] = /GMT([-+])(\d\d):(\d\d)/.exec(format.format(at)) ?? []
        const east = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60)
        expect([new Date(at).toISOString(), time.utcOffset()]).toEqual([new Date(at).toISOString(), east])
      }
    },
  )

  it('holds nothing but one entry, whatever an export that came back says of it', async () => {
    const bad = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged'
    const entry = [
      'vevent',
      [
        ['begin', {}, 'text', 'VEVENT'],
        ['uid', {}, 'unknown', bad],
        ['dtstart', { tzid: bad }, 'date-time', '2026-01-01T10:00:00'],
        ['dtend', { [bad]: 'x' }, 'date-time', bad],
        ['comment', { language: bad }, 'unknown', { toString: bad }],
        ['rrule', {}, 'recur', 'x'],
      ],
      [],
    ]
    const item = readable({
      same: 'x',
      type: 'event',
      title: 'Tea',
      body: bad,
      source: 'ics',
      facts: { calendar: { entry } },
    })
    const lines = `${calendarStart}${createCalendar(now)(item)}${calendarEnd}`.split('\r\n')
    expect(lines.filter((line) => /^(?:BEGIN|END|SUMMARY)/.test(line))).toEqual([
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'SUMMARY:Tea',
      'END:VEVENT',
      'END:VCALENDAR',
    ])
  })

  it('writes what came from elsewhere with its days and times', async () => {
    const plain = { body: '', source: 'other' }
    const day = readable({
      same: 'd',
      type: 'event',
      title: 'Trip',
      when: { day: '2026-10-20' },
      ends: undefined,
      ...plain,
    })
    const until = { ...day, ends: day.at + 11 * 86_400_000 + 3_600_000 - 1 }
    const task = readable({ same: 't', type: 'task', title: 'Rent', when: { day: '2026-02-01' }, ...plain })
    const text = [day, until, task].map(createCalendar(now)).join('')
    expect(text.match(/^(?:DTSTART|DTEND|DUE).*/gm)).toEqual([
      'DTSTART;VALUE=DATE:20261020',
      'DTSTART;VALUE=DATE:20261020',
      'DTEND;VALUE=DATE:20261031',
      'DUE;VALUE=DATE:20260201',
    ])
  })

  it('stays bounded, however much a series says', async () => {
    const dates = Array.from(
      { length: 3000 },
      (_, at) => `EXDATE:2026010${1 + (at % 9)}T10${String(at % 60).padStart(2, '0')}00Z`,
    )
    const people = Array.from({ length: 5000 }, (_, at) => `ATTENDEE;CN=${'x'.repeat(60)}:mailto:p${at}@example.org`)
    const rule = 'RRULE:FREQ=SECONDLY;COUNT=999999999'
    const { items, problems } = await read(
      calendar(...event('UID:a', 'SUMMARY:A', 'DTSTART:20260101T100000Z', rule, ...people, ...dates)),
    )
    expect(problems).toEqual([{ why: 'too-large', at: 3 }])
    expect(JSON.stringify(items[0]?.facts?.['calendar']).length).toBeLessThan(300_000)
    const out = await takenOut(
      calendar(...event('UID:a', 'SUMMARY:A', 'DTSTART:20260101T100000Z', rule, ...people, ...dates)),
    )
    expect(out.match(/^EXDATE/gm)).toHaveLength(3000)
  })
})

const fixtures = resolve(import.meta.dirname, '../../../../shared/fixtures/ics')
const withEvents = [
  ...['blank_description', 'day_long_recur_yearly', 'forced_types', 'minimal', 'only_dtstart_date', 'parserv2'],
  ...['recur_instances', 'timezone_from_file', 'utc_negative_zero'],
]

describe.skipIf(!existsSync(fixtures))('the calendars of others (needs ../shared/fixtures/ics)', () => {
  it.each(withEvents)('%s has the same times when it was taken out', async (name) => {
    await expectTheSame(readFileSync(resolve(fixtures, `${name}.ics`), 'utf8'))
  })
})

it('the calendar of the sample year has the same times when it was taken out', async () => {
  await expectTheSame(readFileSync(resolve(import.meta.dirname, '../../../resources/sample/calendar.ics'), 'utf8'))
})
