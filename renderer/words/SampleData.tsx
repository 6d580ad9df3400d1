// A made-up year of one person's life, to try Mindkeep with: into the vault with one button, and out again with one.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useAnswer, useClient } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.tsx'
import { SettingRow } from '../ui/Layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'

interface TrySampleProps {
  readonly wide?: boolean
  /** Told once it is on its way. */
  readonly onBegun?: () => void
}

export function TrySample({ wide = false, onBegun }: TrySampleProps) {
  const { t } = useTranslation()
  const client = useClient()
  // How far it is, the work in progress says; how it ended, a message.
  const begin = useAction(async () => {
    await client.call('imports.addSample', {})
    onBegun?.()
  })
  return (
    <>
      <Button look="quiet" icon="play" wide={wide} onPress={() => void begin.run()} busy={begin.busy}>
        {t('sample.try')}
      </Button>
      <ErrorNotice error={begin.error} />
    </>
  )
}

/** The import that brought the sample data, as long as it is here. */
export function useSample() {
  return useAnswer('imports.list', {}).find(({ name, state }) => name.isSample && state !== 'undone')
}

/** Nothing where there is no sample data. */
export function SampleNotice() {
  const { t } = useTranslation()
  const sample = useSample()
  if (sample === undefined || sample.job !== null) return null
  return (
    <Notice title={t('sample.here')} actions={<RemoveSample id={sample.id} />}>
      {t('sample.hereText')}
    </Notice>
  )
}

/** One line of a list of settings: since when it is here, and the way out; or the way in. */
export function SampleLine() {
  const { t } = useTranslation()
  const format = useFormat()
  const sample = useSample()
  if (sample === undefined) {
    return (
      <SettingRow icon="play" title={t('sample.none')} hint={t('sample.what')}>
        <TrySample />
      </SettingRow>
    )
  }
  const items = { count: sample.added, number: format.number(sample.added) }
  return (
    <SettingRow
      icon="record"
      title={t('sample.added', { when: format.when(sample.at) })}
      hint={sample.job === null ? t('sample.items', items) : t('sample.working')}
    >
      {sample.job === null && <RemoveSample id={sample.id} />}
    </SettingRow>
  )
}

function RemoveSample({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const [asked, setAsked] = useState(false)
  const remove = useAction(async () => {
    await client.call('imports.undo', { id, changedToo: true })
    setAsked(false)
  })
  return (
    <>
      <Button icon="trash" onPress={() => setAsked(true)}>
        {t('sample.remove')}
      </Button>
      {asked && (
        <Dialog title={t('sample.dialog')} onClose={() => setAsked(false)} busy={remove.busy}>
          <p>{t('sample.removeText')}</p>
          <ErrorNotice error={remove.error} />
          <DialogActions>
            <Button onPress={() => setAsked(false)} isDisabled={remove.busy}>
              {t('do.cancel')}
            </Button>
            <Button look="filled-danger" takesFocus onPress={() => void remove.run()} busy={remove.busy}>
              {t('sample.remove')}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  )
}
