// A file written where a person chose, a piece at a time: it is there whole, or what was there before still is.
import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { syncFolder } from './files.ts'

export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** `put` moves it where it belongs once it is whole: in place of what is there, unless it says otherwise. */
export async function saveWhole(
  path: string,
  pieces: Pieces,
  put: (part: string) => Promise<void> = (part) => rename(part, path),
): Promise<void> {
  const folder = dirname(path)
  // A name of its own: the one that was chosen may be as long as a name can be.
  const part = join(folder, `mindkeep-${randomUUID()}.part`)
  try {
    await write(part, pieces)
    await put(part)
    syncFolder(folder)
  } catch {
    // What cannot be removed either is one more sign of what is said here.
    await rm(part).catch(() => undefined)
    // Why is between the person and their disk; the error would name the path.
    throw new AppError('FILE_NOT_SAVED')
  }
}

/** Closed when it comes back: some systems tell only then that there was no room. */
async function write(part: string, pieces: Pieces): Promise<void> {
  await using file = await open(part, 'wx', 0o600)
  for await (const piece of pieces) await file.appendFile(piece)
  await file.sync()
}
