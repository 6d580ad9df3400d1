// The words of a Word document's part (ECMA-376 part 1, §17), read as a stream. Looks are left out; headings, lists, tables
// and footnotes stay recognisable. What was deleted while changes were tracked is not part of the text.
import { SaxesParser } from 'saxes'
import { type Entry, Unreadable } from '../importer.ts'
import { decoded } from '../text/text.ts'

export interface OfficeText {
  readonly text: string
  /** The first paragraph that is a title or a heading. */
  readonly heading: string
}

const deepest = 256
const mostText = 20_000_000
/** Between two tags. */
const longestPiece = 8 * 1024 * 1024
/** What stands for older programs beside what it replaces, and what was taken out of the text. */
const leftOut = new Set(['Fallback', 'del', 'moveFrom', 'delText', 'instrText'])

interface Paragraph {
  text: string
  style: string
  listLevel: number
}

export async function officeText(part: Entry): Promise<OfficeText> {
  const out = writer()
  const names: string[] = []
  const paragraphs: Paragraph[] = []
  let shutAt = Number.POSITIVE_INFINITY
  let sinceTag = 0
  const write = (text: string) => {
    const paragraph = paragraphs.at(-1)
    if (paragraph !== undefined && names.length < shutAt) paragraph.text += text
  }

  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('error', (error) => {
    throw new Unreadable(/unclosed tag|unexpected end/.test(error.message) ? 'cut-short' : 'damaged')
  })
  // None that Word writes has one; one that does would declare what it is to be filled with.
  parser.on('doctype', () => {
    throw new Unreadable('forbidden-markup')
  })
  parser.on('opentag', (tag) => {
    sinceTag = 0
    const name = localName(tag.name)
    const parent = names.at(-1)
    names.push(name)
    if (names.length > deepest) throw new Unreadable('too-deep')
    if (leftOut.has(name)) shutAt = Math.min(shutAt, names.length)
    if (names.length >= shutAt) return
    const value = () => attribute(tag.attributes, 'val')
    const paragraph = paragraphs.at(-1)
    if (name === 'p') paragraphs.push({ text: '', style: '', listLevel: -1 })
    else if (name === 'tr') out.row()
    else if (name === 'tc') out.cell()
    else if (name === 'footnote' || name === 'endnote') out.note(attribute(tag.attributes, 'id'))
    else if (name === 'footnoteReference' || name === 'endnoteReference') write(`[${attribute(tag.attributes, 'id')}]`)
    else if (parent === 'r' && name === 'tab') write('\t')
    else if (parent === 'r' && (name === 'br' || name === 'cr')) write('\n')
    else if (parent === 'r' && name === 'noBreakHyphen') write('-')
    else if (paragraph !== undefined && name === 'pStyle') paragraph.style = value()
    else if (paragraph !== undefined && name === 'numPr') paragraph.listLevel = Math.max(0, paragraph.listLevel)
    else if (paragraph !== undefined && name === 'ilvl') paragraph.listLevel = Math.min(8, Number(value()) || 0)
  })
  parser.on('text', (text) => {
    sinceTag = 0
    if (names.at(-1) === 't') write(text)
  })
  parser.on('closetag', () => {
    sinceTag = 0
    const name = names.pop()
    if (names.length + 1 < shutAt) {
      if (name === 'p') out.paragraph(paragraphs.pop())
      else if (name === 'tr') out.rowEnd()
    } else if (names.length + 1 === shutAt) shutAt = Number.POSITIVE_INFINITY
  })

  for await (const text of decoded(part, { options: {} })) {
    sinceTag += text.length
    parser.write(text)
    if (sinceTag > longestPiece || out.length() > mostText) throw new Unreadable('too-large')
  }
  parser.close()
  return { text: out.text(), heading: out.heading() }
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

const attribute = (attributes: Readonly<Record<string, string>>, wanted: string): string =>
  Object.entries(attributes).find(([name]) => localName(name) === wanted)?.[1] ?? ''

function writer() {
  const blocks: { readonly text: string; readonly kind: 'paragraph' | 'listed' | 'row' }[] = []
  /** Cells of the rows that are open: a table may stand in a cell of another. */
  const rows: string[][] = []
  let heading = ''
  let note = ''
  let length = 0
  const add = (text: string, kind: (typeof blocks)[number]['kind']) => {
    blocks.push({ text, kind })
    length += text.length
  }
  return {
    row: () => rows.push([]),
    cell: () => rows.at(-1)?.push(''),
    rowEnd() {
      const text = (rows.pop() ?? []).join('\t').trimEnd()
      const outer = rows.at(-1)
      if (outer !== undefined && outer.length > 0) outer.push(`${outer.pop() ?? ''} ${text}`.trim())
      else if (text !== '') add(text, 'row')
    },
    note(id: string) {
      note = `[${id}] `
    },
    paragraph(paragraph: Paragraph | undefined) {
      const text = paragraph?.text.trim() ?? ''
      if (paragraph === undefined || text === '') return
      const cells = rows.at(-1)
      if (cells !== undefined && cells.length > 0) {
        cells.push(`${cells.pop() ?? ''} ${text.replaceAll('\n', ' ')}`.trim())
        length += text.length
        return
      }
      // Styles keep these names in every language of the program (§17.7.4.9).
      if (heading === '' && /^(?:title|heading\s?[1-3])$/i.test(paragraph.style)) heading = text
      const isListed = paragraph.listLevel >= 0 && !/^heading/i.test(paragraph.style)
      if (isListed) add(`${'  '.repeat(paragraph.listLevel)}- ${text}`, 'listed')
      else add(`${note}${text}`, 'paragraph')
      note = ''
    },
    length: () => length,
    heading: () => heading,
    /** Rows of one table, and lines of one list, stay together. */
    text: () =>
      blocks
        .map(({ text, kind }, at) => {
          const next = blocks[at + 1]?.kind
          return next === undefined ? text : `${text}${kind !== 'paragraph' && next === kind ? '\n' : '\n\n'}`
        })
        .join(''),
  }
}
