// Making deleted things unreadable. Ordinary deletion overwrites pages (secure_delete) and drops blob keys; a deep erase
// rewrites the whole database under a fresh key and forgets the old one, so that even old sectors of the disk say nothing.
import { basename, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Queue } from '../queue.ts'
import type { Serial } from '../serial.ts'
import type { Backups } from './backups/backups.ts'
import { openDatabase, writtenWhole } from './db.ts'
import type { Blobs } from './blobs.ts'
import { dropCopies } from './copies.ts'
import type { NoteCutShort } from './cut-short.ts'
import { deleteFiles } from './deleting.ts'
import type { Entry, LockReason } from './entry.ts'
import type { KeyFiles } from './keys/keyfile.ts'
import { randomKey, wipe } from './keys/keys.ts'
import { databaseKey, openVaultDatabase } from './opening.ts'
import { databasePath, finishReplacing, removeDatabase, replaceDatabase, stagedPath } from './replace.ts'
import type { Rewriter } from './rewriter.ts'
import type { VaultDoor } from './open-vault.ts'
import type { WaysIn } from './keys/ways-in.ts'

interface EraseParts {
  readonly backups: Backups
  readonly folder: string
  readonly keyFiles: KeyFiles
  readonly door: VaultDoor
  readonly blobs: Blobs
  readonly rewriter: Rewriter
  readonly waysIn: WaysIn
  readonly entry: Entry
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly leave: (why: LockReason) => Promise<void>
  readonly oneByOne: Serial
  readonly oneRewriteAtATime: Queue
  readonly dropTransit: () => void
  readonly noteCutShort: NoteCutShort
}

/** Each of these asks the database for something every moment, and would fail while the file is another. */
const inTheWay = ['import', 'import-undo', 'export', 'export-restore', 'erase', 'index-words'] as const

export function createErasing(parts: EraseParts) {
  const { backups, door, entry, jobs, leave, oneByOne, oneRewriteAtATime, noteCutShort } = parts
  const insistOnQuiet = () => {
    if (inTheWay.some(jobs.isRunning)) throw new AppError('VAULT_AT_WORK')
  }
  return {
    deepErase(): { readonly job: string } {
      insistOnQuiet()
      const work = async (context: JobContext) => {
        insistOnQuiet()
        try {
          await rewriteUnderFreshKey(parts, context)
        } finally {
          // Could not be opened again: what is left is to lock, and to say why when it is unlocked.
          if (door.isSuspended()) void leave('person')
        }
        backups.renewKeys()
        return null
      }
      return jobs.start(
        'deep-erase',
        (context) => oneRewriteAtATime(context, () => oneByOne(() => entry.holding(() => work(context)))),
        { onCutShort: () => noteCutShort('deep-erase-stopped') },
      )
    },

    async deleteVault(typed: string): Promise<void> {
      try {
        insistOnName(parts, typed)
      } catch (error) {
        if (toAppError(error)?.code !== 'WRONG_NAME') throw error
        // Another process may be in the middle of deleting it: half a key file says no name.
        await entry.holding(async () => insistOnName(parts, typed))
      }
      await leave('person')
      const isDeleted = () =>
        entry.holding(async () => {
          // Opened again by another page while this one waited for work to end: that has to end as well.
          if (door.isOpen()) return false
          // Another process may have put another vault here in the meantime.
          const vaults = insistOnName(parts, typed)
          deleteFiles(parts, vaults)
          return true
        })
      while (!(await oneByOne(isDeleted))) await leave('person')
    },
  }
}

/** Throws unless the name is right. Answers with the ids of the vaults that are there, as far as they can be known. */
function insistOnName({ folder, waysIn }: Pick<EraseParts, 'folder' | 'waysIn'>, typed: string): readonly string[] {
  const { name, vaults } = nameToType({ folder, waysIn })
  if (typed.normalize('NFC') !== name.normalize('NFC')) throw new AppError('WRONG_NAME')
  return vaults
}

/**
 * A vault whose key files are lost, or of a newer Mindkeep, cannot say its name: it goes by the name of its folder. Nor can it
 * say which backups are its own, so that none goes with it.
 */
function nameToType({ folder, waysIn }: Pick<EraseParts, 'folder' | 'waysIn'>) {
  try {
    const file = waysIn.readKeys()
    if (file === undefined) throw new AppError('NO_VAULT')
    return { name: file.name, vaults: [file.vault] }
  } catch (error) {
    const code = toAppError(error)?.code
    if (code !== 'KEYS_DAMAGED' && code !== 'VAULT_FROM_FUTURE') throw error
    return { name: basename(resolve(folder)), vaults: [] }
  }
}

type RewriteParts = Pick<EraseParts, 'folder' | 'keyFiles' | 'door' | 'blobs' | 'entry' | 'ledger' | 'rewriter'>

async function rewriteUnderFreshKey(
  { folder, keyFiles, door, blobs, entry, ledger, rewriter }: RewriteParts,
  context: JobContext,
): Promise<void> {
  const { master, vault } = door.current()
  const file = keyFiles.read()
  if (file === undefined) throw new AppError('KEYS_DAMAGED')
  blobs.sweep()
  const salt = randomKey()
  const paths = { from: databasePath(folder), to: stagedPath(folder) }
  let told: (() => void) | undefined
  door.suspend()
  const key = databaseKey(master, file.databaseSalt)
  const newKey = databaseKey(master, salt.toString('base64'))
  try {
    removeDatabase(paths.to)
    await rewriter.copy({ ...paths, key, newKey, cipher: file.cipher }, context)
    await context.pace()
    entry.insistOnHold()
    const staged = openDatabase({ path: paths.to, key: newKey, cipher: file.cipher })
    // Before it takes the vault's place: there is no moment at which it has happened and is not known.
    told = writtenWhole(staged, (db) => ledger.recordIn({ db, vault }, { act: 'vault.deep-erased' }))
    // Before it: once the vault is rewritten nothing can come to nothing any more.
    dropCopies(folder)
    replaceDatabase({ folder, keyFiles }, file, salt)
  } finally {
    wipe(key, newKey)
    // Done, undone or cut short: what the key file says now is what opens, and a copy it does not announce goes.
    const settled = finishReplacing({ folder, keyFiles }, keyFiles.read() ?? file)
    // Locked meanwhile: then nobody waits for it to be open again, and the key is gone.
    if (door.isSuspended()) door.resume(openVaultDatabase(folder, settled, master))
  }
  told()
}
