// Narrows by when things were: from a day, to a day, or a span that people often mean.
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { PopoverChip } from '../../ui/PopoverChip.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './DateChip.module.css'
import { wordsOfSpan } from './timeline/spans.ts'

interface DateChipProps {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly onChange: (from: string | undefined, to: string | undefined) => void
}

const presets = ['week', 'month', 'year'] as const

export function DateChip({ from, to, onChange }: DateChipProps) {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const format = useFormat()
  const label = t('library.filter.date')
  const said = () => {
    const span = wordsOfSpan(from, to, locale)
    if (span !== null) return span.decade ? t('library.timeline.decade', { year: span.name }) : span.name
    if (from !== undefined && to !== undefined)
      return t('library.date.between', { from: format.calendarDay(from), to: format.calendarDay(to) })
    return from === undefined
      ? t('library.date.until', { to: format.calendarDay(to ?? '') })
      : t('library.date.since', { from: format.calendarDay(from) })
  }
  const chosen = from !== undefined || to !== undefined
  return (
    <PopoverChip label={label} {...(chosen ? { chosen: said(), onClear: () => onChange(undefined, undefined) } : {})}>
      <div className={styles['dates']}>
        <TextField
          label={t('library.date.from')}
          type="date"
          value={from ?? ''}
          onChange={(day) => onChange(dayOf(day, from), to)}
        />
        <TextField
          label={t('library.date.to')}
          type="date"
          value={to ?? ''}
          onChange={(day) => onChange(from, dayOf(day, to))}
        />
        <div className={styles['presets']}>
          {presets.map((preset) => (
            <Button key={preset} look="quiet" onPress={() => onChange(...spanOf(preset, new Date()))}>
              {t(`library.date.${preset}`)}
            </Button>
          ))}
        </div>
      </div>
    </PopoverChip>
  )
}

/** A date that is being typed passes through years such as 0002; until it is a day, what was chosen before stands. */
const dayOf = (typed: string, before: string | undefined): string | undefined =>
  typed === '' ? undefined : /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : before

const two = (value: number): string => String(value).padStart(2, '0')
const iso = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

function spanOf(preset: (typeof presets)[number], now: Date): readonly [string, string] {
  const [year, month] = [now.getFullYear(), now.getMonth()]
  if (preset === 'year') return [`${year}-01-01`, `${year}-12-31`]
  if (preset === 'month') return [iso(new Date(year, month, 1)), iso(new Date(year, month + 1, 0))]
  return [iso(new Date(year, month, now.getDate() - 6)), iso(now)]
}
