// Says how work ended, whichever screen is shown by then, locked or not. The log check is left out: its screen shows
// the result in full.
import { useEvent } from '../api.ts'
import { useToasts } from '../ui/Toast.tsx'

export function useJobMessages(): void {
  const { say } = useToasts()
  useEvent('job.changed', (job) => {
    if (job.state === 'cancelled') say((t) => t('job.cancelled'))
    else if (job.state === 'failed') say((t) => t(`errors.${job.error?.code ?? 'INTERNAL'}`))
    else if (job.state !== 'done') return
    else if (job.kind === 'backup') say((t) => t('settings.backups.now.done'))
    else if (job.kind === 'restore') say((t) => t('settings.backups.restore.done'))
    else if (job.kind === 'deep-erase') say((t) => t('settings.security.erase.done'))
  })
}
