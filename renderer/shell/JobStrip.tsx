// Work that is going on, above whatever screen is shown: how far it is, Pause where the work can wait, and Stop.
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../shared/api/jobs.ts'
import { useAnswer, useClient } from '../api.ts'
import { Progress } from '../ui/Progress.tsx'
import styles from './JobStrip.module.css'

interface JobStripProps {
  /** Work of this kind has its place on the screen below. */
  readonly shownElsewhere?: Job['kind'] | null
}

export function JobStrip({ shownElsewhere = null }: JobStripProps) {
  const { t } = useTranslation()
  const client = useClient()
  const jobs = useAnswer('jobs.list', {}).filter(
    ({ state, kind }) => (state === 'running' || state === 'paused') && kind !== shownElsewhere,
  )
  const tell = (method: 'jobs.cancel' | 'jobs.pause' | 'jobs.resume', { id }: Job) =>
    // A job that ended a moment ago needs no answer: its end is already on its way here.
    void client.call(method, { id }).catch(() => undefined)
  const strip = useRef<HTMLElement>(null)
  const hadFocus = useRef(false)
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      hadFocus.current = target instanceof Node && strip.current?.contains(target) === true
    }
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [])
  useEffect(() => {
    // Work that ends takes its buttons with it; whoever stood on one goes on from the heading of the screen.
    if (!hadFocus.current || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>('main h1')?.focus()
  })
  if (jobs.length === 0) return null
  return (
    <section ref={strip} aria-label={t('job.label')} className={styles['strip']}>
      {jobs.map((job) => (
        <Progress
          key={job.id}
          label={t(`job.${job.kind}`)}
          done={job.done}
          total={job.total}
          paused={job.state === 'paused'}
          stalled={job.stalled}
          detail={job.detail}
          onStop={() => tell('jobs.cancel', job)}
          {...(job.pausable
            ? { pace: { pause: () => tell('jobs.pause', job), resume: () => tell('jobs.resume', job) } }
            : {})}
        />
      ))}
    </section>
  )
}
