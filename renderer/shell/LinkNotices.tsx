// What the page says when it cannot talk to Mindkeep: for a moment, for longer, or because it was never let in.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../ui/Page.tsx'
import styles from './LinkNotices.module.css'

const askEvery = 3000

/** While no events come, the page asks by itself whether the vault is still open: one that has locked must not stay drawn. */
export function Lost() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  useEffect(() => {
    const timer = setInterval(() => void cache.invalidateQueries({ queryKey: ['vault.status'] }), askEvery)
    return () => clearInterval(timer)
  }, [cache])
  return <output className={styles['lost']}>{t('link.lost')}</output>
}

export function Gone() {
  const { t } = useTranslation()
  return (
    <Page title={t('link.gone.title')} lead={t('link.gone.text')}>
      <code className={styles['command']}>{t('link.command')}</code>
      <p className={styles['note']}>{t('link.gone.again')}</p>
    </Page>
  )
}

export function SignedOut() {
  const { t } = useTranslation()
  return (
    <Page title={t('link.signedOut.title')} lead={t('link.signedOut.text')}>
      <p className={styles['note']}>{t('link.signedOut.note')}</p>
      <code className={styles['command']}>{t('link.command')}</code>
    </Page>
  )
}
