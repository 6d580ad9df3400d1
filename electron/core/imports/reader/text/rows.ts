// Rows of a table that was written as text (RFC 4180, and what programs made of it): any delimiter, quoted cells over
// several lines, any line end. A quote that is never closed costs its own cell, not the rest of the file.
import Papa from 'papaparse'
import { type Entry, type Problem, type Reading, Unreadable } from '../importer.ts'
import { longestLine, pieces } from './text.ts'

export interface Row {
  readonly cells: readonly string[]
  /** As a spreadsheet counts: from 1, headings too. */
  readonly row: number
}

export type RowFound = Row | { readonly problem: Problem; readonly row: number }

/** Below this the same piece would be looked through again and again. */
const parsedAtOnce = 128 * 1024
/** A table with more broken quotes than this is none; each costs looking through what follows it. */
const mostBroken = 100
/** Of two rows that are longer than this, the second may go on beyond what is looked at. */
const longestWhole = 32 * 1024

/** Which sign parts the cells of these lines, and what stands in them; undefined where it is no table. */
export function tableStart(text: string): { readonly delimiter: string; readonly rows: string[][] } | undefined {
  const { told, rest } = toldDelimiter(unified(text))
  const config = { preview: 200, skipEmptyLines: true, delimiter: told ?? '' }
  const { data, meta, errors } = Papa.parse<string[]>(rest, config)
  const open = openIn({ data, errors })?.row ?? 0
  // The last row of a beginning may be cut; of a whole file it is missed by nobody who only looks.
  const mayBeCut = !meta.truncated && !rest.endsWith('\n') && (data.length > 2 || rest.length > longestWhole)
  const rows = open > 0 ? data.slice(0, open) : mayBeCut && data.length > 1 ? data.slice(0, -1) : data
  return rows.length === 0 ? undefined : { delimiter: meta.delimiter, rows }
}

/** The rows after an `sep=;` line, which spreadsheets write for each other; empty rows are passed over, but counted. */
export async function* rowsOf(
  entry: Entry,
  reading: Pick<Reading, 'options'>,
  delimiter?: string,
): AsyncIterable<RowFound> {
  let parse: ReturnType<typeof parser> | undefined
  let held = ''
  let broken = false
  for await (const piece of pieces(entry, reading)) {
    held += piece.text
    broken ||= piece.brokenAt !== undefined
    if (held.length < parsedAtOnce) continue
    parse ??= parser(delimiter ?? delimiterOf(held))
    const { rows, rest, failed } = parse(held, { broken, last: false })
    yield* rows
    if (failed !== undefined) throw failed
    held = rest
    broken &&= rest.includes('\ufffd')
  }
  parse ??= parser(delimiter ?? delimiterOf(held))
  const { rows, failed } = parse(held, { broken, last: true })
  yield* rows
  if (failed !== undefined) throw failed
}

function delimiterOf(text: string): string {
  const start = tableStart(text.slice(0, 64 * 1024))
  return start?.delimiter ?? ','
}

function parser(delimiter: string) {
  let row = 0
  let gaveUp = 0
  /** Inside a row that is too long or a cell that is never closed: nothing is wanted until the next line end. */
  let passing = false
  /** And after that no line that is nothing but more of that cell. */
  let isCell = false

  return (text: string, { broken, last }: { readonly broken: boolean; readonly last: boolean }) => {
    const rows: RowFound[] = []
    // A line end may be cut in two.
    const loose = !last && text.endsWith('\r') ? '\r' : ''
    let rest = unified(loose === '' ? text : text.slice(0, -1))
    if (row === 0) ({ rest } = toldDelimiter(rest))

    const found = (cells: readonly string[]) => {
      row += 1
      if (cells.every((cell) => cell === '')) return
      if (broken && cells.some((cell) => cell.includes('\ufffd'))) {
        rows.push({ problem: { why: 'wrong-encoding', at: row }, row })
      } else rows.push({ cells, row })
    }
    const lost = (why: Problem['why']) => {
      row += 1
      gaveUp += 1
      rows.push({ problem: { why, at: row }, row })
    }

    for (;;) {
      if (gaveUp > mostBroken) return { rows, rest: '', failed: new Unreadable('damaged', { at: row }) }
      if (passing) {
        const end = rest.indexOf('\n')
        rest = end === -1 ? '' : rest.slice(end + 1)
        passing = end === -1
      }
      if (isCell && !passing) {
        const { lines, end, isOver } = moreOfCell(rest, delimiter, last)
        row += lines
        rest = rest.slice(end)
        isCell = !isOver
        if (!isOver && rest.length > longestLine) {
          rest = ''
          passing = true
        }
        if (!isOver) break
      }
      if (rest === '') break
      const { data, errors, cursor } = parsed(rest, delimiter, last)
      const open = openIn({ data, errors })
      const sound = open === undefined ? data : data.slice(0, open.row)
      // After the last line end comes no further row.
      if (last && open === undefined && rest.endsWith('\n')) sound.pop()
      for (const cells of sound) found(cells)
      if (open === undefined) {
        rest = last ? '' : rest.slice(cursor)
        if (rest.length <= longestLine) break
        // Without a line end it is one endless row; with one, a quote before it was never closed.
        isCell = rest.includes('\n')
        lost(isCell ? 'open-quote' : 'too-large')
      } else {
        rest = rest.slice(startOfRow(rest, delimiter, open.row ?? 0))
        isCell = true
        lost('open-quote')
      }
      passing = true
    }
    return { rows, rest: rest + loose }
  }
}

/** The lines that part nothing, up to the first that does. */
function moreOfCell(text: string, delimiter: string, last: boolean) {
  let [at, lines] = [0, 0]
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    if (end === -1 && !last) break
    const next = end === -1 ? text.length : end + 1
    if (text.slice(at, next).includes(delimiter)) return { lines, end: at, isOver: true }
    lines += 1
    at = next
  }
  return { lines, end: at, isOver: false }
}

/** The first row with a quote that is not closed, or was closed by another one's. */
const openIn = ({ data, errors }: Pick<Parsed, 'data' | 'errors'>): Papa.ParseError | undefined =>
  errors.find(
    ({ code, row: at = -1 }) =>
      code === 'MissingQuotes' ||
      // A quote inside a cell is a slip; one that took the next lines along was the end of another cell.
      (code === 'InvalidQuotes' && data[at]?.some((cell) => cell.includes('\n')) === true),
  )

interface Parsed {
  readonly data: string[][]
  readonly errors: readonly Papa.ParseError[]
  readonly cursor: number
}

/** papaparse's own parser: what its readers of streams are made of. */
function parsed(text: string, delimiter: string, last: boolean, preview = 0): Parsed {
  const result = new Papa.Parser({ delimiter, newline: '\n', preview }).parse(text, 0, !last) as Papa.ParseResult<
    string[]
  >
  return { data: result.data, errors: result.errors, cursor: result.meta.cursor }
}

const startOfRow = (text: string, delimiter: string, row: number) =>
  row === 0 ? 0 : parsed(text, delimiter, true, row).cursor

const unified = (text: string) => (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text)

function toldDelimiter(text: string): { readonly told: string | undefined; readonly rest: string } {
  const line = /^sep=(.)\n/i.exec(text)
  return { told: line?.[1], rest: line === null ? text : text.slice(line[0].length) }
}
