// MT940, the statement that banks have sent each other since long before XML (SWIFT, "Customer Statement Message"): fields
// that begin with a tag between colons and go on until the next one. What stands in a booking's :86: is each bank's own
// affair; the three usual ways to write it are taken apart, any other is kept as it is.
import type { ProblemReason } from '../../../../../shared/api/imports.ts'
import { asDay, isDay } from '../dates/dates.ts'
import { certainty, type Found, type Importer } from '../importer.ts'
import { createCounts } from '../items/same.ts'
import { lines } from '../text/text.ts'
import { amountOf, bookingItem } from './money.ts'

const format = 'mt940'
/** No field has more lines than these by the letter; some banks write more. */
const longestField = 20_000

/** What banks and their networks put before the first field. */
const envelope = /^\s*(?:\{[1235]:[^{}]{0,200}\}\s*)*(?:\{4:\s*)?(?:[A-Z0-9]{8,12}\s+940\s+(?:[A-Z0-9]{8,12}\s+)?)?:20:/
const tag = /^(?:\{[^{}]{0,200}\})*(?:\{4:)?:(\d{2}[A-Z]?):(.*)$/s

export const mt940: Importer = {
  format,
  counts: 'lines',
  recognises: ({ text }) =>
    text !== null && envelope.test(text) && /\n:25P?:/.test(text) && /\n:(?:60[FM]|61):/.test(text)
      ? certainty.certain
      : certainty.no,
  async *read(entry, reading) {
    const counted = createCounts()
    let statement: Statement = { account: '', currency: '' }
    let booking: Written | undefined
    let field: Field | undefined
    let isOpen = false

    const taken = function* (): Generator<Found> {
      if (booking === undefined) return
      yield itemOf(booking, statement, counted)
      if (booking.flaw !== undefined) yield { problem: { why: booking.flaw, at: booking.line } }
      booking = undefined
    }
    const end = function* ({ name, text, line, flaw }: Field): Generator<Found> {
      if (name === '86') {
        // Behind the closing balance it is about the statement as a whole.
        if (booking !== undefined && booking.about === '')
          booking = { ...booking, about: text, flaw: booking.flaw ?? flaw }
        return
      }
      yield* taken()
      if (name === '20') statement = { account: '', currency: '' }
      else if (name === '25' || name === '25P')
        statement = { ...statement, account: text.trim().split('\n', 1)[0] ?? '' }
      else if (name === '60F' || name === '60M')
        statement = { ...statement, currency: /^[CD]\d{6}([A-Z]{3})/.exec(text)?.[1] ?? '' }
      else if (name === '61') booking = { text, line, about: '', flaw }
      isOpen = name.startsWith('60') || (isOpen && !name.startsWith('62'))
    }

    for await (const { text, line, cut, broken } of lines(entry, reading)) {
      const flaw: ProblemReason | undefined = cut ? 'too-large' : broken ? 'wrong-encoding' : undefined
      const [, name, first = ''] = tag.exec(text) ?? []
      if (name !== undefined || /^-\}?\s*$/.test(text)) {
        if (field !== undefined) yield* end(field)
        field = name === undefined ? undefined : { name, text: first.slice(0, longestField), line, flaw }
      } else if (field !== undefined) {
        const isFull = field.text.length + text.length >= longestField
        field = {
          ...field,
          text: isFull ? field.text : `${field.text}\n${text}`,
          flaw: field.flaw ?? flaw ?? (isFull ? 'too-large' : undefined),
        }
      }
    }
    if (field !== undefined) yield* end(field)
    yield* taken()
    if (isOpen) yield { problem: { why: 'cut-short' } }
  },
}

interface Statement {
  readonly account: string
  readonly currency: string
}

interface Field {
  readonly name: string
  readonly text: string
  readonly line: number
  readonly flaw: ProblemReason | undefined
}

/** A :61: and the :86: behind it. */
interface Written {
  readonly text: string
  readonly line: number
  readonly about: string
  readonly flaw: ProblemReason | undefined
}

/** Value day, booking day, direction, third letter of the currency, amount, kind, the customer's reference, the bank's. */
const movement =
  /^(?<value>\d{6})(?<booked>\d{4})?(?<sign>R?[CD]|E[CD])[A-Z]?(?<amount>\d{1,15},\d{0,5})(?:[A-Z][A-Z0-9]{3}(?<own>(?:(?!\/\/).){0,34}))?(?:\/\/(?<bank>.{0,34}))?$/

function itemOf({ text, line, about }: Written, statement: Statement, counted: ReturnType<typeof createCounts>): Found {
  const [first = '', ...more] = text.split('\n')
  const found = movement.exec(first.trim())?.groups
  const number = amountOf(found?.['amount']?.replace(/,$/, '') ?? '', ',')
  if (found === undefined || number === undefined) return { problem: { why: 'damaged', at: line } }
  const day = dayOf(found['value'] ?? '', found['booked'])
  if (day === undefined) return { problem: { why: 'not-a-date', at: line, detail: first.slice(0, 10) } }
  // Taking back what came in is money going out.
  const isOut = found['sign'] === 'D' || found['sign'] === 'RC' || found['sign'] === 'ED'
  const amount = isOut && /[1-9]/.test(number) ? `-${number}` : number
  const { counterparty, words, reference } = toldBy(about)
  const own = found['own']?.trim() ?? ''
  const booking = {
    amount,
    currency: statement.currency,
    account: statement.account,
    counterparty,
    text: words || more.join('\n').trim(),
    reference: reference || (own === 'NONREF' ? '' : own) || (found['bank']?.trim() ?? ''),
  }
  const same = `${format}:${JSON.stringify([day, ...Object.values(booking), found['bank'] ?? ''])}`
  return bookingItem(format, { ...booking, same: counted(day, same), when: { day }, position: line })
}

/** The booking day has no year of its own: it is the one nearest to the value day. */
function dayOf(value: string, booked: string | undefined): string | undefined {
  const [short, month, day] = [0, 2, 4].map((from) => Number(value.slice(from, from + 2))) as [number, number, number]
  const year = short < 70 ? 2000 + short : 1900 + short
  if (!isDay({ year, month, day })) return undefined
  if (booked === undefined) return asDay({ year, month, day })
  const [bookedMonth, bookedDay] = [Number(booked.slice(0, 2)), Number(booked.slice(2))]
  const apart = bookedMonth - month
  const date = { year: apart > 6 ? year - 1 : apart < -6 ? year + 1 : year, month: bookedMonth, day: bookedDay }
  return isDay(date) ? asDay(date) : undefined
}

interface Words {
  readonly counterparty: string
  readonly words: string
  readonly reference: string
}

function toldBy(about: string): Words {
  const joined = about.replaceAll('\n', '')
  // `166?00SEPA?20SVWZ+Rent?32Name`: the sign between the parts is the one behind three digits.
  const coded = /^\d{3}([^\w\s])(?=\d{2})/.exec(joined)
  if (coded !== null) return byNumbers(joined.slice(3), coded[1] ?? '?')
  if (/^\/[A-Z]{2,8}\//.test(joined)) return byNames(joined)
  return { counterparty: '', words: about.trim(), reference: '' }
}

/** As German banks number them: 20–29 and 60–63 what it is for, 32 and 33 who. */
function byNumbers(text: string, sign: string): Words {
  const parts = text.split(sign).map((part) => [Number(part.slice(0, 2)), part.slice(2)] as const)
  const all = (wanted: (number: number) => boolean) => parts.flatMap(([number, part]) => (wanted(number) ? [part] : []))
  const purpose = all((number) => (number >= 20 && number <= 29) || (number >= 60 && number <= 63)).join('')
  const named = Object.fromEntries(
    purpose.split(/(?=(?:EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)\+)/).map((part) => {
      const at = part.indexOf('+')
      return [part.slice(0, Math.max(at, 0)), part.slice(at + 1).trim()]
    }),
  )
  return {
    counterparty: all((number) => number === 32 || number === 33)
      .join(' ')
      .trim(),
    words: (named['SVWZ'] ?? purpose).trim() || all((number) => number === 0).join(''),
    reference: named['EREF'] === 'NOTPROVIDED' ? '' : (named['EREF'] ?? ''),
  }
}

/** As Dutch banks name them: `/TRTP/SEPA/NAME/Ann/REMI/Rent/EREF/x`. */
function byNames(text: string): Words {
  const parts = text.split(
    /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ADDR|ISDT|SVCL|RTRN|PREF|ULTD|ULTB|PURP)\//,
  )
  const named = new Map<string, string>()
  for (let at = 1; at + 1 < parts.length; at += 2) {
    const [name = '', value = ''] = [parts[at], parts[at + 1]]
    if (value !== '' && !named.has(name)) named.set(name, value)
  }
  const reference = named.get('EREF') ?? ''
  return {
    counterparty: named.get('NAME') ?? '',
    words: (named.get('REMI') ?? '').replace(/^USTD\/\//, '') || (named.size === 0 ? text : ''),
    reference: /^NOT ?PROVIDED$/.test(reference) ? '' : reference,
  }
}
