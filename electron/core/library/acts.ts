// What a person does to items: how private they are, tags, collections, the Trash. Each answers how many items it changed.
import { z } from 'zod'
import { type Level, type Which, levels } from '../../../shared/api/items.ts'
import type { collection } from '../../../shared/api/library.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Changes, Made } from './changes.ts'
import type { List } from './list.ts'
import type { Names } from './names.ts'

interface ActParts {
  readonly prepare: Prepare
  readonly clock: Clock
  readonly changes: Changes
  readonly list: List
  readonly names: Names
}

const collectionRows = z.array(z.object({ id: z.string(), name: z.string(), items: z.int() }))

export function createActs({ prepare, clock, changes, list, names }: ActParts) {
  /** Only those it changes are counted. */
  const each = (which: Which, change: (item: number) => boolean): Made => ({
    items: list.chosen(which).filter(change).length,
  })

  /** One item is named in the log, so that its own page can tell of it; of many, how many. */
  const named = (which: Which) => ('ids' in which && which.ids.length === 1 ? (which.ids[0] ?? null) : null)

  const collectionOf = (uid: string): number => {
    const id = names.collectionOf(uid)
    if (id === undefined) throw new AppError('NO_SUCH_COLLECTION')
    return id
  }

  const insistOnFree = (name: string, except?: number) => {
    const holder = names.collection(name)
    if (holder !== undefined && holder !== except) throw new AppError('NAME_TAKEN')
  }

  return {
    setLevel: ({ which, level }: { readonly which: Which; readonly level: Level }) =>
      changes.perform({
        act: 'level',
        change: () =>
          each(which, (item) => {
            const sql =
              "UPDATE items SET level = @level, level_by = 'person' WHERE id = @item AND (level <> @level OR level_by <> 'person')"
            return prepare(sql).run({ item, level: levels.indexOf(level) }).changes > 0
          }),
        told: ({ items }): Act => ({ act: 'items.level-set', items, item: named(which), level }),
      }),

    tag: ({ which, add, remove }: { readonly which: Which; readonly add: string[]; readonly remove: string[] }) =>
      changes.perform({
        act: 'tag',
        change: () => {
          const items = list.chosen(which)
          // A tag that nobody is to have is not made.
          const added = items.length === 0 ? [] : add.map(names.someTag)
          const removed = remove.flatMap((name) => names.tag(name) ?? [])
          const untag = prepare('DELETE FROM item_tags WHERE item = ? AND tag = ?')
          const tagged = items.filter((item) => {
            const news = added.filter((tag) => names.tagWith(item, tag)).length
            const gone = removed.filter((tag) => untag.run(item, tag).changes > 0).length
            return news + gone > 0
          })
          names.dropUnused([...added, ...removed])
          return { items: tagged.length }
        },
      }),

    collections: (): z.infer<typeof collection>[] =>
      collectionRows.parse(
        prepare(`
          SELECT lower(hex(uid)) AS id, name, (
            SELECT count(*) FROM item_collections CROSS JOIN items ON items.id = item
            WHERE collection = collections.id AND trashed IS NULL
          ) AS items
          FROM collections ORDER BY name
        `).all(),
      ),

    addCollection: ({ name }: { readonly name: string }) =>
      changes.perform({
        act: 'collection',
        change: () => {
          insistOnFree(name)
          const id = names.someCollection(name)
          const { uid } = z
            .object({ uid: z.string() })
            .parse(prepare('SELECT lower(hex(uid)) AS uid FROM collections WHERE id = ?').get(id))
          return { items: 0, id: uid }
        },
      }),

    renameCollection: ({ id: uid, name }: { readonly id: string; readonly name: string }) =>
      changes.perform({
        act: 'collection',
        change: () => {
          const id = collectionOf(uid)
          insistOnFree(name, id)
          prepare('UPDATE collections SET name = ? WHERE id = ? AND name <> ? COLLATE BINARY').run(name, id, name)
          return { items: 0 }
        },
      }),

    dropCollection: ({ id: uid }: { readonly id: string }) =>
      changes.perform({
        act: 'collection',
        change: () => {
          const id = collectionOf(uid)
          // Before the collection itself, so that taking it back puts the collection there first.
          const items = prepare('DELETE FROM item_collections WHERE collection = ?').run(id).changes
          prepare('DELETE FROM collections WHERE id = ?').run(id)
          return { items }
        },
      }),

    collect: (given: { readonly which: Which; readonly collection: string; readonly into: boolean }) =>
      changes.perform({
        act: 'collect',
        change: () => {
          const id = collectionOf(given.collection)
          const takeOut = prepare('DELETE FROM item_collections WHERE item = ? AND collection = ?')
          return each(given.which, (item) => (given.into ? names.putInto(item, id) : takeOut.run(item, id).changes > 0))
        },
      }),

    trash: ({ which }: { readonly which: Which }) =>
      changes.perform({
        act: 'trash',
        change: () => {
          const put = prepare('UPDATE items SET trashed = ? WHERE id = ? AND trashed IS NULL')
          const now = clock.now().getTime()
          return each(which, (item) => put.run(now, item).changes > 0)
        },
        told: ({ items }): Act => ({ act: 'items.trashed', items, item: named(which) }),
      }),

    untrash: ({ which }: { readonly which: Which }) =>
      changes.perform({
        act: 'untrash',
        change: () => {
          const put = prepare('UPDATE items SET trashed = NULL WHERE id = ? AND trashed IS NOT NULL')
          return each(which, (item) => put.run(item).changes > 0)
        },
        told: ({ items }): Act => ({ act: 'items.untrashed', items, item: named(which) }),
      }),
  }
}
