// What a backup is on disk: a folder with the database as an encrypted stream, a copy of the key file, the blobs (already
// ciphertext, shared by hard link) and a signed manifest. A folder still being written ends in `.part` and is no backup.
import { createHash } from 'node:crypto'
import { copyFileSync, linkSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import sodium from 'libsodium-wrappers-sumo'
import { z } from 'zod'
import { hex32, id, time } from '../../../shared/api/values.ts'
import { AppError } from '../../../shared/errors.ts'
import { codeOf } from '../failures.ts'
import { listFolders, makeFolder, readIfPresent, syncFile, syncFolder, writeAtomically } from '../files.ts'
import { listBlobFiles } from './blobs.ts'
import { type KeyFile, formatKeyFile, parseKeyFile } from './keyfile.ts'
import { deriveKey, withKey } from './keys.ts'

const manifest = z.strictObject({
  format: z.literal('mindkeep/backup/v1'),
  id,
  vault: z.uuid(),
  at: time,
  bytes: z.int().nonnegative(),
  /** SHA-256 of the copy of the key file. */
  keys: hex32,
  rows: z.record(z.string(), z.int().nonnegative()),
  head: z.string().nullable(),
  blobs: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifest>
const signedManifest = z.strictObject({ manifest, signature: z.base64() })

export const backupsPath = (folder: string): string => join(folder, 'backups')
export const partSuffix = '.part'
export const inBackup = (folder: string) => ({
  database: join(folder, 'database'),
  keys: join(folder, 'vault.keys'),
  manifest: join(folder, 'manifest.json'),
  blobs: join(folder, 'blobs'),
})

export function listManifests(folder: string): Manifest[] {
  return listFolders(folder).flatMap((name) => {
    const read = name.endsWith(partSuffix) ? undefined : readManifest(join(folder, name))
    return read === undefined || read.manifest.id !== name ? [] : [read.manifest]
  })
}

export function readManifest(backup: string): z.infer<typeof signedManifest> | undefined {
  const bytes = readIfPresent(inBackup(backup).manifest)
  if (bytes === undefined) return undefined
  try {
    return signedManifest.safeParse(JSON.parse(bytes.toString('utf8'))).data
  } catch {
    // Not JSON: a damaged manifest makes the folder no backup.
    return undefined
  }
}

/** Whether there are backups and each says that it is of another vault. Their signatures are not looked at. */
export function areOfAnotherVault(backups: string, vault: string): boolean {
  const manifests = listManifests(backups)
  return manifests.length > 0 && manifests.every((manifest) => manifest.vault !== vault)
}

/** Whether the files are still there in the sizes they had when the backup was checked. */
export function isWhole(backup: string, { bytes, blobs }: Manifest): boolean {
  const { database, keys, blobs: shared } = inBackup(backup)
  if (statSync(database, { throwIfNoEntry: false })?.size !== bytes || readIfPresent(keys) === undefined) return false
  const there = new Set(listBlobFiles(shared))
  return blobs.every((name) => there.has(name))
}

export function writeManifest(backup: string, content: Manifest, master: Buffer): void {
  const signature = withSigningKeys(master, ({ privateKey }) => sodium.crypto_sign_detached(text(content), privateKey))
  const signed = { manifest: content, signature: Buffer.from(signature).toString('base64') }
  writeAtomically(inBackup(backup).manifest, `${JSON.stringify(signed, null, 2)}\n`)
}

/** The key file of a backup, once the signature over everything in the manifest is right. */
export function insistOnManifest(backup: string, master: Buffer): { manifest: Manifest; keys: KeyFile } {
  const read = readManifest(backup)
  const keys = readBackupKeys(backup)
  if (read === undefined || keys === undefined) throw new AppError('BACKUP_DAMAGED')
  const sound = withSigningKeys(master, ({ publicKey }) => isSigned(read, publicKey))
  if (!sound || hashOfKeys(keys) !== read.manifest.keys) throw new AppError('BACKUP_DAMAGED')
  return { manifest: read.manifest, keys }
}

function isSigned(read: z.infer<typeof signedManifest>, publicKey: Uint8Array): boolean {
  const signature = Buffer.from(read.signature, 'base64')
  if (signature.length !== sodium.crypto_sign_BYTES) return false
  return sodium.crypto_sign_verify_detached(signature, text(read.manifest), publicKey)
}

export function readBackupKeys(backup: string): KeyFile | undefined {
  const bytes = readIfPresent(inBackup(backup).keys)
  return bytes === undefined ? undefined : parseKeyFile(bytes)
}

export const hashOfKeys = (keys: KeyFile): string => createHash('sha256').update(formatKeyFile(keys)).digest('hex')

/** Blobs never change, so a backup shares them with the vault; where links are not possible they are copied. */
export function shareBlobs({
  from,
  to,
  only,
}: {
  readonly from: string
  readonly to: string
  readonly only: readonly string[]
}): void {
  makeFolder(to)
  const there = new Set(listBlobFiles(to))
  for (const name of only) {
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
    if (name.endsWith(partSuffix)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

const text = (content: Manifest): string => canonicalize(content) ?? ''

function withSigningKeys<T>(
  master: Buffer,
  use: (keys: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }) => T,
): T {
  return withKey(deriveKey(master, 'signing', Buffer.from('backups')), (seed) => {
    const keys = sodium.crypto_sign_seed_keypair(seed)
    try {
      return use(keys)
    } finally {
      keys.privateKey.fill(0)
    }
  })
}
