// Turns failures of the file system and of SQLite into the coded errors a person can act on. Anything it does not know
// stays as it is, and becomes INTERNAL at the edge.
import { AppError, type ErrorCode } from '../../shared/errors.ts'

const byCode: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EFBIG: 'DISK_FULL',
  SQLITE_FULL: 'DISK_FULL',
  EACCES: 'FOLDER_UNUSABLE',
  EPERM: 'FOLDER_UNUSABLE',
  EROFS: 'FOLDER_UNUSABLE',
  ENOTDIR: 'FOLDER_UNUSABLE',
  EEXIST: 'FOLDER_UNUSABLE',
  // A folder where a file should be.
  EISDIR: 'FOLDER_UNUSABLE',
  ERR_FS_EISDIR: 'FOLDER_UNUSABLE',
  ENOTEMPTY: 'FOLDER_UNUSABLE',
  ENAMETOOLONG: 'FOLDER_UNUSABLE',
  SQLITE_CANTOPEN: 'FOLDER_UNUSABLE',
  SQLITE_READONLY: 'FOLDER_UNUSABLE',
  SQLITE_CORRUPT: 'VAULT_DAMAGED',
  SQLITE_NOTADB: 'VAULT_DAMAGED',
  // A page that fails its authentication tag is reported as a failed read (SQLite3MC, AEGIS and ChaCha20).
  SQLITE_IOERR_DATA: 'VAULT_DAMAGED',
  SQLITE_IOERR_SHORT_READ: 'VAULT_DAMAGED',
  SQLITE_IOERR_WRITE: 'DISK_FULL',
  SQLITE_IOERR_FSYNC: 'DISK_FULL',
  SQLITE_IOERR_TRUNCATE: 'DISK_FULL',
  // The write-ahead log's index could not grow.
  SQLITE_IOERR_SHMSIZE: 'DISK_FULL',
}

/** The `code` a failure carries, if any: file system and SQLite errors both name theirs. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code === undefined) return undefined
  // SQLite's extended codes name the same failure more closely: SQLITE_READONLY_DIRECTORY, SQLITE_CANTOPEN_ISDIR.
  const known = byCode[code] ?? byCode[code.split('_').slice(0, 2).join('_')]
  return known === undefined ? undefined : new AppError(known, {}, { cause: error })
}
