// Files too large for the database, each encrypted under a random key that lives only in its row. Deleting the row makes
// the file unreadable at once, wherever copies of it are; removing the file is tidying up.
import { createHash, randomBytes } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { codeOf } from '../failures.ts'
import { listFiles, makeFolder, syncFolder } from '../files.ts'
import type { Clock } from '../ports.ts'
import type { Db } from './db.ts'
import { randomKey, wipe } from './keys/keys.ts'
import type { OpenVault } from './open-vault.ts'
import { StreamDamaged, createSealer, openFor, unsealFrom } from './stream.ts'

/** In whatever pieces it comes. */
export type BlobContent = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

interface Blob {
  readonly id: string
  readonly bytes: number
  /** SHA-256 of what it holds, to find the same thing again. */
  readonly content: Buffer
}

/** A blob whose file is written and flushed, and which nobody can read as long as it has no row. */
export interface StagedBlob extends Blob {
  /** Adds its row: in the caller's own transaction, beside the rows that speak of it. */
  readonly commit: () => void
  /** To be called in any case when all is over. What was not committed is gone then. */
  readonly drop: () => void
}

export interface Blobs {
  readonly stage: (content: BlobContent) => Promise<StagedBlob>
  /** For a blob that nothing else has to be added with. */
  readonly put: (content: BlobContent) => Promise<Blob>
  readonly read: (id: string) => Generator<Uint8Array>
  /** The row goes in the caller's transaction; the file once that is committed, with `sweep`. */
  readonly delete: (id: string) => void
  /** Removes files that no row knows: what a crash left behind, and what was deleted. Answers how many. */
  readonly sweep: () => number
  /** No file is removed while `act` runs: it counts on those that were there when it began. */
  readonly keeping: <T>(act: () => Promise<T>) => Promise<T>
}

interface BlobParts {
  /** The open vault; throws where there is none. */
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly folder: string
  readonly clock: Clock
}

const row = z.object({ key: z.instanceof(Uint8Array) })
const temporary = '.tmp'
const blobName = /^[0-9a-f]{32}(\.tmp)?$/u
/** Sealed in one go. A larger piece is taken apart, so that others are answered in between. */
const pieceBytes = 256 * 1024

export function createBlobs({ openVault, folder, clock }: BlobParts): Blobs {
  /** Staged by this process: without a row so far, and not to be swept. */
  const staged = new Set<string>()
  let keepers = 0

  const sweep = (): number => {
    if (keepers > 0) return 0
    const known = new Set([...blobIds(openVault().db), ...staged, ...[...staged].map((id) => id + temporary)])
    const lost = listBlobFiles(folder).filter((name) => !known.has(name))
    for (const name of lost) rmSync(join(folder, name), { force: true })
    return lost.length
  }

  /** Asks at the door between pieces: a lock takes effect at once, also on what is half written. */
  async function* whileOpen(content: BlobContent): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      for (let at = 0; at < piece.length; at += pieceBytes) {
        openVault()
        yield piece.subarray(at, at + pieceBytes)
      }
    }
  }

  const stage = async (content: BlobContent): Promise<StagedBlob> => {
    openVault()
    makeFolder(folder)
    const id = randomBytes(16).toString('hex')
    const path = join(folder, id)
    const key = randomKey()
    let committed = false
    const drop = () => {
      staged.delete(id)
      wipe(key)
      // Once it was committed its row decides. Where the transaction came to nothing, the file is for the next sweep.
      if (!committed) rmSync(path, { force: true })
    }
    staged.add(id)
    try {
      const written = await writeSealed(path + temporary, whileOpen(content), key)
      renameSync(path + temporary, path)
      syncFolder(folder)
      return {
        id,
        ...written,
        commit() {
          openVault()
            .db.prepare('INSERT INTO blobs (id, key, bytes, at) VALUES (?, ?, ?, ?)')
            .run(id, key, written.bytes, clock.now().toISOString())
          committed = true
        },
        drop,
      }
    } catch (error) {
      rmSync(path + temporary, { force: true })
      drop()
      throw error
    }
  }

  return {
    stage,

    async put(content) {
      const { commit, drop, ...blob } = await stage(content)
      try {
        commit()
        return blob
      } finally {
        drop()
      }
    },

    *read(id) {
      for (const chunk of readBlob({ db: openVault().db, folder }, id)) {
        openVault()
        yield chunk
      }
    },

    delete(id) {
      openVault().db.prepare('DELETE FROM blobs WHERE id = ?').run(id)
    },

    sweep,

    async keeping(act) {
      keepers += 1
      try {
        return await act()
      } finally {
        keepers -= 1
      }
    },
  }
}

async function writeSealed(path: string, content: AsyncIterable<Uint8Array>, key: Buffer): Promise<Omit<Blob, 'id'>> {
  const hash = createHash('sha256')
  using sealer = createSealer(key)
  let bytes = 0
  await using file = await open(path, 'wx', 0o600)
  await file.appendFile(sealer.header)
  for await (const piece of content) {
    hash.update(piece)
    bytes += piece.length
    for (const sealed of sealer.push(piece)) await file.appendFile(sealed)
  }
  await file.appendFile(sealer.end())
  await file.sync()
  return { bytes, content: hash.digest() }
}

/** Without a door: for the thread that checks whole vaults, which has a connection of its own. */
export function* readBlob(
  { db, folder }: { readonly db: Db; readonly folder: string },
  id: string,
): Generator<Uint8Array> {
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

export const blobIds = (db: Db): string[] => z.array(z.string()).parse(db.prepare('SELECT id FROM blobs').pluck().all())

/** Files by the names that blobs have, whole or half written; whatever else lies there is somebody else's. */
export function listBlobFiles(folder: string): string[] {
  return listFiles(folder).filter((name) => blobName.test(name))
}
