// The item that is open: what it says, everything known of it, and what can be done with it.
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { useAttempt, useClient } from '../../../api.ts'
import { Button, LinkButton } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { EmptyState } from '../../../ui/Layout.tsx'
import { type MenuAct, MenuButton } from '../../../ui/MenuButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useChange } from '../../../words/changes.ts'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { iconOfType, useItemTitle } from '../../../words/items.ts'
import { useLibraryView } from '../../../words/libraryView.tsx'
import { useMeasure } from '../../../words/measures.ts'
import { useTimes } from '../../../words/times.tsx'
import { usePlace } from '../../../words/usePlace.ts'
import { CollectDialog } from '../CollectDialog.tsx'
import { EraseDialog } from '../trash/EraseDialog.tsx'
import { TagDialog } from '../TagDialog.tsx'
import { type Question, useSought } from '../useRows.ts'
import { Attachments } from './Attachments.tsx'
import { Content } from './Content.tsx'
import { Facts } from './Facts.tsx'
import { FoundWords } from './FoundWords.tsx'
import styles from './Item.module.css'
import { Links } from './Links.tsx'
import { Origin } from './Origin.tsx'
import { People } from './People.tsx'
import { Privacy } from './Privacy.tsx'
import { Seen } from './Seen.tsx'
import { Sorting } from './Sorting.tsx'
import { Versions } from './Versions.tsx'

export function OpenItem() {
  const { t } = useTranslation()
  const id = usePlace('id') ?? ''
  const { answer, error, lost } = useAttempt('library.get', { id })
  if (error?.code === 'NO_SUCH_ITEM' || lost?.code === 'NO_SUCH_ITEM') {
    return (
      <EmptyState icon="trash" title={t('library.gone')}>
        {t('library.goneHint')}
      </EmptyState>
    )
  }
  if (error !== null) return <ErrorNotice error={error} />
  if (answer === undefined) return <Skeleton lines={6} />
  return <Shown key={answer.id} item={answer} />
}

function Shown({ item }: { readonly item: Item }) {
  const { t } = useTranslation()
  const times = useTimes()
  const titleOf = useItemTitle()
  const measure = useMeasure()
  const article = useRef<HTMLElement>(null)
  const sought = useSought(useFoundBy(item.id))
  return (
    <article ref={article} className={styles['item']}>
      <header className={styles['head']}>
        <p className={styles['kind']}>
          <Icon name={iconOfType(item.type)} size="small" />
          <span className={styles['type']}>{t(`library.type.${item.type}`)}</span>
          {item.timing === 'none' ? (
            <span>{times.full(item)}</span>
          ) : (
            <time dateTime={item.at}>{times.full(item)}</time>
          )}
        </p>
        <div className={styles['titleLine']}>
          <h2 dir="auto" data-searched>
            {titleOf(item)}
          </h2>
          <Acts item={item} />
        </div>
      </header>
      <FoundWords within={article} sought={sought} />
      <Content body={measure(item, item.body)?.text ?? withoutTitle(item)} bodyIs={item.bodyIs} links={item.links} />
      <Attachments attachments={item.attachments} />
      <Facts facts={item.facts} />
      <People people={item.people} />
      <Sorting item={item} />
      <Privacy item={item} />
      <Links item={item} />
      <Origin item={item} />
      {item.version > 1 && <Versions item={item} />}
      <Seen id={item.id} />
    </article>
  )
}

/** What the item was found by: in the palette, or in the list that stands beside it. */
function useFoundBy(id: string): Question {
  const { view } = useLibraryView()
  return view.elsewhere?.id === id ? { filter: {}, query: view.elsewhere.query } : view
}

/** A text that is its own title, or begins with it as a heading, says it once. */
function withoutTitle({ title, body, bodyIs }: Item): string {
  if (body.trim() === title) return ''
  if (bodyIs !== 'markdown') return body
  const [first = ''] = body.trimStart().split('\n', 1)
  // No title is as long: a line without end is not looked through.
  const isTitle = first.length <= 1000 && /^# +(.+)$/.exec(first)?.[1]?.replace(/[ #]+$/, '') === title
  return isTitle ? body.trimStart().slice(first.length + 1) : body
}

function Acts({ item }: { readonly item: Item }) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const change = useChange()
  const [asks, setAsks] = useState<'tag' | 'collect' | 'erase' | null>(null)
  const which = { ids: [item.id] }
  const close = () => setAsks(null)
  const putBack = () =>
    void change(client.call('library.untrash', { which }), (t, count) => t('library.done.untrashed', { count }))
  const trash = async () => {
    const done = await change(client.call('library.trash', { which }), (t, count) =>
      t('library.done.trashed', { count }),
    )
    if (done !== undefined) void navigate({ to: '/library' })
  }
  const erase: MenuAct = {
    id: 'erase',
    label: t('library.do.erase'),
    icon: 'trash',
    danger: true,
    run: () => setAsks('erase'),
  }
  const acts: readonly MenuAct[] = [
    { id: 'tag', label: t('library.do.tag'), icon: 'tag', run: () => setAsks('tag') },
    { id: 'collect', label: t('library.do.collect'), icon: 'folder', run: () => setAsks('collect') },
    { id: 'trash', label: t('library.do.trash'), icon: 'trash', run: () => void trash() },
    erase,
  ]
  const inTrash = item.trashedAt !== null
  return (
    <div className={styles['acts']}>
      {item.type === 'note' && !inTrash && (
        <LinkButton icon="edit" href={`#/library/note/${item.id}`}>
          {t('library.do.edit')}
        </LinkButton>
      )}
      <MenuButton label={t('library.do.more')} acts={inTrash ? [erase] : acts} />
      {inTrash && (
        <Notice tone="warn" actions={<Button onPress={putBack}>{t('library.do.untrash')}</Button>}>
          {t('library.trash.here')}
        </Notice>
      )}
      {asks === 'tag' && <TagDialog which={which} tags={item.tags} onClose={close} />}
      {asks === 'collect' && <CollectDialog which={which} onClose={close} />}
      {asks === 'erase' && (
        <EraseDialog
          which={which}
          count={1}
          since={item.addedAt}
          onStarted={() => void navigate({ to: inTrash ? '/library/trash' : '/library' })}
          onClose={close}
        />
      )}
    </div>
  )
}
