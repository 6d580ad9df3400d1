// The backup of bookmarks that Firefox writes: a tree in JSON, the root with its four folders. (Its own database is
// firefox.ts; the file that all browsers exchange is bookmarks.ts.)
import { certainty, type Importer } from '../importer.ts'
import { isObject, startOfJson } from '../text/json.ts'
import { wholeText } from '../text/text.ts'
import { nodesIn, parseTree, text } from './bookmark-tree.ts'
import { bookmarkItem } from './browsing.ts'

/** The same bookmark in the database has the same name. */
const source = 'firefox'
const mostBytes = 64 * 1024 * 1024

export const firefoxBackup: Importer = {
  format: 'firefox-backup',
  counts: 'records',
  recognises: ({ text }) => {
    const start = startOfJson(text)
    return isObject(start) && start['type'] === 'text/x-moz-place-container' ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    const tree = parseTree(await wholeText(entry, reading, mostBytes))
    let position = 0
    for (const { node, folder } of nodesIn([tree], 'title')) {
      if (node['type'] !== 'text/x-moz-place') continue
      const url = text(node['uri'])
      const added = node['dateAdded']
      const found = bookmarkItem(source, {
        url: url.startsWith('place:') ? '' : url,
        title: text(node['title']),
        at: typeof added === 'number' ? added / 1000 : undefined,
        name: text(node['guid']),
        folder: folder.filter((name) => name !== ''),
        tags: text(node['tags']).slice(0, 5000).split(','),
      })
      if (url.startsWith('place:')) yield { skipped: true }
      else
        yield 'item' in found ? { item: { ...found.item, position } } : { problem: { why: 'no-content', at: position } }
      position += 1
    }
  },
}
