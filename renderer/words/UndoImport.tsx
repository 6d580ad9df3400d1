// Asks what is to become of things that the person has changed since, and then takes the import back.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportSummary } from '../../shared/api/imports.ts'
import { isFoundLater } from '../../shared/found-later.ts'
import { useAction, useAttempt, useClient } from '../api.ts'
import { Dialog, SendOrCancel } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.tsx'
import { Form } from '../ui/Form.tsx'
import { SettingRow } from '../ui/Layout.tsx'
import { Switch } from '../ui/Switch.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'
import { undoWords, useImportName } from './imports.ts'
import styles from './UndoImport.module.css'

interface UndoImportProps {
  readonly summary: ImportSummary
  readonly onClose: () => void
}

export function UndoImport({ summary, onClose }: UndoImportProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useImportName()
  const client = useClient()
  const imports = useAttempt('imports.list', {}).answer ?? []
  const [changedToo, setChangedToo] = useState(false)
  // How far it is, the work in progress says; how it ended, a message.
  const undo = useAction(async () => {
    await client.call('imports.undo', { id: summary.id, changedToo })
    onClose()
  })
  return (
    <Dialog title={t('add.undo.title')} onClose={onClose} busy={undo.busy}>
      <Form onSubmit={() => !undo.busy && void undo.run()}>
        <p>{t('add.undo.which', { name: nameOf(summary.name), when: format.when(summary.at) })}</p>
        <p>{summary.state === 'half-undone' ? t('add.undo.rest') : undoWords(t, format, summary)}</p>
        {isFoundLater(summary, imports) && <p>{t('add.undo.later')}</p>}
        <div className={styles['framed']}>
          <SettingRow
            title={t('add.undo.remove')}
            hint={changedToo ? t('add.undo.removeHint') : t(`add.undo.keepHint.${summary.of}`)}
          >
            <Switch label={t('add.undo.remove')} isSelected={changedToo} onChange={setChangedToo} />
          </SettingRow>
        </div>
        <ErrorNotice error={undo.error} />
        <SendOrCancel send={t('add.undo.run')} look="filled-danger" ready busy={undo.busy} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
