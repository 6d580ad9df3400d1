// The lines that calendars and contacts are written in (RFC 5545 §3.1, RFC 6350 §3.2): unfolded, gathered into components as
// they close, each line read by itself, so that a broken one costs nothing but itself.
import ICAL from 'ical.js'
import { z } from 'zod'
import type { Entry, Problem, Reading } from '../importer.ts'
import { lines } from '../text/text.ts'

export interface Property {
  /** In lower case, as are the keys of its parameters. */
  readonly name: string
  readonly params: Readonly<Record<string, string | readonly string[]>>
  /** `date`, `text`, `binary` …: as it says, or as is usual. */
  readonly is: string
  readonly values: readonly unknown[]
}

export interface Component {
  readonly name: string
  /** Where it begins. */
  readonly line: number
  readonly properties: readonly Property[]
  readonly inner: readonly Component[]
}

export type Part =
  | { readonly component: Component }
  /** Of what is around the components: the calendar. */
  | { readonly around: Property }
  | { readonly problem: Problem }

export interface Grammar {
  /** What is handed out once it is complete. Anything else around them is passed through, anything else in them left out. */
  readonly wanted: ReadonlySet<string>
  readonly inner: ReadonlySet<string>
  readonly read: (line: string) => Property | undefined
  /** Of a line's beginning and of what it ends in so far: the next belongs to it as it stands, line end and all. */
  readonly continues?: (start: string, end: string) => boolean
}

interface Open {
  readonly name: string
  readonly line: number
  readonly properties: Property[]
  readonly inner: Component[]
}

const longestValue = 16 * 1024 * 1024
const mostInOne = 32 * 1024 * 1024
const mostProperties = 20_000
/** Nothing real goes deeper than an alarm in an event in a calendar. */
const deepest = 64

const jcal = z.tuple(
  [z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])), z.string()],
  z.unknown(),
)

/** More is no head of a line that a program wrote, and ical.js takes ever longer over it. */
const longestHead = 20_000

/** Where the value of a line begins: at the first colon outside quotation marks. -1 where there is none. */
export function colonIn(line: string): number {
  let quoted = false
  for (let at = 0; at < Math.min(line.length, longestHead); at += 1) {
    if (line[at] === '"') quoted = !quoted
    else if (line[at] === ':' && !quoted) return at
  }
  return -1
}

/** One line, by the rules of a kind of file; undefined for what is none. */
export function propertyOf(line: string, design: typeof ICAL.design.icalendar): Property | undefined {
  if (colonIn(line) === -1) return undefined
  try {
    const [name, params, is, ...values] = jcal.parse(ICAL.parse.property(line, design))
    return { name, params, is, values }
  } catch {
    // ical.js throws at whatever does not fit; whoever asked leaves the line out.
    return undefined
  }
}

interface Unfolded {
  readonly text: string
  readonly line: number
  readonly flaw: 'too-large' | 'wrong-encoding' | undefined
}

async function* unfolded(
  entry: Entry,
  reading: Reading,
  continues: (start: string, end: string) => boolean,
): AsyncIterable<Unfolded> {
  let value: Gathered | undefined
  for await (const { text, line, cut, broken } of lines(entry, reading)) {
    const asItIs = value !== undefined && continues(value.start, value.end)
    const folded = text.startsWith(' ') || text.startsWith('\t')
    if (value !== undefined && !folded && !asItIs) {
      yield { text: value.text(), line: value.line, flaw: value.flaw }
      value = undefined
    }
    if (text.trim() === '' && value === undefined) continue
    const goesOn = value !== undefined
    value ??= gathered(text, line)
    const longer = value.length + text.length
    value.flaw ??= cut || longer > longestValue ? 'too-large' : broken ? 'wrong-encoding' : undefined
    if (value.flaw !== 'too-large') value.add(asItIs ? `\n${text}` : folded && goesOn ? text.slice(1) : text)
  }
  if (value !== undefined) yield { text: value.text(), line: value.line, flaw: value.flaw }
}

interface Gathered {
  readonly start: string
  readonly line: number
  end: string
  length: number
  flaw: Unfolded['flaw']
  readonly add: (text: string) => void
  readonly text: () => string
}

/** A picture comes in many thousands of short lines: they are put together as they come, not all held one by one. */
function gathered(start: string, line: number): Gathered {
  const whole: string[] = []
  let parts: string[] = []
  return {
    start,
    line,
    end: start,
    length: 0,
    flaw: undefined,
    add(text) {
      parts.push(text)
      this.end = text
      this.length += text.length
      if (parts.length < 4096) return
      whole.push(parts.join(''))
      parts = []
    },
    text: () => (whole.length === 0 && parts.length === 1 ? (parts[0] ?? '') : whole.join('') + parts.join('')),
  }
}

export async function* components(entry: Entry, reading: Reading, grammar: Grammar): AsyncIterable<Part> {
  const open: Open[] = []
  let held = 0
  let count = 0
  let tooMuch = false
  for await (const { text, line, flaw } of unfolded(entry, reading, grammar.continues ?? (() => false))) {
    const [, edge = '', named = ''] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(text) ?? []
    const name = named.toUpperCase()
    const wanted = open.findIndex((component) => grammar.wanted.has(component.name))
    if (edge.toUpperCase() === 'BEGIN') {
      if (grammar.wanted.has(name) && wanted !== -1) {
        // It was never closed; what begins now is not part of it.
        yield { problem: { why: 'damaged', at: open[wanted]?.line } }
        open.length = wanted
      }
      if (open.length >= deepest) {
        yield { problem: { why: 'too-deep', at: line } }
        return
      }
      if (grammar.wanted.has(name)) [held, count, tooMuch] = [0, 0, false]
      open.push({ name, line, properties: [], inner: [] })
      continue
    }
    if (edge !== '') {
      const at = open.findLastIndex((component) => component.name === name)
      if (at === -1) {
        // What ends here began in a line that cannot be read.
        if (grammar.wanted.has(name)) yield { problem: { why: 'damaged', at: line } }
        continue
      }
      const closed = open[at]
      // What is around it ends before it does.
      if (wanted > at) yield { problem: { why: 'damaged', at: open[wanted]?.line } }
      open.length = at
      const outer = open.at(-1)
      if (closed === undefined) continue
      if (!grammar.wanted.has(name)) {
        if (outer !== undefined && grammar.inner.has(name)) outer.inner.push(closed)
      } else if (tooMuch) yield { problem: { why: 'too-large', at: closed.line } }
      else yield { component: closed }
      continue
    }
    if (flaw !== undefined) yield { problem: { why: flaw, at: line } }
    if (flaw === 'too-large') continue
    const inside = open.at(-1)
    if (wanted === -1) {
      const around = grammar.read(text)
      if (around !== undefined) yield { around }
    } else if (inside !== undefined && (grammar.wanted.has(inside.name) || grammar.inner.has(inside.name))) {
      held += text.length
      count += 1
      tooMuch ||= held > mostInOne || count > mostProperties
      if (tooMuch) for (const component of open) component.properties.length = 0
      const property = tooMuch ? undefined : grammar.read(text)
      if (property !== undefined) inside.properties.push(property)
    }
  }
  const unfinished = open.find((component) => grammar.wanted.has(component.name)) ?? open[0]
  if (unfinished !== undefined) yield { problem: { why: 'cut-short', at: unfinished.line } }
}

export const propertiesOf = ({ properties }: Component, name: string) =>
  properties.filter((property) => property.name === name)
export const propertyIn = ({ properties }: Component, name: string) =>
  properties.find((property) => property.name === name)

/** Its first value as text; '' for none. */
export function textOf(property: Property | undefined): string {
  const value = property?.values[0]
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
}

export function paramOf({ params }: Pick<Property, 'params'>, name: string): string {
  const value = params[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}
