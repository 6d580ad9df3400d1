// Brings a database to the newest version, one numbered step at a time, and refuses one that is newer than this program.
import { copyFileSync } from 'node:fs'
import { AppError } from '../../../shared/errors.ts'
import { syncFolder } from '../files.ts'
import { dirname } from 'node:path'
import type { Db } from './db.ts'
import { foundation } from './migrations/0010-foundation.ts'

const migrations = [foundation] as const

export const newestVersion = migrations[migrations.length - 1]?.version ?? 0

/** Beside the vault until the next migration; never overwrites the copy of a migration that was cut short. */
export const copyBeforeMigration = (path: string, version: number): string => `${path}.before-${version}`

export function migrate(db: Db, path: string): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > newestVersion) throw new AppError('VAULT_FROM_FUTURE', { found: version, known: newestVersion })
  if (version === newestVersion) return
  if (version > 0) {
    db.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(path, copyBeforeMigration(path, version))
    syncFolder(dirname(path))
  }
  for (const step of migrations) {
    if (step.version <= version) continue
    db.transaction(() => {
      db.exec(step.sql)
      db.pragma(`user_version = ${step.version}`)
    }).immediate()
  }
}
