// Adding data: files are dropped or chosen, looked at, and come in only when the person says so.
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Screen } from '../../ui/Layout.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { useIntake } from '../../words/IntakeProvider.tsx'
import { SampleNotice, TrySample, useSample } from '../../words/SampleData.tsx'
import styles from './Add.module.css'
import { Chosen } from './Chosen.tsx'
import { Earlier } from './Earlier.tsx'
import { Sources } from './Sources.tsx'

export function Add() {
  const { t } = useTranslation()
  const { now, problem } = useIntake()
  return (
    <Screen title={t('add.title')} lead={t('add.lead')}>
      <ErrorNotice error={problem} />
      {now.at === 'empty' && <Take />}
      {now.at === 'sending' && <Sending sent={now.sent} total={now.total} files={now.files} file={now.file} />}
      {now.at === 'chosen' && <Chosen chosen={now} />}
      <Earlier />
      {now.at === 'empty' && <Sources />}
    </Screen>
  )
}

function Take() {
  const { t } = useTranslation()
  const { give, pick } = useIntake()
  const { canPickFiles } = useAnswer('app.about', {})
  const hasSample = useSample() !== undefined
  return (
    <div className={styles['stackTight']}>
      <FileDrop
        title={t('add.drop.title')}
        hint={t('add.drop.hint')}
        onFiles={give}
        {...(canPickFiles ? { pick: (what) => void pick(what) } : {})}
      />
      {!hasSample && (
        <div className={styles['sample']}>
          <span className={styles['hint']}>{t('sample.what')}</span>
          <TrySample />
        </div>
      )}
      <SampleNotice />
    </div>
  )
}

interface SendingProps {
  readonly sent: number
  readonly total: number
  readonly files: number
  readonly file: string
}

function Sending({ sent, total, files, file }: SendingProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { stop } = useIntake()
  return (
    <div className={styles['card']}>
      <Progress
        label={t('add.sending', { count: files, number: format.number(files), size: format.bytes(total) })}
        done={sent}
        total={total}
        detail={file}
        onStop={stop}
      />
      <p className={styles['hint']}>{t('add.sendingHint')}</p>
    </div>
  )
}
