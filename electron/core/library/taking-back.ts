// Takes an import back: what it added goes, what it changed is as it was before. In pieces, so that it can be stopped and
// gone on with; what is done is done. What the person has changed since stays, unless they ask for that too.
import { z } from 'zod'
import type { OpenVault } from '../vault/vault.ts'
import type { Prepare } from '../prepared.ts'
import type { Changes } from './changes.ts'
import type { Files } from './files.ts'
import { judgeAgain } from './judging.ts'
import type { Names } from './names.ts'
import type { People } from './people.ts'
import type { Remove } from './removing.ts'
import { putNamesBack } from './versions.ts'
import type { Words } from './words.ts'

interface TakingBackParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly prepare: Prepare
  readonly words: Words
  readonly changes: Changes
  readonly names: Names
  readonly people: People
  readonly files: Files
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
  readonly more: boolean
}
const nothing = { removed: 0, restored: 0, kept: 0, handedOver: 0 }

const atOnce = 200
const idRows = z.array(z.object({ id: z.int() }))
const counted = z.object({ count: z.int() })
const versionRow = z.object({ version: z.int(), belongs: z.string() })
const belonging = z.object({
  tags: z.array(z.int()),
  collections: z.array(z.int()),
})

const filesOf = 'SELECT id FROM import_files WHERE import = ?'
const byPerson = "(made_by = 'person' OR level_by = 'person')"

export function createTakingBack(parts: TakingBackParts) {
  const { openVault, prepare, words, changes, names, people, files, remove, changed } = parts
  const some = (sql: string, id: number): number[] =>
    idRows.parse(prepare(`${sql} LIMIT ${atOnce}`).all({ id })).map((row) => row.id)
  const ours = filesOf.replace('?', '@id')

  /** Brought in a newer form by another import since: the item is that one's from now on. */
  const handOver = (id: number): number => {
    const found = some(`SELECT id FROM items WHERE import_file IN (${ours}) AND made_in NOT IN (${ours})`, id)
    for (const item of found) {
      prepare("DELETE FROM versions WHERE item = ? AND made_by = 'import' AND made_in IS NULL").run(item)
      prepare('UPDATE items SET import_file = made_in, made_in = NULL WHERE id = ?').run(item)
    }
    return found.length
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
      const again = `SELECT 1 FROM items WHERE id = @item AND made_in IN (${ours})`
      if (prepare(again).get({ item, id }) === undefined) break
    }
    judgeAgain(prepare, item)
  }

  const takeSome = (id: number, theirsToo: boolean): TakenBack => {
    // They are no part of it from here on: neither taken back by it, nor kept for what the person did.
    const handedOver = handOver(id)
    if (handedOver > 0) return { ...nothing, handedOver, more: true }
    const unless = theirsToo ? '' : ` AND NOT ${byPerson}`
    const renewed = some(
      `SELECT id FROM items WHERE made_in IN (${ours}) AND import_file IS NOT NULL
      AND import_file NOT IN (${ours})`,
      id,
    )
    if (renewed.length > 0) {
      const mark = {}
      words.following(renewed, () =>
        people.following(renewed, () => {
          for (const item of renewed) restore(item, id, mark)
        }),
      )
      return { ...nothing, restored: renewed.length, more: true }
    }
    const added = some(`SELECT id FROM items WHERE import_file IN (${ours})${unless}`, id)
    if (added.length > 0) {
      remove(added)
      return { ...nothing, removed: added.length, more: true }
    }
    prepare(`DELETE FROM versions WHERE made_in IN (${filesOf})`).run(id)
    files.detach(id)
    const left = prepare(`SELECT count(*) AS count FROM items WHERE import_file IN (${filesOf})`).get(id)
    return { ...nothing, kept: counted.parse(left).count, more: false }
  }

  return (id: number, { changedToo }: { readonly changedToo: boolean }): TakenBack => {
    const taken = openVault()
      .db.transaction(() => takeSome(id, changedToo))
      .immediate()
    changed()
    return taken
  }
}
