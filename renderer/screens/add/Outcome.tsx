// How an import stands, in one notice: what became of it, and the one thing to do next.
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportSummary } from '../../../shared/api/imports.ts'
import { useAction, useClient } from '../../api.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Form, FormActions } from '../../ui/Form.tsx'
import { RowDetail, Section } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { useResultWords, useWaiting } from '../../words/imports.ts'

interface OutcomeProps {
  readonly summary: ImportSummary
  readonly onUndo: () => void
}

export function Outcome({ summary, onUndo }: OutcomeProps) {
  const { t } = useTranslation()
  const client = useClient()
  const result = useResultWords()
  const { id, state, added, changed, duplicate, failed, job } = summary
  const waiting = useWaiting()(summary)
  const nothingYet = state === 'running' && added + changed + duplicate + failed === 0
  const resume = useAction(async (password?: string) =>
    client.call('imports.resume', { id, options: password === undefined ? {} : { password } }),
  )
  const isCut = job === null && (state === 'stopped' || state === 'interrupted' || state === 'failed')
  const canGoOn = isCut && summary.canGoOn
  const goOn = (
    <Button icon="play" onPress={() => void resume.run()} busy={resume.busy}>
      {canGoOn ? t('add.goOn') : t('add.tryAgain')}
    </Button>
  )
  const comeAgain = (
    <LinkButton icon="import" href="#/add">
      {t('add.title')}
    </LinkButton>
  )
  const isHalf = state === 'half-undone'
  const goOnUndoing = (
    <Button icon="undo" onPress={onUndo}>
      {t('add.undo.goOn')}
    </Button>
  )
  const tone = state === 'done' && failed === 0 ? 'ok' : state === 'done' || isCut || isHalf ? 'warn' : 'info'
  const needs = summary.canGoOn ? summary.needs : null
  const offerAgain = state === 'done' && needs === 'again'
  return (
    <>
      <Notice
        tone={tone}
        live={state !== 'running'}
        title={
          state === 'undone' || state === 'undoing' || isHalf
            ? t(`add.outcome.title.${state}`)
            : nothingYet
              ? t(waiting ? 'add.state.waiting' : 'add.state.running')
              : result(summary)
        }
        {...(isHalf
          ? { actions: goOnUndoing }
          : canGoOn || offerAgain
            ? { actions: goOn }
            : isCut
              ? { actions: comeAgain }
              : {})}
      >
        {waiting ? t('add.outcome.waiting') : whatNext(summary, isCut && !canGoOn, t)}
      </Notice>
      <ErrorNotice error={resume.error} />
      {(needs === 'password' || needs === 'other-password') && (
        <LockedArchive
          wrong={needs === 'other-password'}
          busy={resume.busy}
          onAnswer={(typed) => void resume.run(typed)}
        />
      )}
    </>
  )
}

function whatNext({ of, state }: ImportSummary, isOver: boolean, t: TFunction): string | null {
  if (state === 'undone') return null
  if (of === 'export' && state === 'running') return t('add.outcome.exportRunning')
  if (isOver) return of === 'export' ? t('add.outcome.exportCut') : t('add.outcome.filesGone')
  return t(`add.outcome.${state}`)
}

interface LockedArchiveProps {
  readonly wrong: boolean
  readonly busy: boolean
  readonly onAnswer: (password: string) => void
}

function LockedArchive({ wrong, busy, onAnswer }: LockedArchiveProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  return (
    <Section title={t('add.ask.password.title')}>
      <RowDetail>
        <Form onSubmit={() => typed !== '' && onAnswer(typed)}>
          <PassphraseField
            label={t('add.ask.password.label')}
            value={typed}
            onChange={setTyped}
            error={wrong && typed === '' ? t('add.ask.password.wrong') : null}
          />
          <FormActions>
            <Button type="submit" icon="unlock" isDisabled={typed === ''} busy={busy}>
              {t('add.ask.password.read')}
            </Button>
          </FormActions>
        </Form>
      </RowDetail>
    </Section>
  )
}
