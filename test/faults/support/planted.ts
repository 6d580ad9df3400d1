// What a test knows of a vault it has the passphrase of: its keys, derived as the core derives them, and a way to plant
// content that the api cannot carry yet.
import { join } from 'node:path'
import { Mnemonic } from 'ethers/wallet'
import sodium from 'libsodium-wrappers-sumo'
import { systemClock } from '../../../electron/core/ports.ts'
import { createBlobs } from '../../../electron/core/vault/blobs.ts'
import { type Db, openDatabase } from '../../../electron/core/vault/db.ts'
import { deriveKey, withKey } from '../../../electron/core/vault/keys/keys.ts'
import { databaseKey, witnessKey } from '../../../electron/core/vault/opening.ts'
import { createStretcher } from '../../../electron/core/vault/keys/passphrase.ts'
import { databasePath } from '../../../electron/core/vault/replace.ts'
import { openPassphraseSlot } from '../../../electron/core/vault/keys/slots.ts'
import { readKeys } from './beside.ts'
import type { Needle } from './needles.ts'
import { foldersOf } from './subject.ts'

interface Known {
  readonly base: string
  readonly passphrase: string
}

export async function masterBy({ base, passphrase }: Known): Promise<Buffer> {
  await sodium.ready
  const master = await openPassphraseSlot(createStretcher({ clock: systemClock }), readKeys(base), passphrase)
  if (master === undefined) throw new Error('the passphrase does not open the key file')
  return master
}

async function withVault<T>(known: Known, use: (db: Db, blobs: string) => T | Promise<T>): Promise<T> {
  const { folder } = foldersOf(known.base)
  const { databaseSalt, cipher } = readKeys(known.base)
  // Wiped, because the process that plants is searched for copies of the key afterwards.
  const key = withKey(await masterBy(known), (master) => databaseKey(master, databaseSalt))
  const db = openDatabase({ path: databasePath(folder), key, cipher })
  try {
    return await use(db, join(folder, 'blobs'))
  } finally {
    db.close()
  }
}

export const plant = ({ blob, ...known }: Known & { readonly blob: string }): Promise<unknown> =>
  withVault(known, (db, folder) =>
    createBlobs({ openVault: () => ({ db }), folder, clock: systemClock }).put([Buffer.from(blob.repeat(2000))]),
  )

/** Every key the vault has in use, by the name of what it is for. */
export async function keysOf(
  known: Known & { readonly backup: string; readonly kits: readonly (readonly string[])[] },
): Promise<Needle[]> {
  const master = await masterBy(known)
  const blobKeys = await withVault(known, (db) => db.prepare('SELECT key FROM blobs').pluck().all() as Buffer[])
  const secrets = known.kits.map((words) => Buffer.from(Mnemonic.fromPhrase(words.join(' ')).entropy.slice(2), 'hex'))
  return [
    { name: 'the master key', secret: master },
    { name: 'the database key', secret: databaseKey(master, readKeys(known.base).databaseSalt) },
    { name: 'the backup key', secret: deriveKey(master, 'backup', Buffer.from(known.backup)) },
    { name: 'the signing key', secret: deriveKey(master, 'signing') },
    { name: 'the key that signs backups', secret: deriveKey(master, 'signing', Buffer.from('backups')) },
    { name: 'the key of the witness', secret: witnessKey(master) },
    ...blobKeys.map((secret) => ({ name: 'a blob key', secret: Buffer.from(secret) })),
    ...secrets.flatMap((secret) => [
      { name: 'a recovery secret', secret },
      { name: 'a recovery key', secret: deriveKey(secret, 'recovery') },
      { name: 'an account seed', secret: deriveKey(secret, 'account') },
    ]),
  ]
}
