// Deletes the vault from this computer, open or not, after its name was typed. The passphrase may be long gone.
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../api.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'

interface DeleteVaultProps {
  readonly name: string
  /** What is different about this one. */
  readonly note?: string
  readonly onDeleted?: () => void
  readonly onClose: () => void
}

export function DeleteVault({ name, note, onDeleted, onClose }: DeleteVaultProps) {
  const { t } = useTranslation()
  const client = useClient()
  const remove = useAction(async (typed: string) => {
    await client.call('vault.delete', { name: typed })
    onDeleted?.()
  })
  return (
    <ConfirmDialog
      title={t('settings.security.delete.dialog', { name })}
      warning={note ?? t('settings.security.delete.warn')}
      typeLabel={t('settings.security.delete.type', { name })}
      name={name}
      confirm={t('settings.security.delete.confirm')}
      busy={remove.busy}
      problem={<ErrorNotice error={remove.error} />}
      onConfirm={(typed) => void remove.run(typed)}
      onClose={onClose}
    />
  )
}
