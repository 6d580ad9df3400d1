// Turns this computer's own key on or off. The passphrase is asked for, since this changes who can open the vault.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../api.ts'
import { Dialog, SendOrCancel } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { useToasts } from '../../ui/Toast.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

export function DeviceKey({ turnOn, onClose }: { readonly turnOn: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const { say } = useToasts()
  const [passphrase, setPassphrase] = useState('')
  const set = useAction(async () => {
    await client.call('vault.setDeviceKey', { passphrase, on: turnOn })
    say((t) => (turnOn ? t('settings.security.device.doneOn') : t('settings.security.device.doneOff')))
    onClose()
  })
  return (
    <Dialog
      title={turnOn ? t('settings.security.device.on') : t('settings.security.device.off')}
      onClose={onClose}
      busy={set.busy}
    >
      <Form onSubmit={() => passphrase !== '' && !set.busy && void set.run()}>
        <p>{t('settings.security.device.confirm')}</p>
        <PassphraseField
          label={t('passphrase.label')}
          value={passphrase}
          onChange={setPassphrase}
          takesFocus
          isDisabled={set.busy}
        />
        <ErrorNotice error={set.error} />
        <SendOrCancel send={t('do.continue')} ready={passphrase !== ''} busy={set.busy} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
