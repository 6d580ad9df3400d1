// Time zones as iCalendar describes them (RFC 5545 §3.6.5), worked out from what the platform knows of them: each change of
// the clock there was, and a rule for those to come where they follow one.
import { dayMs } from '../../days.ts'

interface Change {
  /** The clock's time it happened at, before it was changed, as if it were UTC. */
  readonly wall: number
  readonly from: number
  readonly to: number
}

const secondMs = 1000
/** No clock was changed twice within it, in any zone of this time. */
const stepMs = 14 * dayMs
const firstYear = 1970
const yearsAhead = 10
/** Years that have to agree before a rule is believed. */
const agreeing = 5
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** The lines of a VTIMEZONE; undefined for what is no zone here. */
export function zoneLines(zone: string, now: Date): readonly string[] | undefined {
  const eastAt = offsetsOf(zone)
  if (eastAt === undefined) return undefined
  const [start, end] = [Date.UTC(firstYear, 0), Date.UTC(now.getUTCFullYear() + yearsAhead + 1, 0)]
  const changes = changesOf(eastAt, start, end)
  const first = eastAt(start)
  const kinds = Map.groupBy(changes, ({ from, to }) => `${from} ${to}`)
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance({ wall: start + first, from: first, to: first }, []),
    ...[...kinds.values()].flatMap((kind) => observancesOf(kind, now.getUTCFullYear() + yearsAhead)),
    'END:VTIMEZONE',
  ]
}

/** Milliseconds east of Greenwich at a moment. */
function offsetsOf(timeZone: string): ((at: number) => number) | undefined {
  if (!/^[A-Za-z][\w+/-]{0,60}$/.test(timeZone)) return undefined
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', year: 'numeric' })
    return (at) => {
      const [, sign, hours = 0, minutes = 0, seconds = 0] =
        /GMT([-+])(\d\d):(\d\d)(?::(\d\d))?/.exec(format.format(at)) ?? []
      const east = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * secondMs
      return sign === '-' ? -east : east
    }
  } catch {
    // The platform knows no such zone; that is the answer.
    return undefined
  }
}

function changesOf(eastAt: (at: number) => number, start: number, end: number): Change[] {
  const changes: Change[] = []
  let from = eastAt(start)
  for (let at = start; at < end; at += stepMs) {
    const to = eastAt(at + stepMs)
    if (to === from) continue
    let [before, after] = [at, at + stepMs]
    while (after - before > secondMs) {
      const middle = before + Math.floor((after - before) / 2 / secondMs) * secondMs
      if (eastAt(middle) === from) before = middle
      else after = middle
    }
    changes.push({ wall: after + from, from, to })
    from = to
  }
  return changes
}

/** Of changes that are alike but for their day. */
function observancesOf(changes: readonly Change[], lastYear: number): string[] {
  const last = changes.at(-1)
  const rule = last !== undefined && yearOf(last) >= lastYear ? ruleFor(changes) : undefined
  const single = rule === undefined ? changes : changes.slice(0, -rule.years)
  const [first, ...more] = single
  const ruled = rule === undefined ? undefined : changes[changes.length - rule.years]
  return [
    ...(first === undefined
      ? []
      : observance(
          first,
          [first, ...more].map(({ wall }) => `RDATE:${local(wall)}`),
        )),
    ...(rule === undefined || ruled === undefined ? [] : observance(ruled, [`RRULE:${rule.text}`])),
  ]
}

const yearOf = ({ wall }: Change) => new Date(wall).getUTCFullYear()

/** The same weekday of a month, from its beginning or its end, at the same time, year after year up to the last. */
function ruleFor(changes: readonly Change[]): { readonly text: string; readonly years: number } | undefined {
  const last = changes.at(-1)
  if (last === undefined) return undefined
  const inWords = ({ wall }: Change, fromEnd: boolean) => {
    const day = new Date(wall)
    const [month, date] = [day.getUTCMonth(), day.getUTCDate()]
    const days = new Date(Date.UTC(day.getUTCFullYear(), month + 1, 0)).getUTCDate()
    const nth = fromEnd ? -Math.ceil((days - date + 1) / 7) : Math.ceil(date / 7)
    return { text: `FREQ=YEARLY;BYMONTH=${month + 1};BYDAY=${nth}${weekdays[day.getUTCDay()]}`, time: wall % dayMs }
  }
  const rules = [false, true].map((fromEnd) => {
    const wanted = inWords(last, fromEnd)
    let years = 0
    for (const change of changes.toReversed()) {
      const { text, time } = inWords(change, fromEnd)
      if (text !== wanted.text || time !== wanted.time || yearOf(change) !== yearOf(last) - years) break
      years += 1
    }
    return { text: wanted.text, years }
  })
  const [best] = rules.toSorted((one, other) => other.years - one.years)
  return best !== undefined && best.years >= agreeing ? best : undefined
}

function observance({ wall, from, to }: Change, more: readonly string[]): string[] {
  const kind = to > from ? 'DAYLIGHT' : 'STANDARD'
  const offsets = [`TZOFFSETFROM:${offset(from)}`, `TZOFFSETTO:${offset(to)}`]
  return [`BEGIN:${kind}`, `DTSTART:${local(wall)}`, ...offsets, ...more, `END:${kind}`]
}

const local = (wall: number): string => new Date(wall).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')

function offset(east: number): string {
  const time = new Date(Math.abs(east)).toISOString().slice(11, 19).replaceAll(':', '')
  return `${east < 0 ? '-' : '+'}${time.endsWith('00') ? time.slice(0, 4) : time}`
}
