// What opens the vault and what closes it. Each act that needs the passphrase asks for it in its own dialog.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useAnswer, useClient, useLatestJob } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { Select } from '../../ui/Select.tsx'
import { DeleteVault } from '../../words/DeleteVault.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { NetworkSwitch } from '../../words/NetworkSwitch.tsx'
import { ChangePassphrase } from './ChangePassphrase.tsx'
import { DeviceKey } from './DeviceKey.tsx'
import { NewKit } from './NewKit.tsx'
import styles from './Settings.module.css'
import { TechnicalDetails } from './TechnicalDetails.tsx'
import { useSettings } from '../../words/useSettings.ts'

type Open = 'passphrase' | 'kit' | 'device' | 'delete'

export function Security() {
  const { t } = useTranslation()
  const { deviceKey, name } = useAnswer('vault.status', {})
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  return (
    <div className={styles['stack']}>
      <Section title={t('settings.security.opening')}>
        <SettingRow
          icon="key"
          title={t('settings.security.passphrase.title')}
          hint={t('settings.security.passphrase.hint')}
        >
          <Button onPress={() => setOpen('passphrase')}>{t('settings.security.passphrase.run')}</Button>
        </SettingRow>
        <SettingRow icon="kit" title={t('settings.security.kit.title')} hint={t('settings.security.kit.hint')}>
          <Button onPress={() => setOpen('kit')}>{t('settings.security.kit.run')}</Button>
        </SettingRow>
        <AutoLock />
        {deviceKey !== 'unavailable' && (
          <SettingRow
            icon="device"
            title={t('settings.security.device.title')}
            hint={t('settings.security.device.hint')}
          >
            <Button onPress={() => setOpen('device')}>
              {deviceKey === 'on' ? t('settings.security.device.off') : t('settings.security.device.on')}
            </Button>
          </SettingRow>
        )}
      </Section>
      <Section title={t('network.title')}>
        <NetworkSwitch />
      </Section>
      <Section title={t('settings.security.technical')}>
        <TechnicalDetails />
      </Section>
      <Section title={t('settings.security.erasing')}>
        <DeepErase />
        <SettingRow icon="trash" title={t('settings.security.delete.title')} hint={t('settings.security.delete.hint')}>
          <Button look="danger" onPress={() => setOpen('delete')}>
            {t('settings.security.delete.run')}
          </Button>
        </SettingRow>
      </Section>
      {open === 'passphrase' && <ChangePassphrase onClose={close} />}
      {open === 'kit' && <NewKit onClose={close} />}
      {open === 'device' && <DeviceKey turnOn={deviceKey === 'off'} onClose={close} />}
      {open === 'delete' && <DeleteVault name={name ?? ''} onClose={close} />}
    </div>
  )
}

const choices = [1, 2, 5, 10, 15, 30, 60, 120, 240]

function AutoLock() {
  const { t } = useTranslation()
  const format = useFormat()
  const { settings, change } = useSettings()
  const minutes = settings.autoLockMinutes
  // A script may have set a time that is not among the choices; it is shown as it is.
  const offered = choices.includes(minutes) ? choices : [...choices, minutes].toSorted((a, b) => a - b)
  return (
    <SettingRow icon="clock" title={t('settings.security.autoLock.title')} hint={t('settings.security.autoLock.hint')}>
      <Select
        label={t('settings.security.autoLock.label')}
        value={String(minutes)}
        options={offered.map((count) => ({
          value: String(count),
          label: format.duration(count * 60),
        }))}
        onChange={(chosen) => {
          const count = Number(chosen)
          const time = format.duration(count * 60)
          void change({ autoLockMinutes: count }, (t) => t('settings.security.autoLock.changed', { time }))
        }}
      />
    </SettingRow>
  )
}

function DeepErase() {
  const { t } = useTranslation()
  const client = useClient()
  const running = useLatestJob('deep-erase')?.state === 'running'
  const erase = useAction(async () => client.call('vault.deepErase', {}))
  return (
    <>
      <SettingRow icon="shield" title={t('settings.security.erase.title')} hint={t('settings.security.erase.hint')}>
        <Button onPress={() => void erase.run()} busy={erase.busy || running}>
          {t('settings.security.erase.run')}
        </Button>
      </SettingRow>
      {erase.error !== null && (
        <RowDetail>
          <ErrorNotice error={erase.error} />
        </RowDetail>
      )}
    </>
  )
}
