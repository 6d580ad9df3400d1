// Why a vault did not open, when it was not the passphrase, and what to do about it.
import { useTranslation } from 'react-i18next'
import type { HostName } from '../../../shared/api/about.ts'
import type { ErrorShape } from '../../../shared/errors.ts'
import { useAnswer } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { restorable } from '../../words/backups.ts'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'

interface OpenProblemProps {
  readonly problem: ErrorShape | null
  readonly onRestore: () => void
}

export function OpenProblem({ problem, onRestore }: OpenProblemProps) {
  const { t } = useTranslation()
  const backups = restorable(useAnswer('backups.list', {}))
  if (problem === null) return null
  const { host } = problem.details
  if (problem.code === 'VAULT_DAMAGED' || problem.code === 'KEYS_DAMAGED' || problem.code === 'UNSAFE_KEY_SETTINGS') {
    const restore = (
      <Button icon="backup" onPress={onRestore}>
        {t('unlock.restore.title')}
      </Button>
    )
    return (
      <Notice tone="danger" live title={t('unlock.damaged.title')} actions={backups.length > 0 && restore}>
        <p>{t(`errors.${problem.code}`)}</p>
        <p>{backups.length > 0 ? t('unlock.damaged.lead') : t('unlock.damaged.none')}</p>
      </Notice>
    )
  }
  if (problem.code === 'VAULT_BUSY') {
    return <OpenElsewhere host={host === 'desktop' || host === 'web' || host === 'cli' ? host : null} />
  }
  if (problem.code === 'VAULT_FROM_FUTURE') {
    return (
      <Notice tone="warn" live title={t('unlock.future.title')}>
        {t('errors.VAULT_FROM_FUTURE')}
      </Notice>
    )
  }
  return <ErrorNotice error={problem} />
}

/** Said before anybody types a passphrase in vain, and again when an unlock was refused for it. */
export function OpenElsewhere({ host }: { readonly host: HostName | null }) {
  const { t } = useTranslation()
  return (
    <Notice tone="warn" live title={t('unlock.busy.title')}>
      {host === null ? t('errors.VAULT_BUSY') : t(`unlock.busy.in.${host}`)}
    </Notice>
  )
}
