// From a master key to an open vault, and for a new vault from nothing to a database. The caller holds the vault.
import { existsSync } from 'node:fs'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import { areOfAnotherVault, backupsPath } from './backups/backup-files.ts'
import { type Db, insistOnCiphertext, openDatabase } from './db.ts'
import type { KeyFile, KeyFiles } from './keys/keyfile.ts'
import { deriveKey, withKey } from './keys/keys.ts'
import { migrate } from './migrate.ts'
import { databasePath, finishReplacing } from './replace.ts'
import { keepReserve } from './reserve.ts'
import type { OpenVault } from './open-vault.ts'

interface OpeningParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
}

export function databaseKey(master: Buffer, salt: string): Buffer {
  return deriveKey(master, 'database', Buffer.from(salt, 'base64'))
}

export const witnessKey = (master: Buffer): Buffer => deriveKey(master, 'signing', Buffer.from('witness'))

export function openFiles(
  parts: OpeningParts,
  { file, master }: { readonly file: KeyFile; readonly master: Buffer },
): OpenVault {
  const settled = finishReplacing(parts, file)
  const db = openOrSayWhy(parts.folder, settled, master)
  keepReserve(parts.folder)
  return { vault: settled.vault, db, master, witnessKey: witnessKey(master) }
}

/**
 * To the cipher, another vault's key and a damaged first page look the same. Only the backups beside it name their vault in
 * the clear; nobody vouches for that before they are opened, so it chooses the sentence and nothing else.
 */
function openOrSayWhy(folder: string, file: KeyFile, master: Buffer): Db {
  try {
    return openVaultDatabase(folder, file, master)
  } catch (error) {
    const unreadable = toAppError(error)?.code === 'VAULT_DAMAGED'
    if (!unreadable || !areOfAnotherVault(backupsPath(folder), file.vault)) throw error
    throw new AppError('KEYS_OF_ANOTHER_VAULT', {}, { cause: error })
  }
}

export function openVaultDatabase(folder: string, file: KeyFile, master: Buffer): Db {
  const path = databasePath(folder)
  if (!existsSync(path)) throw new AppError('VAULT_DAMAGED')
  const db = withKey(databaseKey(master, file.databaseSalt), (key) => openDatabase({ path, key, cipher: file.cipher }))
  return migrated(db, path)
}

export function createDatabase(path: string, file: KeyFile, master: Buffer): Db {
  const db = withKey(databaseKey(master, file.databaseSalt), (key) =>
    openDatabase({ path, key, cipher: file.cipher, create: true }),
  )
  migrated(db, path)
  insistOnCiphertext(path)
  return db
}

function migrated(db: Db, path: string): Db {
  try {
    migrate(db, path)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
