// The Library: everything in the vault, newest first, narrowed and searched in one place, with the item that is open beside
// the list. Where there is no room for both, the item has the screen for itself.
import { Outlet, useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { EmptyState, Screen } from '../../ui/Layout.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TwoPane } from '../../ui/TwoPane.tsx'
import { useLibraryView } from '../../words/libraryView.tsx'
import { usePlace } from '../../words/usePlace.ts'
import { Drafts } from './Drafts.tsx'
import { Filters } from './Filters.tsx'
import { ItemList } from './ItemList.tsx'
import styles from './Library.module.css'
import { Timeline } from './timeline/Timeline.tsx'
import { Search } from './Search.tsx'
import { useRows } from './useRows.ts'

export function Library() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const id = usePlace('id')
  const { view, show } = useLibraryView()
  const rows = useRows(view)
  const [openAt, setOpenAt] = useState(0)
  const open = id !== undefined
  const current = id === undefined ? null : rows.row(openAt)?.id === id ? openAt : rows.indexOf(id)
  const searching = view.query !== ''
  const openRow = async (index: number) => {
    const id = await rows.idAt(index)
    if (id === undefined) return
    setOpenAt(index)
    show({ elsewhere: null })
    void navigate({ to: '/library/$id', params: { id } })
  }
  return (
    <Screen
      wide
      title={t('library.title')}
      actions={
        <>
          <LinkButton icon="trash" look="quiet" href="#/library/trash">
            {t('library.trash.title')}
          </LinkButton>
          <span className={styles['toAdd']}>
            <LinkButton icon="import" href="#/add">
              {t('add.title')}
            </LinkButton>
          </span>
          <LinkButton icon="edit" look="filled" href="#/library/note/new">
            {t('library.note.new')}
          </LinkButton>
        </>
      }
      aside={open}
    >
      <div className={cx(styles['library'], open && styles['open'])}>
        <div className={styles['narrowing']}>
          <div className={styles['find']}>
            <Search found={searching && rows.question.query !== '' ? rows.total : null} foundMore={!rows.counted} />
            <Segmented
              label={t('library.as')}
              value={view.as}
              onChange={(as) => show({ as })}
              options={(['list', 'timeline'] as const).map((value) => ({ value, label: t(`library.view.${value}`) }))}
            />
          </div>
          <Filters />
          <Drafts />
          {view.as === 'timeline' && (
            <Suspense fallback={<Skeleton lines={4} />}>
              <Timeline />
            </Suspense>
          )}
        </div>
        <TwoPane
          tall
          listLabel={searching ? t('library.found') : t('library.items')}
          detailLabel={t('library.open')}
          open={open}
          onBack={() => void navigate({ to: '/library' })}
          list={<ItemList rows={rows} current={current} onOpen={(index) => void openRow(index)} />}
          detail={
            open ? (
              <Suspense fallback={<Skeleton lines={6} />}>
                <Outlet />
              </Suspense>
            ) : (
              <EmptyState icon="note" title={t('library.nothingOpen')}>
                {t('library.nothingOpenHint')}
              </EmptyState>
            )
          }
        />
      </div>
    </Screen>
  )
}
