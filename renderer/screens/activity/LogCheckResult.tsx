// What "Verify log" found, said so that nobody has to know how it was checked.
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../shared/api/jobs.ts'
import type { LogCheck } from '../../../shared/api/ledger.ts'
import { Notice } from '../../ui/Notice.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

export function LogCheckResult({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  if (job.state === 'failed') return <ErrorNotice error={job.error} />
  if (job.state !== 'done') return null
  // The table's own check at the core made sure that this kind of job ends with this result.
  const found = job.result as LogCheck
  if (found.brokenAt !== null) {
    return (
      <Notice tone="danger" live title={t('activity.verify.broken')}>
        {t('activity.verify.brokenText', { entry: found.brokenAt })}
      </Notice>
    )
  }
  return (
    <Notice tone={found.witness === 'disagrees' ? 'warn' : 'ok'} live title={t('activity.verify.good')}>
      {t('activity.verify.goodText', { count: found.entries })} {t(`activity.verify.${found.witness}`)}
    </Notice>
  )
}
