// Reads a backup whole, checks it, and writes it anew beside the vault, ready to take its place.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../../shared/errors.ts'
import { toAppError } from '../../failures.ts'
import type { JobContext } from '../../jobs/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openDatabase, writtenWhole } from '../db.ts'
import { withdrawDeleting } from '../deleting.ts'
import { type KeyFile, type KeyFiles, readSoundKeys } from '../keys/keyfile.ts'
import { deriveKey, randomKey, wipe, withKey } from '../keys/keys.ts'
import { insistOnKnown } from '../migrate.ts'
import { databaseKey } from '../opening.ts'
import { removeDatabase, replaceDatabase, scratchPath, stagedPath } from '../replace.ts'
import type { Rewriter } from '../rewriter.ts'
import { inSteps } from '../steps.ts'
import { backupsPath, inBackup, insistOnManifest } from './backup-files.ts'
import { carryLedger } from './ledger-tail.ts'
import { keepReplaced } from './replaced.ts'

interface StagingParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
  readonly rewriter: Rewriter
  readonly ledger: Pick<Ledger, 'recordIn'>
}

/** A backup that was read whole, checked, and written anew beside the vault. */
export interface StagedBackup {
  /**
   * The vault is closed and held; `saved` says that what is in it now is in a backup.
   * Ends with the restored database in place, still closed.
   */
  readonly put: (present: { readonly keys: KeyFile | undefined; readonly saved: boolean }) => KeyFile
  readonly drop: () => void
}

/** Touches nothing of the vault. Its blobs are put beside the present ones; `blobs.keeping` until it is over. */
export type Stage = (id: string, master: Buffer, context: JobContext) => Promise<StagedBackup>

export function createStaging({ folder, keyFiles, rewriter, ledger }: StagingParts): Stage {
  const blobFiles = join(folder, 'blobs')
  return async (id, master, context) => {
    const source = join(backupsPath(folder), id)
    if (!existsSync(source)) throw new AppError('NO_SUCH_BACKUP')
    const { manifest, keys: keysThen } = insistOnManifest(source, master)
    const { cipher } = manifest
    const scratch = scratchPath(folder)
    const salt = randomKey()
    const step = inSteps(context, { unseal: 2, copy: 4, share: 1 })
    removeDatabase(scratch)
    removeDatabase(stagedPath(folder))
    const streamKey = deriveKey(master, 'backup', Buffer.from(id))
    const oldKey = databaseKey(master, manifest.databaseSalt)
    const newKey = databaseKey(master, salt.toString('base64'))
    try {
      await rewriter.unseal({ from: inBackup(source).database, to: scratch, key: streamKey }, step('unseal'))
      // Checks every page under the old key, then writes the file anew under a fresh one.
      const contents = await rewriter.copy(
        { from: scratch, to: stagedPath(folder), key: oldKey, newKey, cipher },
        step('copy'),
      )
      insistOnKnown(contents.version)
      if ((contents.head?.hash ?? null) !== manifest.head) throw new AppError('BACKUP_DAMAGED')
      await rewriter.share({ from: inBackup(source).blobs, to: blobFiles, blobs: contents.blobs }, step('share'))
      return {
        put({ keys = keysThen, saved }) {
          const opened = { path: stagedPath(folder), cipher }
          const staged = withKey(databaseKey(master, salt.toString('base64')), (key) =>
            openDatabase({ ...opened, key }),
          )
          writtenWhole(staged, (db) => {
            carryLedger({ folder, keys, master }, db, contents.head)
            // Before it takes the vault's place: from then on there is no moment at which it is not known.
            ledger.recordIn({ db, vault: keys.vault }, { act: 'backup.restored', backup: id })
          })
          withdrawDeleting(folder)
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
  }
}

/** Unless the key file announces it; then the next opening puts it in place. */
function dropStaged({ folder, keyFiles }: Pick<StagingParts, 'folder' | 'keyFiles'>): void {
  const announced = readSoundKeys(keyFiles)?.nextDatabaseSalt ?? null
  if (announced === null) removeDatabase(stagedPath(folder))
}
