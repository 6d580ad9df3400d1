// Long work: how far it is, in words and as a bar, with Pause where it makes sense and Stop always.
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Label, ProgressBar } from 'react-aria-components'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import styles from './Progress.module.css'

interface ProgressProps {
  readonly label: string
  readonly done: number
  /** Null while it is not known how much there is. */
  readonly total: number | null
  readonly paused?: boolean
  readonly stalled?: boolean
  /** Another goes first. */
  readonly waiting?: boolean
  /** What it is at, such as the file it reads. */
  readonly detail?: string | null
  readonly onStop?: () => void
  /** Present where the work can wait. */
  readonly pace?: { readonly pause: () => void; readonly resume: () => void }
}

export function Progress(props: ProgressProps) {
  const { label, done, total, paused = false, stalled = false, waiting = false, detail = null, onStop, pace } = props
  const { t, i18n } = useTranslation()
  const known = total !== null && total > 0
  const share = known ? Math.min(1, done / total) : 0
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share)
  const words = paused
    ? t('job.paused')
    : waiting
      ? t('job.waiting')
      : known
        ? t('job.percent', { percent })
        : t('job.starting')
  const spoken = useSpoken(`${label}: ${words}`, paused || waiting, known ? Math.floor(share * 4) : 0)
  return (
    <div className={styles['progress']}>
      <output className={styles['spoken']}>{spoken}</output>
      <ProgressBar value={share * 100} isIndeterminate={!known} valueLabel={words} className={cx(styles['bar'])}>
        <div className={styles['words']}>
          <Label className={cx(styles['label'])}>{label}</Label>
          <span className={styles['value']}>{words}</span>
        </div>
        <svg className={styles['track']} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          {(known || !(paused || waiting)) && (
            <rect
              className={cx(styles['fill'], !known && styles['moving'])}
              width={known ? share * 100 : 30}
              height="4"
            />
          )}
        </svg>
        {detail !== null && (
          <bdi className={styles['detail']} title={detail}>
            {detail}
          </bdi>
        )}
      </ProgressBar>
      <div className={styles['buttons']}>
        {pace !== undefined && (
          // One button, not two that take turns: the focus stays where it is.
          <Button icon={paused ? 'play' : 'pause'} onPress={paused ? pace.resume : pace.pause}>
            {paused ? t('do.resume') : t('do.pause')}
          </Button>
        )}
        {onStop !== undefined && (
          <Button icon="stop" onPress={onStop}>
            {t('do.stop')}
          </Button>
        )}
      </div>
      {stalled && (
        <output className={styles['stalled']}>
          <Icon name="clock" size="small" /> {t('job.stalled')}
        </output>
      )}
    </div>
  )
}

const quietMs = 10_000

/** What is read aloud: each quarter of the way and every wait, and of what is quick, nothing. */
function useSpoken(words: string, paused: boolean, quarter: number): string {
  const [spoken, setSpoken] = useState('')
  const last = useRef({ mark: '', at: 0 })
  const mark = paused ? 'paused' : String(quarter)
  const say = useEffectEvent(() => setSpoken(words))
  useEffect(() => {
    const now = Date.now()
    const { mark: before, at } = last.current
    if (mark === before || now - at < quietMs) return
    last.current = { mark, at: now }
    // What has only begun is said by whatever began it.
    if (before !== '') say()
  }, [mark])
  return spoken
}
