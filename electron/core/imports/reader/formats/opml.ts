// OPML: the feeds and podcasts a person follows, and outlines they wrote. (OPML 2.0, opml.org/spec2.opml.) An outline of the
// first level is one note with all that lies in it; feeds, wherever they stand, are bookmarks.
import { certainty, type Found, type Importer } from '../importer.ts'
import { hashed, inParts } from '../items/same.ts'
import { asTags } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'
import { soundOnly } from '../markup/tolerant.ts'
import { elementsOf, type XmlElement } from '../markup/xml.ts'
import { rootTag } from '../markup/xml-start.ts'
import { bookmarkItem } from './browsing.ts'

const format = 'opml'

export const opml: Importer = {
  format,
  counts: 'lines',
  recognises: ({ text }) => (/^<opml(?:\s|$)/i.test(rootTag(text)) ? certainty.certain : certainty.no),
  read: soundOnly(async function* (entry, reading, seen) {
    for await (const outline of elementsOf(entry, reading, { whole: ['outline'] }, seen)) {
      let feeds = 0
      for (const { element, folder } of feedsIn(outline, [])) {
        feeds += 1
        yield feedOf(element, folder)
      }
      if (feeds === 0) yield* noteOf(outline)
      if (outline.cut) yield { problem: { why: 'too-large', at: outline.line } }
    }
  }),
}

const nameOf = ({ attributes }: XmlElement) => (attributes['text'] ?? attributes['title'] ?? '').trim()
const urlOf = ({ attributes }: XmlElement) => attributes['xmlUrl'] ?? attributes['url']
const outlinesIn = (element: XmlElement) => element.children.filter(({ name }) => name === 'outline')

/** No deeper than XML is read. */
function* feedsIn(
  element: XmlElement,
  folder: readonly string[],
): Generator<{ readonly element: XmlElement; readonly folder: readonly string[] }> {
  if (urlOf(element) !== undefined) yield { element, folder }
  for (const inner of outlinesIn(element)) yield* feedsIn(inner, [...folder, nameOf(element)])
}

function feedOf(element: XmlElement, folder: readonly string[]): Found {
  const { attributes, line } = element
  const url = urlOf(element) ?? ''
  const found = bookmarkItem(format, {
    url,
    title: nameOf(element),
    description: [attributes['description'] ?? '', attributes['htmlUrl'] ?? '']
      .filter((part) => part !== '')
      .join('\n'),
    at: undefined,
    // Whoever follows a feed follows it once, in whatever folder.
    name: url,
    folder,
    tags: asTags((attributes['category'] ?? '').slice(0, 5000).split(',')),
  })
  return 'item' in found ? { item: { ...found.item, position: line } } : { problem: { why: 'no-content', at: line } }
}

function* noteOf(outline: XmlElement): Generator<Found> {
  const title = oneLine(nameOf(outline), 200)
  const body = [...linesOf(outline, 0)].join('\n')
  if (title === '' && body.trim() === '') yield { skipped: true }
  else {
    yield* inParts({
      same: `${format}:note:${hashed(title, body)}`,
      type: 'note',
      title: title || oneLine(body, 200),
      body,
      bodyIs: 'markdown',
      source: format,
      position: outline.line,
    })
  }
}

function* linesOf(outline: XmlElement, depth: number): Generator<string> {
  const note = outline.attributes['_note']
  if (depth > 0) yield `${'  '.repeat(depth - 1)}- ${nameOf(outline)}`
  if (note !== undefined && note !== '')
    yield `${'  '.repeat(depth)}${note.replaceAll('\n', `\n${'  '.repeat(depth)}`)}`
  for (const inner of outlinesIn(outline)) yield* linesOf(inner, depth + 1)
}
