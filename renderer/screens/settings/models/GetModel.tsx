// Before a model is fetched: how much it is, how much room there is, from where it comes, and what that place learns by it.
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../../shared/api/models.ts'
import { useAction, useAnswer, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import styles from './Models.module.css'

interface GetModelProps {
  readonly model: Model
  readonly free: number | null
  readonly onClose: () => void
}

export function GetModel({ model: { id, name, bytes, arrived, licence, recorded }, free, onClose }: GetModelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const { network } = useAnswer('settings.get', {})
  const get = useAction(async () => {
    await client.call('models.get', { id })
    onClose()
  })
  const left = bytes === null ? null : Math.max(0, bytes - arrived)
  const facts = [
    left === null
      ? t('settings.models.getting.sizeAsked')
      : t('settings.models.getting.size', { bytes: format.bytes(left) }),
    ...(free === null ? [] : [t('settings.models.getting.free', { bytes: format.bytes(free) })]),
    t('settings.models.getting.licence', { licence: licence ?? t('settings.models.noLicence') }),
    recorded ? t('settings.models.recorded') : t('settings.models.unrecorded'),
  ]
  return (
    <Dialog title={t('settings.models.getting.title', { name })} busy={get.busy} onClose={onClose}>
      <ul className={styles['facts']}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <Notice tone="info">{t('settings.models.getting.leaves')}</Notice>
      {!network && <Notice tone="warn">{t('errors.NETWORK_OFF')}</Notice>}
      <ErrorNotice error={get.error} />
      <DialogActions>
        <Button onPress={onClose} isDisabled={get.busy}>
          {t('do.cancel')}
        </Button>
        <Button look="filled" onPress={() => void get.run()} busy={get.busy} isDisabled={!network}>
          {t('settings.models.get')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
