// Theme and language. Both belong to this computer, not to the vault.
import { useTranslation } from 'react-i18next'
import { Section, SettingRow } from '../../ui/Layout.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import { useAppearance } from '../../words/useSettings.ts'

export function AppearanceSection() {
  const { t } = useTranslation()
  const { appearance, change } = useAppearance()
  return (
    <Section title={t('settings.appearance.screens')}>
      <SettingRow title={t('settings.appearance.theme.title')} hint={t('settings.appearance.theme.hint')}>
        <Segmented
          label={t('settings.appearance.theme.title')}
          value={appearance.theme}
          onChange={(theme) => void change({ theme }, (t) => t('settings.appearance.theme.changed'))}
          options={[
            { value: 'system', label: t('settings.appearance.theme.system'), icon: 'device' },
            { value: 'light', label: t('settings.appearance.theme.light'), icon: 'sun' },
            { value: 'dark', label: t('settings.appearance.theme.dark'), icon: 'moon' },
          ]}
        />
      </SettingRow>
      <SettingRow title={t('settings.appearance.language.title')} hint={t('settings.appearance.language.hint')}>
        <Select
          label={t('settings.appearance.language.title')}
          value={appearance.language}
          onChange={(language) => void change({ language }, (t) => t('settings.appearance.language.changed'))}
          options={(['system', 'en', 'de'] as const).map((value) => ({
            value,
            label: t(`settings.appearance.language.${value}`),
          }))}
        />
      </SettingRow>
    </Section>
  )
}
