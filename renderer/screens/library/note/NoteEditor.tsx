// Writes a note, a new one or one there is. What is typed is kept as a draft in the vault while it is typed; Done makes it
// the note, Discard forgets it.
import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestTitle } from '../../../../shared/item-names.ts'
import { askLibraryAnew, useAction, useAttempt, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Screen } from '../../../ui/Layout.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useToasts } from '../../../ui/Toast.tsx'
import { useChange } from '../../../words/changes.ts'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { usePlace } from '../../../words/usePlace.ts'
import { Content } from '../item/Content.tsx'
import styles from './NoteEditor.module.css'
import { useAutosave } from './useAutosave.ts'

interface Text {
  readonly title: string
  readonly body: string
}

const empty: Text = { title: '', body: '' }

/** Reads what is there first: the draft, or else the note as it stands. */
export function NoteEditor() {
  const { t } = useTranslation()
  const name = usePlace('name') ?? 'new'
  const isNew = name === 'new'
  return (
    <Screen wide title={isNew ? t('library.note.new') : t('library.note.edit')}>
      <Suspense fallback={<Skeleton lines={6} />}>
        {isNew ? <Begun key={name} name={name} written={empty} /> : <Again key={name} name={name} />}
      </Suspense>
    </Screen>
  )
}

function Again({ name }: { readonly name: string }) {
  const { answer, error } = useAttempt('library.get', { id: name })
  if (error !== null) return <ErrorNotice error={error} />
  if (answer === undefined) return <Skeleton lines={6} />
  return <Begun name={name} written={{ title: answer.title, body: answer.body }} />
}

function Begun({ name, written }: { readonly name: string; readonly written: Text }) {
  const { answer, error } = useAttempt('library.drafts', {})
  if (error !== null) return <ErrorNotice error={error} />
  if (answer === undefined) return <Skeleton lines={6} />
  const draft = answer.find((one) => one.name === name) ?? null
  return (
    <Editor name={name} written={written} draft={draft === null ? null : { title: draft.title, body: draft.body }} />
  )
}

interface EditorProps {
  readonly name: string
  readonly written: Text
  readonly draft: Text | null
}

function Editor({ name, written, draft }: EditorProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const change = useChange()
  const { say } = useToasts()
  // What was there when writing began; what is kept meanwhile does not change what is being typed.
  const [text, setText] = useState<Text>(draft ?? written)
  const [mode, setMode] = useState<'write' | 'read'>('write')
  const saver = useAutosave({ name, text, saved: draft ?? written })
  const isNew = name === 'new'
  const same = text.title === written.title && text.body === written.body
  const blank = text.title.trim() === '' && text.body.trim() === ''

  const leave = (id: string | null) =>
    void (id === null ? navigate({ to: '/library' }) : navigate({ to: '/library/$id', params: { id } }))
  const done = useAction(async () => {
    await saver.pause()
    const note = { ...(isNew ? {} : { id: name }), ...text }
    if (!isNew && same) {
      await client.call('library.dropDraft', { name })
      await askLibraryAnew(cache)
      leave(name)
      return
    }
    const answer = await change(client.call('library.writeNote', note), (t) => t('library.note.done'))
    // Refused and told: what was typed stays where it is.
    if (answer === undefined) saver.resume()
    else leave(answer.id)
  })
  const discard = useAction(async () => {
    await saver.pause()
    await client.call('library.dropDraft', { name })
    await askLibraryAnew(cache)
    const thrown = text
    if (!same) {
      say(
        (t) => t('library.note.discarded'),
        async () => {
          await client.call('library.saveDraft', { name, ...thrown }).catch(() => undefined)
          await askLibraryAnew(cache)
          return undefined
        },
      )
    }
    leave(isNew ? null : name)
  })
  const status = saver.failed
    ? t('library.note.notKept')
    : saver.keptAt === null
      ? t('library.note.keeps')
      : t('library.note.keptAt', { time: format.time(saver.keptAt) })
  return (
    <div className={styles['editor']}>
      <TextField
        label={t('library.note.title')}
        value={text.title}
        onChange={(title) => setText({ ...text, title })}
        onBlur={saver.now}
        takesFocus={isNew}
        maxLength={longestTitle}
        dir="auto"
        autoComplete="off"
      />
      <Segmented
        label={t('library.note.mode')}
        value={mode}
        onChange={setMode}
        options={[
          { value: 'write', label: t('library.note.write') },
          { value: 'read', label: t('library.note.read') },
        ]}
      />
      {mode === 'write' ? (
        <div className={styles['body']}>
          <TextField
            label={t('library.note.body')}
            hint={t('library.note.markdown')}
            value={text.body}
            onChange={(body) => setText({ ...text, body })}
            onBlur={saver.now}
            takesFocus={!isNew}
            rows={16}
            maxLength={1_000_000}
            dir="auto"
          />
        </div>
      ) : (
        <div className={styles['shown']}>
          <Content body={text.body} bodyIs="markdown" />
        </div>
      )}
      <ErrorNotice error={done.error ?? discard.error} />
      <div className={styles['foot']}>
        <output className={styles['status']}>{status}</output>
        <div className={styles['buttons']}>
          <Button look="quiet" onPress={() => void discard.run()} busy={discard.busy}>
            {t('library.note.discard')}
          </Button>
          <Button look="filled" onPress={() => void done.run()} busy={done.busy} isDisabled={blank}>
            {t('library.note.finish')}
          </Button>
        </div>
      </div>
    </div>
  )
}
