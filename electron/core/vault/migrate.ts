// Brings a database to the newest version, all the way or not at all, and refuses one that is newer than this program.
import { constants, copyFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { listFiles, syncFile, syncFolder } from '../files.ts'
import type { Db } from './db.ts'
import { foundation } from './migrations/0010-foundation.ts'
import { library } from './migrations/0020-library.ts'
import { trashById } from './migrations/0021-trash-by-id.ts'
import { meaning } from './migrations/0030-meaning.ts'
import { departures } from './migrations/0031-departures.ts'

interface Migration {
  readonly version: number
  readonly sql: string
}

/** In order. */
export const migrations: readonly Migration[] = [foundation, library, trashById, meaning, departures]

const newestOf = (steps: readonly Migration[]): number => steps.at(-1)?.version ?? 0

export const versionOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }))

/** Of a newer Mindkeep: it stays as it is. */
export function insistOnKnown(found: number, known = newestOf(migrations)): void {
  if (found > known) throw new AppError('VAULT_FROM_FUTURE', { found, known })
}

/** The copies in a folder, whole or half made. */
export const copiesBeforeMigration = (folder: string): string[] =>
  listFiles(folder).filter((name) => /^vault\.db\.before-\d+(\.tmp)?$/u.test(name))

/** Beside the vault until the next migration or the next deep erase. */
export const copyBeforeMigration = (path: string, version: number): string => `${path}.before-${version}`

export function migrate(db: Db, path: string, steps: readonly Migration[] = migrations): void {
  const version = versionOf(db)
  const newest = newestOf(steps)
  insistOnKnown(version, newest)
  if (version === newest) return
  if (version > 0) keepCopy(db, path, version)
  db.transaction(() => {
    for (const step of steps) if (step.version > version) db.exec(step.sql)
    db.pragma(`user_version = ${newest}`)
  }).immediate()
}

/**
 * Under its good name only when it is whole and flushed; the copy of an older migration goes after that. Where the file
 * system can share blocks between files, this takes neither room nor time.
 */
function keepCopy(db: Db, path: string, version: number): void {
  // Whatever is committed has to be in the file itself. Nobody else is at it: the vault is held.
  db.pragma('wal_checkpoint(TRUNCATE)')
  const copy = copyBeforeMigration(path, version)
  const unfinished = `${copy}.tmp`
  try {
    copyFileSync(path, unfinished, constants.COPYFILE_FICLONE)
    syncFile(unfinished)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  const folder = dirname(path)
  for (const name of copiesBeforeMigration(folder)) {
    if (name !== basename(copy)) rmSync(join(folder, name), { force: true })
  }
  syncFolder(folder)
}
