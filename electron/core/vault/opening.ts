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

export interface Opened {
  readonly file: KeyFile
  readonly master: Buffer
}

interface OpeningParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
}

export function databaseKey(master: Buffer, salt: string): Buffer {
  return deriveKey(master, 'database', Buffer.from(salt, 'base64'))
}

export const witnessKey = (master: Buffer): Buffer => deriveKey(master, 'signing', Buffer.from('witness'))

/** Answers the key file that opened it, too: a replacement that was cut short is finished first. */
export function openFiles(
  parts: OpeningParts,
  { file, master }: Opened,
): { readonly opened: OpenVault; readonly file: KeyFile } {
  const settled = finishReplacing(parts, file)
  const db = openOrSayWhy(parts.folder, settled, master)
  keepReserve(parts.folder)
  return { opened: { vault: settled.vault, db, master, witnessKey: witnessKey(master) }, file: settled }
}

/** Whether this key file is the one of the database that lies here, or of the one that is about to take its place. */
export function opensDatabase(folder: string, { file, master }: Opened): boolean {
  const path = databasePath(folder)
  if (!existsSync(path)) return false
  return [file.databaseSalt, file.nextDatabaseSalt].some((salt) => {
    if (salt === null) return false
    try {
      withKey(databaseKey(master, salt), (key) => openDatabase({ path, key, cipher: file.cipher })).close()
      return true
    } catch (error) {
      if (toAppError(error)?.code === 'VAULT_DAMAGED') return false
      throw error
    }
  })
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
