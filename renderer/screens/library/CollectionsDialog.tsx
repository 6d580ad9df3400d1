// The collections there are: each can be called otherwise or be given up, which leaves what is in it where it is.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { collection } from '../../../shared/api/library.ts'
import { collectionPattern, longestCollection } from '../../../shared/item-names.ts'
import { useAttempt, useClient } from '../../api.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useChange } from '../../words/changes.ts'
import styles from './Dialogs.module.css'

type Collection = z.infer<typeof collection>

interface CollectionsDialogProps {
  /** Told of one that is there no more. */
  readonly onDropped: (id: string) => void
  readonly onClose: () => void
}

export function CollectionsDialog({ onDropped, onClose }: CollectionsDialogProps) {
  const { t } = useTranslation()
  const client = useClient()
  const change = useChange()
  const collections = useAttempt('library.collections', {}).answer ?? []
  const [renaming, setRenaming] = useState<string | null>(null)
  const drop = async ({ id, name }: Collection) => {
    const done = await change(client.call('library.dropCollection', { id }), (t) =>
      t('library.collections.dropped', { name }),
    )
    if (done !== undefined) onDropped(id)
  }
  return (
    <Dialog title={t('library.collections.manage')} onClose={onClose}>
      <p>{t('library.collections.manageHint')}</p>
      {collections.length === 0 && <p className={styles['muted']}>{t('library.collections.none')}</p>}
      <ul className={styles['collections']}>
        {collections.map((one) => (
          <li key={one.id}>
            {renaming === one.id ? (
              <Rename one={one} others={collections} onClose={() => setRenaming(null)} />
            ) : (
              <Named one={one} onRename={() => setRenaming(one.id)} onDrop={() => void drop(one)} />
            )}
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button onPress={onClose} takesFocus>
          {t('do.close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

interface NamedProps {
  readonly one: Collection
  readonly onRename: () => void
  readonly onDrop: () => void
}

function Named({ one: { name, items }, onRename, onDrop }: NamedProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={styles['collection']}>
      <span className={styles['name']}>
        <bdi>{name}</bdi>
        <span className={styles['muted']}>
          {t('library.collections.holds', { count: items, shown: format.number(items) })}
        </span>
      </span>
      <IconButton icon="edit" label={t('library.collections.rename', { name })} onPress={onRename} />
      <IconButton icon="trash" label={t('library.collections.drop', { name })} onPress={onDrop} />
    </div>
  )
}

interface RenameProps {
  readonly one: Collection
  readonly others: readonly Collection[]
  readonly onClose: () => void
}

function Rename({ one, others, onClose }: RenameProps) {
  const { t } = useTranslation()
  const client = useClient()
  const change = useChange()
  const [name, setName] = useState(one.name)
  const [wrong, setWrong] = useState<string | null>(null)
  const send = async () => {
    const wanted = name.trim()
    if (wanted === one.name) return onClose()
    if (!collectionPattern.test(wanted)) return setWrong(t('library.collections.wrong'))
    if (others.some((other) => other.id !== one.id && other.name === wanted)) return setWrong(t('errors.NAME_TAKEN'))
    const done = await change(client.call('library.renameCollection', { id: one.id, name: wanted }), (t) =>
      t('library.collections.renamed', { name: wanted }),
    )
    if (done !== undefined) onClose()
  }
  return (
    <Form onSubmit={() => void send()}>
      <TextField
        label={t('library.collections.renameLabel')}
        value={name}
        onChange={(text) => {
          setName(text)
          setWrong(null)
        }}
        error={wrong}
        takesFocus
        autoComplete="off"
        maxLength={longestCollection}
      />
      <DialogActions>
        <Button onPress={onClose}>{t('do.cancel')}</Button>
        <Button look="filled" type="submit">
          {t('library.collections.keep')}
        </Button>
      </DialogActions>
    </Form>
  )
}
