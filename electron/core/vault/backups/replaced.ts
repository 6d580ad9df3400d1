// `replaced/`: a vault that a restore took the place of, where it could not be backed up any more. One at most.
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  isFolder,
  listFiles,
  makeFolder,
  readIfPresent,
  removeFolderIfEmpty,
  shred,
  syncFile,
  syncFolder,
  writeAtomically,
} from '../../files.ts'
import { listBlobFiles } from '../blobs.ts'
import { type KeyFile, formatKeyFile, parseKeyFile } from '../keys/keyfile.ts'
import { databaseFiles } from '../replace.ts'
import { shareBlobs } from './backup-files.ts'

const replacedFolder = (folder: string) => join(folder, 'replaced')
/** Where one is gathered, where it lies once it is whole, and where it lies once the one before it has gone. */
const nextFolder = (folder: string) => join(folder, 'replaced.mindkeep-next')
const wholeFolder = (folder: string) => join(folder, 'replaced.mindkeep-whole')
const movingFolder = (folder: string) => join(folder, 'replaced.mindkeep-moving')
export const replacedDatabase = (folder: string): string => join(replacedFolder(folder), 'vault.db')
const kept = ['vault.db', 'vault.db-wal', 'vault.keys'] as const

/**
 * A database that could not be backed up any more: as it was, with its log and its key file, for whoever can mend it. And
 * with the blobs that only it may know, or the next sweep would take them. One that was kept before goes when this is whole.
 */
export function keepReplaced(folder: string, known: readonly string[]): void {
  const present = kept.filter((name) => existsSync(join(folder, name)))
  if (present.length === 0) return
  settleReplaced(folder)
  const next = nextFolder(folder)
  makeFolder(next)
  for (const name of present) {
    copyFileSync(join(folder, name), join(next, name))
    syncFile(join(next, name))
  }
  const restored = new Set(known)
  const from = join(folder, 'blobs')
  const others = listBlobFiles(from).filter((name) => !restored.has(name))
  if (others.length > 0) shareBlobs({ from, to: join(next, 'blobs'), blobs: others })
  // What replaces it may be the only one there is of it: on the disk before the one that was kept goes, and before the vault.
  syncFolder(next)
  renameSync(next, wholeFolder(folder))
  syncFolder(folder)
  finishKeeping(folder)
}

/** Goes on wherever it was cut short: the name of the folder says how far it had come. */
function finishKeeping(folder: string): void {
  const [replaced, whole, moving] = [replacedFolder(folder), wholeFolder(folder), movingFolder(folder)]
  if (isFolder(whole)) {
    removeCopy(replaced)
    renameSync(whole, moving)
    syncFolder(folder)
  }
  if (!isFolder(moving)) return
  // One by one: the folder stays where somebody else keeps something in it.
  for (const part of ['.', 'blobs']) {
    for (const name of listFiles(join(moving, part))) {
      makeFolder(join(replaced, part))
      renameSync(join(moving, part, name), join(replaced, part, name))
    }
    if (existsSync(join(replaced, part))) syncFolder(join(replaced, part))
  }
  syncFolder(folder)
  removeCopy(moving)
}

/** Its database stays under the salt it was under; who may open it is as of now. */
export function renewReplacedKeys(folder: string, keys: KeyFile): void {
  const path = join(replacedFolder(folder), 'vault.keys')
  const bytes = readIfPresent(path)
  const old = bytes === undefined ? undefined : parseKeyFile(bytes)
  if (old === undefined || old.vault !== keys.vault) return
  const renewed = formatKeyFile({ ...old, passphrase: keys.passphrase, recovery: keys.recovery, device: keys.device })
  if (bytes?.equals(renewed) !== true) writeAtomically(path, renewed)
}

export function dropReplaced(folder: string): void {
  for (const copy of [replacedFolder, nextFolder, wholeFolder, movingFolder]) removeCopy(copy(folder))
}

/** What a restore that was cut short left behind: a whole copy is kept, half of one goes. */
export function settleReplaced(folder: string): void {
  removeCopy(nextFolder(folder))
  finishKeeping(folder)
}

function removeCopy(at: string): void {
  const blobs = join(at, 'blobs')
  shred(join(at, 'vault.keys'))
  const database = new Set(databaseFiles(join(at, 'vault.db')).map((path) => basename(path)))
  for (const name of listFiles(at)) if (database.has(name)) rmSync(join(at, name))
  for (const name of listBlobFiles(blobs)) rmSync(join(blobs, name))
  for (const each of [blobs, at]) removeFolderIfEmpty(each)
}
