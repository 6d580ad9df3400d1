// Changes the passphrase: the current one, then a new one that is strong enough.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient, usePassphraseHelp } from '../../api.ts'
import { Dialog, SendOrCancel } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { useToasts } from '../../ui/Toast.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

export function ChangePassphrase({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const { say } = useToasts()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const help = usePassphraseHelp(next)
  const change = useAction(async () => {
    await client.call('vault.changePassphrase', { current, next })
    say((t) => t('settings.security.passphrase.done'))
    onClose()
  })
  const ready = current !== '' && help.strength?.enough === true
  const wrong = change.error?.code === 'WRONG_PASSPHRASE'
  return (
    <Dialog title={t('settings.security.passphrase.run')} onClose={onClose} busy={change.busy}>
      <Form onSubmit={() => ready && !change.busy && void change.run()}>
        <PassphraseField
          label={t('passphrase.current')}
          value={current}
          onChange={(typed) => {
            setCurrent(typed)
            if (change.error !== null) change.clear()
          }}
          error={wrong ? t('errors.WRONG_PASSPHRASE') : null}
          takesFocus
          isDisabled={change.busy}
        />
        <PassphraseField
          label={t('passphrase.new')}
          value={next}
          onChange={setNext}
          choosing={help}
          isDisabled={change.busy}
        />
        {change.busy && <Notice live>{t('settings.security.passphrase.working')}</Notice>}
        {!wrong && <ErrorNotice error={change.error} />}
        <SendOrCancel
          send={t('settings.security.passphrase.run')}
          ready={ready}
          busy={change.busy}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  )
}
