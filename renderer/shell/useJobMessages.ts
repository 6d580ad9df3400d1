// Says how work ended, whichever screen is shown by then, locked or not. The log check and the look at what was chosen are
// left out: their screens show the result in full.
import type { Job } from '../../shared/api/jobs.ts'
import { useEvent } from '../api.ts'
import { useFormat } from '../ui/format.tsx'
import { type Words, useToasts } from '../ui/Toast.tsx'
import { resultWords, undoneWords } from '../words/imports.ts'
import { faultOf } from '../words/models.ts'

export function useJobMessages(): void {
  const { say } = useToasts()
  const format = useFormat()
  useEvent('job.changed', (job) => {
    if (job.kind === 'import-preview') return
    const words = endOf(job, format)
    if (words !== null) say(words)
  })
}

function endOf(job: Job, format: ReturnType<typeof useFormat>): Words | null {
  const code = job.error?.code ?? 'INTERNAL'
  switch (job.state) {
    case 'running':
    case 'paused':
      return null
    case 'failed': {
      const fault = faultOf(job.error)
      return (t) => [t(`errors.${code}`), ...(fault === null ? [] : [t(`models.fault.${fault}`)])].join(' ')
    }
    case 'cancelled':
      if (job.kind === 'get-model') return (t) => t('models.stopped')
      return job.kind === 'import' || job.kind === 'import-undo' ? (t) => t('add.stopped') : (t) => t('job.cancelled')
    case 'done':
      break
  }
  return doneWords(job, format)
}

function doneWords(job: Job, format: ReturnType<typeof useFormat>): Words | null {
  if (job.kind === 'backup') return (t) => t('settings.backups.now.done')
  if (job.kind === 'restore') return (t) => t('settings.backups.restore.done')
  if (job.kind === 'deep-erase') return (t) => t('settings.security.erase.done')
  // Forgotten where the vault is locked by now.
  if (job.result === null) return null
  if (job.kind === 'export') return (t) => t('settings.export.ready.title')
  if (job.kind === 'export-restore') {
    const counts = { ...job.result, failed: 0 }
    return (t) => t('settings.export.back.done', { result: resultWords(t, format, counts) })
  }
  if (job.kind === 'get-model' || job.kind === 'add-model') {
    const { name } = job.result
    return (t) => t('models.here', { name })
  }
  if (job.kind === 'import') {
    const { result } = job
    return (t) => resultWords(t, format, result)
  }
  if (job.kind === 'import-undo') {
    const { result } = job
    return (t) => undoneWords(t, format, result)
  }
  return null
}
