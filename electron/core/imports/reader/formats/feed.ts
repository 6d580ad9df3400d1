// RSS (0.9x, 1.0, 2.0) and Atom: what a feed told, an item for each entry. Pictures and players in it are not fetched.
import { parseWhen } from '../dates/dates.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { readHtml } from '../markup/html.ts'
import { certainty, type Found, type Importer, type Reading } from '../importer.ts'
import { instantIn } from '../dates/instants.ts'
import { hashed, inParts } from '../items/same.ts'
import { asCollections, asTags } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'
import { soundOnly } from '../markup/tolerant.ts'
import { childrenOf, elementsOf, textOf, type XmlElement } from '../markup/xml.ts'
import { rootTag } from '../markup/xml-start.ts'
import { leads } from './browsing.ts'

const format = 'feed'

export const feed: Importer = {
  format,
  counts: 'lines',
  recognises: ({ text }) =>
    /^<(?:rss(?:\s|$)|(?:atom:)?feed\s[^>]*http:\/\/(?:www\.w3\.org\/2005\/Atom|purl\.org\/atom)|rdf:RDF\s[^>]*http:\/\/(?:purl\.org\/rss\/1\.0|my\.netscape\.com\/rdf))/i.test(
      rootTag(text),
    )
      ? certainty.certain
      : certainty.no,
  read: soundOnly(async function* (entry, reading, seen) {
    let source = ''
    for await (const element of elementsOf(entry, reading, { whole: ['item', 'entry', 'title'] }, seen)) {
      if (element.name !== 'title') {
        yield* itemsOf(element, source, reading)
        if (element.cut) yield { problem: { why: 'too-large', at: element.line } }
      } else if (/^(?:channel|feed)$/.test(element.within.at(-1)?.name ?? '')) source ||= oneLine(element.text, 80)
    }
  }),
}

function* itemsOf(element: XmlElement, source: string, reading: Reading): Generator<Found> {
  const url = linkOf(element)
  // RSS 2.0: the text is HTML, escaped. Atom: it says so, or is XHTML that stands there as elements.
  const content = ['content:encoded', 'content', 'description', 'summary'].map((name) => find(element, name))
  const written = content.find((part) => part !== undefined && (part.text !== '' || part.children.length > 0))
  const body = written === undefined ? '' : plainText(written)
  const title = oneLine(plainTitle(element), 200) || oneLine(body, 200) || oneLine(url ?? '', 200)
  if (title === '') {
    yield { problem: { why: 'no-content', at: element.line } }
    return
  }
  const date = ['pubDate', 'published', 'dc:date', 'updated', 'issued']
    .map((name) => textOf(element, name))
    .find(Boolean)
  const when = date === undefined ? undefined : (instantIn(date, reading) ?? parseWhen(date, reading))
  const id = textOf(element, 'guid') || textOf(element, 'id') || element.attributes['rdf:about'] || url
  const author = oneLine(
    textOf(element, 'dc:creator') || nameIn(find(element, 'author')) || textOf(element, 'author'),
    200,
  )
  yield* inParts({
    same: `${format}:${id ?? hashed(source, title, date ?? '', body)}`,
    type: 'feed',
    title,
    body,
    when,
    source: format,
    people: author === '' ? [] : [{ name: author, role: 'from' }],
    tags: asTags(
      childrenOf(element, 'category')
        .slice(0, 1000)
        .map((child) => child.attributes['term'] ?? child.text),
    ),
    collections: asCollections(source),
    facts: { ...(url !== undefined && leads(url) ? { url } : {}), ...(source === '' ? {} : { feed: source }) },
    position: element.line,
  })
  if (isLost(date ?? '', when)) yield lostDate(date ?? '', element.line)
}

const find = (element: XmlElement, name: string) => element.children.find((child) => child.name === name)
const nameIn = (author: XmlElement | undefined) => (author === undefined ? '' : textOf(author, 'name'))

function plainText(part: XmlElement): string {
  if (part.children.length > 0) return textOfXhtml(part)
  return part.attributes['type'] === 'text' ? part.text : readHtml(part.text).text
}

/** Markup that stands in the feed as elements: its text was parted from its elements, so only their order within each is kept. */
function textOfXhtml(part: XmlElement): string {
  return [part.text, ...part.children.map(textOfXhtml)].filter((text) => text !== '').join('\n')
}

function plainTitle(element: XmlElement): string {
  const title = find(element, 'title')
  return title === undefined ? '' : plainText(title)
}

/** RSS has it as text; Atom as an attribute, the page itself under `alternate` or no relation at all. */
function linkOf(element: XmlElement): string | undefined {
  const links = childrenOf(element, 'link')
  const alternate = links.find(
    ({ attributes }) => attributes['href'] !== undefined && (attributes['rel'] ?? 'alternate') === 'alternate',
  )
  const url = alternate?.attributes['href'] ?? links.find(({ text }) => text !== '')?.text
  const id = textOf(element, 'guid')
  return url ?? (leads(id) ? id : undefined)
}
