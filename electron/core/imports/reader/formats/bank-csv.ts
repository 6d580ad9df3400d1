// Statements as tables, recognised by what banks call their columns. A table that names them otherwise is read as any other,
// and asks which is which.
import { dateHabit } from '../dates/date-order.ts'
import { parseWhen } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { rowsOf } from '../text/rows.ts'
import { createCounts } from '../items/same.ts'
import { toldColumns } from '../items/told-columns.ts'
import { startText } from '../text/text.ts'
import { type BankColumn, type BankHeadings, findHeadings, headingsOf } from './bank-columns.ts'
import { amountOf, bookingItem, decimalSignOf, negated } from './money.ts'

const source = 'bank'
/** Rows that are asked for the order of their dates and the sign before their cents. */
const mostSamples = 2000

export const bankCsv: Importer = {
  format: 'bank-csv',
  counts: 'records',
  recognises: ({ text }) => (text !== null && findHeadings(text) !== undefined ? certainty.likely : certainty.no),
  asks: async (entry, reading) => (await habitsOf(entry, reading, await delimiterOf(entry))).asks,
  async *read(entry, reading) {
    const delimiter = await delimiterOf(entry)
    const habits = await habitsOf(entry, reading, delimiter)
    const counted = createCounts()
    let headings: BankHeadings | undefined
    let account = ''
    for await (const found of rowsOf(entry, reading, delimiter)) {
      if ('problem' in found) {
        yield found
        continue
      }
      const { cells, row } = found
      const named = headingsOf(cells)
      if (named !== undefined) headings = toldBy(named, reading)
      // Before the headings, or between two accounts in one file: whose statement it is.
      else if (headings === undefined) account = ibanIn(cells) ?? account
      else yield bookingOf(cells, row, { headings, account, ...habits }, counted, reading)
    }
  },
}

const delimiterOf = async (entry: Entry) => findHeadings((await startText(entry)) ?? '')?.delimiter

/** The person's own word about a column goes before what its heading says. */
function toldBy(headings: BankHeadings, reading: Reading): BankHeadings {
  const { date, title, body, amount, currency, who } = toldColumns(headings.names, reading) ?? {}
  const at = { ...headings.at }
  const told: [BankColumn, string | undefined][] = [
    ['day', date],
    ['amount', amount],
    ['currency', currency],
    ['payee', who],
  ]
  for (const [column, name] of told) {
    const index = name === undefined ? -1 : headings.names.indexOf(name.trim())
    if (index >= 0) at[column] = index
  }
  const texts = [title, body].map((name) => headings.names.indexOf(name?.trim() ?? '')).filter((index) => index >= 0)
  return { ...headings, at, texts: texts.length > 0 ? texts : headings.texts }
}

const cellOf = (cells: readonly string[], { at }: BankHeadings, column: BankColumn): string =>
  (cells[at[column] ?? -1] ?? '').trim()

const dayOf = (cells: readonly string[], headings: BankHeadings): string =>
  cellOf(cells, headings, 'day') || cellOf(cells, headings, 'valueDay')

async function habitsOf(entry: Entry, reading: Reading, delimiter: string | undefined) {
  const days: string[] = []
  const amounts: string[] = []
  let headings: BankHeadings | undefined
  for await (const found of rowsOf(entry, reading, delimiter)) {
    if ('problem' in found) continue
    const named = headingsOf(found.cells)
    if (named !== undefined) headings = toldBy(named, reading)
    else if (headings !== undefined) {
      days.push(dayOf(found.cells, headings))
      for (const column of ['amount', 'debit', 'credit', 'balance'] as const)
        amounts.push(cellOf(found.cells, headings, column))
    }
    if (days.length >= mostSamples) break
  }
  return { ...dateHabit(days, reading), decimal: decimalSignOf(amounts) }
}

type Habits = Awaited<ReturnType<typeof habitsOf>>

function bookingOf(
  cells: readonly string[],
  row: number,
  { headings, account, order, decimal }: Habits & { readonly headings: BankHeadings; readonly account: string },
  counted: ReturnType<typeof createCounts>,
  { zone, now }: Reading,
): Found {
  const cell = (column: BankColumn) => cellOf(cells, headings, column)
  const written = dayOf(cells, headings)
  // A sum or a balance below the bookings; a booking that is not one yet and will come again when it is.
  if (written === '' || notBooked.test(cell('state'))) return { skipped: true }
  const when = parseWhen(written, { order, zone, now })
  if (when === undefined) return { problem: { why: 'not-a-date', at: row, detail: written.slice(0, 100) } }
  const amount = signedAmount(cell, decimal)
  if (amount === undefined) return { problem: { why: 'no-content', at: row } }
  const [payee, payer] = [cell('payee'), cell('payer')]
  const counterparty = amount.startsWith('-') ? payee || payer : payer || payee
  const text = headings.texts
    .map((index) => (cells[index] ?? '').trim())
    .filter((part) => part !== '')
    .join('\n')
  const booking = {
    amount,
    currency: cell('currency') || headings.currency,
    account: cell('account') || account,
    counterparty,
    text,
    reference: cell('reference'),
  }
  const same = `${source}:${JSON.stringify([when, ...Object.values(booking).map((value) => value ?? '')])}`
  const told = { balance: amountOf(cell('balance'), decimal), category: cell('category') }
  return bookingItem(source, { ...booking, ...told, same: counted(written, same), when, position: row })
}

const notBooked = /^(?:pending|reverted|declined|failed|vorgemerkt|en attente|pendiente)/i
/** As the column that says the direction writes it: Soll, débit, DR, cargo. */
const outgoing = /^(?:s|soll|d|dr|dbit|debit|débit|debe|cargo|-)$/i

/** One column with signs, one beside a column that says the direction, or two columns of which one is filled. */
function signedAmount(cell: (column: BankColumn) => string, decimal: Habits['decimal']): string | undefined {
  const amount = amountOf(cell('amount'), decimal)
  if (amount !== undefined) return outgoing.test(cell('sign')) && !amount.startsWith('-') ? negated(amount) : amount
  const [credit, debit] = [amountOf(cell('credit'), decimal), amountOf(cell('debit'), decimal)]
  if (credit !== undefined && (/[1-9]/.test(credit) || debit === undefined)) return credit
  return debit === undefined || debit.startsWith('-') ? debit : negated(debit)
}

function ibanIn(cells: readonly string[]): string | undefined {
  const found = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/.exec(cells.join(' '))
  return found?.[0].replaceAll(' ', '')
}
