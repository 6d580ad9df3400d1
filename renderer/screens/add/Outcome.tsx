// How an import stands, in one notice: what became of it, and the one thing to do next.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportProblem, ImportSummary } from '../../../shared/api/imports.ts'
import { useAction, useClient } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormActions } from '../../ui/Form.tsx'
import { RowDetail, Section } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { useResultWords } from '../../words/imports.ts'

interface OutcomeProps {
  readonly summary: ImportSummary
  readonly problems: readonly ImportProblem[]
}

const helpable: readonly ImportProblem['why'][] = ['needs-password', 'wrong-password', 'gone']

export function Outcome({ summary, problems }: OutcomeProps) {
  const { t } = useTranslation()
  const client = useClient()
  const result = useResultWords()
  const { id, state, added, changed, duplicate, failed, job } = summary
  const nothingYet = state === 'running' && added + changed + duplicate + failed === 0
  const resume = useAction(async (password?: string) =>
    client.call('imports.resume', { id, options: password === undefined ? {} : { password } }),
  )
  const locked = problems.some(({ why }) => why === 'needs-password' || why === 'wrong-password')
  const again = problems.some(({ why }) => helpable.includes(why))
  const canGoOn = job === null && (state === 'stopped' || state === 'interrupted' || state === 'failed')
  const goOn = (
    <Button icon="play" onPress={() => void resume.run()} busy={resume.busy}>
      {canGoOn ? t('add.goOn') : t('add.tryAgain')}
    </Button>
  )
  const tone = state === 'done' && failed === 0 ? 'ok' : state === 'done' || canGoOn ? 'warn' : 'info'
  const askPassword = job === null && locked && state !== 'undone'
  const offerAgain = job === null && state === 'done' && again && !locked
  return (
    <>
      <Notice
        tone={tone}
        live={state !== 'running'}
        title={state === 'undone' ? t('add.outcome.undone') : nothingYet ? t('add.state.running') : result(summary)}
        {...(canGoOn || offerAgain ? { actions: goOn } : {})}
      >
        {state !== 'undone' && t(`add.outcome.${state}`)}
      </Notice>
      <ErrorNotice error={resume.error} />
      {askPassword && (
        <LockedArchive
          wrong={problems.some(({ why }) => why === 'wrong-password')}
          busy={resume.busy}
          onAnswer={(typed) => void resume.run(typed)}
        />
      )}
    </>
  )
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
