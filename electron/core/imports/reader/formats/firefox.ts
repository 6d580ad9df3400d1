// places.sqlite of a Firefox profile: every visit and every bookmark (firefox-source-docs: "Places"). What Firefox itself
// does not show in its history (frames, pages passed through on a redirect) is left out.
import type { Found, Importer } from '../importer.ts'
import { claimsDatabase, type ForeignDatabase, numberIn, openForeign, textIn } from '../databases/sqlite.ts'
import { bookmarkItem, visitItem } from './browsing.ts'

const format = 'firefox'

/** EMBED and FRAMED_LINK: loaded inside another page. */
const insidePages = new Set([4, 8])
const bookmarkType = 1
const mostFolders = 200_000

const placeColumns = ['id', 'url', 'title', 'hidden']
const visitColumns = ['place_id', 'visit_date', 'visit_type']
const bookmarkColumns = ['id', 'type', 'fk', 'parent', 'title', 'dateAdded', 'guid']

export const firefox: Importer = {
  format,
  counts: 'records',
  recognises: (sample) => claimsDatabase(sample, ['moz_places'], 'places.sqlite'),
  async *read(entry, reading) {
    const places = await openForeign(entry, reading)
    try {
      if (places.problem !== undefined) yield { problem: { why: places.problem, detail: 'wal' } }
      if (!places.has('moz_places', placeColumns)) {
        yield { problem: { why: 'no-content' } }
        return
      }
      let position = 0
      if (places.has('moz_historyvisits', visitColumns)) {
        for (const found of visits(places)) yield placed(found, position++)
      }
      if (places.has('moz_bookmarks', bookmarkColumns)) {
        for (const found of bookmarks(places)) yield placed(found, position++)
      }
    } finally {
      places.close()
    }
  },
}

const placed = (found: Found, position: number): Found =>
  'item' in found
    ? { item: { ...found.item, position } }
    : 'problem' in found
      ? { problem: { ...found.problem, at: position } }
      : found

function* visits(places: ForeignDatabase): Generator<Found> {
  const rows = places.rows(`
    SELECT v.visit_date / 1000 AS at, CAST(v.visit_date AS TEXT) AS exact, v.visit_type AS how,
      substr(p.url, 1, 8000) AS url, substr(p.title, 1, 1000) AS title, p.hidden AS hidden
    FROM moz_historyvisits v NOT INDEXED JOIN moz_places p NOT INDEXED ON p.rowid = v.place_id`)
  for (const row of rows) {
    if (row['hidden'] === 1 || insidePages.has(numberIn(row, 'how') ?? 0)) yield { skipped: true }
    else {
      yield visitItem(format, {
        url: textIn(row, 'url', 8000),
        title: textIn(row, 'title', 1000),
        at: numberIn(row, 'at'),
        exact: textIn(row, 'exact', 30),
      })
    }
  }
}

interface Folder {
  readonly parent: number | undefined
  readonly title: string
  readonly guid: string
}

function* bookmarks(places: ForeignDatabase): Generator<Found> {
  const folders = new Map<number, Folder>()
  const folderRows = places.rows(
    `SELECT id, parent, substr(title, 1, 200) AS title, guid FROM moz_bookmarks NOT INDEXED WHERE type = 2 LIMIT ${mostFolders}`,
  )
  for (const row of folderRows) {
    const id = numberIn(row, 'id')
    if (id !== undefined)
      folders.set(id, {
        parent: numberIn(row, 'parent'),
        title: textIn(row, 'title', 200),
        guid: textIn(row, 'guid', 40),
      })
  }
  const tags = tagsOf(places, folders)
  const rows = places.rows(`
    SELECT b.fk AS fk, b.parent AS parent, substr(b.title, 1, 1000) AS title, b.dateAdded / 1000 AS at, b.guid AS guid,
      substr(p.url, 1, 8000) AS url, substr(p.title, 1, 1000) AS pageTitle
    FROM moz_bookmarks b NOT INDEXED JOIN moz_places p NOT INDEXED ON p.rowid = b.fk WHERE b.type = ${bookmarkType}`)
  for (const row of rows) {
    const url = textIn(row, 'url', 8000)
    const parent = numberIn(row, 'parent')
    // A tag is kept as a folder of bookmarks, and a saved query as a bookmark of its own scheme.
    if (isTag(parent, folders) || url.startsWith('place:')) yield { skipped: true }
    else {
      yield bookmarkItem(format, {
        url,
        title: textIn(row, 'title', 1000) || textIn(row, 'pageTitle', 1000),
        at: numberIn(row, 'at'),
        name: textIn(row, 'guid', 40),
        folder: pathOf(parent, folders),
        tags: tags.get(numberIn(row, 'fk') ?? -1) ?? [],
      })
    }
  }
}

const tagsRoot = 'tags________'

function isTag(parent: number | undefined, folders: ReadonlyMap<number, Folder>): boolean {
  const above = parent === undefined ? undefined : folders.get(parent)?.parent
  return above !== undefined && folders.get(above)?.guid === tagsRoot
}

function tagsOf(places: ForeignDatabase, folders: ReadonlyMap<number, Folder>): Map<number, string[]> {
  const tags = new Map<number, string[]>()
  const rows = places.rows(
    `SELECT fk, parent FROM moz_bookmarks NOT INDEXED WHERE type = ${bookmarkType} LIMIT 1000000`,
  )
  for (const row of rows) {
    const place = numberIn(row, 'fk')
    const parent = numberIn(row, 'parent')
    if (place === undefined || parent === undefined || !isTag(parent, folders)) continue
    const title = folders.get(parent)?.title ?? ''
    if (title !== '') tags.set(place, [...(tags.get(place) ?? []), title])
  }
  return tags
}

/** The names of the folders around it. A hostile file's folders may lie in each other. */
function pathOf(parent: number | undefined, folders: ReadonlyMap<number, Folder>): string[] {
  const path: string[] = []
  let at = parent
  for (let depth = 0; at !== undefined && depth < 50; depth++) {
    const folder = folders.get(at)
    if (folder === undefined || folder.guid === 'root________') break
    if (folder.title !== '') path.unshift(folder.title)
    at = folder.parent
  }
  return path
}
