// Puts items into a collection: one there is, or a new one that is made on the way.
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Which } from '../../../shared/api/items.ts'
import { collectionPattern, longestCollection } from '../../../shared/item-names.ts'
import { useAction, useAnswer, useClient } from '../../api.ts'
import { Dialog, SendOrCancel } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useChange } from '../../words/changes.ts'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import styles from './Dialogs.module.css'

interface CollectDialogProps {
  readonly which: Which
  readonly onClose: () => void
}

const isNew = 'new'

/** The screen below stays as it is while it is asked which collections there are. */
export function CollectDialog(props: CollectDialogProps) {
  return (
    <Suspense>
      <Collect {...props} />
    </Suspense>
  )
}

function Collect({ which, onClose }: CollectDialogProps) {
  const { t } = useTranslation()
  const client = useClient()
  const change = useChange()
  const collections = useAnswer('library.collections', {})
  const [chosen, setChosen] = useState(collections[0]?.id ?? isNew)
  const [name, setName] = useState('')
  const ready = chosen !== isNew || collectionPattern.test(name.trim())
  const put = useAction(async () => {
    const one = collections.find(({ id }) => id === chosen) ?? { name: name.trim() }
    onClose()
    const add = ['id' in one ? { id: one.id } : { name: one.name }]
    await change(client.call('library.collect', { which, add }), (t, count) =>
      t('library.done.collected', { count, name: one.name }),
    )
  })
  return (
    <Dialog title={t('library.collections.title')} onClose={onClose} busy={put.busy}>
      <Form onSubmit={() => ready && void put.run()}>
        {collections.length > 0 && (
          <div className={styles['choice']}>
            <Select
              label={t('library.collections.label')}
              value={chosen}
              onChange={setChosen}
              options={[
                ...collections.map(({ id, name: label }) => ({ value: id, label })),
                { value: isNew, label: t('library.collections.new') },
              ]}
            />
          </div>
        )}
        {chosen === isNew && (
          <TextField
            label={t('library.collections.name')}
            value={name}
            onChange={setName}
            takesFocus
            autoComplete="off"
            maxLength={longestCollection}
          />
        )}
        <ErrorNotice error={put.error} />
        <SendOrCancel send={t('library.collections.put')} ready={ready} busy={put.busy} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
