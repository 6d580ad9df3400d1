// Judges what the core makes of files that somebody changed: refused by name, said to the person, without effect because
// everything reads as before, or not noticed at all. Only the last is a failure, and so is an error without a name.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { toAppError } from '../../../electron/core/failures.ts'
import { inBackup, insistOnManifest } from '../../../electron/core/vault/backups/backup-files.ts'
import { blobIds } from '../../../electron/core/vault/blobs.ts'
import { type Db, insistOnSoundness, openDatabase, tablesOf } from '../../../electron/core/vault/db.ts'
import { deriveKey } from '../../../electron/core/vault/keys/keys.ts'
import { databaseKey } from '../../../electron/core/vault/opening.ts'
import { removeDatabase } from '../../../electron/core/vault/replace.ts'
import { StreamDamaged, unsealFile } from '../../../electron/core/vault/stream.ts'
import { AppError } from '../../../shared/errors.ts'
import { readBlobSha, sha, withDatabase } from './beside.ts'
import { foldersOf, openSubject } from './subject.ts'

export interface Verdict {
  readonly verdict: 'refused' | 'said' | 'without effect' | 'not noticed' | 'no name'
  readonly detail: string
}

/** Everything a vault holds up to an entry of its ledger, as one fingerprint. What opening it adds comes after that. */
export function fingerprint(db: Db, blobs: string, { upTo }: { readonly upTo: number }): string {
  insistOnSoundness(db)
  const all = (sql: string, ...values: readonly number[]) =>
    JSON.stringify(
      db
        .prepare(sql)
        .raw()
        .all(...values),
    )
  const parts = [
    all('SELECT * FROM ledger WHERE seq <= ? ORDER BY seq', upTo),
    ...tablesOf(db)
      .filter((table) => table !== 'ledger')
      .map((table) => `${table}: ${all(`SELECT * FROM ${table} ORDER BY 1`)}`),
    all('SELECT type, name, sql FROM sqlite_schema ORDER BY name'),
    ...blobIds(db).map((id) => `${id}:${readBlobSha(db, blobs, id)}`),
  ]
  return sha(parts.join('\n'))
}

interface Original {
  readonly base: string
  readonly upTo: number
  readonly fingerprint: string
}

export async function examineVault({ base, upTo, fingerprint: expected }: Original): Promise<Verdict> {
  const subject = await openSubject({ base })
  try {
    const { notices } = await subject.call('vault.unlockWithDevice', {})
    if (notices.length > 0) return { verdict: 'said', detail: notices.map(({ kind }) => kind).join() }
    const found = await withDatabase(base, (db, blobs) => fingerprint(db, blobs, { upTo }))
    return found === expected ? { verdict: 'without effect', detail: '' } : { verdict: 'not noticed', detail: 'opens' }
  } catch (error) {
    return named(error)
  } finally {
    await subject.close()
  }
}

export interface OriginalBackup {
  readonly base: string
  readonly id: string
  readonly master: Buffer
  readonly fingerprint: string
}

/** The steps of a restore, with the core's own functions and without its threads, so that thousands can be tried. */
export function examineBackup({ base, id, master, fingerprint: expected }: OriginalBackup): Verdict {
  const { folder } = foldersOf(base)
  const scratch = join(folder, `examined-${randomUUID()}`)
  try {
    const found = fingerprintOfBackup({ folder: join(folder, 'backups', id), id, master, scratch })
    return found === expected
      ? { verdict: 'without effect', detail: '' }
      : { verdict: 'not noticed', detail: 'restores' }
  } catch (error) {
    return named(error instanceof StreamDamaged ? new AppError('BACKUP_DAMAGED') : error)
  } finally {
    removeDatabase(scratch)
    rmSync(scratch, { force: true })
  }
}

interface BackupParts {
  readonly folder: string
  readonly id: string
  readonly master: Buffer
  readonly scratch: string
}

export function fingerprintOfBackup({ folder, id, master, scratch }: BackupParts): string {
  const { manifest, keys } = insistOnManifest(folder, master)
  const { database, blobs } = inBackup(folder)
  unsealFile({ from: database, to: scratch, key: deriveKey(master, 'backup', Buffer.from(id)) })
  const db = openDatabase({ path: scratch, key: databaseKey(master, manifest.databaseSalt), cipher: manifest.cipher })
  try {
    const content = fingerprint(db, blobs, { upTo: Number.MAX_SAFE_INTEGER })
    return sha(content + JSON.stringify(manifest) + JSON.stringify(keys))
  } finally {
    db.close()
  }
}

function named(error: unknown): Verdict {
  const known = toAppError(error)
  if (known !== undefined && known.code !== 'INTERNAL') return { verdict: 'refused', detail: known.code }
  return { verdict: 'no name', detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}
