// Dates as people and programs write them, and wall-clock times as moments. What cannot be read with certainty is no date:
// a wrong day is worse than none. Two things are settled by the caller: the zone a bare time was lived in, and whether
// 03/04/2026 is in March or in April (`orderOf` finds out from many dates).
import { monthNamed } from '../../../../../shared/months.ts'
import type { When } from '../../../library/library.ts'
import { offsetOf, zoned } from './zones.ts'

export type DateOrder = 'day-first' | 'month-first'

export interface DateReading {
  /** Absent: as is usual in the zone. */
  readonly order?: DateOrder | undefined
  /** For a time that names no zone of its own. */
  readonly zone: string
  /** What a year of two digits is near to. */
  readonly now: Date
}

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

interface Written {
  readonly date: Day
  /** What stands behind it: a time, a zone. */
  readonly rest: string
}

/** The first whole Gregorian year, and one before which no Buddhist year of our time lies: Persian and Islamic years fall
 * below, Thai ones above, and the year 0 and 9999 of broken programs are outside too. */
const earliestYear = 1583
const latestYear = 2399
const longestDate = 100

const iso = /^(\d{4})(?:([-/])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?=\D|$)/
/** `2026. 3. 4.` in Hungary and Korea, `2026年3月4日` in Japan and China. */
const yearFirst = /^(\d{4}) ?[.年년] ?(\d{1,2}) ?[.月월] ?(\d{1,2}) ?[.日일]?(?=\D|$)/
const numeric = /^(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?=\D|$)/
const dayThenMonth =
  /^(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[- ]+(?:de |of )?(\p{L}+)\.?,?[- ]+(?:de |del )?(\d{4}|\d{2})(?=\D|$)/u
const monthThenDay = /^(\p{L}+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?=\D|$)/u
/** As C prints it, and as mailboxes part their messages: `Jan  2 15:04:05 2006`, a zone before or after the year. */
const yearLast =
  /^(\p{L}+) +(\d{1,2}) +(\d{1,2}:\d{2}(?::\d{2})?)(?: +([A-Z]{1,5}|[-+]\d{4}))? +(\d{4})(?: +([-+]\d{4}))?$/u
const weekday = /^\p{L}+\.?(?:, *| +)(?=\d|\p{L}+\.? +\d)/u

const before = '([AaPp]\\.? ?[Mm]\\.?|上午|下午|午前|午後|오전|오후)'
const behind = '([AaPp]\\.? ?[Mm]\\.?|vorm\\.|nachm\\.|[öÖ][öÖ]|[öÖ][sS])'
const clock = new RegExp(
  `^(?:[,،T]| ?(?:at|um|à|a las|às|kl\\.?|alle) )? *(?:${before} ?)?(\\d{1,2})[:.h](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)? *(?:${behind})?(?: *(?:Uhr|([A-Za-z]{1,5})?([-+]\\d{1,2}(?::?\\d{2})?)?))?$`,
)
/** ISO 8601 without its colons, as calendars write it. */
const compactTime = /^T(\d{2})(\d{2})(\d{2})/
const afternoon = /^(?:p|nachm|下午|午後|오후|ös)/i
const midnightToNoon = /^(?:a|vorm|上午|午前|오전|öö)/i

/** Minutes east of Greenwich; the ones that mean one thing only (RFC 5322 §4.3, and those programs print). */
const namedZones: Readonly<Record<string, number>> = {
  ...{ Z: 0, UT: 0, UTC: 0, GMT: 0, WET: 0, WEST: 60, CET: 60, MEZ: 60, CEST: 120, MESZ: 120, EET: 120, EEST: 180 },
  ...{ MSK: 180, EST: -300, EDT: -240, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420, JST: 540, KST: 540 },
  ...{ CST: -360, AKST: -540, AKDT: -480, HST: -600, AEST: 600, AEDT: 660, AWST: 480, NZST: 720, NZDT: 780 },
}

/** Digits of Arabic and Persian as ours; every kind of blank as one; marks of writing direction away. */
function plain(text: string): string {
  return text
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

export function isDay({ year, month, day }: Day): boolean {
  if (year < earliestYear || year > latestYear || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function fullYear(digits: string, now: Date): number {
  if (digits.length === 4) return Number(digits)
  const year = 2000 + Number(digits)
  return year > now.getUTCFullYear() + 20 ? year - 100 : year
}

function inDigits(text: string, { order, zone, now }: DateReading): Written | undefined {
  const withYear = iso.exec(text) ?? yearFirst.exec(text)
  if (withYear !== null) {
    const parts = withYear.slice(1).filter((part) => /^\d+$/.test(part ?? ''))
    const [year = 0, month = 0, day = 0] = parts.map(Number)
    return { date: { year, month, day }, rest: text.slice(withYear[0].length) }
  }
  const found = numeric.exec(text)
  if (found === null) return undefined
  const [all, first = '', separator, second = '', digits = ''] = found
  const [a, b, year] = [Number(first), Number(second), fullYear(digits, now)]
  // Points are put between the parts of a date only where the day comes first.
  const wanted = separator === '.' ? 'day-first' : (order ?? usualOrder(zone))
  const dayFirst = a > 12 || (b <= 12 && wanted === 'day-first')
  return { date: dayFirst ? { year, month: b, day: a } : { year, month: a, day: b }, rest: text.slice(all.length) }
}

function inWords(text: string, now: Date): Written | undefined {
  const last = yearLast.exec(text)
  if (last !== null) {
    const [, month = '', day, time = '', zone, year, offset] = last
    const date = { year: Number(year), month: monthNamed(month), day: Number(day) }
    return { date, rest: ` ${time} ${offset ?? zone ?? ''}`.trimEnd() }
  }
  const ours = dayThenMonth.exec(text)
  if (ours !== null) {
    const [all, day, month = '', year = ''] = ours
    return {
      date: { year: fullYear(year, now), month: monthNamed(month), day: Number(day) },
      rest: text.slice(all.length),
    }
  }
  const theirs = monthThenDay.exec(text)
  if (theirs === null) return undefined
  const [all, month = '', day, year] = theirs
  return { date: { year: Number(year), month: monthNamed(month), day: Number(day) }, rest: text.slice(all.length) }
}

function writtenIn(text: string, reading: DateReading): Written | undefined {
  if (text.length > longestDate) return undefined
  // A mail says its zone a second time in brackets (RFC 5322 §3.2.2), and some programs its name.
  const written = plain(text).replace(/ ?\([^()]*\)$/, '')
  const bare = written.replace(weekday, '')
  return inDigits(bare, reading) ?? inWords(bare, reading.now) ?? inWords(written, reading.now)
}

/** Whether it is written as a day or a time of day, and there is no such one: 31 February, 99:99. */
export function isImpossible(text: string, reading: DateReading): boolean {
  if (writtenIn(text, reading) !== undefined) return parseWhen(text, reading) === undefined
  // How long something took has no more than 59 minutes or seconds either.
  return /^\d{1,2}:[6-9]\d(?::\d{2})?$/.test(plain(text.slice(0, longestDate)))
}

/** Undefined: no date, or one that cannot be. */
export function parseWhen(text: string, reading: DateReading): When | undefined {
  const found = writtenIn(text, reading)
  if (found === undefined || !isDay(found.date)) return undefined
  const { date } = found
  if (found.rest.trim() === '') return { day: asDay(date) }
  const time = clock.exec(found.rest.replace(compactTime, '$1:$2:$3'))
  if (time === null) return undefined
  const [, half, hours, minutes, seconds = '0', fraction = '0', otherHalf, name, shift] = time
  const [hour, minute] = [hourOf(Number(hours), half ?? otherHalf), Number(minutes)]
  if (hour > 24 || minute > 59 || Number(seconds) > 60 || (hour === 24 && minute > 0)) return undefined
  // A leap second has no place of its own in a computer's clock.
  const wall = {
    ...date,
    hour,
    minute,
    second: Math.min(Number(seconds), 59),
    ms: Math.floor(Number(`0.${fraction}`) * 1000),
  }
  const offset = shift === undefined ? namedZones[name ?? ''] : offsetOf(shift)
  if (offset === undefined) return shift === undefined ? zoned(wall, reading.zone) : undefined
  const at = Date.UTC(date.year, date.month - 1, date.day, hour, minute, wall.second, wall.ms) - offset * 60_000
  return { at, offset }
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour
  if (afternoon.test(half)) return hour === 12 ? 12 : hour + 12
  return midnightToNoon.test(half) && hour === 12 ? 0 : hour
}

export function asDay({ year, month, day }: Day): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** A number of milliseconds since 1970 that a program wrote: a moment, unless it lies where no life does. */
export function moment(at: number): { readonly at: number } | undefined {
  return at >= Date.UTC(earliestYear, 0) && at < Date.UTC(latestYear + 1, 0) ? { at: Math.floor(at) } : undefined
}

/** Month-first is the custom of the United States; their zones are the ones under these names (tz database, zone1970.tab). */
export function usualOrder(zone: string): DateOrder {
  return /^(?:US\/|America\/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Anchorage|Boise|Juneau|Indiana\/|Kentucky\/|North_Dakota\/)|Pacific\/Honolulu)/.test(
    zone,
  )
    ? 'month-first'
    : 'day-first'
}

/** What a date says by itself of the order it is written in; `either` where both readings are days, and not the same one. */
export function orderIn(sample: string): { readonly order: DateOrder | 'either'; readonly date: string } | undefined {
  const found = numeric.exec(plain(sample))
  if (found === null) return undefined
  const [date, first, second] = [found[0], Number(found[1]), Number(found[3])]
  if (found[2] === '.' || (first > 12 && second <= 12)) return { order: 'day-first', date }
  if (second > 12 && first <= 12) return { order: 'month-first', date }
  return first === second || first > 12 ? undefined : { order: 'either', date }
}

/** How the dates of one file are meant. A number above 12 tells; else the order in which they go forth without leaps back. */
export function orderOf(samples: Iterable<string>): DateOrder | undefined {
  const counts = { 'day-first': 0, 'month-first': 0 }
  const walks = { 'day-first': walk(), 'month-first': walk() }
  for (const sample of samples) {
    const found = numeric.exec(plain(sample))
    if (found === null) continue
    const [first, second, year] = [Number(found[1]), Number(found[3]), Number(found[4])]
    if (found[2] === '.' || (first > 12 && second <= 12)) counts['day-first'] += 1
    else if (second > 12 && first <= 12) counts['month-first'] += 1
    walks['day-first'].step((year * 12 + second) * 31 + first)
    walks['month-first'].step((year * 12 + first) * 31 + second)
  }
  const [days, months] = [counts['day-first'], counts['month-first']]
  if (days !== months) return days > months ? 'day-first' : 'month-first'
  const [dayTurns, monthTurns] = [walks['day-first'].turns(), walks['month-first'].turns()]
  if (days > 0 || dayTurns === monthTurns) return undefined
  return dayTurns < monthTurns ? 'day-first' : 'month-first'
}

/** Counts how often a row of days turns round: a file is sorted one way or the other, if it is. */
function walk(): { readonly step: (day: number) => void; readonly turns: () => number } {
  let last: number | undefined
  let direction = 0
  let turned = 0
  return {
    step(day) {
      const now = last === undefined ? 0 : Math.sign(day - last)
      if (now !== 0 && direction !== 0 && now !== direction) turned += 1
      if (now !== 0) direction = now
      last = day
    },
    turns: () => turned,
  }
}
