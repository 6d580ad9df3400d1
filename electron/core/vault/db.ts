// Opens the encrypted database. The order of the steps is a matter of safety: the key comes before anything that reads a
// page, and the settings come before anything that writes one. What each guards against is measured in SECURITY.md.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { readIfPresent } from '../files.ts'
import type { KeyFile } from './keys/keyfile.ts'
import { keyBytes } from './keys/keys.ts'

export type Db = Database.Database
export type Cipher = KeyFile['cipher']

/** For whoever holds the database: another process, or a thread that copies it. */
const patienceMs = 5000

const settings = [
  'temp_store = MEMORY', // the build's default writes sorts and statement journals to disk in the clear
  'journal_mode = WAL',
  'synchronous = FULL', // WAL's default, NORMAL, loses acknowledged transactions in a power cut
  'secure_delete = ON',
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'mmap_size = 0',
  'foreign_keys = ON',
  'cache_size = -65536',
  `busy_timeout = ${patienceMs}`,
] as const

/** SQLite's smallest page. It takes a shorter file for a new database, and would write one into it. */
const leastBytes = 512

interface OpenParts {
  readonly path: string
  readonly key: Buffer
  readonly cipher: Cipher
  /** Absent: the file must be there already. */
  readonly create?: true
}

export function openDatabase({ path, key, cipher, create }: OpenParts): Db {
  if (key.length !== keyBytes) throw new Error('a database key is not 32 bytes long')
  const found = statSync(path, { throwIfNoEntry: false })
  if (create !== true && found?.isFile() === true && found.size < leastBytes) throw new AppError('VAULT_DAMAGED')
  const db = new Database(path, { fileMustExist: create !== true })
  try {
    db.pragma(`cipher = '${cipher}'`)
    // Without the prefix the bytes would be taken for a passphrase and stretched again (SQLite3MC, "raw key").
    const raw = Buffer.concat([Buffer.from('raw:'), key])
    db.key(raw)
    raw.fill(0)
    db.pragma('temp_store = MEMORY')
    // The first read proves the key; a wrong one and a damaged first page look the same here.
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    for (const setting of settings) db.pragma(setting)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const checkpoint = z.tuple([z.object({ busy: z.int() })])

/**
 * Brings what stands in the log into the database, and nothing stays in the log. Answers false where somebody reads it at
 * this moment, for whom nobody is kept waiting.
 */
export function emptyLog(db: Db): boolean {
  db.pragma('busy_timeout = 0')
  try {
    const [{ busy }] = checkpoint.parse(db.pragma('wal_checkpoint(TRUNCATE)'))
    return busy === 0
  } finally {
    db.pragma(`busy_timeout = ${patienceMs}`)
  }
}

/**
 * Writes into a file that is about to be moved, and closes it: whole without its log, and flushed. Closing alone does not say
 * where it could not write what stands in the log.
 */
export function writtenWhole<T>(db: Db, write: (db: Db) => T): T {
  try {
    const result = write(db)
    // Ours alone, unless somebody else opened it.
    if (!emptyLog(db)) throw new AppError('VAULT_BUSY')
    return result
  } finally {
    db.close()
  }
}

/** A forgotten key would make a plain file without a word. Called once, right after a database is created. */
export function insistOnCiphertext(path: string): void {
  const start = Buffer.alloc(16)
  const file = openSync(path, 'r')
  try {
    readSync(file, start, 0, start.length, 0)
  } finally {
    closeSync(file)
  }
  if (start.toString('latin1').startsWith('SQLite format 3')) throw new Error('the database was created in the clear')
}

/** AEGIS-256 is built on the processor's AES rounds; without them it would be slow and its timing would tell. */
export function cipherForThisComputer(): Cipher {
  if (process.platform !== 'linux') return 'aegis'
  const info = readIfPresent('/proc/cpuinfo')?.toString('latin1') ?? ''
  return /^(flags|Features)\s*:.*\baes\b/mu.test(info) ? 'aegis' : 'chacha20'
}

/** Every table that holds rows. A virtual one only shows what its shadow tables hold, and those are among these. */
export function tablesOf(db: Db): string[] {
  const sql = `SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`
  return z.array(z.string()).parse(db.prepare(sql).pluck().all())
}

/** Reads every page and follows every index. */
export function insistOnSoundness(db: Db): void {
  const verdict: unknown = db.pragma('integrity_check(1)', { simple: true })
  if (verdict !== 'ok') throw new AppError('VAULT_DAMAGED')
}
