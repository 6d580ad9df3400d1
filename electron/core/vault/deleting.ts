// Removing a vault from its folder: what Mindkeep made, by the names it gives, and nothing else that somebody keeps there.
import { accessSync, constants, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import {
  listFolders,
  readIfPresent,
  removeFolderIfEmpty,
  removeTemporaries,
  shred,
  syncFolder,
  writeAtomically,
} from '../files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { backupsPath, inBackup, isBackupId, ownerOf, removeUnfinished } from './backups/backup-files.ts'
import { settleReplaced } from './backups/replaced.ts'
import { listBlobFiles } from './blobs.ts'
import { dropCopies } from './copies.ts'
import { type KeyFiles, readSoundKeys } from './keys/keyfile.ts'
import { copiesBeforeMigration } from './migrate.ts'
import { databaseFiles, databasePath, removeDatabase, scratchPath, stagedPath } from './replace.ts'
import { giveUpReserve } from './reserve.ts'

interface DeletingParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
  readonly ledger: Pick<Ledger, 'forgetWitness'>
  /** Of files on their way in and out: nobody has their keys any more. */
  readonly dropTransit: () => void
}

const markerPath = (folder: string) => join(folder, 'deleting')
const marker = z.strictObject({ format: z.literal('mindkeep/deleting/v1'), vaults: z.array(z.uuid()) })

/** `vaults` are the ids of what is deleted; none where no file tells any more, and then no backup goes with it. */
export function deleteFiles(parts: DeletingParts, vaults: readonly string[]): void {
  const { folder } = parts
  insistOnNothingInTheWay(folder)
  // Makes sure that a deletion cut short is finished.
  writeAtomically(markerPath(folder), JSON.stringify({ format: 'mindkeep/deleting/v1', vaults }))
  try {
    removeAll(parts, vaults)
  } catch (error) {
    // As long as a key is there, it was refused: it must not be done at the next start, when nobody expects it any more.
    if (hasKeys(parts.keyFiles)) withdrawDeleting(folder)
    throw error
  }
}

/**
 * Answers whether there was a deletion to finish. A file of this name that is not ours means nothing; a marker that speaks of
 * another vault than the one that opens here goes, before it can be taken for one of a vault whose keys are lost.
 */
export function finishDeleting(parts: DeletingParts): boolean {
  const vaults = readMarker(parts.folder)
  if (vaults === undefined) return false
  const keys = readSoundKeys(parts.keyFiles)
  const isOfThis = keys === undefined || vaults.includes(keys.vault)
  if (isOfThis) removeAll(parts, vaults)
  else withdrawDeleting(parts.folder)
  return isOfThis
}

/** Whoever enters a vault, or brings it back, does not want it deleted any more. */
export function withdrawDeleting(folder: string): void {
  if (readMarker(folder) === undefined) return
  rmSync(markerPath(folder))
  syncFolder(folder)
}

function hasKeys(keyFiles: KeyFiles): boolean {
  try {
    return readSoundKeys(keyFiles) !== undefined
  } catch {
    // There, and not to be read: of a newer Mindkeep, or behind a door that is closed to us.
    return true
  }
}

/**
 * Better known before the keys are gone: a folder under the name of one of our files is not ours to remove, and keys that
 * cannot be overwritten are the end of it.
 */
function insistOnNothingInTheWay(folder: string): void {
  const paths = written.map((name) => join(folder, name))
  const databases = [databasePath(folder), stagedPath(folder), scratchPath(folder)].flatMap(databaseFiles)
  for (const path of [...paths, ...databases]) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory() === true) throw new AppError('FOLDER_UNUSABLE')
    if (found !== undefined) accessSync(path, constants.W_OK)
  }
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

/**
 * Keys first: from then on the rest is noise. Whatever of it cannot be removed stops nothing else; then the marker stays, the
 * next start tries again, and who asked for it hears why.
 */
function removeAll({ folder, keyFiles, ledger, dropTransit }: DeletingParts, vaults: readonly string[]): void {
  keyFiles.shred()
  const failures: unknown[] = []
  const attempt = (act: () => void) => {
    try {
      act()
    } catch (error) {
      failures.push(error)
    }
  }
  for (const vault of vaults) attempt(() => ledger.forgetWitness(vault))
  attempt(() => removeBackups(backupsPath(folder), vaults, attempt))
  const blobs = join(folder, 'blobs')
  attempt(() => {
    for (const name of listBlobFiles(blobs)) attempt(() => rmSync(join(blobs, name)))
    removeFolderIfEmpty(blobs)
  })
  attempt(() => dropCopies(folder))
  attempt(dropTransit)
  for (const path of [databasePath(folder), stagedPath(folder), scratchPath(folder)]) {
    attempt(() => removeDatabase(path))
  }
  attempt(() => giveUpReserve(folder))
  if (failures.length > 0) throw failures[0]
  syncFolder(folder)
  rmSync(markerPath(folder))
}

/**
 * One that says it is of another vault stays, and so does one that only a newer Mindkeep can read; one that says nothing any
 * more opens for nobody, and is taken for ours.
 */
function removeBackups(root: string, vaults: readonly string[], attempt: (act: () => void) => void): void {
  if (vaults.length === 0) return
  const ours = listFolders(root)
    .filter(isBackupId)
    .map((name) => join(root, name))
    .filter((backup) => {
      const owner = ownerOf(backup)
      return owner === 'damaged' || (owner !== 'unknown' && vaults.includes(owner.vault))
    })
  for (const backup of ours) attempt(() => shred(inBackup(backup).keys))
  for (const backup of ours) attempt(() => rmSync(backup, { recursive: true, force: true }))
  removeUnfinished(root)
  removeFolderIfEmpty(root)
}

const written = ['vault.keys', 'vault.keys.bak', 'reserve', 'deleting']

/** What work that was cut short left behind. */
export function tidyFolder({ folder, keyFiles }: Pick<DeletingParts, 'folder' | 'keyFiles'>): void {
  removeTemporaries(folder, written)
  if (readSoundKeys(keyFiles) === undefined) return
  removeDatabase(scratchPath(folder))
  removeUnfinished(backupsPath(folder))
  settleReplaced(folder)
  for (const name of copiesBeforeMigration(folder)) {
    if (name.endsWith('.tmp')) rmSync(join(folder, name), { force: true })
  }
}
