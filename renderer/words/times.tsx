// When an item was, as it was lived: by the clock of the place it happened in, which may not be the clock here.
import { type ReactNode, createContext, useContext, useMemo } from 'react'
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ItemRow } from '../../shared/api/items.ts'

type Timed = Pick<ItemRow, 'at' | 'timing'> & { readonly day?: string; readonly endsAt?: string | null }

export interface Times {
  /** "14:03" today, "3 May" this year, "3 May 2024" before: for a list, where room is short. Empty without a date. */
  readonly short: (item: Timed) => string
  /** "14:03", for a list that has a heading for each day. Empty for what has no time of day. */
  readonly clock: (item: Timed) => string
  /** "Today", "Yesterday", "Sunday, 3 May", "Sunday, 3 May 2024": the heading over what was on a day. */
  readonly heading: (day: string) => string
  /** "Sunday, 3 May 2026 at 14:03 (UTC+2)", "Sunday, 3 May 2026", "no date of its own". */
  readonly full: (item: Timed) => string
}

const TimesContext = createContext<Times | null>(null)

export function useTimes(): Times {
  const times = useContext(TimesContext)
  if (times === null) throw new Error('Something was drawn outside of TimesProvider')
  return times
}

/** One for the whole page, as in `format.tsx`. */
export function TimesProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const times = useMemo<Times>(() => {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    const clock = format({ timeStyle: 'short' })
    const ofYear = format({ day: 'numeric', month: 'short' })
    const ofAnyYear = format({ dateStyle: 'medium' })
    const dayOfYear = format({ weekday: 'long', day: 'numeric', month: 'long' })
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    const wholeDay = format({ dateStyle: 'full' })
    const moment = format({ dateStyle: 'full', timeStyle: 'short' })
    return {
      short: (item) => {
        if (item.timing === 'none') return ''
        const day = item.day ?? item.at.slice(0, 10)
        const at = wallClock(item)
        const now = today()
        if (day === now && item.timing !== 'day') return clock.format(at)
        return (day.slice(0, 4) === now.slice(0, 4) ? ofYear : ofAnyYear).format(at)
      },
      clock: (item) => (item.timing === 'moment' ? clock.format(wallClock(item)) : ''),
      heading: (day) => {
        const [at, now] = [new Date(`${day}T00:00:00Z`), today()]
        const ahead = Math.round((at.getTime() - Date.parse(`${now}T00:00:00Z`)) / 86_400_000)
        const near = Math.abs(ahead) <= 1
        const date = day.slice(0, 4) === now.slice(0, 4) ? dayOfYear : wholeDay
        return atStart(near ? relative.format(ahead, 'day') : date.format(at), locale)
      },
      full: (item) => {
        const at = wallClock(item)
        if (item.timing === 'none') return t('library.noDate')
        const style = item.timing === 'day' ? wholeDay : moment
        const words =
          typeof item.endsAt === 'string'
            ? style.formatRange(at, wallClock({ ...item, day: item.endsAt.slice(0, 10), at: item.endsAt }))
            : style.format(at)
        const zone = item.timing === 'moment' ? otherZone(item.at) : ''
        return zone === '' ? words : t('library.atZone', { when: words, zone })
      },
    }
  }, [t, locale])
  return <TimesContext value={times}>{children}</TimesContext>
}

const atStart = (words: string, locale: string): string => words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)

/** The figures on the clock there and then, as if they were UTC's. */
const wallClock = ({ at, timing, day }: Timed): Date =>
  new Date(timing === 'day' && day !== undefined ? `${day}T00:00:00Z` : `${at.slice(0, 19)}Z`)

const two = (value: number): string => String(value).padStart(2, '0')

function today(): string {
  const now = new Date()
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** Empty where the clock there showed what the clock here did. */
function otherZone(at: string): string {
  const east = minutesEast(at)
  if (east === -new Date(at).getTimezoneOffset()) return ''
  const [hours, minutes] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60]
  return `UTC${east < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`
}

function minutesEast(at: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(at) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}
