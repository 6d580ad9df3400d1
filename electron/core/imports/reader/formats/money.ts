// Money as banks write it, and a booking as an item. An amount stays the decimal number it was, as text: never a float.
import type { Found } from '../importer.ts'
import type { When } from '../../../library/library.ts'
import { oneLine } from '../text/text.ts'

export type DecimalSign = ',' | '.'

const longestAmount = 60
const longestText = 20_000

/** Which sign parts the cents, told from many amounts of one file; undefined where none of them tells. */
export function decimalSignOf(samples: Iterable<string>): DecimalSign | undefined {
  const counts = { ',': 0, '.': 0 }
  for (const sample of samples) {
    const sign = tellingSign(digitsOf(sample))
    if (sign !== undefined) counts[sign] += 1
  }
  return counts[','] === counts['.'] ? undefined : counts[','] > counts['.'] ? ',' : '.'
}

const digitsOf = (text: string): string => text.slice(0, longestAmount).replace(/[^\d.,]/g, '')

/** What cannot be misread: two different signs, or one that does not stand before three digits. */
function tellingSign(digits: string): DecimalSign | undefined {
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'))
  if (last < 0) return undefined
  const sign = digits[last] === ',' ? ',' : '.'
  const other = sign === ',' ? '.' : ','
  if (digits.includes(other)) return digits.indexOf(sign) === last ? sign : undefined
  const behind = digits.length - last - 1
  return digits.indexOf(sign) === last && behind !== 3 && behind > 0 ? sign : undefined
}

/** `1.234,56-`, `(12.50)`, `€ -3`, `1'234.50 CHF` as `-1234.56`, …; undefined for what is no amount. */
export function amountOf(text: string, decimal?: DecimalSign): string | undefined {
  if (text.length > longestAmount) return undefined
  const written = text.replace(/[\u2212\u2012\u2013\ufe63\uff0d]/g, '-').replace(/\s/g, '')
  const found =
    /^(?<open>\()?(?<before>[-+])?(?:\p{Sc}|[A-Za-z]{2,4})?(?<sign>[-+])?(?<digits>[\d.,'’]+)(?<after>[-+])?(?:\p{Sc}|[A-Za-z]{1,4})?\)?$/u.exec(
      written,
    )?.groups
  if (found === undefined || !/\d/.test(found['digits'] ?? '')) return undefined
  const digits = (found['digits'] ?? '').replace(/['’]/g, '')
  const sign = tellingSign(digits) ?? (count(digits, '.') > 1 ? ',' : count(digits, ',') > 1 ? '.' : decimal)
  const at = sign === undefined ? -1 : digits.lastIndexOf(sign)
  // Without a sign that tells, one before three digits parts thousands.
  const parted = at < 0 ? digits : digits.slice(0, at)
  if (!inThousands.test(parted)) return undefined
  const whole = parted.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '') || '0'
  const cents = at < 0 ? '' : digits.slice(at + 1).replace(/[.,]/g, '')
  const negative = found['open'] !== undefined || [found['before'], found['sign'], found['after']].includes('-')
  const number = cents === '' ? whole : `${whole}.${cents}`
  return negative && /[1-9]/.test(number) ? `-${number}` : number
}

/** Or in the lakhs of India; a date is neither. */
const inThousands = /^(?:\d*|\d{1,3}(?:[.,]\d{3})+|\d{1,2}(?:[.,]\d{2})+[.,]\d{3})$/

const count = (text: string, sign: string) => text.split(sign).length - 1

export const negated = (amount: string): string =>
  amount.startsWith('-') ? amount.slice(1) : /[1-9]/.test(amount) ? `-${amount}` : amount

export interface Booking {
  readonly same: string
  readonly when: When
  readonly amount: string
  readonly currency?: string | undefined
  readonly account?: string | undefined
  readonly counterparty?: string | undefined
  readonly text?: string | undefined
  readonly balance?: string | undefined
  readonly category?: string | undefined
  readonly reference?: string | undefined
  readonly position: number
}

export function bookingItem(source: string, booking: Booking): Found {
  const { same, when, amount, text = '', position } = booking
  const named = { currency: booking.currency, account: booking.account, counterparty: booking.counterparty }
  const told = { balance: booking.balance, category: booking.category, reference: booking.reference }
  const facts: Record<string, string> = { amount }
  for (const [name, value] of Object.entries({ ...named, ...told })) {
    const line = oneLine(value ?? '', 200)
    if (line !== '') facts[name] = line
  }
  const title = oneLine(booking.counterparty ?? '', 200) || oneLine(text, 200) || facts['category'] || amount
  return {
    item: { same, type: 'transaction', title, body: text.trim().slice(0, longestText), when, source, facts, position },
  }
}
