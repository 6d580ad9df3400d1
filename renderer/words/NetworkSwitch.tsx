// The switch that keeps everything on this computer, wherever it is shown.
import { useTranslation } from 'react-i18next'
import { SettingRow } from '../ui/Layout.tsx'
import { Switch } from '../ui/Switch.tsx'
import { useSettings } from './useSettings.ts'

export function NetworkSwitch() {
  const { t } = useTranslation()
  const { settings, change } = useSettings()
  return (
    <SettingRow icon="globe" title={t('network.allowed')} hint={t('network.hint')}>
      <Switch
        label={t('network.allowed')}
        isSelected={settings.network}
        onChange={(on) => void change({ network: on }, (t) => (on ? t('network.on') : t('network.off')))}
      />
    </SettingRow>
  )
}
