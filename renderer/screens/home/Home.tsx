// The first screen of an open vault: what needs the person, what protects the vault, what happened last.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { EmptyState, Screen, Section, SettingRow } from '../../ui/Layout.tsx'
import { useFormat } from '../../ui/format.tsx'
import { restorable } from '../../words/backups.ts'
import { iconOf, useActWords } from '../../words/acts.ts'
import { iconOfType, useItemTitle } from '../../words/items.ts'
import { SampleNotice, TrySample } from '../../words/SampleData.tsx'
import { Attention } from './Attention.tsx'
import styles from './Home.module.css'

const recentCount = 5

export function Home() {
  const { t } = useTranslation()
  const status = useAnswer('vault.status', {})
  const [part] = useState(() => partOfDay(new Date()))
  return (
    <Screen title={t(`home.greeting.${part}`)} tab={t('nav.home')} lead={t('home.open', { name: status.name ?? '' })}>
      <Attention notices={status.notices} />
      <First />
      <Added />
      <SampleNotice />
      <Protection />
      <Recent />
    </Screen>
  )
}

/** What to do first, as long as the vault is empty. */
function First() {
  const { t } = useTranslation()
  const { total } = useAnswer('library.list', { limit: 1 })
  if (total > 0) return null
  return (
    <Section title={t('home.first')}>
      <EmptyState
        icon="import"
        title={t('home.empty')}
        action={
          <>
            <LinkButton look="filled" icon="add" href="#/add">
              {t('add.title')}
            </LinkButton>
            <TrySample />
          </>
        }
      >
        {t('home.emptyHint')}
      </EmptyState>
    </Section>
  )
}

function Added() {
  const { t } = useTranslation()
  const format = useFormat()
  const titleOf = useItemTitle()
  const newest = useAnswer('library.newest', { limit: recentCount })
  if (newest.length === 0) return null
  return (
    <Section title={t('home.added')} aside={<a href="#/library">{t('home.toLibrary')}</a>}>
      <ul>
        {newest.map((item) => (
          <li key={item.id}>
            <SettingRow
              icon={iconOfType(item.type)}
              title={
                <a href={`#/library/${item.id}`} className={styles['added']}>
                  <bdi>{titleOf(item)}</bdi>
                </a>
              }
            >
              <time dateTime={item.addedAt} className={styles['when']}>
                {format.atStart(format.when(item.addedAt))}
              </time>
            </SettingRow>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Protection() {
  const { t } = useTranslation()
  const format = useFormat()
  const { autoLockMinutes } = useAnswer('settings.get', {})
  const latest = restorable(useAnswer('backups.list', {})).reduce((newest, { at }) => (at > newest ? at : newest), '')
  return (
    <Section title={t('home.protects')}>
      <SettingRow icon="backup" title={t('home.backup')} hint={t('home.backupHint')}>
        <span>
          {latest === '' ? t('home.backupNone') : format.atStart(t('home.backupAt', { when: format.when(latest) }))}
        </span>
        <Manage what={t('home.backup')} href="#/settings/backups" />
      </SettingRow>
      <SettingRow icon="clock" title={t('home.autoLock')} hint={t('home.autoLockHint')}>
        <span>{t('home.autoLockAfter', { time: format.duration(autoLockMinutes * 60) })}</span>
        <Manage what={t('home.autoLock')} href="#/settings/security" />
      </SettingRow>
      <SettingRow icon="kit" title={t('home.kit')} hint={t('home.kitHint')}>
        <Manage what={t('home.kit')} href="#/settings/security" />
      </SettingRow>
    </Section>
  )
}

/** The same word in three rows; read aloud, each says what it is about. */
function Manage({ what, href }: { readonly what: string; readonly href: string }) {
  const { t } = useTranslation()
  return (
    <a href={href} aria-label={`${t('home.manage')}: ${what}`}>
      {t('home.manage')}
    </a>
  )
}

function Recent() {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useActWords()
  const { entries } = useAnswer('ledger.list', { limit: recentCount })
  return (
    <Section title={t('home.recent')} aside={<a href="#/activity">{t('home.all')}</a>}>
      <ul>
        {entries.map(({ seq, at, act }) => (
          <li key={seq}>
            <SettingRow icon={iconOf(act)} title={<span className={styles['sentence']}>{words(act).sentence}</span>}>
              <time dateTime={at} className={styles['when']}>
                {format.atStart(format.when(at))}
              </time>
            </SettingRow>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function partOfDay(now: Date): 'morning' | 'day' | 'evening' {
  const hour = now.getHours()
  if (hour >= 4 && hour < 12) return 'morning'
  return hour >= 12 && hour < 18 ? 'day' : 'evening'
}
