// A real encrypted database with the library's tables, and items written into it the way the library does.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import type { ItemType, roles } from '../../../shared/api/items.ts'
import { type Db, cipherForThisComputer, openDatabase } from '../../../electron/core/vault/db.ts'
import { migrate } from '../../../electron/core/vault/migrate.ts'
import { keptFolder } from '../../support/temporary-folder.ts'

export interface TestItem {
  readonly type?: ItemType
  readonly title?: string
  readonly body?: string
  readonly day?: string
  readonly source?: string
  readonly level?: number
  readonly people?: readonly {
    readonly name: string
    readonly address?: string
    readonly role: (typeof roles)[number]
  }[]
  readonly tags?: readonly string[]
}

export function openTestDatabase() {
  const folder = keptFolder()
  const path = join(folder.path, 'vault.db')
  const key = randomBytes(32)
  let db: Db | undefined
  const current = (): Db => {
    if (db === undefined) throw new Error('open the database in beforeAll')
    return db
  }

  const addPerson = (name: string, address: string | undefined): number => {
    const same = address === undefined ? `name:${name}` : `mail:${address}`
    current().prepare('INSERT OR IGNORE INTO people (same, name, folded) VALUES (?, ?, ?)').run(same, name, name)
    return Number(current().prepare('SELECT id FROM people WHERE same = ?').pluck().get(same))
  }

  return {
    path,
    key,
    get db() {
      return current()
    },
    async open() {
      await sodium.ready
      db = openDatabase({ path, key, cipher: cipherForThisComputer(), create: true })
      migrate(db, path)
    },
    close() {
      db?.close()
      folder.remove()
    },
    /** The row and its relatives, without its words. */
    addItem(item: TestItem = {}): number {
      const { type = 'note', title = '', body = '', day = '2025-06-15', source = 'test', level = 0 } = item
      const { people = [], tags = [] } = item
      const at = Date.parse(`${day}T12:00:00Z`)
      const { lastInsertRowid } = current()
        .prepare(
          `INSERT INTO items (uid, same, type, title, body, body_is, facts, at, east, timing, day, source, level, level_by, added,
             changed, made_by)
           VALUES (?, ?, ?, ?, ?, 'text', '{}', ?, 0, 'moment', ?, ?, ?, 'rule', ?, ?, 'import')`,
        )
        .run(randomBytes(16), randomBytes(16), type, title, body, at, day, source, level, at, at)
      const id = Number(lastInsertRowid)
      for (const { name, address, role } of people)
        current()
          .prepare('INSERT INTO item_people (item, person, role, name) VALUES (?, ?, ?, ?)')
          .run(id, addPerson(name, address), role, name)
      for (const tag of tags) {
        current().prepare('INSERT OR IGNORE INTO tags (name) VALUES (?)').run(tag)
        current().prepare('INSERT INTO item_tags (item, tag) SELECT ?, id FROM tags WHERE name = ?').run(id, tag)
      }
      return id
    },
  }
}
