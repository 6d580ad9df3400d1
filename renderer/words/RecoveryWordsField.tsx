// The 24 recovery words, typed or pasted: how many there are so far, and which of them are none.
import { useTranslation } from 'react-i18next'
import { splitWords } from '../../shared/recovery-words.ts'
import type { ErrorShape } from '../../shared/errors.ts'
import { useFormat } from '../ui/format.tsx'
import { TextField } from '../ui/TextField.tsx'

interface RecoveryWordsFieldProps {
  readonly value: string
  readonly onChange: (typed: string) => void
  /** Shown at the field where it is about the words. */
  readonly error: ErrorShape | null
  readonly takesFocus?: boolean
  readonly isDisabled: boolean
}

export function RecoveryWordsField({
  value,
  onChange,
  error,
  takesFocus = false,
  isDisabled,
}: RecoveryWordsFieldProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const unknown = error?.details['unknown']
  const which =
    Array.isArray(unknown) && unknown.length > 0 ? t('unlock.recovery.wrong', { numbers: format.list(unknown) }) : ''
  return (
    <TextField
      label={t('unlock.recovery.words')}
      value={value}
      onChange={onChange}
      rows={5}
      takesFocus={takesFocus}
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
      maxLength={1024}
      hint={t('unlock.recovery.count', { count: splitWords(value).length })}
      error={error !== null && isAboutWords(error) ? `${t(`errors.${error.code}`)} ${which}` : null}
      isDisabled={isDisabled}
    />
  )
}

export const isAboutWords = (error: ErrorShape | null): boolean =>
  error?.code === 'NOT_RECOVERY_WORDS' || error?.code === 'WRONG_RECOVERY_WORDS'
