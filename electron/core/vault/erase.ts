// Making deleted things unreadable. Ordinary deletion overwrites pages (secure_delete) and drops blob keys; a deep erase
// rewrites the whole database under a fresh key and forgets the old one, so that even old sectors of the disk say nothing.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { listFolders, readIfPresent, shred, syncFolder, writeAtomically } from '../files.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Serial } from '../serial.ts'
import { backupsPath, inBackup } from './backup-files.ts'
import { dropReplaced } from './backups.ts'
import type { Blobs } from './blobs.ts'
import type { Entry } from './entry.ts'
import type { KeyFiles } from './keyfile.ts'
import { randomKey, wipe } from './keys.ts'
import { databaseKey, openVaultDatabase } from './opening.ts'
import { databasePath, finishReplacing, removeDatabase, replaceDatabase, stagedPath } from './replace.ts'
import { giveUpReserve } from './reserve.ts'
import type { Rewriter } from './rewriter.ts'
import type { VaultDoor } from './open-vault.ts'
import type { WaysIn } from './ways-in.ts'

interface EraseParts {
  readonly folder: string
  readonly keyFiles: KeyFiles
  readonly door: VaultDoor
  readonly blobs: Blobs
  readonly rewriter: Rewriter
  readonly waysIn: WaysIn
  readonly entry: Entry
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly oneByOne: Serial
  readonly oneRewriteAtATime: Serial
}

export function createErasing(parts: EraseParts) {
  const { door, waysIn, entry, jobs, ledger, oneByOne, oneRewriteAtATime } = parts
  return {
    deepErase: (): { readonly job: string } =>
      jobs.start('deep-erase', (context) =>
        oneRewriteAtATime(() =>
          oneByOne(async () => {
            try {
              await rewriteUnderFreshKey(parts, context)
            } finally {
              // Could not be opened again: what is left is to lock, and to say why when it is unlocked.
              if (door.isSuspended()) entry.leave('person')
            }
            ledger.record({ act: 'vault.deep-erased' }, () => undefined)
            return null
          }),
        ),
      ),

    async deleteVault(name: string): Promise<void> {
      await jobs.stopAll()
      await oneByOne(async () => {
        const file = waysIn.readKeys()
        if (file === undefined) throw new AppError('NO_VAULT')
        if (name !== file.name) throw new AppError('WRONG_NAME')
        if (door.isOpen()) entry.leave('person')
        await entry.holding(async () => {
          // Keys first: from then on the rest is noise. The marker makes sure that a deletion cut short is finished.
          writeAtomically(marker(parts.folder), '')
          finishDeleting(parts)
        })
        ledger.forgetWitness(file.vault)
      })
    },
  }
}

type RewriteParts = Pick<EraseParts, 'folder' | 'keyFiles' | 'door' | 'blobs' | 'rewriter'>

async function rewriteUnderFreshKey(
  { folder, keyFiles, door, blobs, rewriter }: RewriteParts,
  context: JobContext,
): Promise<void> {
  const { master } = door.current()
  const file = keyFiles.read()
  if (file === undefined) throw new AppError('KEYS_DAMAGED')
  blobs.sweep()
  const salt = randomKey()
  const key = databaseKey(master, file.databaseSalt)
  const newKey = databaseKey(master, salt.toString('base64'))
  const paths = { from: databasePath(folder), to: stagedPath(folder) }
  door.suspend()
  try {
    removeDatabase(paths.to)
    await rewriter.copy({ ...paths, key, newKey, cipher: file.cipher }, context)
    await context.pace()
    replaceDatabase({ folder, keyFiles }, file, salt)
    dropReplaced(folder)
    dropCopiesBeforeMigration(folder)
  } finally {
    wipe(key, newKey)
    // Done, undone or cut short: what the key file says now is what opens, and a copy it does not announce goes.
    const settled = finishReplacing({ folder, keyFiles }, keyFiles.read() ?? file)
    door.resume(openVaultDatabase(folder, settled, master))
  }
}

function dropCopiesBeforeMigration(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('vault.db.before-')) rmSync(join(folder, name))
  }
}

const marker = (folder: string) => join(folder, 'deleting')

export function finishDeleting({ folder, keyFiles }: Pick<EraseParts, 'folder' | 'keyFiles'>): void {
  if (readIfPresent(marker(folder)) === undefined) return
  keyFiles.shred()
  const backups = backupsPath(folder)
  for (const name of listFolders(backups)) shred(inBackup(join(backups, name)).keys)
  for (const name of ['backups', 'blobs']) rmSync(join(folder, name), { recursive: true, force: true })
  dropReplaced(folder)
  dropCopiesBeforeMigration(folder)
  for (const path of [databasePath(folder), stagedPath(folder), join(folder, 'restore.tmp')]) removeDatabase(path)
  giveUpReserve(folder)
  syncFolder(folder)
  rmSync(marker(folder))
}
