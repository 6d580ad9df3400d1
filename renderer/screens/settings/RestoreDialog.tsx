// Asks once more before a backup takes the vault's place, and for the passphrase the vault had then.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../../shared/api/backups.ts'
import { useAction, useClient } from '../../api.ts'
import { Dialog, SendOrCancel } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

export function RestoreDialog({ backup, onClose }: { readonly backup: Backup; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const [passphrase, setPassphrase] = useState('')
  // Once the passphrase is right the vault locks for the work, and this dialog leaves with the rest of its screens.
  const restore = useAction(async () => client.call('backups.restore', { id: backup.id, passphrase }))
  const { busy } = restore
  return (
    <Dialog title={t('settings.backups.restore.title')} onClose={onClose} busy={busy}>
      <Form onSubmit={() => passphrase !== '' && !busy && void restore.run()}>
        <Notice tone="warn">{t('settings.backups.restore.text', { when: format.when(backup.at) })}</Notice>
        <PassphraseField
          label={t('settings.backups.restore.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          takesFocus
          isDisabled={busy}
        />
        <ErrorNotice error={restore.error} />
        <SendOrCancel
          send={t('settings.backups.restore.confirm')}
          ready={passphrase !== ''}
          busy={busy}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  )
}
