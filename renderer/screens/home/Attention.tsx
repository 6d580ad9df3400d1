// What the person must hear once. A notice stays until it is dismissed.
import { useTranslation } from 'react-i18next'
import type { Notice as VaultNotice } from '../../../shared/api/vault.ts'
import { useAction, useClient } from '../../api.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import styles from './Home.module.css'

/** Where something can be done about it. */
function WayThere({ kind }: Pick<VaultNotice, 'kind'>) {
  const { t } = useTranslation()
  switch (kind) {
    case 'backup-failed':
    case 'backup-stopped':
    case 'restore-stopped':
      return <LinkButton href="#/settings/backups">{t('settings.backups.title')}</LinkButton>
    case 'deep-erase-stopped':
      return <LinkButton href="#/settings/security">{t('settings.security.title')}</LinkButton>
    case 'export-stopped':
      return <LinkButton href="#/settings/export">{t('settings.export.title')}</LinkButton>
    case 'log-rolled-back':
      return <LinkButton href="#/activity">{t('activity.title')}</LinkButton>
    default:
      return null
  }
}

export function Attention({ notices }: { readonly notices: readonly VaultNotice[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const dismiss = useAction(async (kind: VaultNotice['kind']) => client.call('vault.dismissNotice', { kind }))
  if (notices.length === 0) return null
  return (
    <section aria-labelledby="attention" className={styles['attention']}>
      <h2 id="attention">{t('home.attention')}</h2>
      {notices.map(({ kind, at }) => (
        <Notice
          key={kind}
          tone="warn"
          title={t(`notice.${kind}`)}
          actions={
            <>
              <WayThere kind={kind} />
              <Button onPress={() => void dismiss.run(kind)} busy={dismiss.busy}>
                {t('do.dismiss')}
              </Button>
            </>
          }
        >
          {t('notice.at', { when: format.when(at) })}
        </Notice>
      ))}
      <ErrorNotice error={dismiss.error} />
    </section>
  )
}
