// What was chosen, while it is looked at and after: nothing is in the vault yet.
import { useTranslation } from 'react-i18next'
import { useAnswer, useClient } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { FormActions } from '../../ui/Form.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import type { IntakeState } from '../../words/intake.ts'
import { useIntake } from '../../words/IntakeProvider.tsx'
import styles from './Add.module.css'
import { Preview } from './Preview.tsx'

type ChosenState = Extract<IntakeState, { readonly at: 'chosen' }>

export function Chosen({ chosen }: { readonly chosen: ChosenState }) {
  const { t } = useTranslation()
  const client = useClient()
  const { stop, look } = useIntake()
  const job = useAnswer('jobs.list', {}).find(({ id }) => id === chosen.job)
  // The result is forgotten when the vault is locked, and with it what was chosen; and when something is erased.
  if (job?.kind === 'import-preview' && job.state === 'done' && job.result !== null) {
    return <Preview chosen={chosen} found={job.result} />
  }
  if (job !== undefined && job.endedAt !== null) {
    return (
      <div className={styles['stack']}>
        <ErrorNotice error={job.error} />
        <FormActions>
          <Button onPress={() => void look(chosen.options)}>{t('add.lookAgain')}</Button>
          <Button look="quiet" onPress={stop}>
            {t('do.cancel')}
          </Button>
        </FormActions>
      </div>
    )
  }
  const tell = (method: 'jobs.pause' | 'jobs.resume') => {
    // A job that ended a moment ago needs no answer: its end is already on its way here.
    if (job !== undefined) void client.call(method, { id: job.id }).catch(() => undefined)
  }
  return (
    <div className={styles['card']}>
      <Progress
        label={t('job.import-preview')}
        done={job?.done ?? 0}
        total={job?.total ?? null}
        paused={job?.state === 'paused'}
        stalled={job?.stalled === true}
        detail={job?.detail ?? null}
        onStop={stop}
        pace={{ pause: () => tell('jobs.pause'), resume: () => tell('jobs.resume') }}
      />
      <p className={styles['hint']}>{t('add.lookingHint')}</p>
    </div>
  )
}
