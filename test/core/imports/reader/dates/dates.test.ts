import { describe, expect, it } from 'vitest'
import {
  isImpossible,
  moment,
  orderOf,
  parseWhen,
  usualOrder,
} from '../../../../../electron/core/imports/reader/dates/dates.ts'
import { offsetOf, zoned } from '../../../../../electron/core/imports/reader/dates/zones.ts'

const reading = { zone: 'Europe/Berlin', now: new Date('2026-03-01T12:00:00Z') }

/** As ISO text with the offset it was lived in, or the bare day. */
function read(text: string, order?: 'day-first' | 'month-first'): string | undefined {
  const when = parseWhen(text, { ...reading, order })
  if (when === undefined || 'day' in when) return when?.day
  return `${new Date(when.at).toISOString().replace('.000Z', 'Z')} ${when.offset}`
}

describe('a written date', () => {
  it.each([
    ...['2024-02-31', '2024-13-01', '31.4.2024', '31 Feb 2024', '0000-00-00', '9999-12-31', '12 Foo 2024', '99:99'],
    ...['2024-03-01 25:00', '2024-03-01T10:75:00Z', '12:60', '2024-03-04 to 2024-03-08'],
  ])('%s is written as one, and there is none', (text) => {
    expect([read(text), isImpossible(text, reading)]).toEqual([undefined, true])
  })

  it.each([
    ...[
      '',
      'n/a',
      'Monday',
      'yesterday',
      '2024',
      '2024-03',
      'March 2024',
      '07:30',
      '75:32',
      '12.99',
      'v1.2',
      '12',
      '-',
    ],
    ...['2024-02-29', '29.2.2024', '2024-03-01 10:00', 'x'.repeat(200)],
  ])('“%s” is none of which that can be said', (text) => {
    expect(isImpossible(text, reading)).toBe(false)
  })

  it.each([
    ['2024-12-31', '2024-12-31'],
    ['20241231', '2024-12-31'],
    ['31.12.24', '2024-12-31'],
    ['31/12/2024', '2024-12-31'],
    ['12/31/2024', '2024-12-31'],
    ['2024年3月4日', '2024-03-04'],
    ['2024. 3. 4.', '2024-03-04'],
    ['3. März 2024', '2024-03-03'],
    ['March 3, 2024', '2024-03-03'],
    ['3 de enero de 2024', '2024-01-03'],
    ['1/2/69', '1969-02-01'],
  ])('%s is a day', (text, day) => {
    expect(read(text)).toBe(day)
  })

  it.each([
    ['2024-12-31T10:11:12.345+02:00', '2024-12-31T08:11:12.345Z 120'],
    ['20241231T101112Z', '2024-12-31T10:11:12Z 0'],
    ['Tue, 03 Feb 2026 10:11:12 -0830 (nowhere)', '2026-02-03T18:41:12Z -510'],
    ['3 Feb 26 10:11 PST', '2026-02-03T18:11:00Z -480'],
    ['Mon Jan  2 15:04:05 2006', '2006-01-02T14:04:05Z 60'],
    ['Mon Jan 2 15:04:05 +0530 2006', '2006-01-02T09:34:05Z 330'],
    ['Feb 3, 2024, 3:04:05\u202fPM UTC', '2024-02-03T15:04:05Z 0'],
    ['12 févr. 2024 à 10:11', '2024-02-12T09:11:00Z 60'],
    ['13.05.24, 14:05', '2024-05-13T12:05:00Z 120'],
    ['13.5.2024 14.05.06', '2024-05-13T12:05:06Z 120'],
    ['1/2/24, 12:04 a.\u00a0m.', '2024-01-31T23:04:00Z 60'],
    ['1/2/24, 12:04 PM', '2024-02-01T11:04:00Z 60'],
    ['2024/3/4 下午3:04', '2024-03-04T14:04:00Z 60'],
    ['2024. 3. 4. 오후 3:04', '2024-03-04T14:04:00Z 60'],
    ['\u200f٣١/١٢/٢٠٢٤، ١٠:١١', '2024-12-31T09:11:00Z 60'],
    ['2024-06-30T23:59:60Z', '2024-06-30T23:59:59Z 0'],
    ['2026-12-12T24:00', '2026-12-12T23:00:00Z 60'],
  ])('%s is a moment', (text, moment) => {
    expect(read(text)).toBe(moment)
  })

  it.each([
    '',
    'soon',
    '0000-01-01',
    '9999-12-31',
    '2024-02-30',
    '2024-13-01',
    '31/12/2567',
    '1403/12/31',
    '2024-12-31T10:11:12+25:00',
    '2024-12-31T25:00',
    '2024-12-31 10:61',
    '12:30',
    '1/2/3/4',
    '2024-12-31 and something',
    `2024-12-31${' '.repeat(500)}`,
  ])('%j is none', (text) => {
    expect(read(text)).toBeUndefined()
  })

  it('puts the month first when told so, and where that is the custom', () => {
    expect(read('03/04/2026', 'month-first')).toBe('2026-03-04')
    expect(read('03/04/2026', 'day-first')).toBe('2026-04-03')
    expect(usualOrder('America/New_York')).toBe('month-first')
    expect(usualOrder('America/Argentina/Salta')).toBe('day-first')
  })

  it('is a moment by number only where somebody may have lived', () => {
    expect(moment(1_700_000_000_000)).toEqual({ at: 1_700_000_000_000 })
    for (const at of [Number.NaN, Infinity, -1e15, 253_402_300_799_000]) expect(moment(at)).toBeUndefined()
  })
})

describe('the order of day and month in a file', () => {
  it('is told by a number above twelve', () => {
    expect(orderOf(['01/02/24', '13/02/24'])).toBe('day-first')
    expect(orderOf(['01/02/24', '02/13/24'])).toBe('month-first')
  })

  it('is told by the way the days go on', () => {
    expect(orderOf(['01/02/24', '05/02/24', '12/02/24', '03/03/24', '04/03/24'])).toBe('day-first')
    expect(orderOf(['02/01/24', '02/05/24', '02/12/24', '03/03/24', '03/04/24'])).toBe('month-first')
    expect(orderOf(['12/03/24', '04/03/24', '03/02/24', '12/01/24'])).toBe('day-first')
  })

  it('stays open where nothing tells, or where the file contradicts itself', () => {
    expect(orderOf([])).toBeUndefined()
    expect(orderOf(['03/04/24'])).toBeUndefined()
    expect(orderOf(['2024-03-04', 'soon'])).toBeUndefined()
    expect(orderOf(['13/01/24', '01/13/24'])).toBeUndefined()
  })
})

describe('a time on the wall', () => {
  const wall = (month: number, day: number, hour: number, minute = 30) => ({
    year: 2026,
    month,
    day,
    hour,
    minute,
    second: 0,
  })
  const berlin = (...at: Parameters<typeof wall>) => zoned(wall(...at), 'Europe/Berlin')

  it('is a moment in its zone, with the offset lived in', () => {
    expect(berlin(1, 5, 9)).toEqual({ at: Date.UTC(2026, 0, 5, 8, 30), offset: 60 })
    expect(berlin(7, 5, 9)).toEqual({ at: Date.UTC(2026, 6, 5, 7, 30), offset: 120 })
    expect(zoned(wall(1, 5, 9), 'Asia/Kathmandu')).toEqual({ at: Date.UTC(2026, 0, 5, 3, 45), offset: 345 })
  })

  it('counts on through the hour that clocks skip, and takes the first of the two they repeat', () => {
    expect(berlin(3, 29, 1, 59)).toEqual({ at: Date.UTC(2026, 2, 29, 0, 59), offset: 60 })
    expect(berlin(3, 29, 2)).toEqual({ at: Date.UTC(2026, 2, 29, 1, 30), offset: 120 })
    expect(berlin(3, 29, 3)).toEqual({ at: Date.UTC(2026, 2, 29, 1, 30), offset: 120 })
    expect(berlin(10, 25, 2)).toEqual({ at: Date.UTC(2026, 9, 25, 0, 30), offset: 120 })
    expect(berlin(10, 25, 3)).toEqual({ at: Date.UTC(2026, 9, 25, 2, 30), offset: 60 })
  })

  it('is none in a zone nobody knows', () => {
    for (const zone of ['Middle/Earth', '', 'x'.repeat(1000)]) expect(zoned(wall(1, 5, 9), zone)).toBeUndefined()
  })

  it('reads an offset as far as there are any', () => {
    expect(['+0100', '-05:30', '+1', '+2500', '0100', '+01:75'].map(offsetOf)).toEqual([
      60,
      -330,
      60,
      undefined,
      undefined,
      undefined,
    ])
  })
})
