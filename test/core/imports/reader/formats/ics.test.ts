import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ics } from '../../../../../electron/core/imports/reader/formats/ics.ts'
import type { NewItem } from '../../../../../electron/core/library/library.ts'
import { readAll } from '../support.ts'
import { told } from './told-time.ts'

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => calendar('BEGIN:VEVENT', 'UID:one', 'SUMMARY:Tea', ...lines, 'END:VEVENT')
const read = (text: string | Uint8Array) => readAll(ics, { 'calendar.ics': text })

async function only(text: string): Promise<NewItem> {
  const { items, problems } = await read(text)
  expect(problems).toEqual([])
  const [item] = items
  if (item === undefined || items.length !== 1) throw new Error(`${items.length} items`)
  return item
}

describe('a calendar', () => {
  it('arrives also where its zone has a rule that is none', async () => {
    const zone = ['TZID:Own', 'BEGIN:STANDARD', 'DTSTART:20241027T030000', 'RRULE:FR', 'TZOFFSETFROM:+0200']
    const { items } = await read(
      calendar(
        ...['BEGIN:VTIMEZONE', ...zone, 'TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE'],
        ...['BEGIN:VEVENT', 'UID:one', 'SUMMARY:Tea', 'DTSTART;TZID=Own:20240321T100000', 'END:VEVENT'],
      ),
    )
    expect(items.map(({ title }) => title)).toEqual(['Tea'])
  })

  it('gives a task that has neither a name of its own nor a day', async () => {
    expect(await only(calendar('BEGIN:VTODO', 'SUMMARY:Some day', 'END:VTODO'))).toMatchObject({ title: 'Some day' })
  })

  it('gives each event with its time, place, people and words', async () => {
    const item = await only(
      calendar(
        'X-WR-CALNAME:Family',
        'BEGIN:VEVENT',
        'UID:42@example.org',
        'DTSTART;TZID=Europe/Lisbon:20260105T090000',
        'DTEND;TZID=Europe/Lisbon:20260105T103000',
        'SUMMARY:Tea\\, with',
        '  milk',
        'DESCRIPTION:Bring\\nbiscuits',
        'LOCATION:Garden',
        'STATUS:CONFIRMED',
        'CATEGORIES:home,with friends',
        'ORGANIZER;CN="Ann Lee":mailto:ann@example.org',
        'ATTENDEE;CN=Bob:mailto:bob@example.org',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'SUMMARY:not this one',
        'END:VALARM',
        'END:VEVENT',
      ),
    )
    expect(item).toMatchObject({
      same: 'ics:42@example.org',
      type: 'event',
      title: 'Tea, with milk',
      body: 'Bring\nbiscuits',
      when: { at: Date.UTC(2026, 0, 5, 9), offset: 0 },
      ends: Date.UTC(2026, 0, 5, 10, 30),
      collections: ['Family'],
      tags: ['home', 'with friends'],
      facts: { place: 'Garden', status: 'CONFIRMED', organiser: 'Ann Lee' },
      people: [
        { name: 'Ann Lee', address: 'ann@example.org', role: 'from' },
        { name: 'Bob', address: 'bob@example.org', role: 'with' },
      ],
      position: 4,
    })
  })

  it.each([
    ['DTSTART:20260105T090000Z', '2026-01-05T09:00:00.000Z 0'],
    ['DTSTART:20260105T090000', '2026-01-05T08:00:00.000Z 60'],
    ['DTSTART;TZID=America/New_York:20260705T090000', '2026-07-05T13:00:00.000Z -240'],
    ['DTSTART;TZID=/example.org/20050126_1/America/New_York:20260705T090000', '2026-07-05T13:00:00.000Z -240'],
    ['DTSTART;TZID="(GMT +01:00)":20111028T160000', '2011-10-28T15:00:00.000Z 60'],
    ['DTSTART;VALUE=DATE:20260105', '2026-01-05'],
    ['DTSTART:20260105', '2026-01-05'],
  ])('reads the time of %s', async (line, time) => {
    expect(told((await only(event(line))).when)).toBe(time)
  })

  it('reads times in a zone that only the file knows, on both sides of its changes', async () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Our Island',
      'BEGIN:STANDARD',
      'DTSTART:19701101T020000',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:19700308T020000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20250101T000000Z',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ]
    const times = [
      '20240331T015959',
      '20240331T020000',
      '20241103T015959',
      '20241103T020000',
      '20260701T120000',
      '19600101T120000',
    ]
    const events = times.flatMap((time) => [
      'BEGIN:VEVENT',
      `UID:${time}`,
      `DTSTART;TZID=Our Island:${time}`,
      'END:VEVENT',
    ])
    const { items } = await read(calendar(...zone, ...events))
    const offsets = items.map(({ when }) => (when !== undefined && 'at' in when ? when.offset : undefined))
    expect(offsets).toEqual([-300, -240, -240, -300, -300, -300])
  })

  it('gives whole days, and when several of them end', async () => {
    expect(await only(event('DTSTART;VALUE=DATE:20260105', 'DTEND;VALUE=DATE:20260106'))).toMatchObject({
      when: { day: '2026-01-05' },
      ends: undefined,
      facts: { allDay: true },
    })
    expect(await only(event('DTSTART;VALUE=DATE:20260105', 'DTEND;VALUE=DATE:20260108'))).toMatchObject({
      ends: Date.UTC(2026, 0, 7, 23) - 1,
    })
  })

  it('takes a length for an end, and no end before the beginning', async () => {
    expect((await only(event('DTSTART:20260105T090000Z', 'DURATION:PT1H30M'))).ends).toBe(Date.UTC(2026, 0, 5, 10, 30))
    expect((await only(event('DTSTART:20260105T090000Z', 'DTEND:20260104T090000Z'))).ends).toBeUndefined()
  })

  it('keeps a series as one item with its rule, and what was changed about it as parts of it', async () => {
    const { items, problems } = await read(
      calendar(
        'BEGIN:VEVENT',
        'UID:s',
        'DTSTART;TZID=Europe/Berlin:20260105T090000',
        'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T000000Z',
        'RDATE;TZID=Europe/Berlin:20260110T090000,20260111T090000',
        'RDATE;VALUE=PERIOD:20260112T090000Z/PT1H',
        'EXDATE;TZID=Europe/Berlin:20260107T090000',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:s',
        'RECURRENCE-ID;TZID=Europe/Berlin:20260112T090000',
        'DTSTART;TZID=Europe/Berlin:20260112T110000',
        'SUMMARY:Later',
        'END:VEVENT',
      ),
    )
    expect(problems).toEqual([])
    const [series, changed] = items
    expect(series?.facts?.['repeats']).toEqual({
      rule: 'FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T000000Z',
      dates: ['2026-01-10T08:00:00.000Z', '2026-01-11T08:00:00.000Z', '2026-01-12T09:00:00.000Z'],
      except: ['2026-01-07T08:00:00.000Z'],
    })
    expect(changed).toMatchObject({ title: 'Later', links: [{ kind: 'part', same: series?.same }] })
    expect(changed?.same).toBe('ics:s:2026-01-12T08:00:00.000Z')
  })

  it('gives the first time of what repeats every second without end, and says so', async () => {
    const { items, problems } = await read(event('DTSTART:20260105T090000Z', 'RRULE:FREQ=SECONDLY'))
    expect(items).toMatchObject([{ title: 'Tea', facts: {} }])
    expect(problems).toEqual([{ why: 'repeats-without-end', at: 3 }])
    expect((await read(event('DTSTART:20260105T090000Z', 'RRULE:FREQ=SECONDLY;COUNT=5'))).problems).toEqual([])
  })

  it('gives tasks and journal entries as what they are', async () => {
    const { items } = await read(
      calendar(
        ...['BEGIN:VTODO', 'UID:t', 'SUMMARY:Pay rent', 'DUE;VALUE=DATE:20260201', 'STATUS:COMPLETED', 'END:VTODO'],
        ...['BEGIN:VTODO', 'UID:u', 'SUMMARY:Some day', 'END:VTODO'],
        ...['BEGIN:VJOURNAL', 'UID:j', 'DTSTART;VALUE=DATE:20260105', 'DESCRIPTION:Snow\\nall day', 'END:VJOURNAL'],
      ),
    )
    expect(items.map(({ type, title, when }) => [type, title, told(when)])).toEqual([
      ['task', 'Pay rent', '2026-02-01'],
      ['task', 'Some day', undefined],
      ['note', 'Snow', '2026-01-05'],
    ])
  })

  it('keeps what is attached in the file itself', async () => {
    const { attachments } = await only(
      event('DTSTART:20260105T090000Z', 'ATTACH;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=text/plain;FILENAME=a.txt:aGk='),
    )
    expect(attachments).toEqual([{ name: 'a.txt', media: 'text/plain', content: Buffer.from('hi') }])
  })

  it.each([
    'DTSTART:00000101T000000',
    'DTSTART:99991231T000000',
    'DTSTART:soon',
    'DTSTART:20260231',
    'LOCATION:nowhere',
  ])('says that %s is no time, and goes on', async (line) => {
    const { items, problems } = await read(
      calendar('BEGIN:VEVENT', line, 'END:VEVENT', 'BEGIN:VEVENT', 'DTSTART:20260105T090000Z', 'END:VEVENT'),
    )
    expect(problems).toEqual([{ why: 'not-a-date', at: 3 }])
    expect(items).toHaveLength(1)
  })

  it('gives two different events of one name both, and one event twice the same name', async () => {
    const one = ['BEGIN:VEVENT', 'UID:a', 'DTSTART:20260105T090000Z', 'SUMMARY:One', 'END:VEVENT']
    const two = ['BEGIN:VEVENT', 'UID:a', 'DTSTART:20260105T090000Z', 'SUMMARY:Two', 'END:VEVENT']
    const { items } = await read(calendar(...one, ...two, ...one))
    const [first, second, third] = items.map(({ same }) => same)
    expect(first).toBe(third)
    expect(first).not.toBe(second)
  })

  it('names an event without a name by what it is', async () => {
    const nameless = calendar('BEGIN:VEVENT', 'DTSTART:20260105T090000Z', 'SUMMARY:One', 'END:VEVENT')
    expect((await only(nameless)).same).toBe((await only(`\r\n${nameless}`)).same)
  })

  it('says where it was cut short, and gives what came before', async () => {
    const { items, problems } = await read(
      calendar('BEGIN:VEVENT', 'DTSTART:20260105T090000Z', 'END:VEVENT', 'BEGIN:VEVENT').slice(0, -16),
    )
    expect(items).toHaveLength(1)
    expect(problems).toEqual([{ why: 'cut-short', at: 6 }])
  })

  it('tells of an event that another begins in, and reads the other', async () => {
    const { items, problems } = await read(
      calendar(
        'BEGIN:VEVENT',
        'SUMMARY:lost',
        'BEGIN:VEVENT',
        'DTSTART:20260105T090000Z',
        'SUMMARY:kept',
        'END:VEVENT',
      ),
    )
    expect(items.map(({ title }) => title)).toEqual(['kept'])
    expect(problems).toEqual([{ why: 'damaged', at: 3 }])
  })

  it('tells of an event of countless lines, and reads the next', async () => {
    const { items, problems } = await read(
      calendar(
        'BEGIN:VEVENT',
        ...Array.from({ length: 20_001 }, () => 'X-A:b'),
        'END:VEVENT',
        ...['BEGIN:VEVENT', 'DTSTART:20260105T090000Z', 'SUMMARY:kept', 'END:VEVENT'],
      ),
    )
    expect(problems).toEqual([{ why: 'too-large', at: 3 }])
    expect(items.map(({ title }) => title)).toEqual(['kept'])
  })

  it('ends where components are nested without end', async () => {
    const { problems } = await read('BEGIN:VCALENDAR\n'.repeat(200_000))
    expect(problems).toEqual([{ why: 'too-deep', at: 65 }])
  })

  it('marks what cannot be decoded, and keeps the event', async () => {
    const bytes = new TextEncoder().encode(event('DTSTART:20260105T090000Z', 'LOCATION:Caf#', 'DESCRIPTION:Zürich'))
    bytes[bytes.indexOf(0x23)] = 0xff
    const { items, problems } = await readAll(ics, { 'calendar.ics': bytes }, { encoding: 'utf-8' })
    expect(items[0]).toMatchObject({ facts: { place: 'Caf\ufffd' }, body: 'Zürich' })
    expect(problems).toEqual([{ why: 'wrong-encoding', at: 7 }])
  })

  it.each([
    ['its beginning', 'BEGIN:VEVENT', 7],
    ['its end', 'END:VEVENT', 3],
  ])('is not silent about an event of which %s cannot be read', async (_, edge, at) => {
    const text = event('DTSTART:20260105T090000Z').replace(edge, 'X')
    expect(await read(text)).toMatchObject({ items: [], problems: [{ why: 'damaged', at }] })
  })

  it('gives items and problems and nothing else, whatever is cut or flipped', async () => {
    const text = event(
      'DTSTART;TZID=Europe/Berlin:20260105T090000',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
      'EXDATE:20260112T080000Z',
    )
    const bytes = new TextEncoder().encode(text)
    const between = (min: number, max: number) => fc.integer({ min, max })
    await fc.assert(
      // The first line is what it is known by.
      fc.asyncProperty(between(17, bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, Math.max(length, 20))
        if (at < broken.length) broken[at] = value
        const { items, problems } = await read(broken)
        expect(items.length + problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})
