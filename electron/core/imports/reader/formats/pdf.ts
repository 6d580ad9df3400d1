// The text of a PDF, page by page. Nothing in it is drawn, run or fetched: pdf.js is asked for words alone, without canvas,
// fonts of the system, forms' scripts (they are never evaluated without its scripting sandbox, which is not loaded) or
// pictures. It holds the whole file, so that is capped, and what would unpack without end is emptied before.
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { NewItem } from '../../../library/library.ts'
import { isDay, moment } from '../dates/dates.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { fileDateOf } from '../items/file-date.ts'
import { factsOf } from '../items/guesses.ts'
import {
  certainty,
  type Entry,
  type Found,
  type Importer,
  type Problem,
  type Reading,
  Unreadable,
} from '../importer.ts'
import { titleFromFile } from '../items/labels.ts'
import { emptyBombs } from '../documents/pdf-bombs.ts'
import { hashed, inParts } from '../items/same.ts'
import { oneLine } from '../text/text.ts'

const most = 64 * 1024 * 1024
const mostPages = 10_000
const mostOfPage = 1_000_000
const mostOfAll = 20_000_000
/** A file may claim any number of pages; so many that are none in a row end the reading. */
const mostMissing = 50

export const pdf: Importer = {
  format: 'pdf',
  counts: 'pages',
  // Some programs put a few bytes before it; readers look through the first 1024 (ISO 32000-1, Annex H.3.4.1).
  recognises({ start }) {
    const begin = Buffer.from(start).toString('latin1')
    // Whatever brought it may have left something before it, but no text that only speaks of it has its objects, too.
    const isOne = /^\s*%PDF-/.test(begin) || (begin.slice(0, 1024).includes('%PDF-') && /\d \d+ obj\b/.test(begin))
    return isOne ? certainty.certain : certainty.no
  },
  read,
}

async function* read(entry: Entry, reading: Reading): AsyncIterable<Found> {
  // A copy: it is handed over, and gone afterwards.
  const data = Uint8Array.from(await entry.whole(most))
  const isWhole = Buffer.from(data.subarray(-1024)).toString('latin1').includes('%%EOF')
  const problems: Problem[] = emptyBombs(data) ? [{ why: 'bomb' }] : []
  const heard = hearStrays()
  const task = (await load()).getDocument({
    data,
    ...(reading.options.password === undefined ? {} : { password: reading.options.password }),
    cMapUrl: `${dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))}/cmaps/`,
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    maxImageSize: 1,
    // It writes of what is wrong in a file to the console; what matters is told as a problem.
    verbosity: 0,
  })
  try {
    const document = await task.promise
    const body = await wordsOf(document, problems)
    if (body === '' && problems.length === 0) problems.push({ why: 'only-pictures' })
    for (const problem of problems) yield { problem }
    if (body !== '') yield* itemsOf(document, body, { entry, reading })
  } catch (error) {
    throw reasonOf(error, { isWhole, reading })
  } finally {
    await task.destroy()
    await heard()
  }
}

/**
 * pdf.js fetches ahead, and forgets to look when what it fetched turns out to be broken: a rejection that nobody handles,
 * which would end this thread and every file after it. Those of its own are taken for heard while it reads; what it could
 * not read it says by itself.
 */
function hearStrays(): () => Promise<void> {
  const hear = (error: unknown) => {
    if (!(error instanceof Error) || error.stack?.includes('pdf.worker') !== true) throw error
  }
  process.on('unhandledRejection', hear)
  return async () => {
    // Node tells of them after everything that was due.
    await new Promise(setImmediate)
    process.off('unhandledRejection', hear)
  }
}

/** Loaded when the first PDF comes. It would complain that it cannot draw without these two, which is not wanted. */
async function load() {
  const drawing = { DOMMatrix: Object, Path2D: Object }
  for (const [name, none] of Object.entries(drawing))
    if (!(name in globalThis)) Object.assign(globalThis, { [name]: none })
  return await import('pdfjs-dist/legacy/build/pdf.mjs')
}

function reasonOf(
  error: unknown,
  { isWhole, reading }: { readonly isWhole: boolean; readonly reading: Reading },
): Error {
  if (error instanceof Unreadable) return error
  const name = error instanceof Error ? error.name : ''
  if (name === 'PasswordException')
    return new Unreadable(reading.options.password === undefined ? 'needs-password' : 'wrong-password')
  return new Unreadable(isWhole ? 'damaged' : 'cut-short')
}

async function wordsOf(document: PDFDocumentProxy, problems: Problem[]): Promise<string> {
  const pages: string[] = []
  let length = 0
  let missing = 0
  for (let at = 1; at <= document.numPages; at += 1) {
    if (at > mostPages) {
      problems.push({ why: 'too-many', at })
      break
    }
    let text = ''
    try {
      text = await pageOf(document, at)
      missing = 0
    } catch {
      // Whatever a page throws, it is that page that cannot be read; the others may well be.
      problems.push({ why: 'damaged', at })
      missing += 1
      if (missing === mostMissing) break
    }
    if (text.length >= mostOfPage) problems.push({ why: 'too-large', at })
    length += text.length
    if (length > mostOfAll) {
      problems.push({ why: 'too-large', at })
      break
    }
    if (text !== '') pages.push(text)
  }
  return pages.join('\n\n')
}

async function pageOf(document: PDFDocumentProxy, at: number): Promise<string> {
  const page = await document.getPage(at)
  const parts: string[] = []
  let length = 0
  let lastLine: number | undefined
  // In pieces, so that a page without end can be left.
  const stream = page.streamTextContent() as ReadableStream<{ items: readonly object[] }>
  const reader = stream.getReader()
  try {
    while (length < mostOfPage) {
      const { done, value } = await reader.read()
      if (done) break
      for (const item of value.items) {
        if (!isWords(item)) continue
        const [, , , , , line = 0] = item.transform
        // More than a line's height further down begins a new paragraph.
        if (lastLine !== undefined && item.str.trim() !== '' && item.height > 0) {
          if (lastLine - line > item.height * 1.8 && parts.at(-1) === '\n') parts.push('\n')
        }
        if (item.str.trim() !== '') lastLine = line
        parts.push(item.str)
        if (item.hasEOL) parts.push('\n')
        length += item.str.length + 1
      }
    }
  } finally {
    await reader.cancel()
    page.cleanup()
  }
  const text = parts.join('').replaceAll('\0', '')
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
    .slice(0, mostOfPage)
}

interface Words {
  readonly str: string
  readonly hasEOL: boolean
  readonly height: number
  readonly transform: readonly number[]
}
const isWords = (item: object): item is Words => 'str' in item

async function* itemsOf(
  document: PDFDocumentProxy,
  body: string,
  { entry, reading }: { readonly entry: Entry; readonly reading: Reading },
): AsyncIterable<Found> {
  const info = await infoOf(document)
  const told = info('Title').replace(/^Microsoft Word - /, '')
  const author = info('Author')
  const created = info('CreationDate')
  const when = dateOf(created)
  yield* inParts({
    same: `pdf:${hashed(told, body)}`,
    type: 'document',
    title: /[\p{L}\p{N}]/u.test(told) && !/^untitled/i.test(told) ? told : titleFromFile(entry),
    body,
    when,
    fileDate: fileDateOf(entry, reading),
    source: 'pdf',
    people: author === '' ? undefined : [{ name: author, role: 'from' }],
    facts: factsOf([
      ['pages', document.numPages],
      ['subject', info('Subject')],
      ['keywords', info('Keywords')],
    ]),
    position: 1,
  })
  if (isLost(created, when)) yield lostDate(created, 1)
}

async function infoOf(document: PDFDocumentProxy): Promise<(name: string) => string> {
  const { info } = await document.getMetadata()
  const said = new Map<string, unknown>(Object.entries(info))
  return (name) => {
    const value = said.get(name)
    return typeof value === 'string' ? oneLine(value, 200) : ''
  }
}

/** `D:20240102030405+01'00'`, of which all behind the year may be missing (ISO 32000-1 §7.9.4). */
function dateOf(text: string): NewItem['when'] {
  const found = /^D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?)?/.exec(text)
  if (found === null) return undefined
  const [, year, month = '01', day = '01', hour = '0', minute = '0', second = '0', utc, sign, hours, minutes = '0'] =
    found
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  const at = moment(wall - offset * 60_000)
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60
  if (at === undefined || !isTime || !isDay({ year: Number(year), month: Number(month), day: Number(day) }))
    return undefined
  return utc === undefined && sign === undefined ? at : { ...at, offset }
}
