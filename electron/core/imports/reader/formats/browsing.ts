// What browsers keep, as items: a page visited, and a page kept for later. Shared by the browsers' own files and the file
// they exchange bookmarks in.
import { moment } from '../dates/dates.ts'
import type { Found } from '../importer.ts'
import { asTags } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'

const longestTitle = 200
const longestUrl = 4000
const longestDescription = 100_000

/** Addresses that lead somewhere. Others (scripts, data) are kept as text and never offered as a link. */
export const leads = (url: string): boolean => /^(?:https?|ftp):\/\/\S/i.test(url) && url.length <= longestUrl

interface Visit {
  readonly url: string
  readonly title: string
  /** Milliseconds since 1970. */
  readonly at: number | undefined
  /** The time as the browser has it, finer than ours. */
  readonly exact: string
}

export function visitItem(source: string, { url, title, at, exact }: Visit): Found {
  if (url === '') return { problem: { why: 'no-content' } }
  // Browsers write 0 where they do not know.
  const when = at === undefined || at <= 0 ? undefined : moment(at)
  if (when === undefined) return { problem: { why: 'not-a-date', detail: exact.slice(0, 100) } }
  return {
    item: {
      same: `${source}:visit:${exact}:${url}`,
      type: 'visit',
      title: oneLine(title, longestTitle) || oneLine(url, longestTitle),
      body: url.slice(0, longestUrl),
      when,
      source,
      facts: leads(url) ? { url } : {},
    },
  }
}

interface Bookmark {
  readonly url: string
  readonly title: string
  readonly description?: string
  readonly at: number | undefined
  /** The browser's own name for it; empty where the file has none. */
  readonly name: string
  /** From the outside in. */
  readonly folder: readonly string[]
  readonly tags: readonly string[]
}

export function bookmarkItem(source: string, bookmark: Bookmark): Found {
  const { url, title, description = '', at, name } = bookmark
  if (url === '') return { problem: { why: 'no-content' } }
  const folder = bookmark.folder.map((part) => oneLine(part, 80)).filter((part) => part !== '')
  return {
    item: {
      same: `${source}:bookmark:${name || JSON.stringify([url, folder])}`,
      type: 'bookmark',
      title: oneLine(title, longestTitle) || oneLine(url, longestTitle),
      body: [description.slice(0, longestDescription).trim(), url.slice(0, longestUrl)]
        .filter((part) => part !== '')
        .join('\n\n'),
      // Many have none: a bookmark without its day is a bookmark all the same.
      when: at === undefined || at <= 0 ? undefined : moment(at),
      source,
      tags: asTags(bookmark.tags),
      facts: { ...(leads(url) ? { url } : {}), ...(folder.length > 0 ? { folder: folder.join(' / ') } : {}) },
    },
  }
}
