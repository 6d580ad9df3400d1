// Deletes the vault from this computer, open or not, after its name was typed. The passphrase may be long gone.
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../api.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'

export function DeleteVault({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const remove = useAction(async (typed: string) => client.call('vault.delete', { name: typed }))
  return (
    <ConfirmDialog
      title={t('settings.security.delete.dialog', { name })}
      warning={t('settings.security.delete.warn')}
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
