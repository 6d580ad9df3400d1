// Puts a backup in place of a vault that does not open, or where there is none yet. It ends with the vault open, so success
// needs no words here.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer, useClient, useJobAction } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { recoveryWordCount, splitWords } from '../../shared/recovery-words.ts'
import { restorable, useBackupNames } from './backups.ts'
import { RecoveryWordsField, isAboutWords } from './RecoveryWordsField.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'
import { Form, FormAside, SendOrBack } from '../ui/Form.tsx'
import { useFormat } from '../ui/format.tsx'
import { EmptyState } from '../ui/Layout.tsx'
import { Page } from '../ui/Page.tsx'
import { PassphraseField } from '../ui/PassphraseField.tsx'
import { RadioList } from '../ui/RadioList.tsx'

interface RestoreFormProps {
  /** Work that goes on meanwhile. */
  readonly jobs: ReactNode
  /** There is no vault here that would say which passphrase is the one of today. */
  readonly isNew?: boolean
  readonly onBack: () => void
}

export function RestoreForm({ jobs, isNew = false, onBack }: RestoreFormProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const backups = restorable(useAnswer('backups.list', {})).toSorted((a, b) => b.at.localeCompare(a.at))
  const nameOf = useBackupNames(backups)
  const [chosen, setChosen] = useState(backups[0]?.id ?? '')
  const [byWords, setByWords] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [words, setWords] = useState('')
  // It ends with the vault open, and this screen gone.
  const { run, busy, error, clear } = useJobAction(
    async () =>
      byWords
        ? client.call('backups.restoreWithWords', { id: chosen, words })
        : client.call('backups.restore', { id: chosen, passphrase }),
    () => undefined,
  )
  if (backups.length === 0) {
    return (
      <Page title={t('unlock.restore.title')}>
        <EmptyState icon="backup" title={t('settings.backups.none')}>
          {t('unlock.damaged.none')}
        </EmptyState>
        <Button onPress={onBack}>{t('do.back')}</Button>
      </Page>
    )
  }
  const ready = byWords ? splitWords(words).length === recoveryWordCount : passphrase !== ''
  return (
    <Page title={t('unlock.restore.title')} lead={isNew ? t('welcome.restore.lead') : t('unlock.restore.lead')}>
      {jobs}
      <Form onSubmit={() => ready && !busy && void run()}>
        <RadioList
          label={t('settings.backups.list')}
          value={chosen}
          onChange={setChosen}
          options={backups.map((backup) => ({
            value: backup.id,
            label: format.atStart(nameOf(backup)),
            hint: format.bytes(backup.bytes),
          }))}
        />
        {byWords ? (
          <RecoveryWordsField value={words} onChange={setWords} error={error} isDisabled={busy} />
        ) : (
          <PassphraseField
            label={isNew ? t('welcome.restore.passphrase') : t('settings.backups.restore.passphrase')}
            value={passphrase}
            onChange={setPassphrase}
          />
        )}
        <FormAside>
          <Button
            look="quiet"
            onPress={() => {
              setByWords(!byWords)
              clear()
            }}
            isDisabled={busy}
          >
            {byWords ? t('unlock.restore.byPassphrase') : t('unlock.restore.byWords')}
          </Button>
        </FormAside>
        {!isAboutWords(error) && <ErrorNotice error={error} />}
        <SendOrBack send={t('unlock.restore.run')} ready={ready} busy={busy} onBack={onBack} />
      </Form>
    </Page>
  )
}
