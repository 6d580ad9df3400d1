// A page that was saved. Its words are kept, and where it stood; what it would do is not.
import type { NewItem } from '../../library/library.ts'
import { factsOf, whenOf } from '../guesses.ts'
import { readHtml } from '../html.ts'
import { certainty, type Importer, type Reading, type Sample } from '../importer.ts'
import { titleFromPath } from '../labels.ts'
import { hashed, inParts } from '../same.ts'
import { oneLine, wholeText } from '../text.ts'

const most = 64 * 1024 * 1024

export const htmlPage: Importer = {
  format: 'html',
  counts: 'bytes',
  recognises,
  async *read(entry, reading) {
    const html = await wholeText(entry, reading, most)
    const page = readHtml(html)
    if (page.text === '') {
      yield { problem: { why: 'no-content' } }
      return
    }
    const url = page.url ?? savedFrom(html)
    const author = oneLine(page.meta.get('author') ?? page.meta.get('article:author') ?? '', 200)
    yield* inParts({
      // The same page saved later is the same, changed; without an address, the same words are.
      same: `html:${url ?? hashed(page.title, page.text)}`,
      type: 'document',
      title: page.title || page.heading || titleFromPath(entry.path),
      body: page.text,
      when: published(page.meta, reading),
      source: 'html',
      people: author === '' || /^https?:/.test(author) ? undefined : [{ name: author, role: 'from' }],
      facts: factsOf([
        ['url', url ?? ''],
        ['site', oneLine(page.meta.get('og:site_name') ?? '', 200)],
        ['description', oneLine(page.meta.get('description') ?? '', 1000)],
        ['links', page.links.length === 0 ? '' : page.links.length],
      ]),
      position: 0,
    })
  },
}

function recognises({ text }: Sample) {
  if (text === null) return certainty.no
  const start = text.trimStart()
  // Lists of bookmarks have a type of their own (NETSCAPE-Bookmark-file-1) and are left to who reads them.
  if (/^<!doctype\s+netscape/i.test(start)) return certainty.no
  if (/^(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*(?:<!doctype\s+html|<html[\s>])/i.test(start))
    return certainty.likely
  return /<(?:body|head|div|table|article)[\s>]/i.test(text.slice(0, 4096)) && start.startsWith('<')
    ? certainty.general
    : certainty.no
}

/** Browsers leave the address of a page they save: the "mark of the web", and what SingleFile writes. */
function savedFrom(html: string): string | undefined {
  const start = html.slice(0, 4096)
  const url =
    /<!-- saved from url=\(\d{4}\)(https?:\/\/\S+) -->/.exec(start)?.[1] ??
    /Page saved with SingleFile\s+url:\s*(https?:\/\/\S+)/.exec(start)?.[1]
  return url !== undefined && URL.canParse(url) ? url : undefined
}

function published(meta: ReadonlyMap<string, string>, reading: Reading): NewItem['when'] {
  for (const name of ['article:published_time', 'datepublished', 'dc.date', 'date', 'og:updated_time']) {
    const when = whenOf(meta.get(name) ?? '', reading)
    if (when !== undefined) return when
  }
  return undefined
}
