// Search over a real encrypted database, and items written into it row by row, with what their tests are about.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { onTestFinished } from 'vitest'
import { createJobs } from '../../../electron/core/jobs/jobs.ts'
import { createSearch } from '../../../electron/core/search/search.ts'
import { openDatabase } from '../../../electron/core/vault/db.ts'
import { migrate } from '../../../electron/core/vault/migrate.ts'
import { type ItemType, levels, type Level, type roles } from '../../../shared/api/items.ts'
import { type Hit, searchApi } from '../../../shared/api/search.ts'
import type { z } from 'zod'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

interface TestPerson {
  readonly name: string
  readonly address?: string
  readonly role: (typeof roles)[number]
}

interface TestItem {
  readonly type?: ItemType
  readonly title?: string
  readonly body?: string
  readonly day?: string
  /** Where it was not at noon at UTC. */
  readonly when?: { readonly at: string; readonly east: number; readonly timing: 'moment' | 'day' | 'none' }
  readonly source?: string
  readonly level?: Level
  readonly people?: readonly TestPerson[]
  readonly tags?: readonly string[]
}

const key = Buffer.alloc(32, 5)

export async function openSearch() {
  await sodium.ready
  const folder = temporaryFolder()
  const path = join(folder, 'vault.db')
  const db = openDatabase({ path, key, cipher: 'aegis', create: true })
  migrate(db, path)
  onTestFinished(() => void db.close())
  const clock = createFakeClock()
  const jobs = createJobs({ clock, log: { write: () => {} }, emit: () => {}, onFailure: () => {} })
  const wishes = { searchRecency: 50, searchHalfLifeDays: 180 }
  const search = createSearch({ openVault: () => ({ db }), clock, jobs, wishes: () => wishes })

  const idOf = (sql: string, ...values: readonly string[]) =>
    Number(
      db
        .prepare(sql)
        .pluck()
        .get(...values),
    )
  const personId = ({ name, address }: TestPerson): number => {
    const same = address === undefined ? `name:${name}` : `mail:${address}`
    db.prepare('INSERT OR IGNORE INTO people (same, name, folded) VALUES (?, ?, ?)').run(same, name, name)
    return idOf('SELECT id FROM people WHERE same = ?', same)
  }

  /** The rows, without their words. */
  const write = (item: TestItem): number => {
    const { type = 'note', title = '', body = '', day = '2026-01-10', source = 'test', level = 'ordinary' } = item
    const { at: told, east, timing } = item.when ?? { at: `${day}T12:00:00Z`, east: 0, timing: 'moment' }
    const at = Date.parse(told)
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO items (uid, same, type, title, body, body_is, facts, at, east, timing, day, source, level, level_by,
           added, changed, made_by)
         VALUES (?, ?, ?, ?, ?, 'text', '{}', ?, ?, ?, ?, ?, ?, 'rule', ?, ?, 'import')`,
      )
      .run(
        randomBytes(16),
        randomBytes(16),
        type,
        title,
        body,
        at,
        east,
        timing,
        day,
        source,
        levels.indexOf(level),
        at,
        at,
      )
    const id = Number(lastInsertRowid)
    for (const person of item.people ?? [])
      db.prepare('INSERT INTO item_people (item, person, role, name) VALUES (?, ?, ?, ?)').run(
        id,
        personId(person),
        person.role,
        person.name,
      )
    for (const tag of item.tags ?? []) {
      db.prepare('INSERT OR IGNORE INTO tags (name) VALUES (?)').run(tag)
      db.prepare('INSERT INTO item_tags (item, tag) SELECT ?, id FROM tags WHERE name = ?').run(id, tag)
    }
    return id
  }

  const add = (...items: readonly TestItem[]): number[] =>
    db.transaction(() => {
      const ids = items.map(write)
      search.put(ids)
      return ids
    })()

  const find = (query: string, more: Partial<z.input<(typeof searchApi)['search.find']['input']>> = {}) =>
    searchApi['search.find'].output.parse(
      search.find(searchApi['search.find'].input.parse({ query, limit: 100, ...more })),
    )
  const titles = (query: string, more: Parameters<typeof find>[1] = {}) => find(query, more).hits.map(plainTitle)
  return { db, path, clock, jobs, wishes, search, write, add, find, titles }
}
export type TestSearch = Awaited<ReturnType<typeof openSearch>>

export const plain = (pieces: Hit['snippet']): string => pieces.map(({ text }) => text).join('')
export const plainTitle = ({ title }: Hit): string => plain(title)
export const found = (pieces: Hit['snippet']): string[] => pieces.filter((piece) => piece.found).map(({ text }) => text)
