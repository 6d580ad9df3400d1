// An export of Mindkeep, back into this vault: chosen here, and asked about in place.
import { useRef, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useClient, useLatestJob } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { BringBackForm } from '../../words/BringBackForm.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

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
      {file !== null && (
        <RowDetail>
          <Upload key={`${file.name} ${file.lastModified}`} file={file} onClose={() => setFile(null)} />
        </RowDetail>
      )}
      {file === null && job?.state === 'failed' && (
        <RowDetail>
          <ErrorNotice error={job.error} />
        </RowDetail>
      )}
    </Section>
  )
}

/** Hands the file in when it is first wanted, and once: whoever mistyped the passphrase does not wait for it again. */
function Upload({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const client = useClient()
  const [sending] = useState(() => new AbortController())
  const handle = useRef<string | undefined>(undefined)
  const hand = async () => {
    handle.current ??= await client.upload(file, file.name, { signal: sending.signal, onProgress: () => undefined })
    return handle.current
  }
  const cancel = () => {
    sending.abort()
    const here = handle.current
    // Whether it was still there changes nothing for the person.
    if (here !== undefined) void client.call('imports.release', { handles: [here] }).catch(() => undefined)
    onClose()
  }
  return <BringBackForm file={file.name} hand={hand} onDone={onClose} onCancel={cancel} />
}
