// Backups: every day or now, which there are and what keeps each, and going back to one.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../../shared/api/backups.ts'
import { useAction, useAnswer, useClient, useLatestJob } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { EmptyState, Pill, RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useBackupNames } from '../../words/backups.ts'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'
import styles from './Settings.module.css'
import { useSettings } from '../../words/useSettings.ts'

export function Backups() {
  const { t } = useTranslation()
  const client = useClient()
  const { settings, change } = useSettings()
  const running = useLatestJob('backup')?.state === 'running'
  const create = useAction(async () => client.call('backups.create', {}))
  return (
    <div className={styles['stack']}>
      <Section title={t('settings.backups.making')}>
        <SettingRow title={t('settings.backups.daily.title')} hint={t('settings.backups.daily.hint')}>
          <Switch
            label={t('settings.backups.daily.title')}
            isSelected={settings.backupEveryDay}
            onChange={(on) =>
              void change({ backupEveryDay: on }, (t) =>
                on ? t('settings.backups.daily.on') : t('settings.backups.daily.off'),
              )
            }
          />
        </SettingRow>
        <SettingRow title={t('settings.backups.now.title')} hint={t('settings.backups.now.hint')}>
          <Button icon="backup" onPress={() => void create.run()} busy={create.busy || running}>
            {t('settings.backups.now.run')}
          </Button>
        </SettingRow>
        {create.error !== null && (
          <RowDetail>
            <ErrorNotice error={create.error} />
          </RowDetail>
        )}
      </Section>
      <BackupList />
    </div>
  )
}

function BackupList() {
  const { t } = useTranslation()
  const format = useFormat()
  const backups = useAnswer('backups.list', {}).toSorted((a, b) => b.at.localeCompare(a.at))
  const nameOf = useBackupNames(backups)
  const [chosen, setChosen] = useState<Backup | null>(null)
  const about = ({ bytes, kept, reason }: Backup) => [
    ...(reason === null ? [] : [t(`settings.backups.reason.${reason}`)]),
    format.bytes(bytes),
    t(`settings.backups.kept.${kept}`),
  ]
  return (
    <Section title={t('settings.backups.list')}>
      {backups.length === 0 && (
        <EmptyState icon="backup" title={t('settings.backups.none')}>
          {t('settings.backups.noneHint')}
        </EmptyState>
      )}
      {backups.length > 0 && (
        <ul>
          {backups.map((backup) => (
            <li key={backup.id}>
              <SettingRow
                title={<span className={styles['when']}>{format.atStart(nameOf(backup))}</span>}
                hint={about(backup).join(' · ')}
              >
                <Pill tone={backup.whole ? 'ok' : 'warn'}>
                  {backup.whole ? t('settings.backups.whole') : t('settings.backups.broken')}
                </Pill>
                {backup.kept !== 'another-vault' && (
                  <Button onPress={() => setChosen(backup)}>{t('settings.backups.restore.run')}</Button>
                )}
              </SettingRow>
            </li>
          ))}
        </ul>
      )}
      {chosen !== null && <RestoreDialog backup={chosen} name={nameOf(chosen)} onClose={() => setChosen(null)} />}
    </Section>
  )
}
