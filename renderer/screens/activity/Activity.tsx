// Everything that happened in the vault, newest first, as plain sentences under the day they happened.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LedgerEntry } from '../../../shared/api/ledger.ts'
import { useAction, useAnswer, useClient, useLatestJob } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { EmptyState, Screen, Section, SettingRow } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { iconOf, useActWords } from '../../words/acts.ts'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { joinPages } from '../../words/pages.ts'
import styles from './Activity.module.css'
import { LogCheckResult } from './LogCheckResult.tsx'

const pageLength = 50
const mostAtOnce = 200

export function Activity() {
  const { t } = useTranslation()
  const client = useClient()
  const check = useLatestJob('verify-log')
  const verify = useAction(async () => client.call('ledger.verify', {}))
  const rolledBack = useAnswer('vault.status', {}).notices.some(({ kind }) => kind === 'log-rolled-back')
  return (
    <Screen
      title={t('activity.title')}
      lead={t('activity.lead')}
      actions={
        <Button icon="shield" onPress={() => void verify.run()} busy={verify.busy || check?.state === 'running'}>
          {t('activity.verify.run')}
        </Button>
      }
    >
      {rolledBack && <Notice tone="warn" title={t('notice.log-rolled-back')} />}
      <ErrorNotice error={verify.error} />
      {check !== null && <LogCheckResult job={check} />}
      <Entries />
    </Screen>
  )
}

function Entries() {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const newest = useAnswer('ledger.list', { limit: pageLength })
  const [older, setOlder] = useState<readonly LedgerEntry[]>([])
  const entries = joinPages(newest.entries, older, ({ seq }) => seq)
  const last = entries.at(-1)?.seq ?? 1
  const more = useAction(async () => {
    const page = await client.call('ledger.list', { before: last, limit: Math.min(mostAtOnce, pageLength * 2) })
    setOlder([...entries, ...page.entries])
  })
  if (entries.length === 0) {
    return (
      <EmptyState icon="activity" title={t('activity.empty')}>
        {t('activity.emptyHint')}
      </EmptyState>
    )
  }
  return (
    <>
      {byDay(entries).map(([day, ofDay]) => (
        <Section key={day} title={format.day(day)}>
          <ul>
            {ofDay.map((entry) => (
              <Entry key={entry.seq} entry={entry} />
            ))}
          </ul>
        </Section>
      ))}
      <ErrorNotice error={more.error} />
      <div className={styles['foot']}>
        <span>{t('activity.total', { count: newest.total })}</span>
        {last > 1 && (
          <Button onPress={() => void more.run()} busy={more.busy}>
            {t('do.more')}
          </Button>
        )}
      </div>
    </>
  )
}

function Entry({ entry: { at, act } }: { readonly entry: LedgerEntry }) {
  const format = useFormat()
  const { sentence, remark } = useActWords()(act)
  return (
    <li>
      <SettingRow
        icon={iconOf(act)}
        title={<span className={styles['sentence']}>{sentence}</span>}
        {...(remark === null ? {} : { hint: remark })}
      >
        <time dateTime={at} className={styles['time']}>
          {format.time(at)}
        </time>
      </SettingRow>
    </li>
  )
}

function byDay(entries: readonly LedgerEntry[]): readonly (readonly [string, readonly LedgerEntry[]])[] {
  const days = new Map<string, LedgerEntry[]>()
  for (const entry of entries) {
    const day = new Date(entry.at).toDateString()
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return [...days.values()].map((ofDay) => [ofDay[0]?.at ?? '', ofDay] as const)
}
