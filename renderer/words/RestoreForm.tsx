// Puts a backup in place of a vault that does not open, or where there is none yet. It ends with the vault open, so success
// needs no words here.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer, useClient, useJobAction } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { restorable, useBackupNames } from './backups.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { Form, SendOrBack } from '../ui/Form.tsx'
import { useFormat } from '../ui/format.ts'
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
  const [passphrase, setPassphrase] = useState('')
  // It ends with the vault open, and this screen gone.
  const { run, busy, error } = useJobAction(
    async () => client.call('backups.restore', { id: chosen, passphrase }),
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
  return (
    <Page title={t('unlock.restore.title')} lead={isNew ? t('welcome.restore.lead') : t('unlock.restore.lead')}>
      {jobs}
      <Form onSubmit={() => passphrase !== '' && !busy && void run()}>
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
        <PassphraseField
          label={isNew ? t('welcome.restore.passphrase') : t('settings.backups.restore.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
        />
        <ErrorNotice error={error} />
        <SendOrBack send={t('unlock.restore.run')} ready={passphrase !== ''} busy={busy} onBack={onBack} />
      </Form>
    </Page>
  )
}
