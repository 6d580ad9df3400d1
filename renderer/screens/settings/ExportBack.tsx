// An export of Mindkeep, back into this vault: everything in it that is not here already.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileTrigger } from 'react-aria-components'
import { useAction, useClient, useLatestJob } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, SendOrCancel } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

/** How a locked export is called. */
const lockedName = /\.mindkeep$/i

export function ExportBack() {
  const { t } = useTranslation()
  const job = useLatestJob('export-restore')
  const running = job?.state === 'running' || job?.state === 'paused'
  const [file, setFile] = useState<File | null>(null)
  return (
    <Section title={t('settings.export.back.title')}>
      <SettingRow title={t('settings.export.back.name')} hint={t('settings.export.back.hint')}>
        <FileTrigger acceptedFileTypes={['.zip', '.mindkeep']} onSelect={(files) => setFile(files?.[0] ?? null)}>
          <Button icon="import" busy={running}>
            {t('settings.export.back.choose')}
          </Button>
        </FileTrigger>
      </SettingRow>
      {job?.state === 'failed' && (
        <RowDetail>
          <ErrorNotice error={job.error} />
        </RowDetail>
      )}
      {file !== null && <BackDialog key={file.name} file={file} onClose={() => setFile(null)} />}
    </Section>
  )
}

function BackDialog({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const isLocked = lockedName.test(file.name)
  const [passphrase, setPassphrase] = useState('')
  const [sending] = useState(() => new AbortController())
  const bring = useAction(async () => {
    const handle = await client.upload(file, file.name, { signal: sending.signal, onProgress: () => undefined })
    await client.call('exports.restore', isLocked ? { handle, passphrase } : { handle })
    onClose()
  })
  const ready = !isLocked || passphrase !== ''
  const cancel = () => {
    sending.abort()
    onClose()
  }
  return (
    <Dialog title={t('settings.export.back.dialog')} onClose={cancel}>
      <Form onSubmit={() => ready && !bring.busy && void bring.run()}>
        <p>{t('settings.export.back.text', { file: file.name })}</p>
        {isLocked && (
          <PassphraseField
            label={t('settings.export.back.passphrase')}
            value={passphrase}
            onChange={setPassphrase}
            takesFocus
            isDisabled={bring.busy}
          />
        )}
        <ErrorNotice error={bring.error} />
        <SendOrCancel send={t('settings.export.back.run')} ready={ready} busy={bring.busy} onCancel={cancel} />
      </Form>
    </Dialog>
  )
}
