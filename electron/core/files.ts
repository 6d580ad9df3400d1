// Small files written so that a power cut leaves either the old content or the new one, never a mixture
// (write a temporary neighbour, flush it, rename it over, flush the folder).
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeSync,
  type Dirent,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { codeOf, toAppError } from './failures.ts'

const temporarySuffix = '.tmp'
const temporaryName = /^(.+)\.[0-9a-f]{12}\.tmp$/u

/** A file's next content, written and flushed beside it. Putting it in place takes no more room on the disk. */
export interface Staged {
  readonly put: () => void
  /** Forgets it, unless it was put in place. */
  readonly drop: () => void
}

export function stage(path: string, content: Uint8Array | string): Staged {
  const temporary = `${path}.${randomBytes(6).toString('hex')}${temporarySuffix}`
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const drop = () => rmSync(temporary, { force: true })
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    drop()
    throw error
  }
  return {
    put() {
      renameSync(temporary, path)
      syncFolder(dirname(path))
    },
    drop,
  }
}

export function writeAtomically(path: string, content: Uint8Array | string): void {
  const staged = stage(path, content)
  try {
    staged.put()
  } finally {
    staged.drop()
  }
}

/** Makes a rename or a removal survive a power cut. Windows has no such call and does it by itself. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') flush(folder, 'r')
}

export const syncFile = (path: string): void => flush(path, 'r+')

function flush(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Makes a folder and those above it, level by level: asked for all at once, Node never returns where the system refuses a
 * name (as under /proc). After a power cut a new folder is there only if the one above it was flushed.
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return
  const above = dirname(resolve(folder))
  if (above !== resolve(folder)) makeFolder(above)
  try {
    mkdirSync(folder, { mode: 0o700 })
    syncFolder(above)
  } catch (error) {
    // Another process may have been quicker; what matters is that the folder is there.
    if (!isFolder(folder)) throw toAppError(error) ?? new AppError('FOLDER_UNUSABLE', {}, { cause: error })
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Not there, or behind a door that is closed to us: making it will say which.
    return false
  }
}

/** What writes of these files that were cut short left behind, by the name `stage` gives them. */
export function removeTemporaries(folder: string, files: readonly string[]): void {
  for (const name of readdirSync(folder)) {
    const [, file] = temporaryName.exec(name) ?? []
    if (file !== undefined && files.includes(file)) rmSync(join(folder, name), { force: true })
  }
}

/** Where something that is not ours lies in it, or it is not there, it is left alone. */
export function removeFolderIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch (error) {
    if (!left.has(codeOf(error))) throw error
  }
}

const left = new Set<string | undefined>(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'])

export function readIfPresent(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    // A file where a folder was expected has nothing under it either, and a folder in its place holds no bytes.
    if (absent.has(codeOf(error))) return undefined
    throw error
  }
}

const absent = new Set<string | undefined>(['ENOENT', 'ENOTDIR', 'EISDIR'])

/** The names of the folders in a folder; none where it is not there. Stray files of other programs are passed over. */
export const listFolders = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** The names of the plain files in a folder; none where it is not there. What else lies there under such a name is not ours. */
export const listFiles = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (absent.has(codeOf(error))) return []
    throw error
  }
}

/** Overwrites a small secret file before removing it. Worth little on flash storage, and said so in SECURITY.md. */
export function shred(path: string): void {
  const old = readIfPresent(path)
  if (old === undefined) return
  const file = openSync(path, 'r+')
  try {
    writeSync(file, randomBytes(old.length), 0, old.length, 0)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  rmSync(path)
  syncFolder(dirname(path))
}
