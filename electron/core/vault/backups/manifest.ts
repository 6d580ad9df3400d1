// The manifest of a backup: what is in it, signed with a key that only the vault has. The first format named every blob and
// vouched for the copy of the key file; it is still read. The present one counts the blobs, because the database in the
// backup names them, and lets the key file be exchanged, because a passphrase that was changed must not live on in there.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import sodium from 'libsodium-wrappers-sumo'
import { z } from 'zod'
import { type BackupReason, backupReasons } from '../../../../shared/api/backups.ts'
import { hex32, id, time } from '../../../../shared/api/values.ts'
import { AppError } from '../../../../shared/errors.ts'
import { type KeyFile, ciphers, formatKeyFile } from '../keys/keyfile.ts'
import { deriveKey, wipe, withKey } from '../keys/keys.ts'
import { wipeInLibrary } from '../../sodium-memory.ts'

const shared = {
  id,
  vault: z.uuid(),
  at: time,
  bytes: z.int().nonnegative(),
  rows: z.record(z.string(), z.int().nonnegative()),
  /** The hash of the last entry of the ledger. */
  head: z.string().nullable(),
}
const present = z.strictObject({
  format: z.literal('mindkeep/backup/v2'),
  ...shared,
  cipher: z.enum(ciphers),
  /** Of the database in the backup, which is under a key of its own. */
  databaseSalt: z.base64(),
  blobs: z.int().nonnegative(),
  /** Absent in the oldest ones. */
  reason: z.enum(backupReasons).optional(),
})
const first = z.strictObject({
  format: z.literal('mindkeep/backup/v1'),
  ...shared,
  /** SHA-256 of the copy of the key file. */
  keys: hex32,
  blobs: z.array(z.string()),
})
const signed = z.strictObject({
  manifest: z.discriminatedUnion('format', [present, first]),
  signature: z.base64(),
})

export type Manifest = z.infer<typeof present>
export type SignedManifest = z.infer<typeof signed>

export const blobCount = ({ blobs }: SignedManifest['manifest']): number =>
  typeof blobs === 'number' ? blobs : blobs.length

export const reasonOf = (manifest: SignedManifest['manifest']): BackupReason | null =>
  ('reason' in manifest ? manifest.reason : undefined) ?? null

/** Nothing where it is damaged. Whether its signature is right is another question. */
export function parseManifest(bytes: Buffer): SignedManifest | undefined {
  try {
    return signed.safeParse(JSON.parse(bytes.toString('utf8'))).data
  } catch {
    // Not JSON: a damaged manifest makes the folder no backup.
    return undefined
  }
}

export function formatManifest(manifest: Manifest, master: Buffer): string {
  const signature = withSigningKeys(master, ({ privateKey }) => sodium.crypto_sign_detached(text(manifest), privateKey))
  return `${JSON.stringify({ manifest, signature: Buffer.from(signature).toString('base64') }, null, 2)}\n`
}

/** What the manifest says, in its present form, once its signature is right. `keys` is the key file beside it. */
export function insistOnSignature({ manifest, signature }: SignedManifest, keys: KeyFile, master: Buffer): Manifest {
  const given = Buffer.from(signature, 'base64')
  const right =
    given.length === sodium.crypto_sign_BYTES &&
    withSigningKeys(master, ({ publicKey }) => sodium.crypto_sign_verify_detached(given, text(manifest), publicKey))
  if (!right) throw new AppError('BACKUP_DAMAGED')
  if (manifest.format === 'mindkeep/backup/v2') return manifest
  const { keys: hash, blobs, ...rest } = manifest
  if (createHash('sha256').update(formatKeyFile(keys)).digest('hex') !== hash) throw new AppError('BACKUP_DAMAGED')
  const { cipher, databaseSalt } = keys
  return { ...rest, format: 'mindkeep/backup/v2', cipher, databaseSalt, blobs: blobs.length }
}

const text = (manifest: SignedManifest['manifest']): string => canonicalize(manifest) ?? ''

function withSigningKeys<T>(
  master: Buffer,
  use: (keys: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }) => T,
): T {
  return withKey(deriveKey(master, 'signing', Buffer.from('backups')), (seed) => {
    const keys = sodium.crypto_sign_seed_keypair(seed)
    try {
      return use(keys)
    } finally {
      wipe(keys.privateKey)
      // The private key begins with the seed.
      wipeInLibrary(seed)
    }
  })
}
