import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished, beforeAll, describe, expect, it } from 'vitest'
import sodium from 'libsodium-wrappers-sumo'
import { type Db, openDatabase } from '../../../electron/core/vault/db.ts'
import { copyBeforeMigration, migrate, migrations } from '../../../electron/core/vault/migrate.ts'
import { AppError } from '../../../shared/errors.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

beforeAll(() => sodium.ready)

const key = Buffer.alloc(32, 7)
const upTo = (version: number) => migrations.filter((step) => step.version <= version)
const versionOf = (db: Db) => db.pragma('user_version', { simple: true })
const names = (db: Db) => db.prepare('SELECT key FROM settings ORDER BY key').pluck().all()

function build(version: number) {
  const folder = temporaryFolder()
  const path = join(folder, 'vault.db')
  const open = (at = path, create?: true) => {
    const db = openDatabase({ path: at, key, cipher: 'aegis', ...(create && { create }) })
    onTestFinished(() => void db.close())
    return db
  }
  const db = open(path, true)
  migrate(db, path, upTo(version))
  // Still in the write-ahead log when the copy is made.
  db.exec("INSERT INTO settings VALUES ('kept', '1')")
  return {
    folder,
    path,
    db,
    open,
    files: () =>
      readdirSync(folder)
        .filter((name) => name.includes('before'))
        .toSorted(),
  }
}

const failing = { version: 9999, sql: 'CREATE TABLE half (a); SELECT nonsense FROM nowhere' }

describe('migrating', () => {
  it.each(migrations.slice(1).map(({ version }, index) => [migrations[index]?.version ?? 0, version]))(
    'from version %i to %i keeps what was there, and a copy as it was before',
    (from, to) => {
      const { db, path, open, files } = build(from)
      migrate(db, path, upTo(to))
      expect(versionOf(db)).toBe(to)
      expect(names(db)).toEqual(['kept'])
      expect(files()).toEqual([`vault.db.before-${from}`])
      const before = open(copyBeforeMigration(path, from))
      expect(versionOf(before)).toBe(from)
      expect(names(before)).toEqual(['kept'])
    },
  )

  it('makes no copy of a database that is new, and none where there is nothing to do', () => {
    const { db, path, files } = build(10)
    migrate(db, path, upTo(10))
    expect(files()).toEqual([])
  })

  it('all the way or not at all: a step that fails takes the ones before it back', () => {
    const { db, path, open, files } = build(10)
    expect(() => migrate(db, path, [...migrations, failing])).toThrow('no such table')
    expect(versionOf(db)).toBe(10)
    expect(names(db)).toEqual(['kept'])
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('half', 'items')").pluck().get()).toBe(0)
    db.exec("INSERT INTO settings VALUES ('later', '1')")
    migrate(db, path)
    expect(files()).toEqual(['vault.db.before-10'])
    // Of the second attempt: what came between the two must not be missing from it.
    expect(names(open(copyBeforeMigration(path, 10)))).toEqual(['kept', 'later'])
  })

  it('drops the copy of an older migration once the new one is there', () => {
    const { db, path, files } = build(10)
    writeFileSync(copyBeforeMigration(path, 5), 'older')
    migrate(db, path)
    expect(files()).toEqual(['vault.db.before-10'])
  })

  it('changes nothing where the copy cannot be put in place, and leaves no part of it', () => {
    const { db, path, files } = build(10)
    writeFileSync(copyBeforeMigration(path, 5), 'older')
    mkdirSync(copyBeforeMigration(path, 10))
    expect(() => migrate(db, path)).toThrow()
    expect(versionOf(db)).toBe(10)
    expect(files()).toEqual(['vault.db.before-10', 'vault.db.before-5'])
    expect(readFileSync(copyBeforeMigration(path, 5), 'utf8')).toBe('older')
  })

  it('leaves a database of a newer version untouched', () => {
    const { db, path, files } = build(10)
    db.pragma('user_version = 5000')
    expect(() => migrate(db, path)).toThrow(new AppError('VAULT_FROM_FUTURE', { found: 5000, known: 31 }))
    expect(versionOf(db)).toBe(5000)
    expect(files()).toEqual([])
  })
})
