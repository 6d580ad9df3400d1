// The shortcuts, and the switch for those that act without Ctrl.
import { useTranslation } from 'react-i18next'
import { RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { ShortcutList } from '../../ui/ShortcutList.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Settings.module.css'
import { useSettings } from '../../words/useSettings.ts'

export function Keyboard() {
  const { t } = useTranslation()
  const { settings, change } = useSettings()
  return (
    <div className={styles['stack']}>
      <Section title={t('settings.keyboard.typing')}>
        <SettingRow title={t('settings.keyboard.single.title')} hint={t('settings.keyboard.single.hint')}>
          <Switch
            label={t('settings.keyboard.single.title')}
            isSelected={settings.singleKeyShortcuts}
            onChange={(on) =>
              void change({ singleKeyShortcuts: on }, (t) =>
                on ? t('settings.keyboard.single.on') : t('settings.keyboard.single.off'),
              )
            }
          />
        </SettingRow>
      </Section>
      <Section title={t('settings.keyboard.list')}>
        <RowDetail>
          <ShortcutList singleKeys={settings.singleKeyShortcuts} />
        </RowDetail>
      </Section>
    </div>
  )
}
