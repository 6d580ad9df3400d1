// Files too large for the database, each encrypted under a random key that lives only in its row. Deleting the row makes
// the file unreadable at once, wherever copies of it are; removing the file is tidying up.
import { randomBytes } from 'node:crypto'
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { codeOf } from '../failures.ts'
import { makeFolder, syncFolder } from '../files.ts'
import type { Clock } from '../ports.ts'
import type { Db } from './db.ts'
import { randomKey } from './keys.ts'
import { openFor, sealInto, StreamDamaged, unsealFrom } from './stream.ts'

interface BlobParts {
  readonly db: Db
  readonly folder: string
  readonly clock: Clock
}

const row = z.object({ key: z.instanceof(Uint8Array) })
const temporary = '.tmp'

/** Writes the file first and the row second: a crash between the two leaves a file nobody can read, and `sweep` finds it. */
export function putBlob(
  { db, folder, clock }: BlobParts,
  content: Iterable<Uint8Array>,
): { id: string; bytes: number } {
  makeFolder(folder)
  const id = randomBytes(16).toString('hex')
  const key = randomKey()
  const path = join(folder, id)
  try {
    const bytes = writeSealed(path + temporary, content, key)
    renameSync(path + temporary, path)
    syncFolder(folder)
    db.prepare('INSERT INTO blobs (id, key, bytes, at) VALUES (?, ?, ?, ?)').run(
      id,
      key,
      bytes,
      clock.now().toISOString(),
    )
    return { id, bytes }
  } catch (error) {
    rmSync(path + temporary, { force: true })
    rmSync(path, { force: true })
    throw error
  } finally {
    key.fill(0)
  }
}

function writeSealed(path: string, content: Iterable<Uint8Array>, key: Buffer): number {
  using target = openFor(path, 'wx')
  return sealInto(target.fd, content, key)
}

export function* readBlob({ db, folder }: Omit<BlobParts, 'clock'>, id: string): Generator<Uint8Array> {
  const found = row.safeParse(db.prepare('SELECT key FROM blobs WHERE id = ?').get(id))
  if (!found.success) throw new AppError('VAULT_DAMAGED')
  try {
    using source = openFor(join(folder, id), 'r')
    yield* unsealFrom(source.fd, found.data.key)
  } catch (error) {
    if (error instanceof StreamDamaged || codeOf(error) === 'ENOENT')
      throw new AppError('VAULT_DAMAGED', {}, { cause: error })
    throw error
  }
}

/** The row goes in the caller's transaction; the file once that is committed, with `sweepBlobs`. */
export function deleteBlob(db: Db, id: string): void {
  db.prepare('DELETE FROM blobs WHERE id = ?').run(id)
}

export const blobIds = (db: Db): string[] => z.array(z.string()).parse(db.prepare('SELECT id FROM blobs').pluck().all())

/** Removes files that no row knows: what a crash left behind, and what was deleted. */
export function sweepBlobs({ db, folder }: Omit<BlobParts, 'clock'>): number {
  const known = new Set(blobIds(db))
  const lost = listBlobFiles(folder).filter((name) => !known.has(name))
  for (const name of lost) rmSync(join(folder, name), { force: true })
  return lost.length
}

export function listBlobFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}
