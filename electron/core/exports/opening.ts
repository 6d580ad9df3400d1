// Opens an export without a vault: unlocks it where it is locked, looks all of it over, and puts its files into a folder.
// Either all of it is there at the end, or nothing is; nothing else of it is ever written in the clear.
import { closeSync, fsyncSync, lstatSync, openSync, readdirSync, renameSync, rmdirSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { makeFolder, syncFolder } from '../files.ts'
import { openPlainFile } from '../random-access.ts'
import { createSealedFile, openSealedFile } from '../sealed-files.ts'
import { checkFiles, checkRecords } from './checking.ts'
import { type Container, openArchive, readManifest, vouchedFor } from './container.ts'
import { openLocked, startsLocked } from './locked.ts'
import { manifestName } from './manifest.ts'
import type { Opened } from './reading.ts'
import type { Sealing } from './sealing.ts'
import { makeWorkplace, sweepWorkplaces } from './workplace.ts'

export interface OpenedExport {
  readonly folder: string
  readonly items: number
  readonly files: number
}

interface OpeningParts {
  readonly sealing: Sealing
  readonly file: string
  readonly to: string
  /** Asked for only when the export is locked. */
  readonly passphrase: () => Promise<string>
  /** Called between steps; may wait, and throws to stop. */
  readonly pace: () => Promise<void>
}

const headBytes = 64

export async function openExport({ sealing, file, to, passphrase, pace }: OpeningParts): Promise<OpenedExport> {
  const folder = resolve(to)
  const beside = dirname(folder)
  // Whatever becomes of this one.
  sweepWorkplaces(beside)
  insistOnRoom(folder)
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new AppError('NOT_AN_EXPORT')
  makeFolder(beside)
  const { archive, unpacked, close } = makeWorkplace(beside)
  try {
    const container = await openContainer({ sealing, file, archive, passphrase, pace })
    try {
      const opened = { container, manifest: await readManifest(container) }
      // Of one that is damaged nothing is written in the clear.
      await checkFiles(opened, { pace, onBytes() {} })
      await checkRecords(opened, { pace })
      await unpack(opened, unpacked, pace)
      putInPlace(unpacked, folder)
      return { folder, items: opened.manifest.counts.items, files: opened.manifest.files.length }
    } finally {
      container.close()
    }
  } finally {
    close()
  }
}

interface ContainerParts extends Omit<OpeningParts, 'to'> {
  /** Where the archive of a locked export waits, sealed once more under a key that is in memory alone. */
  readonly archive: string
}

async function openContainer({ sealing, file, archive, passphrase, pace }: ContainerParts): Promise<Container> {
  const bytes = openPlainFile(file)
  if (!startsLocked(bytes.read(0, headBytes))) return openArchive(bytes)
  try {
    const sealed = createSealedFile(archive)
    try {
      for (const piece of await openLocked(sealing, bytes, await passphrase())) {
        sealed.push(piece)
        await pace()
      }
      return await openArchive(openSealedFile(sealed.end()))
    } finally {
      sealed.close()
    }
  } finally {
    bytes.close()
  }
}

async function unpack({ container, manifest }: Opened, folder: string, pace: () => Promise<void>): Promise<void> {
  for (const file of manifest.files) {
    const path = join(folder, ...file.path.split('/'))
    makeFolder(dirname(path))
    await write(path, vouchedFor(container, file), pace)
  }
  await write(join(folder, manifestName), container.chunks(manifestName), pace)
}

async function write(
  path: string,
  content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  pace: () => Promise<void>,
): Promise<void> {
  const file = openSync(path, 'wx', 0o600)
  try {
    for await (const piece of content) {
      for (let done = 0; done < piece.length; ) done += writeSync(file, piece, done)
      await pace()
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function insistOnRoom(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isDirectory() || readdirSync(folder).length > 0) throw new AppError('FOLDER_NOT_EMPTY')
}

function putInPlace(from: string, folder: string): void {
  // What came into it meanwhile is not ours to replace: an empty folder is all that can be removed so.
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) removeEmpty(folder)
  renameSync(from, folder)
  syncFolder(dirname(folder))
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch (cause) {
    // Also where the folder is the root of a disk, which cannot be replaced.
    throw new AppError('FOLDER_NOT_EMPTY', {}, { cause })
  }
}
