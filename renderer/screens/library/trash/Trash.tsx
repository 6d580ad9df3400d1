// The Trash: what was thrown away in the last thirty days, with a way back and a way to erase it at once.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Which } from '../../../../shared/api/items.ts'
import { useClient } from '../../../api.ts'
import { Button, LinkButton } from '../../../ui/Button.tsx'
import { EmptyState, Screen } from '../../../ui/Layout.tsx'
import { ListRow } from '../../../ui/ListRow.tsx'
import { RowList } from '../../../ui/RowList.tsx'
import { SelectionBar } from '../../../ui/SelectionBar.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useChange } from '../../../words/changes.ts'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { iconOfType } from '../../../words/items.ts'
import { useTimes } from '../../../words/times.tsx'
import { type Row, useRows } from '../useRows.ts'
import { useRowWords } from '../useRowWords.tsx'
import { useSelection } from '../useSelection.ts'
import { Erased } from './Erased.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import styles from './Trash.module.css'

const question = { filter: { trashed: true }, query: '' } as const

export function Trash() {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const change = useChange()
  const rows = useRows(question)
  const selection = useSelection(rows)
  const [erasing, setErasing] = useState<{ readonly which: Which; readonly count: number } | null>(null)
  const total = rows.total ?? 0
  const openRow = async (index: number) => {
    const id = await rows.idAt(index)
    if (id !== undefined) void navigate({ to: '/library/$id', params: { id } })
  }
  const putBack = async (which: Which) => {
    const done = await change(client.call('library.untrash', { which }), (t, count) =>
      t('library.done.untrashed', { count }),
    )
    if (done !== undefined) selection.none()
  }
  return (
    <Screen
      wide
      title={t('library.trash.title')}
      lead={t('library.trash.lead')}
      actions={
        <>
          <LinkButton icon="left" look="quiet" href="#/library">
            {t('library.title')}
          </LinkButton>
          {total > 0 && (
            <Button
              look="danger"
              icon="trash"
              onPress={() => setErasing({ which: { filter: question.filter }, count: total })}
            >
              {t('library.trash.empty')}
            </Button>
          )}
        </>
      }
    >
      <Erased />
      <ErrorNotice error={rows.error} />
      {rows.total === null && rows.error === null && <Skeleton lines={6} />}
      {rows.total === 0 && (
        <EmptyState icon="trash" title={t('library.trash.nothing')}>
          {t('library.trash.nothingHint')}
        </EmptyState>
      )}
      {total > 0 && (
        <div className={styles['list']}>
          {selection.count > 0 && (
            <SelectionBar count={selection.count} onNone={selection.none}>
              <Button icon="undo" onPress={() => void putBack(selection.which)}>
                {t('library.do.untrash')}
              </Button>
              <Button
                look="danger"
                icon="trash"
                onPress={() => setErasing({ which: selection.which, count: selection.count })}
              >
                {t('library.do.erase')}
              </Button>
            </SelectionBar>
          )}
          <RowList
            label={t('library.trash.title')}
            count={total}
            onOpen={(index) => void openRow(index)}
            onSight={rows.onSight}
            selection={selection.rows}
            renderRow={(index) => <TrashRow row={rows.row(index)} />}
          />
        </div>
      )}
      {erasing !== null && (
        <EraseDialog {...erasing} since={null} onStarted={selection.none} onClose={() => setErasing(null)} />
      )}
    </Screen>
  )
}

function TrashRow({ row }: { readonly row: Row | undefined }) {
  const times = useTimes()
  const words = useRowWords()
  if (row === undefined) return <Skeleton />
  return <ListRow icon={iconOfType(row.type)} {...words(row)} date={times.short(row)} at={row.at} />
}
