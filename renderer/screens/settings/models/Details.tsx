// Where a model is from, to the letter, and what its files are: for whoever wants to compare.
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../../shared/api/models.ts'
import { useAction, useClient } from '../../../api.ts'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { RowDetail } from '../../../ui/Layout.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import settingsStyles from '../Settings.module.css'
import styles from './Models.module.css'

export function Details({ model: { id, origin, recorded, installed } }: { readonly model: Model }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <RowDetail>
      <div className={styles['details']}>
        {origin !== null && <p className={settingsStyles['mono']}>{t('settings.models.origin', origin)}</p>}
        {origin !== null && <p>{recorded ? t('settings.models.recorded') : t('settings.models.unrecorded')}</p>}
        {installed !== null && (
          <>
            {installed.at !== null && <p>{t('settings.models.since', { when: format.when(installed.at) })}</p>}
            <ul className={styles['files']}>
              {installed.files.map(({ path, bytes, sha256 }) => (
                <li key={path} className={settingsStyles['mono']}>
                  {[path, format.bytes(bytes), t('settings.models.sum', { sum: sha256 })].join(' · ')}
                </li>
              ))}
            </ul>
            <Check id={id} />
          </>
        )}
      </div>
    </RowDetail>
  )
}

function Check({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const [whole, setWhole] = useState<boolean | null>(null)
  const check = useAction(async () => {
    const found = await client.call('models.check', { id })
    setWhole(found.whole)
  })
  return (
    <>
      <div>
        <Button icon="shield" onPress={() => void check.run()} busy={check.busy}>
          {t('settings.models.check')}
        </Button>
      </div>
      {whole !== null && (
        <Notice tone={whole ? 'ok' : 'danger'} live>
          {whole ? t('settings.models.whole') : t('settings.models.changed')}
        </Notice>
      )}
      <ErrorNotice error={check.error} />
    </>
  )
}
