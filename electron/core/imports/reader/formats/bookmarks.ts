// The file in which browsers and bookmark services exchange bookmarks, as Netscape wrote it: HTML that is never closed
// properly, with folders as headings before nested lists, and times in seconds since 1970.
import { certainty, type Found, type Importer } from '../importer.ts'
import { markupOf } from '../markup/markup.ts'
import { soundOnly } from '../markup/tolerant.ts'
import { bookmarkItem } from './browsing.ts'

const format = 'bookmarks'
const mostTitle = 1000
const mostTags = 5000
const mostDescription = 100_000
const deepestFolder = 100
/** Without the type it should have: a list of addresses or folders, and before it no more than its name. */
const bareList =
  /^\s*(?:<(?:META|LINK)\b[^>]*>\s*|<(TITLE|H1)\b[^<]*<\/\1>\s*)*<DL>\s{0,99}(?:<p>\s{0,99})?<DT>\s{0,99}<(?:A|H3)\b/i

export const bookmarks: Importer = {
  format,
  counts: 'records',
  recognises: ({ text }) => {
    if (text === null) return certainty.no
    if (/^\s*<!DOCTYPE NETSCAPE-Bookmark-file-1>/i.test(text)) return certainty.certain
    return bareList.test(text) ? certainty.likely : certainty.no
  },
  read: soundOnly(async function* (entry, reading, seen) {
    const folders: string[] = []
    let heading: string | undefined
    let mark: Mark | undefined
    let into: 'heading' | 'title' | 'description' | undefined
    let position = 0

    const finished = function* (): Generator<Found> {
      if (mark === undefined) return
      const found = bookmarkItem(format, itemOf(mark))
      yield 'item' in found ? { item: { ...found.item, position } } : { problem: { why: 'no-content', at: position } }
      position += 1
      mark = undefined
    }

    for await (const token of markupOf(entry, reading, seen)) {
      if ('text' in token) {
        if (into === 'heading') heading = `${heading ?? ''}${token.text}`.slice(0, mostTitle)
        if (into === 'title' && mark) mark.title = (mark.title + token.text).slice(0, mostTitle)
        if (into === 'description' && mark) mark.description = (mark.description + token.text).slice(0, mostDescription)
      } else if ('open' in token) {
        const { open: name, attributes } = token
        if (name === 'a' && attributes['href'] !== undefined && into !== 'description') {
          yield* finished()
          mark = { attributes, folder: [...folders], title: '', description: '' }
          into = 'title'
        } else if (name === 'dd') into = 'description'
        else if (name === 'dt' || name === 'dl' || name === 'h3') {
          yield* finished()
          into = name === 'h3' ? 'heading' : undefined
          if (name === 'h3') heading = ''
          if (name === 'dl') {
            // Deeper ones are left out of the path; the bookmarks in them stay.
            folders.push(folders.length < deepestFolder ? (heading ?? '') : '')
            heading = undefined
          }
        }
      } else if (token.close === 'dl') {
        yield* finished()
        folders.pop()
        into = undefined
      } else if ((token.close === 'a' && into === 'title') || (token.close === 'h3' && into === 'heading'))
        into = undefined
    }
    yield* finished()
  }),
}

interface Mark {
  readonly attributes: Readonly<Record<string, string>>
  readonly folder: readonly string[]
  title: string
  description: string
}

const itemOf = ({ attributes, folder, title, description }: Mark) => ({
  url: attributes['href'] ?? '',
  title,
  description,
  at: milliseconds(attributes['add_date'] ?? attributes['time_added']),
  name: '',
  folder: folder.filter((name) => name.trim() !== ''),
  tags: (attributes['tags'] ?? '')
    .slice(0, mostTags)
    .split(',')
    .filter((tag) => tag.trim() !== ''),
})

/** Seconds by the custom; some programs write milliseconds or microseconds, which no date near ours could be taken for. */
function milliseconds(written: string | undefined): number | undefined {
  const number = Number(written)
  if (!Number.isFinite(number) || number <= 0) return undefined
  return number < 1e11 ? number * 1000 : number < 1e14 ? number : number / 1000
}
