// Each connection: where to, what for, how much went each way, how it ended, and which items it was about.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Departure } from '../../../shared/api/network.ts'
import { useAction, useAnswer, useAttempt, useClient } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Pill, RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { useItemTitle } from '../../words/items.ts'
import { joinPages } from '../../words/pages.ts'
import styles from './Left.module.css'

const pageLength = 50
/** Of the items of one connection. */
const mostShown = 20

export function Departures() {
  const { t } = useTranslation()
  const client = useClient()
  const newest = useAnswer('network.list', { limit: pageLength })
  const [older, setOlder] = useState<readonly Departure[]>([])
  const rows = joinPages(newest.departures, older, ({ id }) => id)
  const last = rows.at(-1)?.id ?? 1
  const more = useAction(async () => {
    const page = await client.call('network.list', { before: last, limit: pageLength * 2 })
    setOlder([...rows, ...page.departures])
  })
  if (rows.length === 0) return null
  return (
    <>
      <Section title={t('left.connections')}>
        <ul>
          {rows.map((departure) => (
            <Row key={departure.id} departure={departure} />
          ))}
        </ul>
      </Section>
      <ErrorNotice error={more.error} />
      <div className={styles['foot']}>
        <span>{t('left.total', { count: newest.total })}</span>
        {last > 1 && (
          <Button onPress={() => void more.run()} busy={more.busy}>
            {t('do.more')}
          </Button>
        )}
      </div>
    </>
  )
}

function Row({ departure }: { readonly departure: Departure }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const { at, host, here, reason, sent, received, ended, items } = departure
  const facts = [
    t(`left.reason.${reason}`),
    t('left.sent', { bytes: format.bytes(sent) }),
    t('left.received', { bytes: format.bytes(received) }),
    ...(ended === 'done' ? [] : [t(`left.ended.${ended ?? 'open'}`)]),
  ]
  return (
    <li>
      <SettingRow
        icon={here ? 'plug' : 'globe'}
        title={
          <span className={styles['host']}>
            {host} <Pill tone={here ? 'ok' : 'plain'}>{here ? t('left.here') : t('left.away')}</Pill>
          </span>
        }
        hint={facts.join(' · ')}
      >
        {items.length > 0 && (
          <Button look="quiet" onPress={() => setOpen(!open)} aria-expanded={open}>
            {t('left.items', { count: items.length })}
          </Button>
        )}
        <time dateTime={at} className={styles['time']}>
          {format.short(at)}
        </time>
      </SettingRow>
      {open && (
        <RowDetail>
          <ul className={styles['items']}>
            {items.slice(0, mostShown).map((id) => (
              <ItemLink key={id} id={id} />
            ))}
          </ul>
          {items.length > mostShown && <p>{t('left.moreItems', { count: items.length - mostShown })}</p>}
        </RowDetail>
      )}
    </li>
  )
}

function ItemLink({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const titleOf = useItemTitle()
  const { answer, error } = useAttempt('library.get', { id })
  if (error !== null) return <li>{t('left.itemGone')}</li>
  return <li>{answer !== undefined && <a href={`#/library/${id}`}>{titleOf(answer)}</a>}</li>
}
