// `replaced/`: a vault that a restore took the place of, where it could not be backed up any more. One at most.
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
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
/** Where one is gathered. */
const nextFolder = (folder: string) => join(folder, 'replaced.mindkeep-next')
export const replacedDatabase = (folder: string): string => join(replacedFolder(folder), 'vault.db')
const kept = ['vault.db', 'vault.db-wal', 'vault.keys'] as const

/**
 * A database that could not be backed up any more: as it was, with its log and its key file, for whoever can mend it. And
 * with the blobs that only it may know, or the next sweep would take them. One that was kept before goes when this is whole.
 */
export function keepReplaced(folder: string, known: readonly string[]): void {
  const present = kept.filter((name) => existsSync(join(folder, name)))
  if (present.length === 0) return
  const [next, replaced] = [nextFolder(folder), replacedFolder(folder)]
  removeCopy(next)
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
  syncFolder(folder)
  removeCopy(replaced)
  // One by one: the folder stays where somebody else keeps something in it.
  for (const part of ['.', 'blobs']) {
    for (const name of listFiles(join(next, part))) {
      makeFolder(join(replaced, part))
      renameSync(join(next, part, name), join(replaced, part, name))
    }
    if (existsSync(join(replaced, part))) syncFolder(join(replaced, part))
  }
  syncFolder(folder)
  removeCopy(next)
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
  removeCopy(replacedFolder(folder))
  dropUnfinished(folder)
}

/** What a restore that was cut short left behind. */
export function dropUnfinished(folder: string): void {
  removeCopy(nextFolder(folder))
}

function removeCopy(at: string): void {
  const blobs = join(at, 'blobs')
  shred(join(at, 'vault.keys'))
  const database = new Set(databaseFiles(join(at, 'vault.db')).map((path) => basename(path)))
  for (const name of listFiles(at)) if (database.has(name)) rmSync(join(at, name))
  for (const name of listBlobFiles(blobs)) rmSync(join(blobs, name))
  for (const each of [blobs, at]) removeFolderIfEmpty(each)
}
