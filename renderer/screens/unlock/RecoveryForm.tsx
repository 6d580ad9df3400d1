// Opens the vault with the 24 recovery words and sets a new passphrase in the same act.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recoveryWordCount, splitWords } from '../../../shared/recovery-words.ts'
import { useAction, useClient, usePassphraseHelp } from '../../api.ts'
import { Form, SendOrBack } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { OpenProblem } from './OpenProblem.tsx'

interface RecoveryFormProps {
  readonly onBack: () => void
  readonly onRestore: () => void
}

export function RecoveryForm({ onBack, onRestore }: RecoveryFormProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const [words, setWords] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const help = usePassphraseHelp(passphrase)
  const recover = useAction(async () => client.call('vault.recover', { words, passphrase }))
  const count = splitWords(words).length
  const ready = count === recoveryWordCount && help.strength?.enough === true
  const unknown = recover.error?.details['unknown']
  const aboutWords = recover.error?.code === 'NOT_RECOVERY_WORDS' || recover.error?.code === 'WRONG_RECOVERY_WORDS'
  const wrongWords =
    Array.isArray(unknown) && unknown.length > 0 ? t('unlock.recovery.wrong', { numbers: format.list(unknown) }) : ''
  return (
    <Page title={t('unlock.recovery.title')} lead={t('unlock.recovery.lead')}>
      <Form onSubmit={() => ready && !recover.busy && void recover.run()}>
        <TextField
          label={t('unlock.recovery.words')}
          value={words}
          onChange={(typed) => {
            setWords(typed)
            if (recover.error !== null) recover.clear()
          }}
          rows={5}
          takesFocus
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          maxLength={1024}
          hint={t('unlock.recovery.count', { count })}
          error={aboutWords ? `${t(`errors.${recover.error.code}`)} ${wrongWords}` : null}
          isDisabled={recover.busy}
        />
        <PassphraseField
          label={t('passphrase.new')}
          value={passphrase}
          onChange={setPassphrase}
          choosing={help}
          isDisabled={recover.busy}
        />
        {!aboutWords && <OpenProblem problem={recover.error} onRestore={onRestore} />}
        {recover.busy && <Notice live>{t('unlock.recovery.opening')}</Notice>}
        <SendOrBack send={t('unlock.recovery.open')} ready={ready} busy={recover.busy} onBack={onBack} />
      </Form>
    </Page>
  )
}
