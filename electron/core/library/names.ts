// Tags and collections by name. A tag is there for as long as something has it; a collection until the person
// drops it; one that an import made, and the person has left as it was, goes with the last thing in it.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'

const idRow = z.object({ id: z.int() }).optional()

export function createNames({ prepare }: { readonly prepare: Prepare }) {
  const find = (sql: string, value: string | Buffer): number | undefined => idRow.parse(prepare(sql).get(value))?.id
  const add = (sql: string, ...values: readonly (string | Buffer)[]): number =>
    Number(prepare(sql).run(...values).lastInsertRowid)

  const tag = (name: string): number | undefined => find('SELECT id FROM tags WHERE name = ?', name)
  const collection = (name: string): number | undefined => find('SELECT id FROM collections WHERE name = ?', name)

  const dropEmptied = (collections: readonly number[]) => {
    const drop = prepare(`
        DELETE FROM collections WHERE id = ? AND made_by = 'import'
          AND NOT EXISTS (SELECT 1 FROM item_collections WHERE collection = collections.id)`)
    for (const id of collections) drop.run(id)
  }

  return {
    tag,
    collection,
    collectionOf: (uid: string) => find('SELECT id FROM collections WHERE uid = unhex(?)', uid),
    someTag: (name: string): number => tag(name) ?? add('INSERT INTO tags (name) VALUES (?)', name),
    someCollection: (name: string, madeBy: 'person' | 'import'): number =>
      collection(name) ??
      add('INSERT INTO collections (uid, name, made_by) VALUES (?, ?, ?)', randomBytes(16), name, madeBy),

    /** Both answer whether that was news. */
    tagWith: (item: number, id: number): boolean =>
      prepare('INSERT OR IGNORE INTO item_tags (item, tag) VALUES (?, ?)').run(item, id).changes > 0,
    putInto: (item: number, id: number): boolean =>
      prepare('INSERT OR IGNORE INTO item_collections (item, collection) VALUES (?, ?)').run(item, id).changes > 0,

    dropUnused(tags: readonly number[]) {
      const drop = prepare('DELETE FROM tags WHERE id = ? AND NOT EXISTS (SELECT 1 FROM item_tags WHERE tag = tags.id)')
      for (const id of tags) drop.run(id)
    },

    /** From here on it is the person's, and stays when it is empty. */
    makeOwn(collection: number) {
      prepare("UPDATE collections SET made_by = 'person' WHERE id = ? AND made_by = 'import'").run(collection)
    },

    /** Its opposite. */
    giveUp(collections: readonly number[]) {
      for (const id of collections) prepare("UPDATE collections SET made_by = 'import' WHERE id = ?").run(id)
      dropEmptied(collections)
    },

    dropEmptied,
  }
}
export type Names = ReturnType<typeof createNames>
