// CAMT.053, the bank statement of ISO 20022 in XML. A booking that gathers several payments becomes one for each of them
// where their amounts come to its own, and else stays one. What is only announced is left out: it comes again when it is booked.
import type { When } from '../../../library/library.ts'
import { certainty, type Found, type Importer, type Reading } from '../importer.ts'
import { parseWhen } from '../dates/dates.ts'
import { createNames } from '../items/same.ts'
import { soundOnly } from '../markup/tolerant.ts'
import { type XmlElement, childrenOf, elementsOf, textOf } from '../markup/xml.ts'
import { rootTag } from '../markup/xml-start.ts'
import { amountOf, bookingItem, negated } from './money.ts'

const format = 'camt'

export const camt: Importer = {
  format,
  counts: 'lines',
  recognises: ({ text }) =>
    /^<(?:[\w.-]{1,40}:)?Document\s[^>]*\bcamt\.053\b/.test(rootTag(text)) ? certainty.certain : certainty.no,
  read: soundOnly(async function* (entry, reading, seen) {
    const names = createNames()
    let account: Account = { number: '', currency: '' }
    for await (const element of elementsOf(entry, reading, { whole: ['Acct', 'Ntry'] }, seen)) {
      if (element.name === 'Acct') {
        if (element.within.at(-1)?.name === 'Stmt') account = accountOf(element)
        continue
      }
      for (const found of bookingsOf(element, account, names, reading)) yield found
      if (element.cut) yield { problem: { why: 'too-large', at: element.line } }
    }
  }),
}

interface Account {
  readonly number: string
  readonly currency: string
}

/** The first element at the end of one of these paths. */
function at(element: XmlElement | undefined, ...paths: readonly string[]): XmlElement | undefined {
  for (const path of paths) {
    let found: XmlElement | undefined = element
    for (const name of path.split('/')) found = found?.children.find((child) => child.name === name)
    if (found !== undefined) return found
  }
  return undefined
}

const textAt = (element: XmlElement | undefined, ...paths: readonly string[]): string =>
  at(element, ...paths)?.text ?? ''

const accountOf = (element: XmlElement): Account => ({
  number: textAt(element, 'Id/IBAN', 'Id/Othr/Id'),
  currency: textOf(element, 'Ccy'),
})

interface Money {
  readonly amount: string
  readonly currency: string
}

function moneyIn(element: XmlElement | undefined): Money | undefined {
  const amount = amountOf(element?.text ?? '', '.')
  return element === undefined || amount === undefined
    ? undefined
    : { amount, currency: element.attributes['Ccy'] ?? '' }
}

function* bookingsOf(
  entry: XmlElement,
  account: Account,
  names: ReturnType<typeof createNames>,
  reading: Reading,
): Generator<Found> {
  const { line } = entry
  // Plain text at first, a code inside since version 4.
  const state = textAt(entry, 'Sts/Cd') || textOf(entry, 'Sts')
  if (state !== '' && state !== 'BOOK') {
    yield { skipped: true }
    return
  }
  const money = moneyIn(at(entry, 'Amt'))
  if (money === undefined) {
    yield { problem: { why: 'no-content', at: line } }
    return
  }
  const written = textAt(entry, 'BookgDt/Dt', 'BookgDt/DtTm', 'ValDt/Dt', 'ValDt/DtTm')
  const when = dayOf(written, reading)
  if (when === undefined) {
    yield { problem: { why: 'not-a-date', at: line, detail: written.slice(0, 100) } }
    return
  }
  const payments = childrenOf(entry, 'NtryDtls').flatMap((details) => childrenOf(details, 'TxDtls'))
  const parts = partsOf(payments, money)
  const all = parts ?? [{ payment: payments.length === 1 ? payments[0] : undefined, money }]
  for (const [place, { payment, money: part }] of all.entries()) {
    const isOut = (textOf(payment ?? entry, 'CdtDbtInd') || textOf(entry, 'CdtDbtInd')) === 'DBIT'
    const booking = {
      amount: isOut ? negated(part.amount) : part.amount,
      currency: part.currency || account.currency,
      account: account.number,
      counterparty: otherSide(payment, isOut),
      text: textOfBooking(entry, payment),
      reference: referenceOf(payment),
    }
    const content = JSON.stringify([when, ...Object.values(booking)])
    const id = textOf(entry, 'AcctSvcrRef') || textAt(payment, 'Refs/AcctSvcrRef')
    const number = id === '' ? content : `${id}/${parts === undefined ? '' : place}`
    const same = names(`${format}:${JSON.stringify([account.number, number])}`, content)
    yield bookingItem(format, { ...booking, same, when, position: line })
  }
}

/** The bank's computer writes a time; what counts is the day, as in its other statements. */
function dayOf(text: string, { zone, now }: Reading): When | undefined {
  const when = parseWhen(text.slice(0, 10), { zone, now })
  return when !== undefined && 'day' in when ? when : undefined
}

const mostParts = 10_000

/** Several payments in one booking, if each says its amount and together they are what was booked. */
function partsOf(payments: readonly XmlElement[], whole: Money) {
  if (payments.length < 2 || payments.length > mostParts) return undefined
  const parts = payments.flatMap((payment) => {
    const money = moneyIn(at(payment, 'Amt', 'AmtDtls/TxAmt/Amt'))
    return money === undefined || money.currency !== whole.currency ? [] : [{ payment, money }]
  })
  if (parts.length < payments.length) return undefined
  const sum = parts.reduce((so, { money }) => so + smallest(money.amount), 0n)
  return sum === smallest(whole.amount) ? parts : undefined
}

/** In the smallest parts an amount may have here: five places (ActiveOrHistoricCurrencyAndAmount). */
function smallest(amount: string): bigint {
  const [whole = '0', cents = ''] = amount.split('.')
  return BigInt(whole + cents.padEnd(5, '0').slice(0, 5))
}

/** Whoever the money came from or went to; since version 8 a step further in. */
function otherSide(payment: XmlElement | undefined, isOut: boolean): string {
  const parties = at(payment, 'RltdPties')
  const [side, last] = isOut ? ['Cdtr', 'UltmtCdtr'] : ['Dbtr', 'UltmtDbtr']
  return textAt(parties, `${side}/Nm`, `${side}/Pty/Nm`, `${last}/Nm`, `${last}/Pty/Nm`)
}

function textOfBooking(entry: XmlElement, payment: XmlElement | undefined): string {
  const said = at(payment, 'RmtInf')?.children.flatMap((part) =>
    part.name === 'Ustrd' ? [part.text] : [textAt(part, 'AddtlRmtInf'), textAt(part, 'CdtrRefInf/Ref')],
  )
  const words = said?.filter((part) => part !== '').join('\n') ?? ''
  return words || textAt(payment, 'AddtlTxInf') || textOf(entry, 'AddtlNtryInf')
}

function referenceOf(payment: XmlElement | undefined): string {
  const reference = textAt(payment, 'Refs/EndToEndId')
  return reference === 'NOTPROVIDED' ? '' : reference
}
