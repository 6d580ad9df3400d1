// Looks into a vault from beside the core, with the core's own functions and the key that the device slot opens to. It is
// how a test plants blobs and rows, and how it knows which keys to search for. It never goes through a lock.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { createBlobs, readBlob } from '../../../electron/core/vault/blobs.ts'
import { type Db, openDatabase } from '../../../electron/core/vault/db.ts'
import { type KeyFile, createKeyFiles } from '../../../electron/core/vault/keys/keyfile.ts'
import { databaseKey } from '../../../electron/core/vault/opening.ts'
import { databasePath } from '../../../electron/core/vault/replace.ts'
import { openDeviceSlot } from '../../../electron/core/vault/keys/slots.ts'
import { systemClock } from '../../../electron/core/ports.ts'
import { foldersOf, openStore } from './subject.ts'

export function readKeys(base: string): KeyFile {
  const file = createKeyFiles(foldersOf(base)).read()
  if (file === undefined) throw new Error('there is no key file to read')
  return file
}

export async function masterOf(base: string): Promise<Buffer> {
  await sodium.ready
  const master = await openDeviceSlot(openStore, readKeys(base))
  if (master === undefined) throw new Error('the device slot does not open')
  return master
}

export async function withDatabase<T>(base: string, use: (db: Db, blobs: string) => T | Promise<T>): Promise<T> {
  const { folder } = foldersOf(base)
  const { databaseSalt, cipher } = readKeys(base)
  const db = openDatabase({ path: databasePath(folder), key: databaseKey(await masterOf(base), databaseSalt), cipher })
  try {
    return await use(db, join(folder, 'blobs'))
  } finally {
    db.close()
  }
}

export interface BlobNote {
  readonly id: string
  readonly sha: string
}

export const putBlobBeside = (base: string, content: Buffer): Promise<BlobNote> =>
  withDatabase(base, async (db, folder) => {
    const { id } = await createBlobs({ openVault: () => ({ db }), folder, clock: systemClock }).put([content])
    return { id, sha: sha(content) }
  })

export const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

export const readBlobSha = (db: Db, folder: string, id: string): string =>
  sha(Buffer.concat([...readBlob({ db, folder }, id)]))
