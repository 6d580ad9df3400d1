// How the Library is searched, what of it is understood, and the sample data in it.
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.tsx'
import { RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { Select } from '../../ui/Select.tsx'
import { SampleLine } from '../../words/SampleData.tsx'
import styles from './Settings.module.css'
import { Understanding } from './Understanding.tsx'
import { useSettings } from '../../words/useSettings.ts'

export function LibrarySection() {
  const { t } = useTranslation()
  return (
    <div className={styles['stack']}>
      <Section title={t('settings.library.order')}>
        <Order />
      </Section>
      <Understanding />
      <Section title={t('sample.name')}>
        <SampleLine />
      </Section>
    </div>
  )
}

const weights = [0, 25, 50, 150, 400] as const
const halfLives = [7, 30, 180, 365, 1825] as const

/** A script may have set what is not among the choices; it is shown as it is. */
const withPresent = (choices: readonly number[], present: number): readonly number[] =>
  choices.includes(present) ? choices : [...choices, present].toSorted((one, other) => one - other)

function Order() {
  const { t } = useTranslation()
  const format = useFormat()
  const { settings, change } = useSettings()
  const { searchRecency: weight, searchHalfLifeDays: days } = settings
  const weightName = (value: number): string => {
    const known = weights.find((one) => one === value)
    return known === undefined
      ? t('settings.library.weight.other', { share: format.percent(value) })
      : t(`settings.library.weight.${known}`)
  }
  const span = (value: number): string => {
    const known = halfLives.find((one) => one === value)
    return known === undefined ? format.duration(value * 86_400) : t(`settings.library.half.${known}`)
  }
  return (
    <>
      <SettingRow icon="search" title={t('settings.library.weight.title')} hint={t('settings.library.weight.hint')}>
        <Select
          label={t('settings.library.weight.title')}
          value={String(weight)}
          options={withPresent(weights, weight).map((value) => ({ value: String(value), label: weightName(value) }))}
          onChange={(chosen) =>
            void change({ searchRecency: Number(chosen) }, (t) => t('settings.library.weight.changed'))
          }
        />
      </SettingRow>
      {weight > 0 && (
        <SettingRow icon="clock" title={t('settings.library.half.title')} hint={t('settings.library.half.hint')}>
          <Select
            label={t('settings.library.half.title')}
            value={String(days)}
            options={withPresent(halfLives, days).map((value) => ({ value: String(value), label: span(value) }))}
            onChange={(chosen) =>
              void change({ searchHalfLifeDays: Number(chosen) }, (t) => t('settings.library.half.changed'))
            }
          />
        </SettingRow>
      )}
      <RowDetail>
        <p aria-live="polite">
          {weight === 0
            ? t('settings.library.exampleOff')
            : t('settings.library.example', {
                now: format.percent(weight),
                span: span(days),
                half: format.percent(weight / 2),
              })}
        </p>
      </RowDetail>
    </>
  )
}
