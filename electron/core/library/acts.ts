// What a person does to items: how private they are, tags, collections, the Trash. Each answers how many items it changed.
import { z } from 'zod'
import type { Level, Which } from '../../../shared/api/items.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import { numberOfLevel } from '../levels.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Changes } from './changes.ts'
import type { Counts } from './counts.ts'
import type { List } from './list.ts'
import type { Names } from './names.ts'

interface ActParts {
  readonly prepare: Prepare
  readonly clock: Clock
  readonly changes: Changes
  readonly list: List
  readonly names: Names
  readonly counts: Counts
}

interface Collecting {
  readonly which: Which
  readonly add: readonly ({ readonly id: string } | { readonly name: string })[]
  readonly remove: readonly { readonly id: string }[]
}

/** One statement for all of them: a hundred thousand at a time would keep everybody waiting for seconds. */
const ofThese = 'IN (SELECT value FROM json_each(@items))'
const touchedSql = `
  SELECT count(DISTINCT item) FROM change_rows WHERE change = (SELECT change FROM change_now) AND item IS NOT NULL`

export function createActs({ prepare, clock, changes, list, names, counts }: ActParts) {
  const run = (sql: string, items: readonly number[], values: Readonly<Record<string, number>> = {}): number =>
    prepare(sql).run({ ...values, items: JSON.stringify(items) }).changes

  const touched = () => z.int().parse(prepare(touchedSql).pluck().get())

  /** One item is named in the log, so that its own page can tell of it; of many, how many. */
  const named = (which: Which) => ('ids' in which && which.ids.length === 1 ? (which.ids[0] ?? null) : null)

  const collectionOf = (uid: string): number => {
    const id = names.collectionOf(uid)
    if (id === undefined) throw new AppError('NO_SUCH_COLLECTION')
    return id
  }

  return {
    setLevel: ({ which, level }: { readonly which: Which; readonly level: Level }) =>
      changes.perform({
        act: 'level',
        change: () => {
          const items = list.chosen(which)
          const sql = `UPDATE items SET level = @level, level_by = 'person'
            WHERE id ${ofThese} AND (level <> @level OR level_by <> 'person')`
          return { items: counts.followingKinds(items, () => run(sql, items, { level: numberOfLevel(level) })) }
        },
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
          for (const tag of added) {
            const sql =
              'INSERT OR IGNORE INTO item_tags (item, tag) SELECT value, @tag FROM json_each(@items) ORDER BY value'
            run(sql, items, { tag })
          }
          for (const tag of removed) run(`DELETE FROM item_tags WHERE tag = @tag AND item ${ofThese}`, items, { tag })
          const tagged = touched()
          names.dropUnused([...added, ...removed])
          return { items: tagged }
        },
      }),

    renameCollection: ({ id: uid, name }: { readonly id: string; readonly name: string }) =>
      changes.perform({
        act: 'collection',
        change: () => {
          const id = collectionOf(uid)
          if ((names.collection(name) ?? id) !== id) throw new AppError('NAME_TAKEN')
          const sql =
            "UPDATE collections SET name = @name, made_by = 'person' WHERE id = @id AND name <> @name COLLATE BINARY"
          prepare(sql).run({ id, name })
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

    collect: ({ which, add, remove }: Collecting) =>
      changes.perform({
        act: 'collect',
        change: () => {
          const items = list.chosen(which)
          const removed = remove.map(({ id }) => collectionOf(id))
          const added = add.flatMap((one) => {
            if ('id' in one) return collectionOf(one.id)
            // As with a tag: one that is to hold nothing is not made.
            return items.length === 0 ? [] : names.someCollection(one.name, 'person')
          })
          for (const id of added) {
            const sql = `INSERT OR IGNORE INTO item_collections (item, collection)
              SELECT value, @id FROM json_each(@items) ORDER BY value`
            if (run(sql, items, { id }) > 0) names.makeOwn(id)
          }
          for (const id of removed) {
            const sql = `DELETE FROM item_collections WHERE collection = @id AND item ${ofThese}`
            if (run(sql, items, { id }) > 0) names.makeOwn(id)
          }
          return { items: touched() }
        },
      }),

    trash: ({ which }: { readonly which: Which }) =>
      changes.perform({
        act: 'trash',
        change: () => {
          const items = list.chosen(which)
          counts.without(items)
          const sql = `UPDATE items SET trashed = @now WHERE id ${ofThese} AND trashed IS NULL`
          return { items: run(sql, items, { now: clock.now().getTime() }) }
        },
        told: ({ items }): Act => ({ act: 'items.trashed', items, item: named(which) }),
      }),

    untrash: ({ which }: { readonly which: Which }) =>
      changes.perform({
        act: 'untrash',
        change: () => {
          const items = list.chosen(which)
          const sql = `UPDATE items SET trashed = NULL WHERE id ${ofThese} AND trashed IS NOT NULL`
          return { items: counts.following(items, () => run(sql, items)) }
        },
        told: ({ items }): Act => ({ act: 'items.untrashed', items, item: named(which) }),
      }),
  }
}
