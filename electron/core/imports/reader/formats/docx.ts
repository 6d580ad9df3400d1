// Word documents (.docx): their words, footnotes, title, author and time. Pictures, looks, macros and whatever else a
// document carries are not unpacked.
import { parseWhen } from '../dates/dates.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { fileDateOf } from '../items/file-date.ts'
import { factsOf } from '../items/guesses.ts'
import { certainty, type Entry, type Found, type Importer, type Reading, Unreadable } from '../importer.ts'
import { titleFromFile } from '../items/labels.ts'
import { type OfficeParts, officeParts } from '../documents/office-parts.ts'
import { officeText } from '../documents/office-text.ts'
import { hashed, inParts } from '../items/same.ts'
import { oneLine } from '../text/text.ts'
import { elementsOf } from '../markup/xml.ts'

export const docx: Importer = {
  format: 'docx',
  counts: 'bytes',
  recognises({ path, start }) {
    if (isLocked(start)) return /\.doc[xm]$/i.test(path) ? certainty.likely : certainty.no
    const [before, ...headers] = Buffer.from(start).toString('latin1').split('PK\u0003\u0004')
    if (before !== '') return certainty.no
    // The name of a file stands 30 bytes behind the beginning of its header (APPNOTE 6.3.10, §4.3.7).
    const names = headers.map((header) => header.slice(26, 26 + 20))
    const isOffice = names.some((name) => name.startsWith('[Content_Types].xml') || name.startsWith('_rels/'))
    if (!isOffice) return certainty.no
    if (names.some((name) => name.startsWith('word/'))) return certainty.certain
    // A long picture may stand before the words.
    return /\.docx$/i.test(path) ? certainty.likely : certainty.no
  },
  async *read(entry, reading) {
    for await (const first of entry.chunks()) {
      if (isLocked(first)) throw new Unreadable('locked-inside')
      break
    }
    const parts = await officeParts(entry)
    try {
      yield* documentIn(parts, entry, reading)
    } finally {
      parts.close()
    }
  },
}

const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** With a password it is no zip any more, but the older kind of file around an encrypted one ([MS-OFFCRYPTO] §1.3.3). */
const isLocked = (start: Uint8Array) => compound.equals(start.subarray(0, compound.length))

async function* documentIn(parts: OfficeParts, entry: Entry, reading: Reading): AsyncIterable<Found> {
  const main = parts.part('word/document.xml')
  if (main === undefined) throw new Unreadable('damaged')
  const { text, heading } = await officeText(main)
  const notes: string[] = []
  for (const name of ['word/footnotes.xml', 'word/endnotes.xml']) {
    const part = parts.part(name)
    if (part !== undefined) notes.push((await officeText(part)).text)
  }
  const body = [text, ...notes].filter((words) => words !== '').join('\n\n')
  if (body === '') {
    if (parts.names.some((name) => name.startsWith('word/media/'))) yield { problem: { why: 'only-pictures' } }
    return
  }
  const about = await propertiesOf(parts, reading)
  const said = (name: string) => oneLine(about.get(name) ?? '', 200)
  const author = said('creator')
  const when = parseWhen(said('created'), reading)
  yield* inParts({
    same: `docx:${hashed(body)}`,
    type: 'document',
    title: said('title') || oneLine(heading, 200) || titleFromFile(entry),
    body,
    when,
    fileDate: fileDateOf(entry, reading),
    source: 'docx',
    people: author === '' ? undefined : [{ name: author, role: 'from' }],
    facts: factsOf(['subject', 'keywords', 'description', 'modified'].map((name) => [name, said(name)] as const)),
    position: 0,
  })
  if (isLost(said('created'), when)) yield lostDate(said('created'), 0)
}

/** Dublin Core, as part 2 §11 has it. A document without is one all the same. */
async function propertiesOf(parts: OfficeParts, reading: Reading): Promise<ReadonlyMap<string, string>> {
  const said = new Map<string, string>()
  const part = parts.part('docProps/core.xml')
  if (part === undefined) return said
  try {
    for await (const { children } of elementsOf(part, reading, { whole: ['coreProperties'] }))
      for (const { name, text } of children) said.set(name.slice(name.indexOf(':') + 1), text)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    // What it says about itself is broken; what it says is not.
  }
  return said
}
