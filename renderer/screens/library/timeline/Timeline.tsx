// Everything by when it was, over the list: a bar for each decade, year, month, day or hour. Choosing a bar narrows the list
// to its time and shows what is within. The same figures stand in one sentence, and in a table for whoever asks for it.
import { useState } from 'react'
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useAttempt } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Table } from '../../../ui/Table.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { useLibraryView } from '../../../words/libraryView.tsx'
import { Bars } from './Bars.tsx'
import { type Zoom, around, barsOf, fitted, nameOfBar, spanOfBar, zoomWithin } from './spans.ts'
import styles from './Timeline.module.css'

export function Timeline() {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const format = useFormat()
  const { view, show } = useLibraryView()
  const { from, to, ...rest } = view.filter
  const isOpen = from === undefined || to === undefined
  const asked = zoomWithin({ from, to })
  const answer = useAttempt('library.timeline', {
    zoom: asked,
    filter: rest,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
  const [asTable, setAsTable] = useState(false)
  const go = (span: { readonly from?: string; readonly to?: string }) =>
    show({ filter: { ...rest, from: span.from, to: span.to } })
  const name = (bar: string, at: Zoom, length: 'long' | 'short' = 'long') =>
    at === 'decade' ? t('library.timeline.decade', { year: bar }) : nameOfBar(bar, at, locale, length)

  const way = around({ from, to })
  const parent = way.at(-2)
  const out = () => go(parent === undefined ? {} : spanOfBar(parent.start, parent.zoom))
  if (answer.error !== null) return <ErrorNotice error={answer.error} />
  if (answer.answer === undefined) return <Skeleton lines={4} />
  const { undated } = answer.answer
  const { zoom, buckets } = isOpen ? fitted(answer.answer.buckets) : { zoom: asked, ...answer.answer }
  const counts = new Map(buckets.map(({ start, count }) => [start, count]))
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  // A whole day is at no hour; it is told beside the bars.
  const timed = zoom === 'hour' ? buckets.filter(({ start }) => start.includes('T')) : buckets
  const most = timed.reduce((top, one) => (one.count > top.count ? one : top), { start: '', count: 0 })
  const bars = barsOf(
    timed.map(({ start }) => start),
    zoom,
    { from, to },
  ).map((start) => ({
    start,
    count: counts.get(start) ?? 0,
    short: name(start, zoom, 'short'),
    long: t('library.timeline.bar', {
      when: name(start, zoom),
      count: counts.get(start) ?? 0,
      shown: format.number(counts.get(start) ?? 0),
    }),
  }))
  const allDay = zoom === 'hour' ? total - timed.reduce((sum, { count }) => sum + count, 0) : 0
  const summary = [
    t('library.timeline.total', { count: total, shown: format.number(total) }),
    ...(timed.length > 1 && most.start.length > 0
      ? [t('library.timeline.most', { when: name(most.start, zoom), shown: format.number(most.count) })]
      : []),
    ...(allDay > 0 ? [t('library.timeline.allDay', { count: allDay, shown: format.number(allDay) })] : []),
    ...(from === undefined && undated > 0
      ? [t('library.timeline.undated', { count: undated, shown: format.number(undated) })]
      : []),
  ].join(' ')
  return (
    <section aria-label={t('library.timeline.title')} className={styles['timeline']}>
      <div className={styles['head']}>
        <nav aria-label={t('library.timeline.way')} className={styles['way']}>
          <Button look="quiet" onPress={() => go({})} isDisabled={from === undefined && to === undefined}>
            {t('library.timeline.all')}
          </Button>
          {way.map((step, at) => (
            <Button
              key={step.start}
              look="quiet"
              icon="right"
              isDisabled={at === way.length - 1}
              onPress={() => go(spanOfBar(step.start, step.zoom))}
            >
              {name(step.start, step.zoom)}
            </Button>
          ))}
        </nav>
        <Button look="quiet" icon="record" onPress={() => setAsTable(!asTable)}>
          {asTable ? t('library.timeline.asBars') : t('library.timeline.asTable')}
        </Button>
      </div>
      <p className={styles['summary']}>
        {view.query === '' ? summary : `${summary} ${t('library.timeline.unsearched')}`}
      </p>
      {asTable ? (
        <Table
          label={t('library.timeline.title')}
          columns={[
            { id: 'when', title: t('library.timeline.when') },
            { id: 'count', title: t('library.timeline.items'), number: true },
          ]}
          rows={bars
            .filter(({ count }) => count > 0)
            .map(({ start, count }) => [name(start, zoom), format.number(count)])}
        />
      ) : (
        bars.length > 0 && (
          <Bars
            label={t('library.timeline.title')}
            bars={bars}
            {...(zoom === 'hour' ? {} : { onChoose: (start: string) => go(spanOfBar(start, zoom)) })}
            onOut={out}
          />
        )
      )}
    </section>
  )
}
