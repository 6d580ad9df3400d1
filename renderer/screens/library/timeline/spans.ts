// Spans of the calendar as the timeline zooms through them: all time → a decade → a year → a month → a day. A span is the two
// days that stand in the filter, so that the list and the timeline always speak of the same time.

export interface Span {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export type Zoom = 'decade' | 'year' | 'month' | 'day' | 'hour'

const two = (value: number): string => String(value).padStart(2, '0')
const four = (value: number): string => String(value).padStart(4, '0')
const lastOf = (year: number, month: number): number => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()

/** The days of one bar: "1990" of decades, "1994", "1994-03", "1994-03-17". */
export function spanOfBar(start: string, zoom: Zoom): { readonly from: string; readonly to: string } {
  const [year = '', month = '', day = ''] = start.split(/[-T]/)
  if (zoom === 'decade') return { from: `${year}-01-01`, to: `${year.slice(0, 3)}9-12-31` }
  if (zoom === 'year') return { from: `${year}-01-01`, to: `${year}-12-31` }
  if (zoom === 'month') return { from: `${start}-01`, to: `${start}-${two(lastOf(Number(year), Number(month)))}` }
  const whole = `${year}-${month}-${day}`
  return { from: whole, to: whole }
}

/** The largest whole part of the calendar that the span is, if it is one. */
export function wholeSpan({ from, to }: Span): { readonly zoom: Exclude<Zoom, 'hour'>; readonly start: string } | null {
  if (from === undefined || to === undefined) return null
  if (from === to) return { zoom: 'day', start: from }
  for (const [zoom, start] of [
    ['month', from.slice(0, 7)],
    ['year', from.slice(0, 4)],
    ['decade', from.slice(0, 4)],
  ] as const) {
    const whole = spanOfBar(start, zoom)
    if (whole.from === from && whole.to === to && (zoom !== 'decade' || start.endsWith('0'))) return { zoom, start }
  }
  return null
}

const finer: Readonly<Record<Exclude<Zoom, 'hour'>, Zoom>> = {
  decade: 'year',
  year: 'month',
  month: 'day',
  day: 'hour',
}

/** What is asked for within the span; of an open one the months, which are joined as they fit. */
export function zoomWithin(span: Span): Zoom {
  const whole = wholeSpan(span)
  if (whole !== null) return finer[whole.zoom]
  const { from, to } = span
  return from === undefined || to === undefined ? 'month' : zoomOf(from, to)
}

function zoomOf(from: string, to: string): Zoom {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  if (days > 20 * 366) return 'decade'
  if (days > 3 * 366) return 'year'
  return days > 62 ? 'month' : 'day'
}

interface Bucket {
  readonly start: string
  readonly count: number
}

/** Months of an open span, as the bars that show it best: a life in decades, a few years in years, a year in its months. */
export function fitted(months: readonly Bucket[]): { readonly zoom: Zoom; readonly buckets: readonly Bucket[] } {
  const [first, last] = [months[0]?.start, months.at(-1)?.start]
  const fits = first === undefined || last === undefined ? 'month' : zoomOf(`${first}-01`, `${last}-01`)
  if (fits !== 'decade' && fits !== 'year') return { zoom: 'month', buckets: months }
  const counts = new Map<string, number>()
  for (const { start, count } of months) {
    const bar = fits === 'year' ? start.slice(0, 4) : `${start.slice(0, 3)}0`
    counts.set(bar, (counts.get(bar) ?? 0) + count)
  }
  return { zoom: fits, buckets: [...counts].map(([start, count]) => ({ start, count })) }
}

/** The spans around this one, the widest first, and itself last. */
export function around(span: Span): readonly { readonly zoom: Exclude<Zoom, 'hour'>; readonly start: string }[] {
  const whole = wholeSpan(span)
  if (whole === null) return []
  const all = [
    { zoom: 'decade', start: `${whole.start.slice(0, 3)}0` },
    { zoom: 'year', start: whole.start.slice(0, 4) },
    { zoom: 'month', start: whole.start.slice(0, 7) },
    { zoom: 'day', start: whole.start },
  ] as const
  return all.slice(0, all.findIndex(({ zoom }) => zoom === whole.zoom) + 1)
}

const mostBars = 120

/** Every bar from the first to the last that has something in it, the empty ones too; within the span all of them. */
export function barsOf(starts: readonly string[], zoom: Zoom, span: Span): readonly string[] {
  const whole = wholeSpan(span)
  const [first, last] =
    whole === null
      ? [starts[0], starts.at(-1)]
      : [firstBar(whole.start, zoom), lastBar(spanOfBar(whole.start, whole.zoom).to, zoom)]
  if (first === undefined || last === undefined) return []
  const bars: string[] = []
  for (let bar = first; bars.length < mostBars; bar = nextBar(bar, zoom)) {
    bars.push(bar)
    if (bar >= last) return bars
  }
  // Too far apart to be drawn side by side: only those with something in them.
  return starts.slice(-mostBars)
}

function firstBar(start: string, zoom: Zoom): string {
  if (zoom === 'hour') return `${start}T00`
  if (zoom === 'day') return `${start}-01`
  return zoom === 'month' ? `${start}-01` : start
}

function lastBar(to: string, zoom: Zoom): string {
  if (zoom === 'hour') return `${to}T23`
  if (zoom === 'day') return to
  return zoom === 'month' ? to.slice(0, 7) : to.slice(0, 4)
}

function nextBar(bar: string, zoom: Zoom): string {
  const [year = 0, month = 1, day = 1, hour = 0] = bar.split(/[-T]/).map(Number)
  if (zoom === 'decade') return four(year + 10)
  if (zoom === 'year') return four(year + 1)
  if (zoom === 'month') return month === 12 ? `${four(year + 1)}-01` : `${four(year)}-${two(month + 1)}`
  if (zoom === 'hour') return `${bar.slice(0, 10)}T${two(hour + 1)}`
  if (day < lastOf(year, month)) return `${four(year)}-${two(month)}-${two(day + 1)}`
  return month === 12 ? `${four(year + 1)}-01-01` : `${four(year)}-${two(month + 1)}-01`
}

/** "the 1990s" is the caller's to say; years, months and days are said here. */
export function nameOfBar(
  bar: string,
  zoom: Exclude<Zoom, 'decade'>,
  locale: string,
  length: 'long' | 'short',
): string {
  const day = `${bar.slice(0, 10)}-01-01`.slice(0, 10)
  const at = new Date(`${day}T${bar.slice(11) || '00'}:00:00Z`)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(at)
  if (zoom === 'year') return bar.slice(0, 4).replace(/^0+/, '')
  if (zoom === 'hour') return format(length === 'long' ? { timeStyle: 'short' } : { hour: 'numeric' })
  if (zoom === 'month')
    return length === 'long' ? format({ month: 'long', year: 'numeric' }) : format({ month: 'short' })
  return length === 'long' ? format({ dateStyle: 'long' }) : format({ day: 'numeric' })
}

/** A whole part of the calendar as people say it: "1994", "March 1994", "17 March 1994"; of a decade its first year. */
export function wordsOfSpan(
  from: string | undefined,
  to: string | undefined,
  locale: string,
): { readonly name: string; readonly decade: boolean } | null {
  const whole = wholeSpan({ from, to })
  if (whole === null) return null
  if (whole.zoom === 'decade') return { name: whole.start, decade: true }
  return { name: nameOfBar(whole.start, whole.zoom, locale, 'long'), decade: false }
}
