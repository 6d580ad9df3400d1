// Makes backups, lists them, and removes those that no rule keeps: of this vault alone, whatever else lies beside them. A
// backup counts only after it has been restored into a scratch file and compared.
import { renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup, BackupReason } from '../../../../shared/api/backups.ts'
import type { AppEvent } from '../../../../shared/api/events.ts'
import { AppError } from '../../../../shared/errors.ts'
import { codeOf, toAppError } from '../../failures.ts'
import { listFolders, makeFolder, syncFolder, writeAtomically } from '../../files.ts'
import type { JobContext } from '../../jobs/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Clock, Log } from '../../ports.ts'
import {
  backupsPath,
  inBackup,
  isWhole,
  keysBeside,
  listManifests,
  partSuffix,
  removeUnfinished,
  renewBackupKeys,
  writeManifest,
} from './backup-files.ts'
import type { Blobs } from '../blobs.ts'
import { reasonOf } from './manifest.ts'
import { type KeyFiles, formatKeyFile } from '../keys/keyfile.ts'
import { deriveKey, randomKey, wipe } from '../keys/keys.ts'
import { databaseKey } from '../opening.ts'
import { databasePath, removeDatabase } from '../replace.ts'
import { renewReplacedKeys } from './replaced.ts'
import { retained, retainedOfEach } from './retention.ts'
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

interface Last {
  /** About to be restored: not removed, even where no rule keeps it. */
  readonly sparing: string
  /** Turns everybody away at the door. */
  readonly refuse: () => void
}

export interface Backups {
  /** Those of other vaults, too; where there is no vault that can be known, of all as if each were the one. */
  readonly list: () => Promise<Backup[]>
  /**
   * When the newest whole one of the open vault was made, as far as the clock of now can tell: one from the future was made
   * under a wrong clock.
   */
  readonly newest: () => Promise<Date | undefined>
  /** Then removes the backups that no rule keeps. */
  readonly make: (context: JobContext, reason: BackupReason) => Promise<{ backup: string }>
  /**
   * The same before another one is restored. From the moment in which it reads the vault nobody is answered, and that stays
   * so when it returns: what they wrote would be in neither.
   */
  readonly makeLast: (context: JobContext, last: Last) => Promise<{ backup: string }>
  /** What opens the vault, and no more than that, is what opens its backups. The vault is open. */
  readonly renewKeys: () => void
  readonly folderOf: (id: string) => string
}

export function createBackups(parts: BackupParts): Backups {
  const { folder, keyFiles, door, blobs, rewriter, ledger, clock, log, emit } = parts
  const root = backupsPath(folder)
  const blobFiles = join(folder, 'blobs')
  const folderOf = (id: string) => join(root, id)

  const listAll = () =>
    Promise.all(
      listManifests(root).map(async (one) => ({
        id: one.id,
        vault: one.vault,
        at: one.at,
        bytes: one.bytes,
        reason: reasonOf(one),
        whole: await isWhole(folderOf(one.id), one),
      })),
    )

  const listOf = async (wanted: string) => (await listAll()).filter(({ vault }) => vault === wanted)

  const list = async (): Promise<Backup[]> => {
    const listed = await listAll()
    const rules = retainedOfEach(listed, clock.now())
    const here = knownVault(keyFiles)
    return listed
      .map(({ vault, ...one }) => ({
        ...one,
        kept:
          here === undefined || vault === here ? (rules.get(one.id) ?? ('daily' as const)) : ('another-vault' as const),
      }))
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
  }

  const thinOut = (listed: Parameters<typeof retained>[0], spared: string | undefined) => {
    const keep = retained(listed, clock.now())
    for (const { id } of listed) {
      if (keep.has(id) || id === spared) continue
      // Out of the list in one step: a removal cut short must not leave half a backup that looks like a whole one.
      ledger.record({ act: 'backup.removed', backup: id }, () => {
        renameSync(folderOf(id), folderOf(id) + partSuffix)
        syncFolder(root)
      })
    }
    removeUnfinished(root)
  }

  const write = async (
    part: string,
    { id, at, reason }: { readonly id: string; readonly at: string; readonly reason: BackupReason },
    context: JobContext,
  ): Promise<void> => {
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
      writeManifest(part, { format: 'mindkeep/backup/v2', id, vault, at, reason, ...sealed }, master)
      // The one of now: it may have been exchanged since.
      writeAtomically(paths.keys, formatKeyFile(keysBeside(keyFiles.read() ?? keys, sealed)))
    } finally {
      wipe(streamKey, key, newKey)
    }
  }

  const make = async (context: JobContext, reason: BackupReason, last?: Last): Promise<{ backup: string }> => {
    removeUnfinished(root)
    blobs.sweep()
    const at = clock.now().toISOString()
    const id = `${at.slice(0, 19).replaceAll(/\D/gu, '')}-${randomKey().toString('hex').slice(0, 8)}`
    const part = folderOf(id) + partSuffix
    const { vault } = door.current()
    makeFolder(part)
    let before: Awaited<ReturnType<typeof listOf>>
    try {
      // A file whose row goes in the meantime is shared all the same: the copy of the database still has its row.
      const written = blobs.keeping(() => write(part, { id, at, reason }, context))
      // It has asked at the door by now, and waits for the thread that reads the vault.
      last?.refuse()
      await written
      // Looked at before anybody is answered: from here until the vault is refused again nothing waits.
      before = await listOf(vault)
      door.answerWithin()
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
      thinOut([...before, { id, at, whole: true }], last?.sparing)
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

    async newest() {
      const now = clock.now().toISOString()
      const newest = (await listOf(door.current().vault))
        .filter(({ at, whole }) => whole && at <= now)
        .map(({ at }) => at)
        .toSorted()
        .at(-1)
      return newest === undefined ? undefined : new Date(newest)
    },

    make: (context, reason) => make(context, reason),
    makeLast: (context, last) => make(context, 'before-restore', last),

    renewKeys() {
      // What they open to has changed all the same; it is tried again at the next opening.
      const orSay = <T>(act: () => T): T | undefined => {
        try {
          return act()
        } catch (error) {
          log.write('backups.keys-unrenewed', { code: toAppError(error)?.code ?? codeOf(error) ?? 'unknown' })
          return undefined
        }
      }
      const keys = orSay(keyFiles.read)
      if (keys === undefined) return
      const { master } = door.current()
      // Each by itself: one that is not ours, or cannot be written, must not keep the old way into the others.
      for (const name of orSay(() => listFolders(root)) ?? [])
        orSay(() => renewBackupKeys(join(root, name), keys, master))
      orSay(() => renewReplacedKeys(folder, keys))
    },
  }
}

/** The id of the vault in the folder, as its key file has it. */
function knownVault(keyFiles: KeyFiles): string | undefined {
  try {
    return keyFiles.read()?.vault
  } catch (error) {
    // Damaged, or of a newer Mindkeep: then any of the backups may be of this vault.
    if (toAppError(error) === undefined) throw error
    return undefined
  }
}
