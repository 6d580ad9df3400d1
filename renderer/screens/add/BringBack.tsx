// What was dropped is an export of Mindkeep: it is no stranger's file to be read, it comes back whole, and that is offered
// right here.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useJobAction } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormActions } from '../../ui/Form.tsx'
import { RowDetail, Section } from '../../ui/Layout.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { useIntake } from '../../words/IntakeProvider.tsx'

interface BringBackProps {
  readonly path: string
  readonly handle: string
}

/** How a locked export is called, unless somebody called it otherwise. */
const lockedName = /\.mindkeep$/i

export function BringBack({ path, handle }: BringBackProps) {
  const { t } = useTranslation()
  const client = useClient()
  const { stop } = useIntake()
  const [passphrase, setPassphrase] = useState('')
  const bring = useJobAction(
    () => client.call('exports.restore', passphrase === '' ? { handle } : { handle, passphrase }),
    stop,
  )
  const isLocked = lockedName.test(path) || bring.error?.code === 'WRONG_PASSPHRASE' || passphrase !== ''
  const ready = (!isLocked || passphrase !== '') && !bring.busy
  return (
    <Section title={t('add.export.title')}>
      <RowDetail>
        <Form onSubmit={() => ready && void bring.run()}>
          <p>{t('settings.export.back.text', { file: path })}</p>
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
            <Button type="submit" look="filled" icon="undo" isDisabled={!ready} busy={bring.busy}>
              {t('settings.export.back.run')}
            </Button>
            <Button look="quiet" onPress={stop} isDisabled={bring.busy}>
              {t('do.cancel')}
            </Button>
          </FormActions>
        </Form>
      </RowDetail>
    </Section>
  )
}
