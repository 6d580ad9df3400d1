// Puts a rewritten database in the place of the present one so that a crash at any point ends with exactly one of the two.
// The key file names the new database's salt before the file is moved; whoever opens the vault next finishes the move.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../files.ts'
import type { KeyFile, KeyFiles } from './keys/keyfile.ts'

export const databasePath = (folder: string): string => join(folder, 'vault.db')
/**
 * Where a rewritten database waits until it is put in place. What lies under this name is removed unread, so the name is one
 * that nobody else gives.
 */
export const stagedPath = (folder: string): string => join(folder, 'vault.db.mindkeep-next')
/** Where the database of a backup lies while a restore reads it. */
export const scratchPath = (folder: string): string => join(folder, 'vault.db.mindkeep-restoring')

interface ReplaceParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
}

/** The staged file is complete, checked and flushed; the present database is closed. */
export function replaceDatabase({ folder, keyFiles }: ReplaceParts, file: KeyFile, newSalt: Buffer): KeyFile {
  const pending = { ...file, nextDatabaseSalt: newSalt.toString('base64') }
  const before = keyFiles.stage(file)
  try {
    keyFiles.write(pending)
    return finishReplacing({ folder, keyFiles }, pending)
  } catch (error) {
    // Not moved: the announcement is taken back, or the next opening would put this file in the place of a newer one.
    if (existsSync(stagedPath(folder))) before.put()
    throw error
  } finally {
    before.drop()
  }
}

/** Also called on every opening: a no-op unless a replacement was cut short. */
export function finishReplacing({ folder, keyFiles }: ReplaceParts, file: KeyFile): KeyFile {
  if (file.nextDatabaseSalt === null) {
    // Staged but never announced: an unfinished rewrite, worthless.
    removeDatabase(stagedPath(folder))
    return file
  }
  const done = { ...file, databaseSalt: file.nextDatabaseSalt, nextDatabaseSalt: null }
  const after = keyFiles.stage(done)
  try {
    if (existsSync(stagedPath(folder))) moveStaged(folder)
    after.put()
    return done
  } finally {
    after.drop()
  }
}

function moveStaged(folder: string): void {
  // A write-ahead log of the old file must not meet the new one, not even after a power cut.
  for (const suffix of ['-wal', '-shm']) rmSync(databasePath(folder) + suffix, { force: true })
  syncFolder(folder)
  renameSync(stagedPath(folder), databasePath(folder))
  syncFolder(folder)
}

/** The file, and what SQLite puts beside it. */
export const databaseFiles = (path: string): string[] => ['', '-wal', '-shm', '-journal'].map((suffix) => path + suffix)

export function removeDatabase(path: string): void {
  for (const each of databaseFiles(path)) rmSync(each, { force: true })
}
