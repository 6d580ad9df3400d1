// Work that is going on, above whatever screen is shown: how far it is, Pause where the work can wait, and Stop.
import { useTranslation } from 'react-i18next'
import type { Job } from '../../shared/api/jobs.ts'
import { useAnswer, useClient } from '../api.ts'
import { useFormat } from '../ui/format.tsx'
import { Progress } from '../ui/Progress.tsx'
import styles from './JobStrip.module.css'

interface JobStripProps {
  /** Work of this kind has its place on the screen below. */
  readonly shownElsewhere?: Job['kind'] | null
}

/** What was just written is understood in a moment, and nobody waits for that. */
const isSmall = ({ kind, done, total }: Job): boolean => kind === 'understand' && (total === null || total - done < 50)

export function JobStrip({ shownElsewhere = null }: JobStripProps) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const jobs = useAnswer('jobs.list', {}).filter(
    (job) => (job.state === 'running' || job.state === 'paused') && job.kind !== shownElsewhere && !isSmall(job),
  )
  const tell = (method: 'jobs.cancel' | 'jobs.pause' | 'jobs.resume', { id }: Job) =>
    // A job that ended a moment ago needs no answer: its end is already on its way here.
    void client.call(method, { id }).catch(() => undefined)
  const understood = ({ done, total }: Job) =>
    total === null ? null : t('job.understood', { done: format.number(done), total: format.number(total) })
  if (jobs.length === 0) return null
  return (
    <section aria-label={t('job.label')} className={styles['strip']}>
      {jobs.map((job) => (
        <Progress
          key={job.id}
          label={t(`job.${job.kind}`)}
          done={job.done}
          total={job.total}
          paused={job.state === 'paused'}
          stalled={job.stalled}
          waiting={job.waiting}
          detail={job.kind === 'understand' ? understood(job) : job.detail}
          onStop={() => tell('jobs.cancel', job)}
          {...(job.pausable
            ? { pace: { pause: () => tell('jobs.pause', job), resume: () => tell('jobs.resume', job) } }
            : {})}
        />
      ))}
    </section>
  )
}
