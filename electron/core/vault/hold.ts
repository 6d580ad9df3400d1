// One vault is open in one process at a time. The hold is a lock the operating system takes back by itself when a process
// dies, so there is nothing stale to clean up: `lock` is a tiny database in which the holder keeps a write transaction
// open. Its one row, readable by everyone, says who that is. (docs/decisions/0003)
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import type { HostName } from '../../../shared/api/about.ts'
import { type Holder, holder } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import { codeOf, toAppError } from '../failures.ts'

const attempts = 20

interface HoldParts {
  readonly folder: string
  readonly host: HostName
  readonly since: Date
}

export interface Hold {
  /** False once the lock file was removed or replaced: then others can take it, and this hold keeps nobody out. */
  readonly stands: () => boolean
  readonly release: () => void
}

/** A lock file that is no database any more (a power cut, a stray write) is made anew: it holds nothing worth keeping. */
export function takeHold(parts: HoldParts): Hold {
  try {
    return tryToHold(parts)
  } catch (error) {
    if (toAppError(error)?.code !== 'VAULT_DAMAGED') throw error
    rmSync(join(parts.folder, 'lock'), { force: true })
    return tryToHold(parts)
  }
}

function tryToHold({ folder, host, since }: HoldParts): Hold {
  const path = join(folder, 'lock')
  const db = new Database(path, { timeout: 200 })
  // Opened by now, so a file under this name that is another one came later.
  const held = fileAt(path)
  const mine = { host, pid: process.pid, since: since.toISOString() }
  try {
    db.pragma('journal_mode = DELETE')
    for (let attempt = 0; attempt < attempts; attempt++) {
      db.transaction(() => {
        db.exec('CREATE TABLE IF NOT EXISTS holder (host TEXT, pid INTEGER, since TEXT)')
        db.exec('DELETE FROM holder')
        db.prepare('INSERT INTO holder VALUES (@host, @pid, @since)').run(mine)
      }).immediate()
      db.exec('BEGIN IMMEDIATE')
      // Somebody may have written the row between the two transactions; then the row would name the wrong holder.
      if (readHolder(db)?.pid === process.pid)
        return { stands: () => held !== undefined && fileAt(path) === held, release: () => release(db) }
      db.exec('ROLLBACK')
    }
    throw new AppError('VAULT_BUSY')
  } catch (error) {
    const who = isBusy(error) ? readHolder(db) : undefined
    db.close()
    throw isBusy(error) ? new AppError('VAULT_BUSY', who ?? {}, { cause: error }) : error
  }
}

/** Which file this is, whatever it is called. */
function fileAt(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}

/** Who has the vault open, if anybody has: a lock that can be taken is nobody's. */
export function whoHolds(folder: string): Holder | null {
  const path = join(folder, 'lock')
  if (!existsSync(path)) return null
  let db: Database.Database | undefined
  try {
    db = new Database(path, { timeout: 0 })
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    return null
  } catch (error) {
    // A lock that cannot be read says nothing; whoever tries to take it will hear why.
    return db !== undefined && isBusy(error) ? (readHolder(db) ?? null) : null
  } finally {
    db?.close()
  }
}

const isBusy = (error: unknown): boolean => codeOf(error)?.startsWith('SQLITE_BUSY') === true

function readHolder(db: Database.Database): Holder | undefined {
  try {
    return holder.safeParse(db.prepare('SELECT host, pid, since FROM holder').get()).data
  } catch {
    // Between two holders the file can be busy or empty; who it is remains unsaid then.
    return undefined
  }
}

function release(db: Database.Database): void {
  try {
    db.exec('DELETE FROM holder; COMMIT')
  } finally {
    // Closing gives the lock back even where the row could not be taken away.
    db.close()
  }
}
