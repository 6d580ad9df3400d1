// Puts tags on items or takes them off: those that are typed, separated by commas, or pressed among the ones there are.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Which } from '../../../shared/api/items.ts'
import { longestTag, tagPattern } from '../../../shared/item-names.ts'
import { useAttempt, useClient } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useChange } from '../../words/changes.ts'
import styles from './Dialogs.module.css'

interface TagDialogProps {
  readonly which: Which
  /** Those that the one item has; null for many items, where tags can be taken off as well. */
  readonly tags: readonly string[] | null
  readonly onClose: () => void
}

const offered = 12
const mostAtOnce = 20

const isTag = (name: string): boolean => name.length <= longestTag && tagPattern.test(name)

export function TagDialog({ which, tags, onClose }: TagDialogProps) {
  const { t } = useTranslation()
  const client = useClient()
  const change = useChange()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const known = (useAttempt('library.facets', { filter: {} }).answer?.tags ?? [])
    .map(({ value }) => value)
    .filter((tag) => tags?.includes(tag) !== true)
  const names = typed
    .split(',')
    .map((name) => name.trim().replace(/^#/, ''))
    .filter((name) => name !== '')
  const others = known.filter((tag) => !names.includes(tag)).slice(0, offered)

  const send = (how: 'add' | 'remove') => {
    if (names.length === 0 || names.length > mostAtOnce || !names.every(isTag)) return setWrong(true)
    onClose()
    void change(client.call('library.tag', { which, [how]: names }), (t, count) =>
      t(how === 'add' ? 'library.done.tagged' : 'library.done.untagged', { count }),
    )
  }
  return (
    <Dialog title={t('library.tags.title')} onClose={onClose}>
      <Form onSubmit={() => send('add')}>
        <TextField
          label={t('library.tags.label')}
          hint={t('library.tags.hint')}
          value={typed}
          onChange={(text) => {
            setTyped(text)
            setWrong(false)
          }}
          error={wrong ? t('library.tags.wrong') : null}
          takesFocus
          autoComplete="off"
        />
        {others.length > 0 && (
          <fieldset className={styles['offered']}>
            <legend>{t('library.tags.known')}</legend>
            {others.map((tag) => (
              <Button key={tag} icon="add" look="quiet" onPress={() => setTyped([...names, tag].join(', '))}>
                <bdi>{tag}</bdi>
              </Button>
            ))}
          </fieldset>
        )}
        <DialogActions>
          <Button onPress={onClose}>{t('do.cancel')}</Button>
          {tags === null && <Button onPress={() => send('remove')}>{t('library.tags.remove')}</Button>}
          <Button look="filled" type="submit">
            {t('library.tags.add')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
