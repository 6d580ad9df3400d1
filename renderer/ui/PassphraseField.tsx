// A field for a passphrase: hidden until asked, pasting welcome, and where one is chosen, a meter and a suggestion.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './Button.tsx'
import { StrengthMeter, type StrengthShown } from './StrengthMeter.tsx'
import { TextField } from './TextField.tsx'
import styles from './PassphraseField.module.css'

interface PassphraseFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | null
  readonly takesFocus?: boolean
  readonly isDisabled?: boolean
  /** Present where a new passphrase is chosen. */
  readonly choosing?: { readonly strength: StrengthShown | null; readonly suggest: () => Promise<string | null> }
}

export function PassphraseField({ choosing, value, onChange, isDisabled = false, ...rest }: PassphraseFieldProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const suggest = async () => {
    const words = await choosing?.suggest()
    if (words === undefined || words === null) return
    setShown(true)
    onChange(words)
  }
  return (
    <div className={styles['group']}>
      <TextField
        {...rest}
        isDisabled={isDisabled}
        value={value}
        onChange={onChange}
        type={shown ? 'text' : 'password'}
        autoComplete={choosing === undefined ? 'current-password' : 'new-password'}
        spellCheck="false"
        autoCorrect="off"
        maxLength={1024}
        isRequired
        validationBehavior="aria"
        end={
          <IconButton
            icon={shown ? 'hide' : 'show'}
            label={shown ? t('passphrase.hide') : t('passphrase.show')}
            onPress={() => setShown(!shown)}
          />
        }
        {...(choosing === undefined
          ? {}
          : {
              aside: (
                <Button look="quiet" icon="suggest" onPress={() => void suggest()} isDisabled={isDisabled}>
                  {t('passphrase.suggest')}
                </Button>
              ),
            })}
      />
      {choosing !== undefined && <StrengthMeter strength={value === '' ? null : choosing.strength} />}
    </div>
  )
}
