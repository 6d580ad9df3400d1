// JSON that no other format claims: a list of records, records under the names of an object, or one record a line (NDJSON).
// Each becomes an item with everything it says as text, and its short values beside it.
import { lostDate } from '../dates/lost-dates.ts'
import { factsOf, guessedName, isBrokenDate, whenOf } from '../items/guesses.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { deepest, elements, isObject, startOfJson } from '../text/json.ts'
import { hashed, inParts } from '../items/same.ts'
import { lines, oneLine, startText } from '../text/text.ts'

export const jsonRecords: Importer = {
  format: 'json',
  counts: 'records',
  recognises: ({ text }) => (startOfJson(text) === undefined ? certainty.no : certainty.general),
  read,
}

async function* read(entry: Entry, reading: Reading): AsyncIterable<Found> {
  const layout = await layoutOf(entry)
  if (layout === 'lines') yield* linesIn(entry, reading)
  else
    for await (const element of elements(entry, reading, layout))
      if ('problem' in element) yield element
      else yield* itemsOf(element.value, element.record, reading)
}

async function* linesIn(entry: Entry, reading: Reading): AsyncIterable<Found> {
  let record = 0
  for await (const { text, cut, broken } of lines(entry, reading)) {
    const isEmpty = text.trim() === ''
    if (isEmpty && !cut) continue
    record += 1
    if (cut) yield { problem: { why: 'too-large', at: record } }
    else if (broken) yield { problem: { why: 'wrong-encoding', at: record } }
    else {
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        // What the parser says would repeat the line; which line is enough.
        yield { problem: { why: 'damaged', at: record } }
        continue
      }
      yield* itemsOf(value, record, reading)
    }
  }
}

/**
 * Where the records are: in lines, in a list, or in the one list of objects that an object has. An object without one is
 * a record itself.
 */
async function layoutOf(entry: Entry): Promise<'lines' | '$' | `$.${string}`> {
  const start = (await startText(entry))?.trimStart()
  const first = start?.slice(0, start.indexOf('\n')) ?? ''
  if (start?.includes('\n') === true && isWhole(first) && /^\s*[[{]/.test(start.slice(first.length))) return 'lines'
  const value = startOfJson(start ?? null)
  if (Array.isArray(value)) return '$.*'
  if (!isObject(value)) return '$'
  const lists = Object.entries(value).filter(
    ([, list]) => Array.isArray(list) && list.length > 0 && list.every(isObject),
  )
  const [list] = lists
  return lists.length === 1 && list !== undefined && !list[0].includes('.') ? `$.${list[0]}.*` : '$'
}

function isWhole(line: string): boolean {
  if (!/^\s*[[{]/.test(line)) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    // A line that is no value of its own begins one that goes on.
    return false
  }
}

type Plain = string | number | boolean | null
const isPlain = (value: unknown): value is Plain => value === null || typeof value !== 'object'

function* itemsOf(value: unknown, record: number, reading: Reading): Generator<Found> {
  const fields = isObject(value) ? value : { value }
  const names = Object.keys(fields)
  const said = (name: string | undefined) => (name === undefined ? undefined : fields[name])
  const told = told200(said(guessedName(names, 'title')))
  const text = said(guessedName(names, 'body'))
  const date = said(guessedName(names, 'date'))
  const when = whenOf(date, reading)
  const leaves: [string, Plain][] = []
  if (!gather(value, '', 0, leaves)) {
    yield { problem: { why: 'too-deep', at: record } }
    return
  }
  if (leaves.every(([, leaf]) => leaf === null || leaf === '')) {
    yield { skipped: true }
    return
  }
  const body =
    typeof text === 'string' && text.trim() !== ''
      ? text
      : leaves.map(([name, leaf]) => (name === '' ? String(leaf) : `${name}: ${String(leaf)}`)).join('\n')
  yield* inParts({
    same: `json:${ownName(fields) ?? hashed(JSON.stringify(value))}`,
    type: 'record',
    title: told !== '' ? told : oneLine(body, 200),
    body,
    when,
    source: 'json',
    facts: factsOf(leaves.filter(([, leaf]) => leaf !== text || leaf === null)),
    position: record,
  })
  if (when === undefined && isBrokenDate(date, reading)) yield lostDate(String(date), record)
}

const told200 = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? oneLine(String(value), 200) : ''

/** Only a name that cannot be another record's: a small number is the name of one thing in every file there is. */
function ownName(fields: Readonly<Record<string, unknown>>): string | undefined {
  const name = fields['id'] ?? fields['uuid'] ?? fields['guid'] ?? fields['_id']
  return typeof name === 'string' && name.length >= 16 && name.length <= 200 && /\d/.test(name) ? name : undefined
}

/** All values with the names that lead to them. False: deeper than anything is written. */
function gather(value: unknown, name: string, depth: number, into: [string, Plain][]): boolean {
  if (isPlain(value)) {
    into.push([name, value])
    return true
  }
  if (depth >= deepest) return false
  const at = name === '' ? '' : `${name}.`
  for (const [key, inner] of Object.entries(value as object))
    if (!gather(inner, at + key, depth + 1, into)) return false
  return true
}
