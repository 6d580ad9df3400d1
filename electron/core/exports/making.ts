// Makes an export as a job. What it writes is sealed on the disk under a key that is in memory alone, a readable export
// too, until somebody fetches it with its ticket; a Stop, a lock and a full disk leave nothing behind.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { exported } from '../../../shared/api/exports.ts'
import { makeFolder } from '../files.ts'
import type { JobContext } from '../jobs/jobs.ts'
import { piecesOf } from '../random-access.ts'
import { createSealedFile, openSealedFile } from '../sealed-files.ts'
import { type Archive, createArchive } from './archive.ts'
import { writeContents } from './contents.ts'
import { type Locked, createLocked, randomName } from './locked.ts'
import type { ExportParts } from './exports.ts'
import { exportMedia } from './manifest.ts'

type Exported = z.infer<typeof exported>

export interface Wish {
  readonly kind: 'readable' | 'locked'
  readonly passphrase?: string
}

const pieceBytes = 256 * 1024

export async function makeExport(
  parts: ExportParts & { readonly folder: string },
  { kind, passphrase }: Wish,
  { pace, progress }: JobContext,
): Promise<Exported> {
  const { prepare, blobs, transfers, ledger, clock, version, sealing, folder } = parts
  await pace()
  const at = clock.now()
  using locked = passphrase === undefined ? undefined : await createLocked(sealing, passphrase)
  makeFolder(folder)
  const path = join(folder, randomName())
  const remove = () => rmSync(path, { force: true })
  const file = createSealedFile(path)
  const written = async (archive: Archive) => {
    try {
      const madeBy = `Mindkeep ${version}`
      const contents = await writeContents({ prepare, blobs, archive, folder, madeBy, at, pace, progress })
      await archive.end()
      return contents
    } finally {
      await archive.close()
    }
  }
  try {
    const sink = sinkOf(file.push, locked)
    const archive = createArchive({ at, push: sink.push })
    const { counts, files } = await blobs.keeping(() => written(archive))
    sink.end()
    const sealed = file.end()
    const items = counts.items ?? 0
    await pace()
    ledger.record({ act: 'export.made', kind, items }, () => undefined)
    const name = `mindkeep-export-${at.toISOString().slice(0, 10)}.${locked === undefined ? 'zip' : 'mindkeep'}`
    const media = locked === undefined ? exportMedia : 'application/octet-stream'
    const outgoing = {
      name,
      media,
      bytes: sealed.bytes,
      chunks: () => piecesOf(() => ({ ...openSealedFile(sealed), pieceBytes })),
      over: remove,
    }
    return { ticket: transfers.give(outgoing), name, bytes: sealed.bytes, items, files: files.length }
  } catch (error) {
    file.close()
    remove()
    throw error
  }
}

function sinkOf(push: (bytes: Uint8Array) => void, locked: Locked | undefined) {
  if (locked === undefined) return { push, end: () => {} }
  push(locked.head)
  return {
    push(bytes: Uint8Array) {
      for (const sealed of locked.push(bytes)) push(sealed)
    },
    end: () => push(locked.end()),
  }
}
