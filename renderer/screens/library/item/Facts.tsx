// What the type of an item knows besides, in words: an amount as money, a place, when something repeats. What a source calls
// by a name of its own keeps that name.
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { type Format, useFormat } from '../../../ui/format.tsx'
import styles from './Item.module.css'
import { OutsideLink } from './OutsideLink.tsx'
import { Part } from './Part.tsx'

type Value = Item['facts'][string]

/** In this order; the rest follows as its source has it. */
const known = [
  'amount',
  'balance',
  'counterparty',
  'account',
  'category',
  'reference',
  'place',
  'address',
  'location',
  'organiser',
  'status',
  'completed',
  'allDay',
  'repeats',
  'organisation',
  'role',
  'nickname',
  'birthday',
  'anniversary',
  'emails',
  'phones',
  'addresses',
  'urls',
  'url',
  'site',
  'feed',
  'folder',
  'product',
  'model',
  'forwardedFrom',
  'subject',
  'keywords',
  'description',
  'pages',
  'links',
  'modified',
  'fileDate',
  'camera',
  'size',
  'altitude',
  'activity',
  'kind',
  'metres',
  'points',
  'from',
  'to',
  'wentToBed',
  'gotUp',
  'colour',
  'pinned',
  'archived',
] as const
type Known = (typeof known)[number]

/** Said together with another fact or above them all, or only of use to a program. */
const silent = new Set([
  'calendar',
  'card',
  'mail',
  'measure',
  'currency',
  'latitude',
  'longitude',
  'width',
  'height',
  'south',
  'west',
  'north',
  'east',
])

export function Facts({ facts }: { readonly facts: Item['facts'] }) {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const format = useFormat()
  const told: Record<string, Value> = { ...facts, ...joined(facts, format) }
  const rows: readonly (readonly [string, string, ReactNode])[] = [
    ...known.flatMap((name) => {
      const value = told[name]
      return value === undefined || value === null || value === ''
        ? []
        : [[name, t(`library.fact.${name}`), ofKnown(name, value, facts, { t, format, locale })] as const]
    }),
    ...Object.entries(facts)
      .filter(([name]) => !('measure' in facts && (name === 'value' || name === 'unit')))
      .filter(([name, value]) => !known.includes(name as Known) && !silent.has(name) && value !== null && value !== '')
      .map(([name, value]) => [name, name, plain(value, { t, format })] as const),
  ]
  if (rows.length === 0) return null
  return (
    <Part title={t('library.facts')}>
      <dl className={styles['facts']}>
        {rows.map(([name, label, value]) => (
          <div key={name} className={styles['pair']}>
            <dt>
              <bdi>{label}</bdi>
            </dt>
            <dd dir="auto" data-searched>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

interface Said {
  readonly t: TFunction
  readonly format: Format
}

/** Facts that are one to a person, though their source has them as several. */
function joined(facts: Item['facts'], format: Format): Record<string, Value> {
  const { latitude, longitude, width, height } = facts
  const both: Record<string, Value> = {}
  if (typeof latitude === 'number' && typeof longitude === 'number')
    both['location'] = `${format.number(latitude)}; ${format.number(longitude)}`
  if (typeof width === 'number' && typeof height === 'number')
    both['size'] = `${format.number(width)} × ${format.number(height)}`
  return both
}

function ofKnown(
  name: Known,
  value: Value,
  facts: Item['facts'],
  { t, format, locale }: Said & { readonly locale: string },
): ReactNode {
  if (name === 'amount' || name === 'balance') return money(value, facts['currency'], locale)
  if (name === 'repeats') return repeats(value, { t, format })
  if ((name === 'metres' || name === 'altitude') && typeof value === 'number') return distance(value, locale)
  return plain(value, { t, format })
}

function plain(value: Value, said: Said): ReactNode {
  const { t, format } = said
  if (typeof value === 'boolean') return value ? t('library.yes') : t('library.no')
  if (typeof value === 'number') return format.number(value)
  if (typeof value === 'string') return ofText(value, format)
  if (Array.isArray(value)) {
    return (
      <ul>
        {value.map((one, at) => (
          <li key={at}>{plain(one, said)}</li>
        ))}
      </ul>
    )
  }
  if (value === null) return null
  // An address or a number with what it is for.
  const { value: main, label } = value
  if (typeof main === 'string') {
    return (
      <>
        {ofText(main, format)}
        {typeof label === 'string' && <span className={styles['muted']}> ({label})</span>}
      </>
    )
  }
  return JSON.stringify(value)
}

/** What is in no calendar, such as a day of the year 0 or a 30th of February, stands as its source has it. */
function isDay(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

function ofText(text: string, format: Format): ReactNode {
  if (/^https?:\/\/\S+$/.test(text)) return <OutsideLink href={text}>{text}</OutsideLink>
  if (isDay(text)) return format.calendarDay(text)
  if (/^(?!0000)\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)))
    return format.atStart(format.when(text))
  return text
}

/** To the last figure that was given, whatever a number could hold of it. */
function money(value: Value, currency: Value | undefined, locale: string): string {
  const amount = typeof value === 'string' ? value : JSON.stringify(value)
  if (typeof currency !== 'string') return amount
  const known = /^[A-Z]{3}$/.test(currency) && /^-?\d+(?:\.\d+)?$/.test(amount)
  if (!known) return `${amount} ${currency}`
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount as Intl.StringNumericLiteral)
}

const distance = (metres: number, locale: string): string =>
  new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: Math.abs(metres) < 10_000 ? 'meter' : 'kilometer',
    maximumFractionDigits: Math.abs(metres) < 10_000 ? 0 : 1,
  }).format(Math.abs(metres) < 10_000 ? metres : metres / 1000)

const rhythms = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const

/** RFC 5545 §3.3.10, as far as a sentence goes: how often, and until when. */
function repeats(value: Value, { t, format }: Said): string {
  const rule = typeof value === 'object' && value !== null && !Array.isArray(value) ? value['rule'] : value
  const parts = new Map(
    (typeof rule === 'string' ? rule : '')
      .split(/[;\n]/)
      .map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? ''] as const),
  )
  const rhythm = rhythms.find((name) => name === parts.get('FREQ'))
  if (rhythm === undefined) return t('library.repeats.otherwise')
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(parts.get('UNTIL') ?? '') ?? []
  const often = t(`library.repeats.${rhythm}`, { count: Number(parts.get('INTERVAL') ?? 1) })
  const times = Number(parts.get('COUNT'))
  if (times > 0) return `${often}, ${t('library.repeats.times', { count: times })}`
  return year === undefined || !isDay(`${year}-${month}-${day}`)
    ? often
    : `${often}, ${t('library.repeats.until', { day: format.calendarDay(`${year}-${month}-${day}`) })}`
}
