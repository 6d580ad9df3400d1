// Asks once more before a backup takes the vault's place, and for the passphrase the vault has today.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../../shared/api/backups.ts'
import { useClient, useJobAction } from '../../api.ts'
import { Dialog, SendOrCancel } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

interface RestoreDialogProps {
  readonly backup: Backup
  /** As the list calls it. */
  readonly name: string
  readonly onClose: () => void
}

export function RestoreDialog({ backup, name, onClose }: RestoreDialogProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [passphrase, setPassphrase] = useState('')
  // How it ended is said by a message that stays when the dialog is gone; only a failure keeps it open.
  const restore = useJobAction(async () => client.call('backups.restore', { id: backup.id, passphrase }), onClose)
  const { busy, job } = restore
  const stop = () => {
    // A job that ended a moment ago needs no answer: its end is already on its way here.
    if (job !== null) void client.call('jobs.cancel', { id: job.id }).catch(() => undefined)
  }
  return (
    <Dialog title={t('settings.backups.restore.title')} onClose={onClose} busy={busy}>
      <Form onSubmit={() => passphrase !== '' && !busy && void restore.run()}>
        <Notice tone="warn">{t('settings.backups.restore.text', { when: name })}</Notice>
        <PassphraseField
          label={t('settings.backups.restore.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          takesFocus
          isDisabled={busy}
        />
        {busy && job !== null && (
          <Progress label={t('job.restore')} done={job.done} total={job.total} stalled={job.stalled} onStop={stop} />
        )}
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
