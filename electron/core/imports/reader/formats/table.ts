// Tables as CSV and TSV. A table whose columns the person named becomes notes or transactions; any other one records, with
// what can be guessed from the names of its columns.
import type { Columns } from '../../../../../shared/api/imports.ts'
import { dateHabit } from '../dates/date-order.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { factsOf, type Guessed, guessedName, isBrokenDate, isUsualName, whenOf } from '../items/guesses.ts'
import {
  type Asked,
  certainty,
  type Entry,
  type Found,
  type Importer,
  type Reading,
  type Sample,
  Unreadable,
} from '../importer.ts'
import { type Row, type RowFound, rowsOf, tableStart } from '../text/rows.ts'
import { createCounts, hashed, inParts } from '../items/same.ts'
import { toldColumns } from '../items/told-columns.ts'
import { oneLine } from '../text/text.ts'
import { amountOf, type Booking, bookingItem, decimalSignOf } from './money.ts'

export const table: Importer = { format: 'csv', counts: 'records', recognises, read, asks }

/** Nobody looks through more to say which is which. */
const mostAskedColumns = 200

/** Rows that are looked at before the first becomes an item: which order their dates are in, whether there are headings. */
const lookedAt = 500

function recognises({ path, text }: Sample) {
  if (text === null || /^\s*[[{<]|^BEGIN:/i.test(text)) return certainty.no
  const start = tableStart(text)
  const width = start?.rows[0]?.length ?? 0
  if (start === undefined || width < 2) return certainty.no
  const even = start.rows.filter(({ length }) => length === width).length
  if (even < start.rows.length * 0.9) return certainty.no
  const named = /\.(?:csv|tsv|tab)$/i.test(path)
  // Two lines of prose with a comma each are no table.
  const telling = width >= (start.delimiter === ',' ? 4 : 3) || (width === 3 && isRegular(start.rows))
  return named || (start.rows.length >= 3 && telling) ? certainty.general : certainty.no
}

/** As a program writes a table, and nobody a text: headings, in each row as many cells, no space before them but for numbers. */
function isRegular(rows: readonly (readonly string[])[]): boolean {
  const [headings = [], ...others] = rows
  if (!layoutOf(rows, { isAlone: false }).hasHeadings || !headings.every(isHeading)) return false
  if (others.some(({ length }) => length !== headings.length)) return false
  const isSpaced = rows.some((cells) => cells.some((cell) => /^\s+\S/.test(cell)))
  return !isSpaced || headings.some((_, place) => others.every((cells) => isValue(cells[place] ?? '')))
}

/** A few words and perhaps a unit: `Amount (EUR)`, `user.name`. */
const isHeading = (cell: string): boolean =>
  /^\p{L}[^!?;:{}=<>()]{0,39}(?:\([^()]{0,20}\))?(?<!\.)$/u.test(cell.trim()) && cell.trim().split(/\s+/).length <= 4

const isValue = (cell: string) => isNumber(cell) || isDateLike(cell)
const isDateLike = (cell: string) => /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(cell.trim())

interface Layout {
  /** The names of the columns, numbers where the table has none. */
  readonly names: readonly string[]
  readonly hasHeadings: boolean
}

/** What follows the first row may be broken, and no row by that. */
function layoutOf(rows: readonly (readonly string[])[], { isAlone }: { readonly isAlone: boolean }): Layout {
  const [first = []] = rows
  const width = Math.max(...rows.slice(0, lookedAt).map(({ length }) => length))
  const filled = first.every((cell) => cell.trim() !== '' && cell.length <= 100)
  const isData = first.some(isValue)
  // A row by itself may be all there is, or the headings of a table that nobody has written anything into.
  const mayBeHeadings = !isAlone || first.some(isUsualName)
  const hasHeadings = mayBeHeadings && filled && !isData && new Set(first).size === first.length
  const names = Array.from(
    { length: width },
    (_, at) => (hasHeadings ? (first[at] ?? '').trim() : '') || String(at + 1),
  )
  return { names, hasHeadings }
}

const isNumber = (cell: string) => /^[-+]?[\d.,'’\s]+$/.test(cell.trim()) && /\d/.test(cell)

async function asks(entry: Entry, reading: Reading): Promise<readonly Asked[]> {
  const rows = await firstRows(entry, reading)
  if (rows.length === 0) return []
  const { names, hasHeadings } = layoutOf(
    rows.map(({ cells }) => cells),
    { isAlone: rows.length === 1 },
  )
  if (hasHeadings && rows.length === 1) return []
  const { asks } = datesOf(rows, placesOf(names, rows, reading).date, reading)
  const told = toldColumns(names, reading)
  const isPlain = told === undefined ? hasHeadings && guessedName(names, 'title') !== undefined : isEnough(told)
  if (isPlain || names.length > mostAskedColumns) return asks
  const shown = rows.slice(hasHeadings ? 1 : 0, hasHeadings ? 6 : 5)
  const cut = shown.map(({ cells }) => cells.map((cell) => oneLine(cell, 200)))
  return [{ for: 'columns', columns: [...names], rows: cut }, ...asks]
}

/** The ones that are looked at; where the table cannot be read on, those before. */
async function firstRows(entry: Entry, reading: Reading): Promise<Row[]> {
  const rows: Row[] = []
  let looked = 0
  try {
    for await (const found of rowsOf(entry, reading)) {
      if ('cells' in found) rows.push(found)
      looked += 1
      if (looked === lookedAt) break
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
  }
  return rows
}

async function* read(entry: Entry, reading: Reading): AsyncIterable<Found> {
  const waiting: RowFound[] = []
  let makeItems: ((row: Row) => Iterable<Found>) | undefined
  const begin = () => {
    const rows = waiting.filter((found) => 'cells' in found)
    const layout = layoutOf(
      rows.map(({ cells }) => cells),
      { isAlone: waiting.length === 1 },
    )
    makeItems = maker(layout, rows, reading)
    if (layout.hasHeadings && rows[0] !== undefined) waiting.splice(waiting.indexOf(rows[0]), 1)
    return makeItems
  }
  let failed: Unreadable | undefined
  try {
    for await (const found of rowsOf(entry, reading)) {
      if (makeItems !== undefined) {
        if ('problem' in found) yield found
        else yield* makeItems(found)
        continue
      }
      waiting.push(found)
      if (waiting.length < lookedAt) continue
      const make = begin()
      for (const one of waiting.splice(0)) yield* 'problem' in one ? [one] : make(one)
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    failed = error
  }
  // What stands before the place where a table ends, or cannot be read on.
  if (waiting.length > 0) {
    const make = begin()
    for (const one of waiting) yield* 'problem' in one ? [one] : make(one)
  }
  if (failed !== undefined) throw failed
}

/** A booking has a day. */
const isEnough = ({ amount, date }: Columns): boolean => amount === undefined || date !== undefined

/** -1 for none. */
const placeOf = (names: readonly string[], name: string | undefined) =>
  name === undefined ? -1 : names.indexOf(name.trim())

function maker({ names }: Layout, rows: readonly Row[], reading: Reading): (row: Row) => Iterable<Found> {
  const told = toldColumns(names, reading)
  const at = placesOf(names, rows, reading)
  const { order } = datesOf(rows, at.date, reading)
  const counts = createCounts()
  const sameOf = (cells: readonly string[], written: string) =>
    `csv:${counts(written, hashed(names.join('\u001f'), cells.join('\u001f')))}`
  const bookings = told?.amount === undefined ? undefined : bookingMaker(names, told, rows)

  return function* ({ cells, row }) {
    const written = cellOf(cells, at.date)
    const when = written === '' ? undefined : whenOf(written, reading, order)
    // A booking has a day.
    if (bookings !== undefined && when === undefined) {
      yield { problem: { why: 'not-a-date', at: row } }
      return
    }
    const pairs = names.map((name, place) => [name, cellOf(cells, place)] as const)
    const all = pairs.flatMap(([name, cell]) => (cell === '' ? [] : `${name}: ${cell}`)).join('\n')
    const same = sameOf(cells, written)
    if (bookings !== undefined && when !== undefined) {
      const text = [cellOf(cells, at.title), cellOf(cells, at.body)].filter((part) => part !== '').join('\n')
      yield bookings(cells, { same, when, position: row, text: text === '' ? all : text })
      return
    }
    const who = oneLine(cellOf(cells, placeOf(names, told?.who)), 200)
    const body = cellOf(cells, at.body) || all
    const telling = pairs.find(([, cell]) => cell !== '' && cell !== written && !isNumber(cell))
    yield* inParts({
      same,
      type: told === undefined ? 'record' : 'note',
      title: oneLine(cellOf(cells, at.title) || (telling?.[1] ?? body), 200),
      body,
      when,
      source: 'csv',
      people: who === '' ? undefined : [{ name: who, role: 'from' }],
      facts: factsOf(pairs),
      position: row,
    })
    const isTold = told?.date !== undefined
    if (when === undefined && (isTold ? isLost(written, when) : isBrokenDate(written, reading, order)))
      yield lostDate(written, row)
  }
}

/** As the person said, or else as the names of the columns do; -1 for what there is none for. */
function placesOf(names: readonly string[], rows: readonly Row[], reading: Reading) {
  const told = toldColumns(names, reading)
  const column = (what: Guessed) => placeOf(names, told === undefined ? guessedName(names, what) : told[what])
  const at = { date: column('date'), title: column('title'), body: column('body') }
  if (told === undefined && at.date === -1) at.date = datesIn(names, rows, reading)
  return at
}

const datesOf = (rows: readonly Row[], place: number, reading: Reading) =>
  dateHabit(
    rows.flatMap(({ cells }) => cells[place] ?? []),
    reading,
  )

/** The first column that holds nothing but dates, be some of them broken; -1 for none. */
function datesIn(names: readonly string[], rows: readonly Row[], reading: Reading): number {
  return names.findIndex((_, place) => {
    const cells = rows.slice(1, 50).flatMap((row) => cellOf(row.cells, place) || [])
    const dates = cells.filter((cell) => /\D/.test(cell) && whenOf(cell, reading) !== undefined)
    return dates.length > 0 && cells.every((cell) => dates.includes(cell) || isBrokenDate(cell, reading))
  })
}

function bookingMaker(names: readonly string[], told: Columns, rows: readonly Row[]) {
  if (!isEnough(told)) throw new Unreadable('needs-columns')
  const place = (name: string | undefined) => placeOf(names, name)
  const [amount, currency, who] = [place(told.amount), place(told.currency), place(told.who)]
  const sign = decimalSignOf(rows.map(({ cells }) => cellOf(cells, amount)))
  return (
    cells: readonly string[],
    booking: Pick<Booking, 'same' | 'when' | 'position'> & { readonly text: string },
  ): Found => {
    const value = amountOf(cellOf(cells, amount), sign)
    if (value === undefined) return { problem: { why: 'damaged', at: booking.position } }
    return bookingItem('csv', {
      ...booking,
      amount: value,
      currency: cellOf(cells, currency),
      counterparty: cellOf(cells, who),
    })
  }
}

const cellOf = (cells: readonly string[], place: number) => (cells[place] ?? '').trim()
