// Spans of days as people write them: 2025, 2025-03, 15.3.2025, march 2025, yesterday, last week. What could be one day or
// another (3/4/2025) is no date.

import { monthNamed } from '../../../shared/months.ts'
import { plusDays, startOfDay } from '../days.ts'

/** First and last day, both included, as YYYY-MM-DD. */
export interface Span {
  readonly first: string
  readonly last: string
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}|\./gu, '')
    .toLowerCase()

const relative: ReadonlyMap<string, (today: string) => Span | undefined> = new Map(
  Object.entries<(today: string) => Span | undefined>({
    today: (today) => spanOf(today, today),
    heute: (today) => spanOf(today, today),
    yesterday: (today) => spanOf(plusDays(today, -1), plusDays(today, -1)),
    gestern: (today) => spanOf(plusDays(today, -1), plusDays(today, -1)),
    tomorrow: (today) => spanOf(plusDays(today, 1), plusDays(today, 1)),
    morgen: (today) => spanOf(plusDays(today, 1), plusDays(today, 1)),
    'this week': (today) => weekOf(today),
    'diese woche': (today) => weekOf(today),
    'last week': (today) => weekOf(plusDays(today, -7)),
    'letzte woche': (today) => weekOf(plusDays(today, -7)),
    'this month': (today) => monthOf(year(today), month(today)),
    'dieser monat': (today) => monthOf(year(today), month(today)),
    'last month': lastMonth,
    'letzter monat': lastMonth,
    'letzten monat': lastMonth,
    'this year': (today) => yearOf(year(today)),
    'dieses jahr': (today) => yearOf(year(today)),
    'last year': (today) => yearOf(year(today) - 1),
    'letztes jahr': (today) => yearOf(year(today) - 1),
  }),
)

/** Nothing where the text is no date. `today` is a day in the person's own calendar. */
export function readDate(text: string, today: string): Span | undefined {
  const said = plain(text.replaceAll(/(?<=\d)[./](?=\d)/gu, '-'))
    .replaceAll(/[\s,]+/gu, ' ')
    .trim()
  return relative.get(said)?.(today) ?? inFigures(said) ?? inWords(said, today)
}

function inFigures(said: string): Span | undefined {
  const [, y, m, d] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/u.exec(said)?.map(Number) ?? []
  if (y !== undefined && !Number.isNaN(y)) {
    if (m === undefined || Number.isNaN(m)) return yearOf(y)
    return d === undefined || Number.isNaN(d) ? monthOf(y, m) : dayOf(y, m, d)
  }
  const [, first, second, last] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/u.exec(said)?.map(Number) ?? []
  if (first === undefined || second === undefined || last === undefined) return undefined
  const asDayFirst = dayOf(last, second, first)
  const asMonthFirst = dayOf(last, first, second)
  return asDayFirst === undefined || asMonthFirst === undefined || first === second
    ? (asDayFirst ?? asMonthFirst)
    : undefined
}

/** `march 2025`, `15 march 2025`, `march 15 2025`; a month alone is the last one that has begun. */
function inWords(said: string, today: string): Span | undefined {
  const parts = said.split(' ')
  const named = parts.map(monthNamed).filter((number) => number > 0)
  const figures = parts.filter((part) => /^\d{1,4}$/u.test(part))
  const [at] = named
  if (at === undefined || named.length !== 1 || named.length + figures.length !== parts.length) return undefined
  const years = figures.filter((figure) => figure.length === 4).map(Number)
  const days = figures.filter((figure) => figure.length <= 2).map(Number)
  if (years.length > 1 || days.length > 1 || years.length + days.length !== figures.length) return undefined
  const y = years[0] ?? (at > month(today) ? year(today) - 1 : year(today))
  return days[0] === undefined ? monthOf(y, at) : dayOf(y, at, days[0])
}

const year = (day: string): number => Number(day.slice(0, 4))
const month = (day: string): number => Number(day.slice(5, 7))
const spanOf = (first: string, last: string): Span => ({ first, last })
const two = (value: number): string => String(value).padStart(2, '0')
const four = (value: number): string => String(value).padStart(4, '0')

function dayOf(y: number, m: number, d: number): Span | undefined {
  const day = `${four(y)}-${two(m)}-${two(d)}`
  const time = startOfDay(day)
  // Engines let the 31st of February pass for the 3rd of March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : spanOf(day, day)
}

function monthOf(y: number, m: number): Span | undefined {
  const first = dayOf(y, m, 1)?.first
  if (first === undefined) return undefined
  const next = m === 12 ? undefined : dayOf(y, m + 1, 1)?.first
  return spanOf(first, next === undefined ? `${four(y)}-12-31` : plusDays(next, -1))
}

const yearOf = (y: number): Span => spanOf(`${four(y)}-01-01`, `${four(y)}-12-31`)

function lastMonth(today: string): Span | undefined {
  return month(today) === 1 ? monthOf(year(today) - 1, 12) : monthOf(year(today), month(today) - 1)
}

/** From Monday to Sunday (ISO 8601). */
function weekOf(day: string): Span {
  const monday = plusDays(day, -((new Date(startOfDay(day)).getUTCDay() + 6) % 7))
  return spanOf(monday, plusDays(monday, 6))
}
