// The list of the Library with what can be done to the rows that are selected, what the search says of itself, and what to
// do where there is nothing.
import { memo } from 'react'
import { VisuallyHidden } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EmptyState, Pill } from '../../ui/Layout.tsx'
import { ListRow } from '../../ui/ListRow.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { iconOfType } from '../../words/items.ts'
import { useLibraryView } from '../../words/libraryView.tsx'
import { type Times, useTimes } from '../../words/times.tsx'
import { BulkActs } from './BulkActs.tsx'
import styles from './Library.module.css'
import { type DayHeadings, useDayHeadings } from './useDayHeadings.ts'
import { useSelection } from './useSelection.ts'
import type { Question, Row, Rows } from './useRows.ts'
import { useRowWords } from './useRowWords.tsx'

interface ItemListProps {
  readonly rows: Rows
  readonly current: number | null
  readonly onOpen: (index: number) => void
}

export function ItemList({ rows, current, onOpen }: ItemListProps) {
  const { t } = useTranslation()
  const { view } = useLibraryView()
  const selection = useSelection(rows)
  const isListed = rows.question.query === ''
  const days = useDayHeadings(view, isListed)
  if (rows.error !== null) return <ErrorNotice error={rows.error} />
  if (rows.total === null || days === null) return <Skeleton lines={8} />
  return (
    <>
      {selection.count > 0 && <BulkActs selection={selection} />}
      <Said rows={rows} />
      {rows.total === 0 ? (
        <Nothing of={rows.question} />
      ) : (
        <RowList
          label={isListed ? t('library.items') : t('library.found')}
          of={rows.of}
          count={rows.total}
          current={current}
          onOpen={onOpen}
          onSight={rows.onSight}
          selection={selection.rows}
          headings={days}
          renderRow={(index, heading) => <ItemRow row={rows.row(index)} under={days.of(heading)} />}
        />
      )}
    </>
  )
}

interface ItemRowProps {
  readonly row: Row | undefined
  readonly under: ReturnType<DayHeadings['of']>
}

const ItemRow = memo(function ItemRow({ row, under }: ItemRowProps) {
  const times = useTimes()
  const words = useRowWords()
  if (row === undefined) return <Skeleton />
  return (
    <ListRow icon={iconOfType(row.type)} {...words(row)} {...whenOf(row, under, times)} signs={<Signs {...row} />} />
  )
})

/** The time of day under its own day's heading, and the date where there is none. */
function whenOf(row: Row, under: ItemRowProps['under'], times: Times) {
  if (row.timing === 'none') return {}
  if (under !== row.day) return { date: times.short(row), at: row.at }
  return { date: times.clock(row), day: times.heading(row.day), at: row.at }
}

function Signs({ level, attachments, by }: Pick<Row, 'level' | 'attachments' | 'by'>) {
  const { t } = useTranslation()
  const guarded = level === 'health' || level === 'secret'
  return (
    <span className={styles['signs']}>
      {by === 'meaning' && (
        <span title={t('library.byMeaning')}>
          <Icon name="meaning" size="small" />
          <VisuallyHidden>{t('library.byMeaning')}</VisuallyHidden>
        </span>
      )}
      {guarded && <Pill tone={level === 'secret' ? 'warn' : 'plain'}>{t(`library.level.${level}`)}</Pill>}
      {attachments > 0 && (
        <span>
          <Icon name="document" size="small" />
          <VisuallyHidden>{t('library.attachments', { count: attachments })}</VisuallyHidden>
        </span>
      )}
    </span>
  )
}

/** What the search did otherwise than asked, and what it could make nothing of. */
function Said({ rows }: { readonly rows: Rows }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { instead, notUnderstood, unmet, counted, total, meaning, withAll, others } = rows
  const isByWordsAlone = meaning === 'other-language' || meaning === 'no-model'
  const saysNothing = instead === null && notUnderstood.length + unmet.length === 0 && counted
  const areNearest = withAll === 0 && others > 0
  if (saysNothing && !isByWordsAlone && !areNearest) return null
  return (
    <output className={styles['said']}>
      {instead !== null && <span>{t('library.instead', { query: instead })}</span>}
      {notUnderstood.length > 0 && <span>{t('library.notUnderstood', { parts: format.list(notUnderstood) })}</span>}
      {unmet.length > 0 && <span>{t('library.unmet', { parts: format.list(unmet) })}</span>}
      {areNearest && <span>{t('library.nearest')}</span>}
      {isByWordsAlone && <span>{t(`library.wordsAlone.${meaning}`)}</span>}
      {!counted && <span>{t('library.atLeast', { shown: format.number(total ?? 0) })}</span>}
    </output>
  )
}

function Nothing({ of: { filter, query } }: { readonly of: Question }) {
  const { t } = useTranslation()
  const { show } = useLibraryView()
  const isNarrowed = Object.keys(filter).length > 0
  if (query !== '') {
    return (
      <EmptyState
        icon="search"
        title={t('library.nothingFound', { query })}
        action={isNarrowed && <Button onPress={() => show({ filter: {} })}>{t('library.searchEverywhere')}</Button>}
      >
        {isNarrowed ? t('library.nothingFoundNarrowed') : t('library.nothingFoundHint')}
      </EmptyState>
    )
  }
  if (isNarrowed) {
    return (
      <EmptyState
        icon="filter"
        title={t('library.nothingFits')}
        action={<Button onPress={() => show({ filter: {} })}>{t('library.showAll')}</Button>}
      >
        {t('library.nothingFitsHint')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="import"
      title={t('library.empty')}
      action={
        <LinkButton icon="import" href="#/add">
          {t('add.title')}
        </LinkButton>
      }
    >
      {t('library.emptyHint')}
    </EmptyState>
  )
}
