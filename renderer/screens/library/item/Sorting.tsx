// The tags of an item and the collections it is in, each with a way to take it out again.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/cx.ts'
import { RemovablePill } from '../../../ui/RemovablePill.tsx'
import { useChange } from '../../../words/changes.ts'
import { CollectDialog } from '../CollectDialog.tsx'
import { TagDialog } from '../TagDialog.tsx'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

export function Sorting({ item: { id, tags, collections } }: { readonly item: Item }) {
  const { t } = useTranslation()
  const client = useClient()
  const change = useChange()
  const [asks, setAsks] = useState<'tag' | 'collect' | null>(null)
  const which = { ids: [id] }
  return (
    <>
      <Part title={t('library.filter.tags')}>
        <div className={styles['line']}>
          {tags.map((tag) => (
            <RemovablePill
              key={tag}
              label={t('library.tags.removeOne', { name: tag })}
              onRemove={() =>
                void change(client.call('library.tag', { which, remove: [tag] }), (t) =>
                  t('library.done.untagged', { count: 1 }),
                )
              }
            >
              {tag}
            </RemovablePill>
          ))}
          <span className={cx(tags.length === 0 && styles['flush'])}>
            <Button look="quiet" icon="add" onPress={() => setAsks('tag')}>
              {t('library.do.tag')}
            </Button>
          </span>
        </div>
      </Part>
      <Part title={t('library.collections.heading')}>
        <div className={styles['line']}>
          {collections.map((collection) => (
            <RemovablePill
              key={collection.id}
              label={t('library.collections.removeOne', { name: collection.name })}
              onRemove={() =>
                void change(client.call('library.collect', { which, remove: [{ id: collection.id }] }), (t) =>
                  t('library.done.uncollected', { name: collection.name }),
                )
              }
            >
              {collection.name}
            </RemovablePill>
          ))}
          <span className={cx(collections.length === 0 && styles['flush'])}>
            <Button look="quiet" icon="add" onPress={() => setAsks('collect')}>
              {t('library.do.collect')}
            </Button>
          </span>
        </div>
      </Part>
      {asks === 'tag' && <TagDialog which={which} tags={tags} onClose={() => setAsks(null)} />}
      {asks === 'collect' && <CollectDialog which={which} onClose={() => setAsks(null)} />}
    </>
  )
}
