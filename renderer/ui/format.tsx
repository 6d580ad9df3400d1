// Times, numbers and sizes as the person's language and country write them. Made once for the whole page: what the browser
// formats by is slow to make, and a list has hundreds of them to write.
import { type ReactNode, createContext, useContext, useMemo } from 'react'
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'

export interface Format {
  /** "today at 14:03", "yesterday at 9:00", "3 May 2026 at 9:00"; for the middle of a sentence. */
  readonly when: (iso: string) => string
  /** The same to the second, where a minute does not tell two things apart. */
  readonly whenExact: (iso: string) => string
  /** The same at the start of one. */
  readonly atStart: (words: string) => string
  /** "Today", "Yesterday", "Sunday, 3 May 2026": the heading over a day's entries. */
  readonly day: (iso: string) => string
  readonly date: (iso: string) => string
  /** "14:03" today, "3 May" this year, "3 May 2024" before: for a list, where room is short. */
  readonly short: (iso: string) => string
  /** A calendar day in no zone, such as "2026-05-03": "3 May 2026". */
  readonly calendarDay: (day: string) => string
  readonly time: (iso: string) => string
  /** "1 hour, 30 minutes": how long in whole units, the two largest. */
  readonly duration: (seconds: number) => string
  readonly bytes: (bytes: number) => string
  readonly number: (value: number) => string
  /** 50 is "50%". */
  readonly percent: (value: number) => string
  readonly list: (items: readonly string[]) => string
}

const FormatContext = createContext<Format | null>(null)

export function useFormat(): Format {
  const format = useContext(FormatContext)
  if (format === null) throw new Error('Something was drawn outside of FormatProvider')
  return format
}

export function FormatProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const format = useMemo<Format>(() => {
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
    const exact = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
    const ofYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
    const ofAnyYear = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
    const ofCalendar = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
    const together = new Intl.ListFormat(locale, { type: 'unit' })
    const full = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
    const weekday = new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    })
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    const plain = new Intl.NumberFormat(locale)
    const enumerated = new Intl.ListFormat(locale)
    const time = (iso: string) => clock.format(new Date(iso))
    const date = (iso: string) => full.format(new Date(iso))
    const when = (iso: string, at: string): string => {
      const ago = daysAgo(iso)
      if (ago === 0) return t('when.today', { time: at })
      return ago === 1 ? t('when.yesterday', { time: at }) : t('when.date', { date: date(iso), time: at })
    }
    const atStart = (words: string) => words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
    return {
      time,
      date,
      short: (iso) => {
        if (daysAgo(iso) === 0) return time(iso)
        const at = new Date(iso)
        return (at.getFullYear() === new Date().getFullYear() ? ofYear : ofAnyYear).format(at)
      },
      calendarDay: (day) => ofCalendar.format(new Date(`${day}T00:00:00Z`)),
      duration: (seconds) =>
        together.format(
          unitsOf(seconds).map(({ unit, count }) =>
            new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
          ),
        ),
      when: (iso) => when(iso, time(iso)),
      whenExact: (iso) => when(iso, exact.format(new Date(iso))),
      day: (iso) => {
        const ago = daysAgo(iso)
        const words = ago === 0 || ago === 1 ? relative.format(-ago, 'day') : weekday.format(new Date(iso))
        return atStart(words)
      },
      atStart,
      bytes: (bytes) => {
        const [value, unit] =
          bytes < 1e3
            ? [bytes, 'byte']
            : bytes < 1e6
              ? [bytes / 1e3, 'kilobyte']
              : bytes < 1e9
                ? [bytes / 1e6, 'megabyte']
                : [bytes / 1e9, 'gigabyte']
        // "38 byte" is what the short form of that one unit says.
        const unitDisplay = unit === 'byte' ? 'long' : 'short'
        return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumSignificantDigits: 3 }).format(
          value,
        )
      },
      percent: (value) =>
        new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100),
      number: (value) => plain.format(value),
      list: (items) => enumerated.format(items),
    }
  }, [t, locale])
  return <FormatContext value={format}>{children}</FormatContext>
}

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** The largest unit that is there, and the next smaller one where it is there too. */
function unitsOf(seconds: number): readonly { readonly unit: string; readonly count: number }[] {
  const whole = Math.max(0, Math.round(seconds))
  const first = units.findIndex((unit) => whole >= unit.seconds)
  if (first === -1) return [{ unit: 'second', count: 0 }]
  return units
    .slice(first, first + 2)
    .map(({ unit, seconds: size }, at) => ({
      unit,
      count: Math.floor((at === 0 ? whole : whole % (units[first]?.seconds ?? 1)) / size),
    }))
    .filter(({ count }) => count > 0)
}

/** Whole days of the calendar between then and now, in the person's own time zone. */
const daysAgo = (iso: string): number => Math.round((midnight(new Date()) - midnight(new Date(iso))) / 86_400_000)

const midnight = (of: Date): number => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime()
