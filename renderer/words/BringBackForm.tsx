// Brings an export of Mindkeep back into this vault: everything in it that is not here already. A locked one is asked about
// in place, as often as it takes.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useJobAction } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Form, FormActions } from '../ui/Form.tsx'
import { PassphraseField } from '../ui/PassphraseField.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'

interface BringBackFormProps {
  readonly file: string
  /** Answers the handle by which the core knows the file. */
  readonly hand: () => Promise<string>
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** How a locked export is called, unless somebody called it otherwise. */
const lockedName = /\.mindkeep$/i

export function BringBackForm({ file, hand, onDone, onCancel }: BringBackFormProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [passphrase, setPassphrase] = useState('')
  const bring = useJobAction(async () => {
    const handle = await hand()
    return client.call('exports.restore', passphrase === '' ? { handle } : { handle, passphrase })
  }, onDone)
  const isLocked = lockedName.test(file) || bring.error?.code === 'WRONG_PASSPHRASE' || passphrase !== ''
  const ready = (!isLocked || passphrase !== '') && !bring.busy
  return (
    <Form onSubmit={() => ready && void bring.run()}>
      <p>{t('settings.export.back.text', { file })}</p>
      {isLocked && (
        <PassphraseField
          label={t('settings.export.back.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          takesFocus
          isDisabled={bring.busy}
        />
      )}
      <ErrorNotice error={bring.error} />
      <FormActions>
        <Button type="submit" look="filled" icon="undo" isDisabled={!ready} busy={bring.busy} takesFocus={!isLocked}>
          {t('settings.export.back.run')}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {t('do.cancel')}
        </Button>
      </FormActions>
    </Form>
  )
}
