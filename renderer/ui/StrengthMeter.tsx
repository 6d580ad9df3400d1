// Says in words, and shows in four bars, how hard a passphrase is to guess. It measures nothing itself.
import { useTranslation } from 'react-i18next'
import { Meter } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './StrengthMeter.module.css'

export interface StrengthShown {
  readonly score: number
  readonly enough: boolean
  readonly weakness: 'none' | 'short' | 'common' | 'repeats' | 'sequence' | 'date' | 'few-words'
}

const bars = [1, 2, 3, 4] as const
const scores = ['0', '1', '2', '3', '4'] as const

export function StrengthMeter({ strength }: { readonly strength: StrengthShown | null }) {
  const { t } = useTranslation()
  const score = strength === null ? 0 : strength.enough ? 4 : Math.min(3, strength.score)
  const words = strength === null ? t('passphrase.suggestHint') : t(`passphrase.score.${scores[score] ?? '0'}`)
  return (
    <div>
      <Meter
        aria-label={t('passphrase.strength')}
        value={score}
        maxValue={4}
        valueLabel={words}
        className={cx(styles['meter'])}
        data-score={score}
      >
        {bars.map((bar) => (
          <span
            key={bar}
            className={cx(styles['bar'], bar <= Math.max(score, strength === null ? 0 : 1) && styles['on'])}
          />
        ))}
      </Meter>
      <p className={styles['words']} aria-live="polite">
        <span className={strength === null ? styles['why'] : strength.enough ? styles['enough'] : undefined}>
          {words}
        </span>
        {strength !== null && (
          <span className={styles['why']}>
            {' '}
            · {t(`passphrase.weakness.${strength.enough ? 'none' : strength.weakness}`)}
          </span>
        )}
      </p>
    </div>
  )
}
