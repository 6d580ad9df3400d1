// QIF, the format Quicken left behind: lines of one letter and a value, `^` after each booking. It says neither in which
// order its dates are written nor which sign parts the cents, so the whole file is asked first.
import type { ProblemReason } from '../../../../../shared/api/imports.ts'
import { dateHabit } from '../dates/date-order.ts'
import { parseWhen } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { createCounts } from '../items/same.ts'
import { lines } from '../text/text.ts'
import { amountOf, bookingItem, decimalSignOf } from './money.ts'

const format = 'qif'
const mostSamples = 5000
/** Lists of categories, prices and the like are kept in the same file; only these hold bookings. */
const bookingTypes = new Set(['bank', 'cash', 'ccard', 'oth a', 'oth l', 'invst'])
const longestField = 2000

export const qif: Importer = {
  format,
  counts: 'lines',
  recognises: ({ text }) =>
    text !== null && /^\s*!(?:Type:|Account\b|Option:|Clear:)/i.test(text) ? certainty.certain : certainty.no,
  asks: async (entry, reading) => (await habitsOf(entry, reading)).asks,
  async *read(entry, reading) {
    const habits = await habitsOf(entry, reading)
    const counted = createCounts()
    let section = ''
    let account = ''
    let fields: Fields = {}
    let begins = 0
    let flaw: ProblemReason | undefined
    for await (const { text, line, cut, broken } of lines(entry, reading)) {
      const code = text.trimStart().charAt(0)
      const value = text.trimStart().slice(1).trim().slice(0, longestField)
      if (code === '!') {
        const [kind, type = ''] = value.toLowerCase().split(':')
        if (kind === 'type') section = type.trim()
        else if (kind === 'account') section = 'account'
        fields = {}
      } else if (code === '^') {
        if (section === 'account') account = fields['N'] ?? account
        else if (bookingTypes.has(section)) {
          yield itemOf(fields, { account, at: begins, ...habits }, counted, reading)
          if (flaw !== undefined) yield { problem: { why: flaw, at: begins } }
        } else if (Object.keys(fields).length > 0) yield { skipped: true }
        fields = {}
        flaw = undefined
      } else if (code !== '') {
        flaw ??= cut || text.length > longestField ? 'too-large' : broken ? 'wrong-encoding' : undefined
        if (Object.keys(fields).length === 0) begins = line
        // Parts of a split booking repeat their letters; the first is the booking's own.
        fields[code] ??= value
      }
    }
    if (Object.keys(fields).length > 0) yield { problem: { why: 'cut-short', at: begins } }
  },
}

type Fields = Record<string, string>
type Habits = Awaited<ReturnType<typeof habitsOf>>

async function habitsOf(entry: Entry, reading: Reading) {
  const dates: string[] = []
  const amounts: string[] = []
  for await (const { text } of lines(entry, reading)) {
    if (/^\s*D/.test(text)) dates.push(plainDate(text.trim().slice(1)))
    else if (/^\s*[TU]/.test(text)) amounts.push(text.trim().slice(1))
    if (dates.length >= mostSamples) break
  }
  return { ...dateHabit(dates, reading), decimal: decimalSignOf(amounts) }
}

/** `3/15' 4` is the fifteenth of March 2004: the apostrophe begins the years after 1999, and blanks stand for zeros. */
const plainDate = (text: string): string =>
  text
    .trim()
    .replace(/'\s*(\d{1,2})$/, (_, year: string) => `/20${year.padStart(2, '0')}`)
    .replace(/'\s*(?=\d{4}$)/, '/')
    .replace(/\s/g, '')

function itemOf(
  fields: Fields,
  { account, at, order, decimal }: Habits & { readonly account: string; readonly at: number },
  counted: ReturnType<typeof createCounts>,
  { zone, now }: Reading,
): Found {
  const amount = amountOf(fields['T'] ?? fields['U'] ?? '', decimal)
  if (amount === undefined) return { problem: { why: 'no-content', at } }
  const written = plainDate(fields['D'] ?? '')
  const when = parseWhen(written, { order, zone, now })
  if (when === undefined) return { problem: { why: 'not-a-date', at, detail: written.slice(0, 100) } }
  const same = `${format}:${JSON.stringify([account, when, amount, fields['P'], fields['M'], fields['N'], fields['Y']])}`
  return bookingItem(format, {
    same: counted(written, same),
    when,
    amount,
    account,
    // Of securities: the name of the paper.
    counterparty: fields['P'] ?? fields['Y'],
    text: fields['M'],
    category: fields['L'],
    reference: fields['N'],
    position: at,
  })
}
