// XML read as it comes, element by element, whatever the file's size. Nothing is resolved or fetched: a document type that
// declares entities is refused (it is how a small file becomes a large one, and how one names other files), any other one
// is read past. What is deeper than any real file stops the reading with a reason; a text that is too long is shortened, and
// what it stands in says so.
import { SaxesParser } from 'saxes'
import { type Entry, type Reading, Unreadable } from '../importer.ts'
import { createShortener } from './long-markup.ts'
import { decoded } from '../text/text.ts'
import { type Seen, tolerated } from './tolerant.ts'

export interface XmlElement {
  /** As written, without the prefix that the whole document uses for its own elements. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** The text directly in it, trimmed. */
  readonly text: string
  readonly children: readonly XmlElement[]
  /** The elements around it, from the outside in. */
  readonly within: readonly Omit<XmlElement, 'within' | 'children' | 'text' | 'cut'>[]
  readonly line: number
  /** More was in it than is held. */
  readonly cut: boolean
}

export interface Wanted {
  /** Names of elements to hand over with all that is in them. */
  readonly whole: readonly string[]
  /** Names of elements to hand over at their end with their own text alone, so that they may hold any number of others. */
  readonly ends?: readonly string[]
}

const deepest = 256
/** Between one tag, comment or text and the next. */
const longestPiece = 8 * 1024 * 1024
/** Of one element that is handed over whole. */
const mostText = 8 * 1024 * 1024
const mostChildren = 100_000
/** Of one that is handed over at its end. */
const mostOwnText = 64 * 1024
/** Of one text, and of one tag; less than an element may hold, so that one of them never ends the file. */
const limits = { text: 4 * 1024 * 1024, tag: 2 * 1024 * 1024 }
/** What the parser gets at a time, so that what it yields is taken away in time. */
const writeAtOnce = 64 * 1024

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly line: number
  /** Of its name and attributes. */
  readonly size: number
  text: string
  readonly children: XmlElement[]
  cut: boolean
}

// Feeds written by hand are full of these; they are text, and cannot hide markup.
const harmless =
  /: (?:undefined entity\.|disallowed character\.|disallowed character in entity name\.|empty entity name\.)$/
const endedEarly = /: (?:unclosed tag: .*|unexpected end\.|document must contain a root element\.)$/s

/** Throws at the first byte that cannot be decoded, unless the caller looks after those (`soundOnly`). */
export async function* elementsOf(
  entry: Entry,
  reading: Reading,
  wanted: Wanted,
  seen?: Seen,
): AsyncIterable<XmlElement> {
  const whole = new Set(wanted.whole)
  const ends = new Set(wanted.ends)
  const ready: XmlElement[] = []
  const open: Open[] = []
  let ownPrefix = ''
  /** How deep the element lies that is being gathered whole; -1 when none is. */
  let gathering = -1
  let gathered = { text: 0, children: 0 }
  let sinceEvent = 0
  let openSize = 0
  let tagIsCut = false
  /** In what was left out. */
  let lostLines = 0

  const parser = new SaxesParser({ position: true, xmlns: false })
  const line = () => parser.line + lostLines
  const moved = () => {
    sinceEvent = 0
  }
  const nameOf = (written: string) =>
    ownPrefix !== '' && written.startsWith(ownPrefix) ? written.slice(ownPrefix.length) : written

  parser.on('error', (error) => {
    if (harmless.test(error.message)) return
    throw new Unreadable(endedEarly.test(error.message) ? 'cut-short' : 'damaged', { at: line() })
  })
  parser.on('doctype', (doctype) => {
    moved()
    if (/<!\s*(?:ENTITY|NOTATION)|%[^\s;%]{0,200};/i.test(doctype))
      throw new Unreadable('forbidden-markup', { at: line() })
  })
  parser.on('comment', moved)
  parser.on('processinginstruction', moved)
  parser.on('opentag', (tag) => {
    moved()
    if (open.length >= deepest) throw new Unreadable('too-deep', { at: line() })
    if (open.length === 0) ownPrefix = /^[^:]+:/.exec(tag.name)?.[0] ?? ''
    const name = nameOf(tag.name)
    let size = tag.name.length
    for (const key in tag.attributes) size += key.length + (tag.attributes[key]?.length ?? 0)
    openSize += size
    if (openSize > mostText) throw new Unreadable('too-large', { at: line() })
    if (gathering < 0 && whole.has(name)) {
      gathering = open.length
      gathered = { text: 0, children: 0 }
    }
    if (gathering >= 0) gathered.text += size
    const isFull = gathered.text > mostText
    const cut = isFull || tagIsCut
    tagIsCut = false
    const attributes = isFull ? {} : tag.attributes
    open.push({ name, attributes, line: line(), size, text: '', children: [], cut })
  })
  const addText = (text: string) => {
    moved()
    const holder = open.at(-1)
    if (holder === undefined) return
    if (gathering >= 0) {
      gathered.text += text.length
      if (gathered.text > mostText) holder.cut = true
      else holder.text += text
    } else if (ends.has(holder.name) && text.trim() !== '') {
      if (holder.text.length + text.length > mostOwnText) holder.cut = true
      else holder.text += text
    }
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    moved()
    const closed = open.pop()
    if (closed === undefined) return
    openSize -= closed.size
    const inside = gathering >= 0 && open.length > gathering
    if (!inside && gathering !== open.length && !ends.has(closed.name)) return
    const { size: _, ...rest } = closed
    const element: XmlElement = {
      ...rest,
      text: closed.text.trim(),
      within: inside ? [] : open.map(({ name, attributes, line }) => ({ name, attributes, line })),
    }
    if (!inside) {
      gathering = -1
      gathered = { text: 0, children: 0 }
      ready.push(element)
      return
    }
    const parent = open.at(-1)
    if (parent === undefined) return
    gathered.children += 1
    if (closed.cut || gathered.children > mostChildren) parent.cut = true
    if (gathered.children <= mostChildren) parent.children.push(element)
  })

  const shorten = createShortener(limits)
  const leave = (left: 'tag' | 'text' | 'nothing', lines: number) => {
    lostLines += lines
    if (left === 'tag') tagIsCut = true
    const holder = open.at(-1)
    if (left === 'text' && holder !== undefined && (gathering >= 0 || ends.has(holder.name))) holder.cut = true
  }
  /** What was complete before the reading failed is handed over all the same. */
  function* handOver(run: () => void): Generator<XmlElement> {
    let failed: Unreadable | undefined
    try {
      run()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      failed = error
    }
    yield* ready.splice(0)
    if (failed !== undefined) throw failed
  }

  let first = true
  for await (const piece of seen === undefined ? decoded(entry, reading) : tolerated(entry, reading, seen)) {
    // Space before the declaration is an error by the letter, and what many servers send.
    const text = first ? piece.trimStart() : piece
    if (text !== '') first = false
    for (let at = 0; at < text.length; at += writeAtOnce) {
      for (const step of shorten(text.slice(at, at + writeAtOnce), false)) {
        if ('left' in step) {
          leave(step.left, step.lines)
          continue
        }
        sinceEvent += step.text.length
        yield* handOver(() => parser.write(step.text))
      }
      if (sinceEvent > longestPiece) throw new Unreadable('too-large', { at: line() })
    }
  }
  for (const step of shorten('', true)) if ('text' in step) yield* handOver(() => parser.write(step.text))
  yield* handOver(() => parser.close())
}

/** The text of the first child of that name; empty where there is none. */
export const textOf = (element: XmlElement, name: string): string =>
  element.children.find((child) => child.name === name)?.text ?? ''

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name)
