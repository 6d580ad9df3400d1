// What a backup is on disk: a folder with the database as an encrypted stream, a copy of the key file, the blobs (already
// ciphertext, shared by hard link) and a signed manifest. A folder still being written ends in `.part` and is no backup.
import { copyFileSync, linkSync, rmSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../../shared/errors.ts'
import { codeOf, toAppError } from '../../failures.ts'
import { listFolders, makeFolder, readIfPresent, syncFile, syncFolder, writeAtomically } from '../../files.ts'
import { listBlobFiles } from '../blobs.ts'
import { type KeyFile, formatKeyFile, parseKeyFile } from '../keys/keyfile.ts'
import { keyBytes } from '../keys/keys.ts'
import {
  type Manifest,
  type SignedManifest,
  blobCount,
  formatManifest,
  insistOnSignature,
  parseManifest,
} from './manifest.ts'

export const backupsPath = (folder: string): string => join(folder, 'backups')
export const partSuffix = '.part'
export const isBackupId = (name: string): boolean => /^\d{14}-[0-9a-f]{8}$/u.test(name)
export const inBackup = (folder: string) => ({
  database: join(folder, 'database'),
  keys: join(folder, 'vault.keys'),
  manifest: join(folder, 'manifest.json'),
  blobs: join(folder, 'blobs'),
})

type AnyManifest = SignedManifest['manifest']

export function listManifests(folder: string): AnyManifest[] {
  return listFolders(folder)
    .filter(isBackupId)
    .flatMap((name) => {
      const read = unlessUnreadable(() => readManifest(join(folder, name)))
      return read === undefined || read.manifest.id !== name ? [] : [read.manifest]
    })
}

/** One backup that cannot be read says nothing; it must not hide the others. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (toAppError(error) === undefined) throw error
    return undefined
  }
}

export function readManifest(backup: string): SignedManifest | undefined {
  const bytes = readIfPresent(inBackup(backup).manifest)
  return bytes === undefined ? undefined : parseManifest(bytes)
}

/**
 * The vault it says it is of: in its manifest, or else in the key file beside it. Nobody vouches for either. `damaged` is one
 * that says nothing any more, and `unknown` one that cannot be read, or only by a newer Mindkeep.
 */
export function ownerOf(backup: string): { readonly vault: string } | 'damaged' | 'unknown' {
  return (
    unlessUnreadable(() => {
      const vault = readManifest(backup)?.manifest.vault ?? readBackupKeys(backup)?.vault
      return vault === undefined ? 'damaged' : { vault }
    }) ?? 'unknown'
  )
}

/** Whether there are backups and each says that it is of another vault. Their signatures are not looked at. */
export function areOfAnotherVault(backups: string, vault: string): boolean {
  const manifests = listManifests(backups)
  return manifests.length > 0 && manifests.every((manifest) => manifest.vault !== vault)
}

/** Whether the files are still there: the database in its size, as many blobs as there were. What is in them is not read. */
export async function isWhole(backup: string, manifest: AnyManifest): Promise<boolean> {
  const { database, keys, blobs } = inBackup(backup)
  try {
    const size = statSync(database, { throwIfNoEntry: false })?.size
    if (size !== manifest.bytes || readIfPresent(keys) === undefined) return false
    const wanted = blobCount(manifest)
    return wanted === 0 || (await readdir(blobs)).length >= wanted
  } catch (error) {
    // Not there, something else in its place, or behind a door that is closed to us: nothing to restore from.
    if (codeOf(error) === undefined) throw error
    return false
  }
}

export function writeManifest(backup: string, manifest: Manifest, master: Buffer): void {
  writeAtomically(inBackup(backup).manifest, formatManifest(manifest, master))
}

/** What a backup says of itself, and its key file, once the signature over all of the former is right. */
export function insistOnManifest(backup: string, master: Buffer): { manifest: Manifest; keys: KeyFile } {
  const read = readManifest(backup)
  const keys = readBackupKeys(backup)
  if (read === undefined || keys === undefined) throw new AppError('BACKUP_DAMAGED')
  return { manifest: insistOnSignature(read, keys, master), keys }
}

export function readBackupKeys(backup: string): KeyFile | undefined {
  const bytes = readIfPresent(inBackup(backup).keys)
  return bytes === undefined ? undefined : parseKeyFile(bytes)
}

/**
 * The key file as it lies beside a backup: with the salt of the database in there. A deep erase forgets the salt of the vault,
 * and a backup that was carried away must not remember it.
 */
export const keysBeside = (keys: KeyFile, { databaseSalt }: Pick<Manifest, 'databaseSalt'>): KeyFile => ({
  ...keys,
  databaseSalt,
  nextDatabaseSalt: null,
})

/** For a backup that does not say any more under which salt it is: it cannot be restored either. */
const noSalt = Buffer.alloc(keyBytes).toString('base64')

/**
 * Puts the key file of now beside a backup: a passphrase, kit or device key that opens nothing any more must not open the
 * vault by way of a backup. In the first format the manifest depends on the old one, and is written anew before.
 */
export function renewBackupKeys(backup: string, keys: KeyFile, master: Buffer): void {
  const old = readIfPresent(inBackup(backup).keys)
  if (old === undefined || ofAnotherVault(old, keys.vault)) return
  if (readManifest(backup)?.manifest.format === 'mindkeep/backup/v1') renewManifest(backup, master)
  const manifest = readManifest(backup)?.manifest
  const salted = manifest?.format === 'mindkeep/backup/v2' ? manifest : { databaseSalt: noSalt }
  const wanted = formatKeyFile(keysBeside(keys, salted))
  if (!old.equals(wanted)) writeAtomically(inBackup(backup).keys, wanted)
}

function renewManifest(backup: string, master: Buffer): void {
  try {
    writeManifest(backup, insistOnManifest(backup, master).manifest, master)
  } catch (error) {
    // A damaged backup stays one, and keeps no old way in either.
    if (toAppError(error)?.code !== 'BACKUP_DAMAGED') throw error
  }
}

/** One that cannot be read is taken for ours. */
function ofAnotherVault(bytes: Buffer, vault: string): boolean {
  const parsed = parseKeyFile(bytes)
  return parsed !== undefined && parsed.vault !== vault
}

interface Sharing {
  readonly from: string
  readonly to: string
  readonly blobs: readonly string[]
  readonly onProgress?: (done: number, total: number) => void
}

/** Blobs never change, so a backup shares them with the vault; where links are not possible they are copied. */
export function shareBlobs({ from, to, blobs, onProgress }: Sharing): void {
  makeFolder(to)
  const there = new Set(listBlobFiles(to))
  for (const [index, name] of blobs.entries()) {
    onProgress?.(index, blobs.length)
    if (there.has(name)) continue
    try {
      linkSync(join(from, name), join(to, name))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new AppError('BACKUP_DAMAGED', {}, { cause: error })
      copyFileSync(join(from, name), join(to, name))
      syncFile(join(to, name))
    }
  }
  syncFolder(to)
}

export function removeUnfinished(folder: string): void {
  for (const name of listFolders(folder)) {
    if (name.endsWith(partSuffix) && isBackupId(name.slice(0, -partSuffix.length)))
      rmSync(join(folder, name), { recursive: true, force: true })
  }
}
