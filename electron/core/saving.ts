// A file written where a person chose, a piece at a time: it is there whole, or what was there before still is.
import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'

export async function saveWhole(path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  // A name of its own: the one that was chosen may be as long as a name can be.
  const part = join(dirname(path), `mindkeep-${randomUUID()}.part`)
  try {
    await write(part, pieces)
    await rename(part, path)
  } catch {
    // Why is between the person and their disk; the error would name the path.
    throw new AppError('FILE_NOT_SAVED')
  } finally {
    await rm(part, { force: true })
  }
}

/** Closed when it comes back: some systems tell only then that there was no room. */
async function write(part: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  await using file = await open(part, 'wx', 0o600)
  for await (const piece of pieces) await file.appendFile(piece)
  await file.sync()
}
