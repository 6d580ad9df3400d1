// What "Verify log" found, said so that nobody has to know how it was checked.
import { useTranslation } from 'react-i18next'
import type { JobOf } from '../../../shared/api/jobs.ts'
import { useFormat } from '../../ui/format.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

export function LogCheckResult({ job }: { readonly job: JobOf<'verify-log'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (job.state === 'failed') return <ErrorNotice error={job.error} />
  // The result is forgotten when the vault is locked.
  if (job.state !== 'done' || job.endedAt === null || job.result === null) return null
  const found = job.result
  const checked = t('activity.verify.at', { when: format.when(job.endedAt) })
  if (found.brokenAt !== null) {
    return (
      <Notice tone="danger" live title={t('activity.verify.broken')}>
        {t('activity.verify.brokenText', { entry: found.brokenAt })} {checked}
      </Notice>
    )
  }
  return (
    <Notice tone={found.witness === 'disagrees' ? 'warn' : 'ok'} live title={t('activity.verify.good')}>
      {t('activity.verify.goodText', { count: found.entries })} {t(`activity.verify.${found.witness}`)} {checked}
    </Notice>
  )
}
