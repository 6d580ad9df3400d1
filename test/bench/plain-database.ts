// The baseline of every database row: the same SQLite with the same settings, and no cipher. The settings are read from
// an encrypted connection, so that the two cannot drift apart.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { type Db, cipherForThisComputer, openDatabase } from '../../electron/core/vault/db.ts'

const settings = [
  'temp_store',
  'journal_mode',
  'synchronous',
  'secure_delete',
  'trusted_schema',
  'cell_size_check',
  'mmap_size',
  'foreign_keys',
  'cache_size',
  'busy_timeout',
] as const

export type Values = ReadonlyMap<string, unknown>

export const openEncrypted = (path: string): Db =>
  openDatabase({ path, key: randomBytes(32), cipher: cipherForThisComputer(), create: true })

/** How the vault's own connections are set. */
export function vaultSettings(scratchPath: string): Values {
  const db = openEncrypted(scratchPath)
  try {
    return new Map(settings.map((name) => [name, db.pragma(name, { simple: true })]))
  } finally {
    db.close()
    rmSync(scratchPath)
  }
}

export function openPlain(path: string, values: Values): Db {
  const db = new Database(path)
  for (const [name, value] of values) db.pragma(`${name} = ${String(value)}`)
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  return db
}
