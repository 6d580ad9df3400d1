// `replaced/`: a vault that a restore took the place of, where it could not be backed up any more. One at most.
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { listFiles, makeFolder, readIfPresent, removeFolderIfEmpty, shred, writeAtomically } from '../../files.ts'
import { listBlobFiles } from '../blobs.ts'
import { type KeyFile, formatKeyFile, parseKeyFile } from '../keys/keyfile.ts'
import { databaseFiles } from '../replace.ts'
import { shareBlobs } from './backup-files.ts'

const replacedFolder = (folder: string) => join(folder, 'replaced')
export const replacedDatabase = (folder: string): string => join(replacedFolder(folder), 'vault.db')
const kept = ['vault.db', 'vault.db-wal', 'vault.keys'] as const

/**
 * A database that could not be backed up any more: as it was, with its log and its key file, for whoever can mend it. And
 * with the blobs that only it may know, or the next sweep would take them.
 */
export function keepReplaced(folder: string, known: readonly string[]): void {
  dropReplaced(folder)
  if (!kept.some((name) => existsSync(join(folder, name)))) return
  const replaced = replacedFolder(folder)
  makeFolder(replaced)
  for (const name of kept) {
    const path = join(folder, name)
    if (existsSync(path)) copyFileSync(path, join(replaced, name))
  }
  const restored = new Set(known)
  const from = join(folder, 'blobs')
  const others = listBlobFiles(from).filter((name) => !restored.has(name))
  if (others.length > 0) shareBlobs({ from, to: join(replaced, 'blobs'), blobs: others })
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
  const replaced = replacedFolder(folder)
  const blobs = join(replaced, 'blobs')
  shred(join(replaced, 'vault.keys'))
  const database = new Set(databaseFiles(replacedDatabase(folder)).map((path) => basename(path)))
  for (const name of listFiles(replaced)) if (database.has(name)) rmSync(join(replaced, name))
  for (const name of listBlobFiles(blobs)) rmSync(join(blobs, name))
  for (const each of [blobs, replaced]) removeFolderIfEmpty(each)
}
