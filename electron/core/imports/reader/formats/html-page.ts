// A page that was saved. Its words are kept, and where it stood; what it would do is not.
import type { NewItem } from '../../../library/library.ts'
import { lostDate } from '../dates/lost-dates.ts'
import { fileDateOf } from '../items/file-date.ts'
import { factsOf, isBrokenDate, whenOf } from '../items/guesses.ts'
import { type About, createPage } from '../markup/html.ts'
import { certainty, type Entry, type Importer, type Reading, type Sample } from '../importer.ts'
import { titleFromFile } from '../items/labels.ts'
import { bodiesOf, itemsOf, lookThrough } from '../items/long-texts.ts'
import { hashed } from '../items/same.ts'
import { oneLine } from '../text/text.ts'
import { type Seen, tolerated } from '../markup/tolerant.ts'

/** Where browsers say where a page came from. */
const longestStart = 4096

export const htmlPage: Importer = {
  format: 'html',
  counts: 'bytes',
  recognises,
  async *read(entry, reading) {
    const seen: Seen = {}
    const reader = pageIn(entry, reading, seen)
    const looked = await lookThrough(bodiesOf(reader.texts()))
    if (looked.first === undefined) return
    const page = reader.about()
    const url = page.url ?? savedFrom(page.start)
    const author = oneLine(page.meta.get('author') ?? page.meta.get('article:author') ?? '', 200)
    const shared = {
      // The same page saved later is the same, changed; without an address, the same words are.
      same: `html:${url ?? hashed(page.title, looked.print)}`,
      type: 'document',
      title: page.title || page.heading || titleFromFile(entry),
      when: published(page.meta, reading),
      fileDate: fileDateOf(entry, reading),
      source: 'html',
      people: author === '' || /^https?:/.test(author) ? undefined : [{ name: author, role: 'from' as const }],
      facts: factsOf([
        ['url', url ?? ''],
        ['site', oneLine(page.meta.get('og:site_name') ?? '', 200)],
        ['description', oneLine(page.meta.get('description') ?? '', 1000)],
        ['links', page.links.length === 0 ? '' : page.links.length],
      ]),
      position: 0,
    } as const
    const again = () => bodiesOf(pageIn(entry, reading, {}).texts())
    yield* itemsOf(looked, again, (body) => ({ ...shared, body }))
    const broken = datesIn(page.meta).find((date) => isBrokenDate(date, reading))
    if (shared.when === undefined && broken !== undefined) yield lostDate(broken, 0)
    if (seen.brokenAt !== undefined) yield { problem: { why: 'wrong-encoding', at: seen.brokenAt } }
  },
}

/** Its text as it comes, and when that has ended, what it says of itself. */
function pageIn(entry: Entry, reading: Reading, seen: Seen) {
  let ready: string[] = []
  const page = createPage((text) => ready.push(text))
  let start = ''
  let about: About | undefined
  const texts = async function* () {
    for await (const html of tolerated(entry, reading, seen)) {
      if (start.length < longestStart) start += html.slice(0, longestStart)
      page.write(html)
      yield ready.join('')
      ready = []
    }
    about = page.end()
    yield ready.join('')
  }
  return {
    texts,
    about() {
      if (about === undefined) throw new Error('a page was asked about before its end')
      return { ...about, start }
    },
  }
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
function savedFrom(start: string): string | undefined {
  const url =
    /<!-- saved from url=\(\d{4}\)(https?:\/\/\S+) -->/.exec(start)?.[1] ??
    /Page saved with SingleFile\s+url:\s*(https?:\/\/\S+)/.exec(start)?.[1]
  return url !== undefined && URL.canParse(url) ? url : undefined
}

function published(meta: ReadonlyMap<string, string>, reading: Reading): NewItem['when'] {
  return datesIn(meta)
    .map((date) => whenOf(date, reading))
    .find((when) => when !== undefined)
}

const datesIn = (meta: ReadonlyMap<string, string>): string[] =>
  ['article:published_time', 'datepublished', 'dc.date', 'date', 'og:updated_time'].map((name) => meta.get(name) ?? '')
