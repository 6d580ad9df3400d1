// Makes backups and puts them back. A backup counts only after it has been restored into a scratch file and compared; a
// restore replaces the vault only after the same check, and keeps what it replaced until the next one.
import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from '../../../shared/api/backups.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import { makeFolder, shred, syncFolder, writeAtomically } from '../files.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import {
  backupsPath,
  hashOfKeys,
  inBackup,
  insistOnManifest,
  isWhole,
  listManifests,
  partSuffix,
  removeUnfinished,
  shareBlobs,
  writeManifest,
} from './backup-files.ts'
import type { Blobs } from './blobs.ts'
import { openDatabase } from './db.ts'
import { type KeyFile, type KeyFiles, formatKeyFile } from './keyfile.ts'
import { deriveKey, randomKey, wipe } from './keys.ts'
import { carryLedger, readLedgerTail } from './ledger-tail.ts'
import { databaseKey } from './opening.ts'
import { databasePath, removeDatabase, replaceDatabase, stagedPath } from './replace.ts'
import { retained } from './retention.ts'
import type { Rewriter } from './rewriter.ts'
import type { VaultDoor } from './open-vault.ts'

interface BackupParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
  readonly door: VaultDoor
  readonly blobs: Blobs
  readonly rewriter: Rewriter
  readonly ledger: Ledger
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
}

export interface Backups {
  readonly list: () => Backup[]
  /** Then removes the backups that no rule keeps, except the one that is about to be restored. */
  readonly make: (context: JobContext, options?: { readonly sparing?: string }) => Promise<{ backup: string }>
  /** The vault is closed and held; `saved` says that what is in it now is in a backup. Ends with the restored database in place, still closed. */
  readonly putBack: (
    id: string,
    opened: { readonly master: Buffer; readonly keys: KeyFile | undefined; readonly saved: boolean },
    context: JobContext,
  ) => Promise<KeyFile>
  readonly folderOf: (id: string) => string
}

export function createBackups({ folder, keyFiles, door, blobs, rewriter, ledger, clock, emit }: BackupParts): Backups {
  const root = backupsPath(folder)
  const blobFiles = join(folder, 'blobs')
  const folderOf = (id: string) => join(root, id)

  const list = (): Backup[] => {
    const manifests = listManifests(root)
    const rules = retained(manifests)
    return manifests
      .map((one) => {
        const { id, at, bytes } = one
        return { id, at, bytes, whole: isWhole(folderOf(id), one), kept: rules.get(id) ?? ('daily' as const) }
      })
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
  }

  const thinOut = (spared: string | undefined) => {
    const manifests = listManifests(root)
    const keep = retained(manifests)
    for (const { id } of manifests) {
      if (keep.has(id) || id === spared) continue
      // Out of the list in one step: a removal cut short must not leave half a backup that looks like a whole one.
      ledger.record({ act: 'backup.removed', backup: id }, () => {
        renameSync(folderOf(id), folderOf(id) + partSuffix)
        syncFolder(root)
      })
    }
    removeUnfinished(root)
  }

  const write = async (part: string, id: string, at: string, context: JobContext): Promise<void> => {
    const { master, vault } = door.current()
    const keys = keyFiles.read()
    if (keys === undefined) throw new AppError('KEYS_DAMAGED')
    const paths = inBackup(part)
    const copy = join(part, 'copy.db')
    const scratch = join(part, 'scratch.db')
    const streamKey = deriveKey(master, 'backup', Buffer.from(id))
    const key = databaseKey(master, keys.databaseSalt)
    try {
      const contents = await rewriter.copy(
        { from: databasePath(folder), to: copy, key, newKey: key, cipher: keys.cipher },
        context,
      )
      await rewriter.seal({ from: copy, to: paths.database, key: streamKey }, context)
      removeDatabase(copy)
      shareBlobs({ from: blobFiles, to: paths.blobs, only: contents.blobs })
      writeAtomically(paths.keys, formatKeyFile(keys))
      await rewriter.unseal({ from: paths.database, to: scratch, key: streamKey }, context)
      const restored = await rewriter.check({ path: scratch, key, cipher: keys.cipher, blobs: paths.blobs }, context)
      if (JSON.stringify(restored) !== JSON.stringify(contents)) throw new AppError('BACKUP_DAMAGED')
      removeDatabase(scratch)
      const bytes = statSync(paths.database).size
      const content = { id, vault, at, bytes, keys: hashOfKeys(keys), ...contents, blobs: [...contents.blobs] }
      writeManifest(part, { format: 'mindkeep/backup/v1', ...content }, master)
    } finally {
      wipe(streamKey, key)
    }
  }

  return {
    list,
    folderOf,

    async make(context, { sparing } = {}) {
      removeUnfinished(root)
      blobs.sweep()
      const at = clock.now().toISOString()
      const id = `${at.slice(0, 19).replaceAll(/\D/gu, '')}-${randomKey().toString('hex').slice(0, 8)}`
      const part = folderOf(id) + partSuffix
      makeFolder(part)
      try {
        // A file whose row goes in the meantime is shared all the same: the copy of the database still has its row.
        await blobs.keeping(() => write(part, id, at, context))
        await context.pace()
        ledger.record({ act: 'backup.made', backup: id }, () => {
          renameSync(part, folderOf(id))
          syncFolder(root)
        })
      } catch (error) {
        rmSync(part, { recursive: true, force: true })
        throw error
      }
      thinOut(sparing)
      emit({ event: 'backups.changed', payload: {} })
      return { backup: id }
    },

    async putBack(id, { master, keys, saved }, context) {
      const source = folderOf(id)
      if (!existsSync(source)) throw new AppError('NO_SUCH_BACKUP')
      const { manifest, keys: keysThen } = insistOnManifest(source, master)
      const current = keys ?? keysThen
      const scratch = join(folder, 'restore.tmp')
      const salt = randomKey()
      const streamKey = deriveKey(master, 'backup', Buffer.from(id))
      const oldKey = databaseKey(master, keysThen.databaseSalt)
      const newKey = databaseKey(master, salt.toString('base64'))
      removeDatabase(scratch)
      removeDatabase(stagedPath(folder))
      try {
        await rewriter.unseal({ from: inBackup(source).database, to: scratch, key: streamKey }, context)
        // Checks every page under the old key, then writes the file anew under a fresh one.
        const contents = await rewriter.copy(
          { from: scratch, to: stagedPath(folder), key: oldKey, newKey, cipher: keysThen.cipher },
          context,
        )
        if (contents.head !== manifest.head) throw new AppError('BACKUP_DAMAGED')
        shareBlobs({ from: inBackup(source).blobs, to: blobFiles, only: manifest.blobs })
        await context.pace()
        const staged = openDatabase({ path: stagedPath(folder), key: newKey, cipher: keysThen.cipher })
        try {
          carryLedger(staged, readLedgerTail({ folder, keys: current, master }, contents.head))
        } finally {
          staged.close()
        }
        if (!saved) keepReplaced(folder)
        return replaceDatabase({ folder, keyFiles }, { ...current, cipher: keysThen.cipher }, salt)
      } catch (error) {
        // Unless the key file announces it; then the next opening puts it in place.
        if (keyFiles.read()?.nextDatabaseSalt === null) removeDatabase(stagedPath(folder))
        throw toAppError(error)?.code === 'VAULT_DAMAGED' ? new AppError('BACKUP_DAMAGED', {}, { cause: error }) : error
      } finally {
        removeDatabase(scratch)
        wipe(streamKey, oldKey, newKey)
      }
    },
  }
}

const replacedFolder = (folder: string) => join(folder, 'replaced')

/** A database that could not be backed up any more: as it was, with its log and its key file, for whoever can mend it. */
function keepReplaced(folder: string): void {
  dropReplaced(folder)
  makeFolder(replacedFolder(folder))
  for (const name of ['vault.db', 'vault.db-wal', 'vault.keys']) {
    const path = join(folder, name)
    if (existsSync(path)) copyFileSync(path, join(replacedFolder(folder), name))
  }
}

export function dropReplaced(folder: string): void {
  shred(join(replacedFolder(folder), 'vault.keys'))
  rmSync(replacedFolder(folder), { recursive: true, force: true })
}
