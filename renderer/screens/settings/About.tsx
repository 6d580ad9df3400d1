// What is running, where the vault lives, and what is and is not encrypted.
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api.ts'
import { useFormat } from '../../ui/format.tsx'
import { Section, SettingRow } from '../../ui/Layout.tsx'
import styles from './Settings.module.css'

const parts = [
  'React',
  'React Aria',
  'TanStack',
  'i18next',
  'SQLite3 Multiple Ciphers',
  'libsodium',
  'ethers',
  'zxcvbn',
  'zod',
  'Electron',
]

export function About() {
  const { t } = useTranslation()
  const format = useFormat()
  const about = useAnswer('app.about', {})
  const { createdAt } = useAnswer('vault.status', {})
  return (
    <div className={styles['stack']}>
      <Section title={t('settings.about.this')}>
        <SettingRow title={t('settings.about.version')}>{about.version}</SettingRow>
        <SettingRow title={t('settings.about.host')}>{t(`activity.host.${about.host}`)}</SettingRow>
        <SettingRow title={t('settings.about.runtime')}>{about.runtime}</SettingRow>
        <SettingRow title={t('settings.about.folder')}>
          <span className={styles['mono']}>{about.folder}</span>
        </SettingRow>
        {createdAt !== null && <SettingRow title={t('settings.about.created')}>{format.date(createdAt)}</SettingRow>}
      </Section>
      <Section title={t('settings.about.encrypted.title')}>
        <div className={styles['plain']}>
          <ul>
            <li>{t('settings.about.encrypted.items')}</li>
            <li>{t('settings.about.encrypted.backups')}</li>
            <li>{t('settings.about.encrypted.keys')}</li>
          </ul>
        </div>
      </Section>
      <Section title={t('settings.about.clear.title')}>
        <div className={styles['plain']}>
          <ul>
            <li>{t('settings.about.clear.name')}</li>
            <li>{t('settings.about.clear.look')}</li>
            <li>{t('settings.about.clear.size')}</li>
          </ul>
        </div>
      </Section>
      <Section title={t('settings.about.limits.title')}>
        <p className={styles['plain']}>{t('settings.about.limits.text')}</p>
      </Section>
      <Section title={t('settings.about.licences')}>
        <div className={styles['plain']}>
          <p>{t('settings.about.licence')}</p>
          <p>{t('settings.about.parts', { parts: format.list(parts) })}</p>
        </div>
      </Section>
    </div>
  )
}
