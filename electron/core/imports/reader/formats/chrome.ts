// What Chromium browsers (Chrome, Edge, Brave, Opera, Vivaldi) keep in a profile: `History`, a database of visits, and
// `Bookmarks`, a tree in JSON. Their times count microseconds since 1601 (base/time/time.h, "Windows epoch").
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { isObject, startOfJson } from '../text/json.ts'
import { claimsDatabase, numberIn, openForeign, textIn } from '../databases/sqlite.ts'
import { wholeText } from '../text/text.ts'
import { nodesIn, parseTree, text } from './bookmark-tree.ts'
import { bookmarkItem, visitItem } from './browsing.ts'

const format = 'chrome'
const since1601 = 11_644_473_600_000
const mostBookmarkBytes = 64 * 1024 * 1024

/** ui/base/page_transition_types.h: the low byte says how one got there; frames inside a page are no visit of the person. */
const frames = new Set([3, 4])
/** The last page of a chain of redirects; the ones before it were only passed through. */
const chainEnd = 0x20000000

export const chromeHistory: Importer = {
  format: 'chrome-history',
  counts: 'records',
  recognises: (sample) => claimsDatabase(sample, ['urls', 'visits', 'last_visit_time'], 'History'),
  async *read(entry, reading) {
    const history = await openForeign(entry, reading)
    try {
      if (history.problem !== undefined) yield { problem: { why: history.problem, detail: 'wal' } }
      if (
        !history.has('urls', ['id', 'url', 'title']) ||
        !history.has('visits', ['id', 'url', 'visit_time', 'transition'])
      ) {
        yield { problem: { why: 'no-content' } }
        return
      }
      const rows = history.rows(`
        SELECT v.visit_time / 1000 AS at, CAST(v.visit_time AS TEXT) AS exact, v.transition AS transition,
          substr(u.url, 1, 8000) AS url, substr(u.title, 1, 1000) AS title
        FROM visits v NOT INDEXED JOIN urls u NOT INDEXED ON u.rowid = v.url`)
      let position = 0
      for (const row of rows) {
        const transition = numberIn(row, 'transition') ?? chainEnd
        const at = numberIn(row, 'at')
        const found: Found =
          frames.has(transition & 0xff) || (transition & chainEnd) === 0
            ? { skipped: true }
            : visitItem(format, {
                url: textIn(row, 'url', 8000),
                title: textIn(row, 'title', 1000),
                at: at === undefined ? undefined : at - since1601,
                exact: textIn(row, 'exact', 30),
              })
        yield 'item' in found ? { item: { ...found.item, position } } : found
        position += 1
      }
    } finally {
      history.close()
    }
  },
}

export const chromeBookmarks: Importer = {
  format: 'chrome-bookmarks',
  counts: 'records',
  recognises: ({ text }) => {
    const start = startOfJson(text)
    return isObject(start) && isObject(start['roots']) && isObject(start['roots']['bookmark_bar'])
      ? certainty.certain
      : certainty.no
  },
  read: readBookmarks,
}

async function* readBookmarks(entry: Entry, reading: Reading): AsyncIterable<Found> {
  const file = parseTree(await wholeText(entry, reading, mostBookmarkBytes))
  const roots = isObject(file['roots']) ? Object.values(file['roots']) : []
  let position = 0
  for (const { node, folder } of nodesIn(roots, 'name')) {
    if (node['type'] !== 'url') continue
    const added = Number(text(node['date_added']))
    const found = bookmarkItem(format, {
      url: text(node['url']),
      title: text(node['name']),
      at: added > 0 ? added / 1000 - since1601 : undefined,
      name: text(node['guid']),
      folder,
      tags: [],
    })
    yield 'item' in found ? { item: { ...found.item, position } } : { problem: { why: 'no-content', at: position } }
    position += 1
  }
}
