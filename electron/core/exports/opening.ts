// Opens an export without a vault: unlocks it where it is locked, checks every file against the manifest, and puts them
// into a folder. Either all of it is there at the end, or nothing is.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { makeFolder, syncFolder } from '../files.ts'
import { openPlainFile } from '../random-access.ts'
import { checkRecords } from './checking.ts'
import { openArchive, readManifest, vouchedFor } from './container.ts'
import { openLocked, startsLocked } from './locked.ts'
import { manifestName } from './manifest.ts'
import type { Sealing } from './sealing.ts'

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
  insistOnRoom(folder)
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new AppError('NOT_AN_EXPORT')
  makeFolder(dirname(folder))
  const part = join(dirname(folder), `.${basename(folder)}.${randomBytes(6).toString('hex')}.part`)
  makeFolder(part)
  try {
    const unpacked = join(part, 'export')
    const archive = join(part, 'archive')
    makeFolder(unpacked)
    const locked = openPlainFile(file)
    let plain = file
    try {
      if (startsLocked(locked.read(0, headBytes))) {
        await write(archive, await openLocked(sealing, locked, await passphrase()), pace)
        plain = archive
      }
    } finally {
      locked.close()
    }
    const opened = await unpack(plain, unpacked, pace)
    rmSync(archive, { force: true })
    putInPlace(unpacked, folder)
    return { folder, ...opened }
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

async function unpack(archive: string, folder: string, pace: () => Promise<void>) {
  const container = await openArchive(openPlainFile(archive))
  try {
    const manifest = await readManifest(container)
    for (const file of manifest.files) {
      const path = join(folder, ...file.path.split('/'))
      makeFolder(dirname(path))
      await write(path, vouchedFor(container, file), pace)
    }
    await write(join(folder, manifestName), container.chunks(manifestName), pace)
    await checkRecords({ container, manifest }, { pace })
    return { items: manifest.counts.items, files: manifest.files.length }
  } finally {
    container.close()
  }
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
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) rmdirSync(folder)
  renameSync(from, folder)
  syncFolder(dirname(folder))
}
