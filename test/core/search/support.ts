// Search over the real library, and items that are added to it as an import adds them, with what their tests are about.
import type { ItemType, Level } from '../../../shared/api/items.ts'
import type { NewItem } from '../../../electron/core/library/library.ts'
import type { StartProcess } from '../../../electron/core/ports.ts'
import { type Hit, searchApi } from '../../../shared/api/search.ts'
import type { z } from 'zod'
import { openLibrary } from '../library/support.ts'

interface TestItem extends Pick<NewItem, 'people' | 'tags' | 'attachments'> {
  readonly type?: ItemType
  readonly title?: string
  readonly body?: string
  readonly source?: string
  /** Of which it is, all day long; a day of its own where this is left out, and no time at all for null. */
  readonly when?: NewItem['when'] | null
  readonly day?: string
  /** Set by the person. */
  readonly level?: Level
}

export async function openSearch(startProcess?: StartProcess) {
  const opened = await openLibrary(undefined, startProcess)
  const { library, search, db } = opened
  let number = 0

  const asNew = ({ day = '2026-01-10', when = { day }, ...item }: TestItem): NewItem => ({
    same: `test/${(number += 1)}`,
    type: item.type ?? 'note',
    title: item.title ?? '',
    body: item.body ?? '',
    source: item.source ?? 'test',
    when: when ?? undefined,
    people: item.people,
    tags: item.tags,
    attachments: item.attachments,
  })

  /** Answers their numbers, in their order. */
  const add = async (...items: readonly TestItem[]): Promise<number[]> => {
    await opened.add(items.map(asNew))
    const ids = db
      .prepare('SELECT id FROM items ORDER BY id DESC LIMIT ?')
      .pluck()
      .all(items.length)
      .map(Number)
      .toReversed()
    for (const [at, { level }] of items.entries()) {
      if (level !== undefined) library.setLevel({ which: { ids: [uidOf(ids[at] ?? 0)] }, level })
    }
    return ids
  }

  const uidOf = (id: number) => String(db.prepare('SELECT lower(hex(uid)) FROM items WHERE id = ?').pluck().get(id))

  const find = (query: string, more: Partial<z.input<(typeof searchApi)['search.find']['input']>> = {}) =>
    searchApi['search.find'].output.parse(
      search.findWords(searchApi['search.find'].input.parse({ query, limit: 100, ...more })),
    )
  const titles = (query: string, more: Parameters<typeof find>[1] = {}) => find(query, more).hits.map(plainTitle)
  return { ...opened, add, find, titles, uidOf }
}
export type TestSearch = Awaited<ReturnType<typeof openSearch>>

export const plain = (pieces: Hit['snippet']): string => pieces.map(({ text }) => text).join('')
export const plainTitle = ({ title }: Hit): string => plain(title)
export const found = (pieces: Hit['snippet']): string[] => pieces.filter((piece) => piece.found).map(({ text }) => text)
