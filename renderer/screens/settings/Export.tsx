// Everything out: readable by anyone and any program, or locked with a passphrase of its own; and an export back in.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Exported } from '../../../shared/api/exports.ts'
import { saveTicket, useAction, useClient, useLatestJob, usePassphraseHelp } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Form, FormActions } from '../../ui/Form.tsx'
import { RowDetail, Section } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { ExportBack } from './ExportBack.tsx'
import styles from './Settings.module.css'

export function Export() {
  const { t } = useTranslation()
  return (
    <div className={styles['stack']}>
      <Section title={t('settings.export.out')}>
        <RowDetail>
          <TakeOut />
        </RowDetail>
      </Section>
      <Section title={t('settings.export.contents.title')}>
        <div className={styles['plain']}>
          <ul>
            <li>{t('settings.export.contents.records')}</li>
            <li>{t('settings.export.contents.copies')}</li>
            <li>{t('settings.export.contents.files')}</li>
            <li>{t('settings.export.contents.manifest')}</li>
            <li>{t('settings.export.contents.without')}</li>
          </ul>
        </div>
      </Section>
      <ExportBack />
    </div>
  )
}

function TakeOut() {
  const { t } = useTranslation()
  const client = useClient()
  const [kind, setKind] = useState<'locked' | 'readable'>('locked')
  const [passphrase, setPassphrase] = useState('')
  const [refused, setRefused] = useState(0)
  const [missing, setMissing] = useState<'passphrase.needed' | 'errors.WEAK_PASSPHRASE' | null>(null)
  const help = usePassphraseHelp(passphrase)
  const job = useLatestJob('export')
  const running = job?.state === 'running' || job?.state === 'paused'
  const start = useAction(async () => {
    await client.call('exports.start', kind === 'locked' ? { kind, passphrase } : { kind })
    setPassphrase('')
  })
  const send = async () => {
    const weak = kind === 'locked' && passphrase !== '' && (await help.measure())?.enough === false
    const found = kind === 'readable' ? null : passphrase === '' ? 'passphrase.needed' : null
    const why = found ?? (weak ? 'errors.WEAK_PASSPHRASE' : null)
    setMissing(why)
    if (why === null) await start.run()
    else setRefused(refused + 1)
  }
  return (
    <Form onSubmit={() => !running && !start.busy && void send()} refused={refused}>
      <Segmented
        label={t('settings.export.kind')}
        value={kind}
        options={[
          { value: 'locked', label: t('settings.export.locked.name'), icon: 'lock' },
          { value: 'readable', label: t('settings.export.readable.name'), icon: 'unlock' },
        ]}
        onChange={(chosen) => {
          setKind(chosen)
          setMissing(null)
        }}
      />
      {kind === 'locked' ? (
        <>
          <Notice>{t('settings.export.locked.text')}</Notice>
          <PassphraseField
            label={t('settings.export.locked.passphrase')}
            value={passphrase}
            onChange={(typed) => {
              setPassphrase(typed)
              setMissing(null)
            }}
            error={missing === null ? null : t(missing)}
            isDisabled={running}
            choosing={help}
          />
        </>
      ) : (
        <Notice tone="warn">{t('settings.export.readable.text')}</Notice>
      )}
      <ErrorNotice error={start.error ?? (job?.state === 'failed' ? job.error : null)} />
      <FormActions>
        <Button look="filled" icon="export" type="submit" busy={start.busy || running}>
          {t('settings.export.run')}
        </Button>
      </FormActions>
      {running && <p className={styles['muted']}>{t('settings.export.running')}</p>}
      {job?.state === 'done' && job.result !== null && <Ready key={job.id} made={job.result} at={job.endedAt ?? ''} />}
    </Form>
  )
}

/** A ticket is good once, and for so long. */
const validMs = 10 * 60 * 1000

function Ready({ made, at }: { readonly made: Exported; readonly at: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const cache = useQueryClient()
  // Whoever leaves this screen and comes back is not offered what is gone.
  const key = ['exports.taken', made.ticket]
  const [now, setNow] = useState<'here' | 'taken' | 'gone'>(cache.getQueryData(key) === true ? 'taken' : 'here')
  const save = useAction(async () => {
    if (Date.now() - Date.parse(at) > validMs) return setNow('gone')
    if (!(await saveTicket(made.ticket, made.name))) return
    cache.setQueryDefaults(key, { gcTime: validMs })
    cache.setQueryData(key, true)
    setNow('taken')
  })
  return (
    <Notice
      tone="ok"
      live
      title={t('settings.export.ready.title')}
      {...(now === 'here'
        ? {
            actions: (
              <Button icon="save" onPress={() => void save.run()} busy={save.busy}>
                {t('settings.export.ready.save')}
              </Button>
            ),
          }
        : {})}
    >
      <bdi>{made.name}</bdi> · {format.bytes(made.bytes)} ·{' '}
      {t('settings.export.ready.items', { count: made.items, number: format.number(made.items) })}
      <br />
      {t(`settings.export.ready.${now}`)}
      <ErrorNotice error={save.error} />
    </Notice>
  )
}
