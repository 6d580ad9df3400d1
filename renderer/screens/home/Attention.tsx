// What the person must hear once. A notice stays until it is dismissed.
import { useTranslation } from 'react-i18next'
import type { Notice as VaultNotice } from '../../../shared/api/vault.ts'
import { useAction, useClient } from '../../api.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import styles from './Home.module.css'

/** Where something can be done about it. */
const waysThere = {
  'backup-failed': ['#/settings/backups', 'settings.backups.title'],
  'backup-stopped': ['#/settings/backups', 'settings.backups.title'],
  'restore-stopped': ['#/settings/backups', 'settings.backups.title'],
  'deep-erase-stopped': ['#/settings/security', 'settings.security.title'],
  'export-stopped': ['#/settings/export', 'settings.export.title'],
  'log-rolled-back': ['#/activity', 'activity.title'],
} as const satisfies Partial<Record<VaultNotice['kind'], readonly [href: string, title: string]>>
const leadsOn = (kind: VaultNotice['kind']): kind is keyof typeof waysThere => Object.hasOwn(waysThere, kind)

function WayThere({ kind }: Pick<VaultNotice, 'kind'>) {
  const { t } = useTranslation()
  if (!leadsOn(kind)) return null
  const [href, title] = waysThere[kind]
  return <LinkButton href={href}>{t(title)}</LinkButton>
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
