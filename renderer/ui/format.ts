// Times, numbers and sizes as the person's language and country write them.
import { useMemo } from 'react'
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'

export interface Format {
  /** "today at 14:03", "yesterday at 9:00", "3 May 2026 at 9:00"; for the middle of a sentence. */
  readonly when: (iso: string) => string
  /** The same at the start of one. */
  readonly atStart: (words: string) => string
  /** "Today", "Yesterday", "Sunday, 3 May 2026": the heading over a day's entries. */
  readonly day: (iso: string) => string
  readonly date: (iso: string) => string
  readonly time: (iso: string) => string
  readonly bytes: (bytes: number) => string
  readonly number: (value: number) => string
  readonly list: (items: readonly string[]) => string
}

export function useFormat(): Format {
  const { t } = useTranslation()
  const { locale } = useLocale()
  return useMemo(() => {
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
    const full = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
    const weekday = new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    })
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    const time = (iso: string) => clock.format(new Date(iso))
    const date = (iso: string) => full.format(new Date(iso))
    const atStart = (words: string) => words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
    return {
      time,
      date,
      when: (iso) => {
        const ago = daysAgo(iso)
        if (ago === 0) return t('when.today', { time: time(iso) })
        if (ago === 1) return t('when.yesterday', { time: time(iso) })
        return t('when.date', { date: date(iso), time: time(iso) })
      },
      day: (iso) => {
        const ago = daysAgo(iso)
        const words = ago === 0 || ago === 1 ? relative.format(-ago, 'day') : weekday.format(new Date(iso))
        return atStart(words)
      },
      atStart,
      bytes: (bytes) => {
        const [value, unit] =
          bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : bytes < 1e9 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e9, 'gigabyte']
        return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumSignificantDigits: 3 }).format(value)
      },
      number: (value) => new Intl.NumberFormat(locale).format(value),
      list: (items) => new Intl.ListFormat(locale).format(items),
    }
  }, [t, locale])
}

/** Whole days of the calendar between then and now, in the person's own time zone. */
const daysAgo = (iso: string): number => Math.round((midnight(new Date()) - midnight(new Date(iso))) / 86_400_000)

const midnight = (of: Date): number => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime()
