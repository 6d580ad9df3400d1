// Two fields for two numbered words, as proof that they were kept.
import { useTranslation } from 'react-i18next'
import { TextField } from './TextField.tsx'
import styles from './WordCheck.module.css'

interface WordCheckProps {
  readonly ask: readonly number[]
  readonly typed: readonly string[]
  readonly onChange: (typed: readonly string[]) => void
  readonly isDisabled: boolean
}

export function WordCheck({ ask, typed, onChange, isDisabled }: WordCheckProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['fields']}>
      {ask.map((number, index) => (
        <TextField
          key={number}
          label={t('words.word', { number })}
          value={typed[index] ?? ''}
          onChange={(word) => onChange(ask.map((_, at) => (at === index ? word : (typed[at] ?? ''))))}
          takesFocus={index === 0}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          isDisabled={isDisabled}
        />
      ))}
    </div>
  )
}
