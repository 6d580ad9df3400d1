// Takes an import back: what it added goes, what it changed is as it was before. In pieces, so that it can be stopped and
// gone on with; what is done is done. What the person has changed since stays, unless they ask for that too. It goes from
// file to file and from item to item and never looks at one twice.
import { z } from 'zod'
import type { OpenVault } from '../vault/vault.ts'
import type { Prepare } from '../prepared.ts'
import type { Changes } from './changes.ts'
import type { Files } from './files.ts'
import { type HandOver, isElsewhere } from './handing-over.ts'
import { judgeAgain } from './judging.ts'
import type { Names } from './names.ts'
import type { People } from './people.ts'
import type { Remove } from './removing.ts'
import { passOnGiven, putNamesBack } from './versions.ts'
import type { Words } from './words.ts'

interface TakingBackParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly prepare: Prepare
  readonly words: Words
  readonly changes: Changes
  readonly names: Names
  readonly people: People
  readonly files: Files
  readonly handOver: HandOver
  readonly remove: Remove
  readonly changed: () => void
}

export interface TakenBack {
  readonly removed: number
  readonly restored: number
  /** Changed by the person since, and left as they are. */
  readonly kept: number
  /** Brought in a newer form by a later import since, which has them from now on. */
  readonly handedOver: number
}
const nothing = { removed: 0, restored: 0, kept: 0, handedOver: 0 }

const atOnce = 200
const filesAtOnce = 1000
const numbers = z.array(z.int())
const added = z.object({ id: z.int(), byPerson: z.int(), elsewhere: z.int() })
const restored = z.object({ id: z.int() })
const older = z.object({ id: z.int(), version: z.int() })
const versionRow = z.object({ version: z.int(), belongs: z.string() })
const belonging = z.object({
  tags: z.array(z.int()),
  collections: z.array(z.int()),
})

const addedSql = `
  SELECT id, made_by = 'person' OR level_by = 'person' AS byPerson,
    ${isElsewhere} OR EXISTS (SELECT 1 FROM versions WHERE item = items.id AND ${isElsewhere}) AS elsewhere
  FROM items WHERE import_file = @file AND id > @after ORDER BY id LIMIT ${atOnce}`
const renewedSql = `
  SELECT id FROM items WHERE made_in = @file AND id > @after AND import_file IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM import_files AS f WHERE f.id = import_file AND f.import = @import)
  ORDER BY id LIMIT ${atOnce}`
/** Of the last item there may be more; those that were found are gone by then. */
const olderSql = `
  SELECT item AS id, version FROM versions WHERE made_in = @file AND item >= @after ORDER BY item LIMIT ${atOnce}`

export function createTakingBack(parts: TakingBackParts) {
  const { openVault, prepare, words, changes, names, people, files, handOver, remove, changed } = parts

  function* filesOf(id: number): Generator<number> {
    const sql = `SELECT id FROM import_files WHERE import = ? AND id > ? ORDER BY id LIMIT ${filesAtOnce}`
    for (let after = 0; ; ) {
      const some = numbers.parse(prepare(sql).pluck().all(id, after))
      yield* some
      const last = some.at(-1)
      if (last === undefined) return
      after = last
    }
  }

  /** What is found for one file after another, some at a time; of many files without any, nothing at a time. */
  function* foundIn<T extends { readonly id: number }>(id: number, sql: string, row: z.ZodType<T>): Generator<T[]> {
    let found: T[] = []
    let looked = 0
    for (const file of filesOf(id)) {
      looked += 1
      for (let after = 0; ; ) {
        const more = z.array(row).parse(prepare(sql).all({ import: id, file, after }))
        found.push(...more)
        if (found.length >= atOnce || looked >= filesAtOnce) {
          yield found
          found = []
          looked = 0
        }
        const last = more.at(-1)
        if (last === undefined || more.length < atOnce) break
        after = last.id
      }
    }
    if (found.length > 0) yield found
  }

  const restore = (item: number, id: number, mark: { change?: number }) => {
    const newest = `
      SELECT version, belongs FROM versions WHERE item = @item ORDER BY version DESC LIMIT 1`
    changes.markImported(item, mark)
    for (;;) {
      const { version, belongs } = versionRow.parse(prepare(newest).get({ item }))
      const { tags, collections } = belonging.parse(JSON.parse(belongs))
      prepare(`
        UPDATE items SET brought = old.brought, at = old.at, ends = old.ends, east = old.east, timing = old.timing,
          day = old.day, version = old.version, changed = old.changed, made_by = old.made_by, made_in = old.made_in,
          body_is = old.body_is, title = old.title, facts = old.facts, body = old.body
        FROM versions AS old WHERE items.id = @item AND old.item = @item AND old.version = @version
      `).run({ item, version })
      putNamesBack(prepare, item, version)
      prepare('DELETE FROM versions WHERE item = ? AND version = ?').run(item, version)
      for (const tag of tags) prepare('DELETE FROM item_tags WHERE item = ? AND tag = ?').run(item, tag)
      for (const one of collections) {
        prepare('DELETE FROM item_collections WHERE item = ? AND collection = ?').run(item, one)
      }
      names.dropUnused(tags)
      names.dropEmptied(collections)
      // Two files of one import may each have brought a version.
      const again = 'SELECT 1 FROM items JOIN import_files AS f ON f.id = made_in WHERE items.id = ? AND f.import = ?'
      if (prepare(again).get(item, id) === undefined) break
    }
    judgeAgain(prepare, item)
  }

  /** Between two pieces others may write. */
  function* takeAll(id: number, theirsToo: boolean): Generator<TakenBack, undefined> {
    for (const some of foundIn(id, addedSql, added)) {
      // They are no part of it from here on: neither taken back by it, nor kept for what the person did.
      const elsewhere = some.filter((one) => one.elsewhere === 1)
      for (const one of elsewhere) handOver(one.id, { import: id, upTo: null })
      const ours = some.filter((one) => one.elsewhere === 0)
      const going = ours.filter(({ byPerson }) => theirsToo || byPerson === 0)
      remove(going.map((one) => one.id))
      const kept = ours.length - going.length
      yield { ...nothing, removed: going.length, kept, handedOver: elsewhere.length }
    }
    for (const some of foundIn(id, renewedSql, restored)) {
      const renewed = some.map((one) => one.id)
      const mark = {}
      words.following(renewed, () =>
        people.following(renewed, () => {
          for (const item of renewed) restore(item, id, mark)
        }),
      )
      yield { ...nothing, restored: renewed.length }
    }
    for (const some of foundIn(id, olderSql, older)) {
      for (const { id: item, version } of some) {
        passOnGiven(prepare, item, version)
        prepare('DELETE FROM versions WHERE item = ? AND version = ?').run(item, version)
      }
      yield nothing
    }
    files.detach(id)
    yield nothing
  }

  /** Answers what takes some of it back, each time it is called, until there is nothing left to take. */
  return (id: number, { changedToo }: { readonly changedToo: boolean }): (() => TakenBack | undefined) => {
    const pieces = takeAll(id, changedToo)
    return () => {
      const { value } = openVault()
        .db.transaction(() => pieces.next())
        .immediate()
      if (value === undefined) files.sweep()
      changed()
      return value
    }
  }
}
