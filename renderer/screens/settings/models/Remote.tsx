// Models elsewhere: off, until a person turns them on and types the name of each host.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Form } from '../../../ui/Form.tsx'
import { Pill, RowDetail, SettingRow } from '../../../ui/Layout.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { useSettings } from '../../../words/useSettings.ts'
import styles from './Models.module.css'
import { Speed } from './Speed.tsx'

export function Remote() {
  const { t } = useTranslation()
  const { settings, change } = useSettings()
  const hosts = settings.remoteHosts === '' ? [] : settings.remoteHosts.split(' ')
  const [wished, setWished] = useState(false)
  const isOn = wished || hosts.length > 0
  return (
    <>
      <SettingRow icon="globe" title={t('settings.models.remote.allow')} hint={t('settings.models.remote.allowHint')}>
        <Switch
          label={t('settings.models.remote.allow')}
          isSelected={isOn}
          onChange={(on) => {
            setWished(on)
            if (!on && hosts.length > 0) void change({ remoteHosts: '' }, (t) => t('settings.models.remote.none'))
          }}
        />
      </SettingRow>
      {isOn && (
        <RowDetail>
          <div className={styles['details']}>
            <Notice tone="warn">{t('settings.models.remote.warn')}</Notice>
            <AddHost hosts={hosts} />
          </div>
        </RowDetail>
      )}
      <ul>
        {hosts.map((host) => (
          <Host key={host} host={host} others={hosts.filter((one) => one !== host)} />
        ))}
      </ul>
    </>
  )
}

function AddHost({ hosts }: { readonly hosts: readonly string[] }) {
  const { t } = useTranslation()
  const client = useClient()
  const [typed, setTyped] = useState('')
  const host = typed.trim().toLowerCase()
  const add = useAction(async () => {
    await client.call('settings.set', { remoteHosts: [...new Set([...hosts, host])].join(' ') })
    setTyped('')
  })
  const isNone = add.error?.code === 'INVALID_INPUT'
  return (
    <Form onSubmit={() => void add.run()}>
      <div className={styles['address']}>
        <TextField label={t('settings.models.remote.host')} value={typed} onChange={setTyped} />
        <Button type="submit" busy={add.busy} isDisabled={host === ''}>
          {t('settings.models.remote.add')}
        </Button>
      </div>
      {isNone ? (
        <Notice tone="danger" live>
          {t('settings.models.remote.not')}
        </Notice>
      ) : (
        <ErrorNotice error={add.error} />
      )}
    </Form>
  )
}

function Host({ host, others }: { readonly host: string; readonly others: readonly string[] }) {
  const { t } = useTranslation()
  const client = useClient()
  const { change } = useSettings()
  const server = `https://${host}`
  const [models, setModels] = useState<readonly string[]>([])
  const ask = useAction(async () => {
    const found = await client.call('writing.modelsAt', { server })
    setModels(found.models)
  })
  const of = (act: string) => t('settings.models.of', { act, name: host })
  return (
    <li>
      <SettingRow
        icon="globe"
        title={
          <>
            {host} <Pill tone="warn">{t('settings.models.remote.leaves')}</Pill>
          </>
        }
        hint={t('settings.models.remote.kind')}
      >
        <Button
          look="quiet"
          aria-label={of(t('settings.models.remote.forget'))}
          onPress={() =>
            void change({ remoteHosts: others.join(' ') }, (t) => t('settings.models.remote.removed', { host }))
          }
        >
          {t('settings.models.remote.forget')}
        </Button>
        <Button aria-label={of(t('settings.models.remote.ask'))} busy={ask.busy} onPress={() => void ask.run()}>
          {t('settings.models.remote.ask')}
        </Button>
      </SettingRow>
      {ask.error !== null && (
        <RowDetail>
          <ErrorNotice error={ask.error} />
        </RowDetail>
      )}
      {models.map((model) => (
        <div key={model}>
          <SettingRow icon="edit" title={model} hint={host} />
          <Speed writer={{ model, server }} name={model} />
        </div>
      ))}
    </li>
  )
}
