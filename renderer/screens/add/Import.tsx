// One import: how far it is or how it ended, file by file; every problem; going on with it, and taking it back.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportSummary } from '../../../shared/api/imports.ts'
import { useAttempt, useEvent } from '../../api.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Screen, Section } from '../../ui/Layout.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { useLibraryView } from '../../words/libraryView.tsx'
import { useImportName } from '../../words/imports.ts'
import { UndoImport } from '../../words/UndoImport.tsx'
import { usePlace } from '../../words/usePlace.ts'
import styles from './Add.module.css'
import { Files } from './Files.tsx'
import { Outcome } from './Outcome.tsx'
import { Pager } from './Pager.tsx'
import { ProblemList } from './ProblemList.tsx'

/** As many files and problems as are asked for at a time. */
const page = 100
/** How often an import that runs is asked how its files stand. */
const askEveryMs = 1000

export function Import() {
  const { t } = useTranslation()
  const id = usePlace('id') ?? ''
  return (
    <Shown
      key={id}
      id={id}
      back={
        <LinkButton href="#/add" icon="left">
          {t('add.title')}
        </LinkButton>
      }
    />
  )
}

function Shown({ id, back }: { readonly id: string; readonly back: React.ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [filesFrom, setFilesFrom] = useState(0)
  const [problemsFrom, setProblemsFrom] = useState(0)
  const [undoing, setUndoing] = useState(false)
  const { answer, error } = useAttempt('imports.get', { id, offset: filesFrom, limit: page })
  const problems = useAttempt('imports.get', { id, offset: problemsFrom, limit: page }).answer
  useFollow(answer?.summary.job ?? null)
  const { show } = useLibraryView()
  const nameOf = useImportName()
  const navigate = useNavigate()
  const showItems = (one: ImportSummary) => {
    show({ filter: { import: one.id }, query: '', as: 'list', names: { [one.id]: nameOf(one.name) } })
    void navigate({ to: '/library' })
  }
  if (error !== null) {
    return (
      <Screen title={t('add.title')} actions={back}>
        <ErrorNotice error={error} />
      </Screen>
    )
  }
  if (answer === undefined) return null
  const { summary, files } = answer
  return (
    <Screen
      title={nameOf(summary.name)}
      lead={
        summary.files === 0
          ? t('add.import.begun', { when: format.when(summary.at) })
          : t(summary.state === 'running' ? 'add.import.readingLead' : 'add.import.lead', {
              when: format.when(summary.at),
              count: summary.files,
              number: format.number(summary.files),
            })
      }
      actions={
        <>
          {back}
          {summary.added + summary.changed > 0 && summary.state !== 'undone' && (
            <Button icon="record" onPress={() => showItems(summary)}>
              {t('add.import.show')}
            </Button>
          )}
          {canUndo(summary) && summary.state !== 'half-undone' && (
            <Button icon="undo" onPress={() => setUndoing(true)}>
              {t('add.undo.run')}
            </Button>
          )}
        </>
      }
    >
      <Outcome summary={summary} onUndo={() => setUndoing(true)} />
      {problems !== undefined && problems.problemsInAll > 0 && (
        <Section
          title={t('add.problems')}
          aside={<Pager from={problemsFrom} size={page} inAll={problems.problemsInAll} onChange={setProblemsFrom} />}
        >
          <ProblemList problems={problems.problems} unlisted={problems.problemsUnlisted} />
        </Section>
      )}
      {files.length > 0 && (
        <Files
          files={files}
          aside={<Pager from={filesFrom} size={page} inAll={summary.files} onChange={setFilesFrom} />}
        />
      )}
      {summary.state === 'undone' && <p className={styles['hint']}>{t('add.undo.again')}</p>}
      {undoing && <UndoImport summary={summary} onClose={() => setUndoing(false)} />}
    </Screen>
  )
}

const canUndo = ({ state, job, added, changed }: ImportSummary): boolean =>
  job === null && state !== 'undone' && added + changed > 0

/** Its job says at every step that it went on; how its files stand is asked now and then. */
function useFollow(job: string | null): void {
  const cache = useQueryClient()
  const askedAt = useRef(0)
  useEvent('job.changed', ({ id }) => {
    if (id !== job || Date.now() - askedAt.current < askEveryMs) return
    askedAt.current = Date.now()
    void cache.invalidateQueries({ queryKey: ['imports.get'] })
  })
}
