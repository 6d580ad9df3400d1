// What can be done with all that is selected: tags, a collection, how private it is, the Trash.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { levels } from '../../../shared/item-names.ts'
import { useClient } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { useChange } from '../../words/changes.ts'
import { CollectDialog } from './CollectDialog.tsx'
import { TagDialog } from './TagDialog.tsx'
import type { Selection } from './useSelection.ts'

export function BulkActs({ selection: { count, which, none } }: { readonly selection: Selection }) {
  const { t } = useTranslation()
  const client = useClient()
  const change = useChange()
  const [asks, setAsks] = useState<'tag' | 'collect' | null>(null)
  const close = () => setAsks(null)
  const trash = async () => {
    const done = await change(client.call('library.trash', { which }), (t, count) =>
      t('library.done.trashed', { count }),
    )
    if (done !== undefined) none()
  }
  return (
    <SelectionBar count={count} onNone={none}>
      <Button icon="tag" onPress={() => setAsks('tag')}>
        {t('library.do.tag')}
      </Button>
      <Button icon="folder" onPress={() => setAsks('collect')}>
        {t('library.do.collect')}
      </Button>
      <MenuButton
        words
        icon="shield"
        label={t('library.do.level')}
        acts={levels.map((level) => ({
          id: level,
          label: t(`library.level.${level}`),
          icon: 'shield',
          run: () =>
            void change(client.call('library.setLevel', { which, level }), (t, count) =>
              t('library.done.level', { count, level: t(`library.level.${level}`) }),
            ),
        }))}
      />
      <Button icon="trash" onPress={() => void trash()}>
        {t('library.do.trash')}
      </Button>
      {asks === 'tag' && <TagDialog which={which} tags={null} onClose={close} />}
      {asks === 'collect' && <CollectDialog which={which} onClose={close} />}
    </SelectionBar>
  )
}
