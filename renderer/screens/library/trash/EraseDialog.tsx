// Asks once before items are erased: that nobody can bring them back, and which backups may go on holding them.
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Which } from '../../../../shared/api/items.ts'
import { useAction, useAnswer, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { OldCopies } from './OldCopies.tsx'
import { restorable, useBackupNames } from '../../../words/backups.ts'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'

interface EraseDialogProps {
  readonly which: Which
  readonly count: number
  /** When the item was added: an older backup holds it only where it had been here before. Null where they are many. */
  readonly since: string | null
  readonly onStarted: () => void
  readonly onClose: () => void
}

const named = 5

/** The screen below stays as it is while it is asked which copies there are. */
export function EraseDialog(props: EraseDialogProps) {
  return (
    <Suspense>
      <Ask {...props} />
    </Suspense>
  )
}

function Ask({ which, count, since, onStarted, onClose }: EraseDialogProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const all = restorable(useAnswer('backups.list', {})).toSorted((one, other) => other.at.localeCompare(one.at))
  const backups = all.filter(({ at }) => since === null || at >= since)
  const earlier = all.length - backups.length
  const copies = useAnswer('library.oldCopies', {})
  const nameOf = useBackupNames(backups)
  const erase = useAction(async () => {
    await client.call('library.erase', { which })
    onClose()
    onStarted()
  })
  return (
    <Dialog
      alert
      title={t('library.erase.title', { count, shown: format.number(count) })}
      onClose={onClose}
      busy={erase.busy}
    >
      <Notice tone="danger">{t('library.erase.warn')}</Notice>
      {all.length === 0 && copies.length === 0 && <p>{t('library.erase.noBackups')}</p>}
      {backups.length > 0 && (
        <>
          <p>{t('library.erase.backups', { count: backups.length, shown: format.number(backups.length) })}</p>
          <ul>
            {backups.slice(0, named).map((backup) => (
              <li key={backup.id}>
                {format.atStart(nameOf(backup))}. {t(`settings.backups.kept.${backup.kept}`)}.
              </li>
            ))}
          </ul>
        </>
      )}
      {earlier > 0 && <p>{t('library.erase.earlier', { count: earlier, shown: format.number(earlier) })}</p>}
      <OldCopies copies={copies} />
      <ErrorNotice error={erase.error} />
      <DialogActions>
        <Button onPress={onClose} isDisabled={erase.busy} takesFocus>
          {t('do.cancel')}
        </Button>
        <Button look="filled-danger" icon="trash" busy={erase.busy} onPress={() => void erase.run()}>
          {t('library.erase.run')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
