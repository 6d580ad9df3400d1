// Backing up as a job, one whole-file act at a time. The person hears of a backup that failed, also of one nobody asked for.
import type { BackupReason } from '../../../../shared/api/backups.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import type { Queue } from '../../queue.ts'
import type { Backups } from './backups.ts'
import type { NoteCutShort } from '../cut-short.ts'
import type { Entry } from '../entry.ts'
import type { Notices } from '../notices.ts'
import type { VaultDoor } from '../open-vault.ts'

interface BackupJobParts {
  readonly backups: Backups
  readonly door: VaultDoor
  readonly entry: Pick<Entry, 'holding'>
  readonly jobs: Jobs
  readonly addNotice: Notices['add']
  readonly oneRewriteAtATime: Queue
  readonly changed: () => Promise<unknown>
  readonly noteCutShort: NoteCutShort
}

export function createBackupJob(parts: BackupJobParts) {
  const { backups, door, entry, jobs, addNotice, oneRewriteAtATime, changed, noteCutShort } = parts
  return (reason: BackupReason): { readonly job: string } =>
    jobs.start(
      'backup',
      (context) =>
        oneRewriteAtATime(context, async () => {
          try {
            return await entry.holding(() => backups.make(context, reason))
          } catch (error) {
            if (door.isOpen() && !context.signal.aborted) {
              addNotice('backup-failed')
              await changed()
            }
            throw error
          }
        }),
      { pausable: true, onCutShort: reason === 'asked' ? () => noteCutShort('backup-stopped') : undefined },
    )
}
