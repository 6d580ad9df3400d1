// The account address, shown only when asked for.
import { useTranslation } from 'react-i18next'
import { useState } from 'react'
import { useAction, useClient } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { RowDetail, SettingRow } from '../../ui/Layout.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import styles from './Settings.module.css'

export function TechnicalDetails() {
  const { t } = useTranslation()
  const client = useClient()
  const [address, setAddress] = useState<string | null>(null)
  const show = useAction(async () => setAddress((await client.call('vault.account', {})).address))
  return (
    <>
      <SettingRow icon="info" title={t('settings.security.account.title')} hint={t('settings.security.account.hint')}>
        {address === null ? (
          <Button onPress={() => void show.run()} busy={show.busy}>
            {t('settings.security.account.show')}
          </Button>
        ) : (
          <code className={styles['mono']}>{address}</code>
        )}
      </SettingRow>
      {show.error !== null && (
        <RowDetail>
          <ErrorNotice error={show.error} />
        </RowDetail>
      )}
    </>
  )
}
