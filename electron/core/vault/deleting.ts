// Removing a vault from its folder: what Mindkeep made, by the names it gives, and nothing else that somebody keeps there.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import {
  listFolders,
  readIfPresent,
  removeFolderIfEmpty,
  removeTemporaries,
  shred,
  syncFolder,
  writeAtomically,
} from '../files.ts'
import { backupsPath, inBackup, isBackupId, removeUnfinished, vaultOfBackup } from './backups/backup-files.ts'
import { listBlobFiles } from './blobs.ts'
import { dropCopies } from './copies.ts'
import { type KeyFiles, readSoundKeys } from './keys/keyfile.ts'
import { copiesBeforeMigration } from './migrate.ts'
import { databasePath, removeDatabase, scratchPath, stagedPath } from './replace.ts'
import { giveUpReserve } from './reserve.ts'

interface DeletingParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
}

const markerPath = (folder: string) => join(folder, 'deleting')
const marker = z.strictObject({ format: z.literal('mindkeep/deleting/v1'), vaults: z.array(z.uuid()) })

/** `vaults` are the ids of what is deleted; none where no file tells any more, and then no backup goes with it. */
export function deleteFiles(parts: DeletingParts, vaults: readonly string[]): void {
  const { folder } = parts
  // Makes sure that a deletion cut short is finished.
  writeAtomically(markerPath(folder), JSON.stringify({ format: 'mindkeep/deleting/v1', vaults }))
  removeAll(parts, vaults)
}

/** A file of this name that is not ours, or that speaks of another vault than the one that opens here, means nothing. */
export function finishDeleting(parts: DeletingParts): void {
  const vaults = readMarker(parts.folder)
  if (vaults === undefined) return
  const keys = readSoundKeys(parts.keyFiles)
  if (keys === undefined || vaults.includes(keys.vault)) removeAll(parts, vaults)
}

function readMarker(folder: string): readonly string[] | undefined {
  const bytes = readIfPresent(markerPath(folder))
  if (bytes === undefined) return undefined
  try {
    return marker.safeParse(JSON.parse(bytes.toString('utf8'))).data?.vaults
  } catch {
    // Not JSON: somebody else's file.
    return undefined
  }
}

/** Keys first: from then on the rest is noise. */
function removeAll({ folder, keyFiles }: DeletingParts, vaults: readonly string[]): void {
  keyFiles.shred()
  removeBackups(backupsPath(folder), vaults)
  const blobs = join(folder, 'blobs')
  for (const name of listBlobFiles(blobs)) rmSync(join(blobs, name))
  removeFolderIfEmpty(blobs)
  dropCopies(folder)
  for (const path of [databasePath(folder), stagedPath(folder), scratchPath(folder)]) removeDatabase(path)
  giveUpReserve(folder)
  syncFolder(folder)
  rmSync(markerPath(folder))
}

/** One that says it is of another vault stays; one that says nothing any more opens for nobody, and is taken for ours. */
function removeBackups(root: string, vaults: readonly string[]): void {
  if (vaults.length === 0) return
  const ours = listFolders(root)
    .filter(isBackupId)
    .map((name) => join(root, name))
    .filter((backup) => {
      const said = vaultOfBackup(backup)
      return said === undefined || vaults.includes(said)
    })
  for (const backup of ours) shred(inBackup(backup).keys)
  for (const backup of ours) rmSync(backup, { recursive: true, force: true })
  removeUnfinished(root)
  removeFolderIfEmpty(root)
}

const written = ['vault.keys', 'vault.keys.bak', 'reserve', 'deleting']

/** What work that was cut short left behind. */
export function tidyFolder({ folder, keyFiles }: DeletingParts): void {
  removeTemporaries(folder, written)
  if (readSoundKeys(keyFiles) === undefined) return
  removeDatabase(scratchPath(folder))
  for (const name of copiesBeforeMigration(readdirSync(folder))) {
    if (name.endsWith('.tmp')) rmSync(join(folder, name), { force: true })
  }
}
