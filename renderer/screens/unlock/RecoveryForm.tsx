// Opens the vault with the 24 recovery words and sets a new passphrase in the same act.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recoveryWordCount, splitWords } from '../../../shared/recovery-words.ts'
import { useAction, useClient, usePassphraseHelp } from '../../api.ts'
import { Form, SendOrBack } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { RecoveryWordsField, isAboutWords } from '../../words/RecoveryWordsField.tsx'
import { OpenProblem } from './OpenProblem.tsx'

interface RecoveryFormProps {
  readonly onBack: () => void
  readonly onRestore: () => void
}

export function RecoveryForm({ onBack, onRestore }: RecoveryFormProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [words, setWords] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const help = usePassphraseHelp(passphrase)
  const recover = useAction(async () => client.call('vault.recover', { words, passphrase }))
  const ready = splitWords(words).length === recoveryWordCount && help.strength?.enough === true
  return (
    <Page title={t('unlock.recovery.title')} lead={t('unlock.recovery.lead')}>
      <Form onSubmit={() => ready && !recover.busy && void recover.run()}>
        <RecoveryWordsField
          value={words}
          onChange={(typed) => {
            setWords(typed)
            if (recover.error !== null) recover.clear()
          }}
          error={recover.error}
          takesFocus
          isDisabled={recover.busy}
        />
        <PassphraseField
          label={t('passphrase.new')}
          value={passphrase}
          onChange={setPassphrase}
          choosing={help}
          isDisabled={recover.busy}
        />
        {!isAboutWords(recover.error) && <OpenProblem problem={recover.error} onRestore={onRestore} />}
        {recover.busy && <Notice live>{t('unlock.recovery.opening')}</Notice>}
        <SendOrBack send={t('unlock.recovery.open')} ready={ready} busy={recover.busy} onBack={onBack} />
      </Form>
    </Page>
  )
}
