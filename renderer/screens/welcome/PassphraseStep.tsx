// Step 1: the promise, a name, and a passphrase that is strong enough before it goes on. Sent too early, it says what is
// missing instead of doing nothing.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestVaultName, plainLine } from '../../../shared/vault-name.ts'
import { type Action, useAttempt, usePassphraseHelp } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useDraft } from '../../ui/useDraft.tsx'

interface PassphraseStepProps {
  readonly kicker: string
  readonly onNext: Action<[string, string]>
  readonly onRestore: () => void
}

/** What stands in the way, as the key of its sentence, and how often it was said. */
interface Refusal {
  readonly times: number
  readonly missing: AboutName | 'passphrase.needed' | 'errors.WEAK_PASSPHRASE' | null
}

type AboutName = 'welcome.nameNeeded' | 'welcome.nameUnfit'
const isAboutName = (missing: Refusal['missing']): missing is AboutName =>
  missing === 'welcome.nameNeeded' || missing === 'welcome.nameUnfit'

export function PassphraseStep({ kicker, onNext, onRestore }: PassphraseStepProps) {
  const { t } = useTranslation()
  const { answer: backups = [] } = useAttempt('backups.list', {})
  const [name, setName] = useDraft('vault-name', t('welcome.defaultName'))
  const [passphrase, setPassphrase] = useState('')
  const [{ missing, times }, setRefusal] = useState<Refusal>({ times: 0, missing: null })
  const help = usePassphraseHelp(passphrase)
  const understood = () => setRefusal({ times, missing: null })

  const missingNow = async (): Promise<Refusal['missing']> => {
    if (name.trim() === '') return 'welcome.nameNeeded'
    if (!plainLine.test(name.trim())) return 'welcome.nameUnfit'
    if (passphrase === '') return 'passphrase.needed'
    const measured = await help.measure()
    return measured?.enough === false ? 'errors.WEAK_PASSPHRASE' : null
  }
  const send = async () => {
    const found = await missingNow()
    if (found === null) return onNext.run(name.trim(), passphrase)
    return setRefusal({ times: times + 1, missing: found })
  }

  return (
    <Page title={t('welcome.title')} lead={t('welcome.promise')} kicker={kicker}>
      {backups.length > 0 && (
        <Notice
          title={t('welcome.restore.title')}
          actions={
            <Button icon="backup" onPress={onRestore}>
              {t('unlock.restore.title')}
            </Button>
          }
        >
          {t('welcome.restore.text')}
        </Notice>
      )}
      <Form onSubmit={() => !onNext.busy && void send()} refused={times}>
        <TextField
          label={t('welcome.name')}
          value={name}
          onChange={(typed) => {
            setName(typed)
            understood()
          }}
          error={isAboutName(missing) ? t(missing) : null}
          maxLength={longestVaultName}
          autoComplete="off"
        />
        <PassphraseField
          label={t('passphrase.label')}
          value={passphrase}
          onChange={(typed) => {
            setPassphrase(typed)
            understood()
          }}
          error={missing === null || isAboutName(missing) ? null : t(missing)}
          takesFocus
          choosing={help}
        />
        <ErrorNotice error={onNext.error} />
        <Button look="filled" type="submit" wide busy={onNext.busy}>
          {t('do.continue')}
        </Button>
      </Form>
    </Page>
  )
}
