// Wall-clock times as moments, by the platform's own time zones.
export interface Wall {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly ms?: number | undefined
}

interface Moment {
  readonly at: number
  /** Minutes east of Greenwich. */
  readonly offset: number
}

const minute = 60_000
const day = 24 * 60 * minute

/** Making one is a hundred times slower than using it. A file can name any zone it likes, so it holds only so many. */
const formats = new Map<string, Intl.DateTimeFormat | undefined>()
const mostFormats = 600

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formats.has(zone)) return formats.get(zone)
  if (formats.size >= mostFormats) formats.clear()
  const format = newFormat(zone)
  formats.set(zone, format)
  return format
}

function newFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  // A number is a zone to the platform, but one that a caller reads with `offsetOf`.
  if (timeZone === '' || timeZone.length > 60) return undefined
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, hourCycle: 'h23', timeZone })
  } catch {
    // The platform knows no such zone; that is the answer.
    return undefined
  }
}

/** Milliseconds east of Greenwich that clocks there showed at a moment. */
function shift(format: Intl.DateTimeFormat, at: number): number {
  const [month = 0, date = 0, year = 0, hours = 0, minutes = 0, seconds = 0] = (
    format.format(at).match(/\d+/g) ?? []
  ).map(Number)
  return Date.UTC(year, month - 1, date, hours, minutes, seconds) - Math.floor(at / 1000) * 1000
}

export const isZone = (zone: string): boolean => formatOf(zone) !== undefined

/** Undefined where there is no such zone. A time that was skipped when clocks went forward counts as if they had not, and one
 * that was lived twice is the first (RFC 5545 §3.3.5). */
export function zoned(wall: Wall, zone: string): Moment | undefined {
  const format = formatOf(zone)
  if (format === undefined) return undefined
  const utc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.ms ?? 0)
  const [earlier, later] = [shift(format, utc - day), shift(format, utc + day)]
  if (earlier === later) return { at: utc - earlier, offset: Math.round(earlier / minute) }
  const at =
    shift(format, utc - earlier) !== earlier && shift(format, utc - later) === later ? utc - later : utc - earlier
  return { at, offset: Math.round(shift(format, at) / minute) }
}

/** Minutes of `+02:00`, `-0530`, `+1`; undefined for what is none. */
export function offsetOf(text: string): number | undefined {
  const found = /^([-+])(\d{1,2}):?(\d{2})?$/.exec(text)
  if (found === null) return undefined
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0)
  if (minutes > 18 * 60 || Number(found[3] ?? 0) > 59) return undefined
  return found[1] === '-' ? -minutes : minutes
}
