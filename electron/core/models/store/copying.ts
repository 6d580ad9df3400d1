// The files of a model that somebody has, into the vault's folder: as they were looked at, hashed as they are copied, and
// refused if they have become something else meanwhile.
import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../files.ts'
import type { JobContext } from '../../jobs/jobs.ts'
import { refused } from './layout.ts'

const pieceBytes = 1024 * 1024

export interface Copied {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

export async function copyFile(
  { from, to, path }: { readonly from: string; readonly to: string; readonly path: string },
  context: Pick<JobContext, 'pace'>,
  onBytes: (bytes: number) => void,
): Promise<Copied> {
  const source = await open(join(from, path), constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const before = await source.stat()
    if (!before.isFile() || before.nlink > 1) throw refused('link', path)
    makeFolder(dirname(join(to, path)))
    const target = await open(join(to, path), 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const piece = Buffer.alloc(pieceBytes)
      let bytes = 0
      for (;;) {
        const { bytesRead } = await source.read(piece, 0, pieceBytes, bytes)
        if (bytesRead === 0) break
        const came = piece.subarray(0, bytesRead)
        hash.update(came)
        for (let written = 0; written < bytesRead; ) {
          written += (await target.write(came, written, bytesRead - written)).bytesWritten
        }
        bytes += bytesRead
        onBytes(bytesRead)
        await context.pace()
      }
      await target.sync()
      if (!isSame(before, await source.stat())) throw refused('damaged', path)
      return { path, bytes, sha256: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

const isSame = (one: Stats, other: Stats): boolean =>
  one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs
