// Makes backups and puts them back. A backup counts only after it has been restored into a scratch file and compared; a
// restore replaces the vault only after the same check, and keeps what it replaced until the next one.
import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from '../../../../shared/api/backups.ts'
import type { AppEvent } from '../../../../shared/api/events.ts'
import { AppError } from '../../../../shared/errors.ts'
import { codeOf, toAppError } from '../../failures.ts'
import {
  listFolders,
  makeFolder,
  readIfPresent,
  removeFolderIfEmpty,
  shred,
  syncFolder,
  writeAtomically,
} from '../../files.ts'
import type { JobContext } from '../../jobs/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Clock, Log } from '../../ports.ts'
import {
  backupsPath,
  inBackup,
  insistOnManifest,
  isWhole,
  listManifests,
  partSuffix,
  removeUnfinished,
  renewBackupKeys,
  shareBlobs,
  writeManifest,
} from './backup-files.ts'
import { type Blobs, listBlobFiles } from '../blobs.ts'
import { openDatabase } from '../db.ts'
import { type KeyFile, type KeyFiles, formatKeyFile, parseKeyFile, readSoundKeys } from '../keys/keyfile.ts'
import { deriveKey, randomKey, wipe, withKey } from '../keys/keys.ts'
import { carryLedger } from './ledger-tail.ts'
import { databaseKey } from '../opening.ts'
import { databasePath, removeDatabase, replaceDatabase, scratchPath, stagedPath } from '../replace.ts'
import { retained } from './retention.ts'
import type { Rewriter } from '../rewriter.ts'
import { inSteps } from '../steps.ts'
import type { VaultDoor } from '../open-vault.ts'

interface BackupParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
  readonly door: VaultDoor
  readonly blobs: Blobs
  readonly rewriter: Rewriter
  readonly ledger: Ledger
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
}

/** A backup that was read whole, checked, and written anew beside the vault. */
export interface StagedBackup {
  /** The vault is closed and held; `saved` says that what is in it now is in a backup. Ends with the restored database in place, still closed. */
  readonly put: (present: { readonly keys: KeyFile | undefined; readonly saved: boolean }) => KeyFile
  readonly drop: () => void
}

interface Last {
  /** About to be restored: not removed, even where no rule keeps it. */
  readonly sparing: string
  /** Turns everybody away at the door. */
  readonly refuse: () => void
}

export interface Backups {
  readonly list: () => Promise<Backup[]>
  /** When the newest was made, as far as the clock of now can tell: one from the future was made under a wrong clock. */
  readonly newest: () => Date | undefined
  /** Then removes the backups that no rule keeps. */
  readonly make: (context: JobContext) => Promise<{ backup: string }>
  /**
   * The same before another one is restored. From the moment in which it reads the vault nobody is answered, and that stays
   * so when it returns: what they wrote would be in neither.
   */
  readonly makeLast: (context: JobContext, last: Last) => Promise<{ backup: string }>
  /** Touches nothing of the vault. Its blobs are put beside the present ones; `blobs.keeping` until it is over. */
  readonly stage: (id: string, master: Buffer, context: JobContext) => Promise<StagedBackup>
  /** What opens the vault, and no more than that, is what opens its backups. The vault is open. */
  readonly renewKeys: () => void
  readonly folderOf: (id: string) => string
}

export function createBackups(parts: BackupParts): Backups {
  const { folder, keyFiles, door, blobs, rewriter, ledger, clock, log, emit } = parts
  const root = backupsPath(folder)
  const blobFiles = join(folder, 'blobs')
  const folderOf = (id: string) => join(root, id)

  const list = async (): Promise<Backup[]> => {
    const manifests = listManifests(root)
    const rules = retained(manifests, clock.now())
    const listed = await Promise.all(
      manifests.map(async (one) => {
        const { id, at, bytes } = one
        return { id, at, bytes, whole: await isWhole(folderOf(id), one), kept: rules.get(id) ?? ('daily' as const) }
      }),
    )
    return listed.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  }

  const thinOut = (spared: string | undefined) => {
    const manifests = listManifests(root)
    const keep = retained(manifests, clock.now())
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
    const { cipher } = keys
    const paths = inBackup(part)
    const copy = join(part, 'copy.db')
    const scratch = join(part, 'scratch.db')
    const salt = randomKey().toString('base64')
    const streamKey = deriveKey(master, 'backup', Buffer.from(id))
    const key = databaseKey(master, keys.databaseSalt)
    // Not the vault's own: a deep erase forgets that one, and a backup must not remember it.
    const newKey = databaseKey(master, salt)
    const step = inSteps(context, { copy: 4, seal: 2, share: 1, unseal: 2, check: 3 })
    try {
      const contents = await rewriter.copy({ from: databasePath(folder), to: copy, key, newKey, cipher }, step('copy'))
      await rewriter.seal({ from: copy, to: paths.database, key: streamKey }, step('seal'))
      removeDatabase(copy)
      await rewriter.share({ from: blobFiles, to: paths.blobs, blobs: contents.blobs }, step('share'))
      await rewriter.unseal({ from: paths.database, to: scratch, key: streamKey }, step('unseal'))
      const restored = await rewriter.check({ path: scratch, key: newKey, cipher, blobs: paths.blobs }, step('check'))
      if (JSON.stringify(restored) !== JSON.stringify(contents)) throw new AppError('BACKUP_DAMAGED')
      removeDatabase(scratch)
      const bytes = statSync(paths.database).size
      const { rows, head } = contents
      const sealed = { bytes, rows, head: head?.hash ?? null, cipher, databaseSalt: salt, blobs: contents.blobs.length }
      await context.pace()
      writeManifest(part, { format: 'mindkeep/backup/v2', id, vault, at, ...sealed }, master)
      // The one of now: it may have been exchanged since.
      writeAtomically(paths.keys, formatKeyFile(keyFiles.read() ?? keys))
    } finally {
      wipe(streamKey, key, newKey)
    }
  }

  const make = async (context: JobContext, last?: Last): Promise<{ backup: string }> => {
    removeUnfinished(root)
    blobs.sweep()
    const at = clock.now().toISOString()
    const id = `${at.slice(0, 19).replaceAll(/\D/gu, '')}-${randomKey().toString('hex').slice(0, 8)}`
    const part = folderOf(id) + partSuffix
    makeFolder(part)
    try {
      // A file whose row goes in the meantime is shared all the same: the copy of the database still has its row.
      const written = blobs.keeping(() => write(part, id, at, context))
      // It has asked at the door by now, and waits for the thread that reads the vault.
      last?.refuse()
      await written
      door.answer()
      ledger.record({ act: 'backup.made', backup: id }, () => {
        renameSync(part, folderOf(id))
        syncFolder(root)
      })
    } catch (error) {
      rmSync(part, { recursive: true, force: true })
      throw error
    }
    emit({ event: 'backups.changed', payload: {} })
    try {
      thinOut(last?.sparing)
    } catch (error) {
      // There is one more than before, and the next one tries again.
      log.write('backups.untidy', { code: toAppError(error)?.code ?? codeOf(error) ?? 'unknown' })
    }
    last?.refuse()
    emit({ event: 'backups.changed', payload: {} })
    return { backup: id }
  }

  return {
    list,
    folderOf,

    newest() {
      const now = clock.now().toISOString()
      const [newest] = listManifests(root)
        .map(({ at }) => at)
        .filter((at) => at <= now)
        .toSorted()
        .toReversed()
      return newest === undefined ? undefined : new Date(newest)
    },

    make: (context) => make(context),
    makeLast: make,

    async stage(id, master, context) {
      const source = folderOf(id)
      if (!existsSync(source)) throw new AppError('NO_SUCH_BACKUP')
      const { manifest, keys: keysThen } = insistOnManifest(source, master)
      const { cipher } = manifest
      const scratch = scratchPath(folder)
      const salt = randomKey()
      const streamKey = deriveKey(master, 'backup', Buffer.from(id))
      const oldKey = databaseKey(master, manifest.databaseSalt)
      const newKey = databaseKey(master, salt.toString('base64'))
      const step = inSteps(context, { unseal: 2, copy: 4, share: 1 })
      removeDatabase(scratch)
      removeDatabase(stagedPath(folder))
      try {
        await rewriter.unseal({ from: inBackup(source).database, to: scratch, key: streamKey }, step('unseal'))
        // Checks every page under the old key, then writes the file anew under a fresh one.
        const contents = await rewriter.copy(
          { from: scratch, to: stagedPath(folder), key: oldKey, newKey, cipher },
          step('copy'),
        )
        if ((contents.head?.hash ?? null) !== manifest.head) throw new AppError('BACKUP_DAMAGED')
        await rewriter.share({ from: inBackup(source).blobs, to: blobFiles, blobs: contents.blobs }, step('share'))
        return {
          put({ keys = keysThen, saved }) {
            const opened = { path: stagedPath(folder), cipher }
            const staged = withKey(databaseKey(master, salt.toString('base64')), (key) =>
              openDatabase({ ...opened, key }),
            )
            try {
              carryLedger({ folder, keys, master }, staged, contents.head)
            } finally {
              staged.close()
            }
            if (!saved) keepReplaced(folder, contents.blobs)
            return replaceDatabase({ folder, keyFiles }, { ...keys, cipher }, salt)
          },
          drop: () => dropStaged({ folder, keyFiles }),
        }
      } catch (error) {
        dropStaged({ folder, keyFiles })
        throw toAppError(error)?.code === 'VAULT_DAMAGED' ? new AppError('BACKUP_DAMAGED', {}, { cause: error }) : error
      } finally {
        removeDatabase(scratch)
        wipe(streamKey, oldKey, newKey)
      }
    },

    renewKeys() {
      try {
        const keys = keyFiles.read()
        if (keys === undefined) return
        const { master } = door.current()
        for (const name of listFolders(root)) renewBackupKeys(join(root, name), keys, master)
        renewReplacedKeys(folder, keys)
      } catch (error) {
        // What they open to has changed all the same; it is tried again at the next opening.
        log.write('backups.keys-unrenewed', { code: toAppError(error)?.code ?? codeOf(error) ?? 'unknown' })
      }
    },
  }
}

/** Unless the key file announces it; then the next opening puts it in place. */
function dropStaged({ folder, keyFiles }: Pick<BackupParts, 'folder' | 'keyFiles'>): void {
  const announced = readSoundKeys(keyFiles)?.nextDatabaseSalt ?? null
  if (announced === null) removeDatabase(stagedPath(folder))
}

const replacedFolder = (folder: string) => join(folder, 'replaced')

/**
 * A database that could not be backed up any more: as it was, with its log and its key file, for whoever can mend it. And
 * with the blobs that only it may know, or the next sweep would take them.
 */
function keepReplaced(folder: string, known: readonly string[]): void {
  dropReplaced(folder)
  const replaced = replacedFolder(folder)
  makeFolder(replaced)
  for (const name of ['vault.db', 'vault.db-wal', 'vault.keys']) {
    const path = join(folder, name)
    if (existsSync(path)) copyFileSync(path, join(replaced, name))
  }
  const restored = new Set(known)
  const from = join(folder, 'blobs')
  const others = listBlobFiles(from).filter((name) => !restored.has(name))
  if (others.length > 0) shareBlobs({ from, to: join(replaced, 'blobs'), blobs: others })
}

/** Its database stays under the salt it was under; who may open it is as of now. */
function renewReplacedKeys(folder: string, keys: KeyFile): void {
  const path = join(replacedFolder(folder), 'vault.keys')
  const bytes = readIfPresent(path)
  const old = bytes === undefined ? undefined : parseKeyFile(bytes)
  if (old === undefined || old.vault !== keys.vault) return
  const renewed = formatKeyFile({ ...old, passphrase: keys.passphrase, recovery: keys.recovery, device: keys.device })
  if (bytes?.equals(renewed) !== true) writeAtomically(path, renewed)
}

export function dropReplaced(folder: string): void {
  const replaced = replacedFolder(folder)
  const blobs = join(replaced, 'blobs')
  shred(join(replaced, 'vault.keys'))
  removeDatabase(join(replaced, 'vault.db'))
  for (const name of listBlobFiles(blobs)) rmSync(join(blobs, name))
  for (const each of [blobs, replaced]) removeFolderIfEmpty(each)
}
