// One model: what it is for, how large it is, under which licence, where it comes from, and what can be done with it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../../shared/api/models.ts'
import { useAction, useAnswer, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Pill, SettingRow } from '../../../ui/Layout.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { Details } from './Details.tsx'
import { GetModel } from './GetModel.tsx'
import { Speed } from './Speed.tsx'

interface ModelRowProps {
  readonly model: Model
  readonly free: number | null
}

export function ModelRow({ model, free }: ModelRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { writer } = useAnswer('settings.get', {})
  const [open, setOpen] = useState<'get' | 'remove' | null>(null)
  const [details, setDetails] = useState(false)
  const { id, task, licence, from, bytes, arrived, underway, installed } = model
  const name = from === 'mindkeep' ? t('settings.models.shipped') : model.name
  const close = () => setOpen(null)
  const of = (act: string) => t('settings.models.of', { act, name })
  const getting = arrived > 0 && !underway ? t('do.resume') : t('settings.models.get')
  const facts = [
    t(`settings.models.task.${task}`),
    bytes === null ? t('settings.models.sizeAsked') : format.bytes(bytes),
    licence ?? t('settings.models.noLicence'),
    t(`settings.models.from.${from}`),
    ...(arrived > 0 ? [t('settings.models.arrived', { bytes: format.bytes(arrived) })] : []),
  ]
  return (
    <li>
      <SettingRow
        icon={task === 'writing' ? 'edit' : 'search'}
        title={
          <>
            {name} {writer === id && <Pill tone="ok">{t('settings.models.writes')}</Pill>}
          </>
        }
        hint={facts.join(' · ')}
      >
        {from !== 'mindkeep' && (
          <Button
            look="quiet"
            aria-label={of(t('settings.models.details'))}
            aria-expanded={details}
            onPress={() => setDetails(!details)}
          >
            {t('settings.models.details')}
          </Button>
        )}
        {from !== 'mindkeep' && (installed !== null || (arrived > 0 && !underway)) && (
          <Button look="quiet" aria-label={of(t('settings.models.remove'))} onPress={() => setOpen('remove')}>
            {t('settings.models.remove')}
          </Button>
        )}
        {installed === null && (
          <Button icon="save" busy={underway} aria-label={of(getting)} onPress={() => setOpen('get')}>
            {getting}
          </Button>
        )}
      </SettingRow>
      {installed !== null && task === 'writing' && <Speed writer={{ model: id }} name={name} />}
      {details && <Details model={model} />}
      {open === 'get' && <GetModel model={model} free={free} onClose={close} />}
      {open === 'remove' && <RemoveModel id={id} name={name} whole={installed !== null} onClose={close} />}
    </li>
  )
}

interface RemoveModelProps {
  readonly id: string
  readonly name: string
  readonly whole: boolean
  readonly onClose: () => void
}

function RemoveModel({ id, name, whole, onClose }: RemoveModelProps) {
  const { t } = useTranslation()
  const client = useClient()
  const remove = useAction(async () => {
    await client.call('models.remove', { id })
    onClose()
  })
  return (
    <Dialog title={t('settings.models.removing.title', { name })} busy={remove.busy} onClose={onClose}>
      <Notice tone="warn">{whole ? t('settings.models.removing.text') : t('settings.models.removing.partText')}</Notice>
      <ErrorNotice error={remove.error} />
      <DialogActions>
        <Button onPress={onClose} isDisabled={remove.busy}>
          {t('do.cancel')}
        </Button>
        <Button look="filled-danger" onPress={() => void remove.run()} busy={remove.busy}>
          {t('settings.models.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
