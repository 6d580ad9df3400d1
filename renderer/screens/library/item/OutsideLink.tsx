// A link that leads out of Mindkeep. It says where to before it goes, and goes only when the person says so; an address of
// any other kind than web or mail is shown as the words it stands under.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/cx.ts'
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import styles from './Item.module.css'

export function OutsideLink({ href, children }: { readonly href: string; readonly children?: ReactNode }) {
  const [asking, setAsking] = useState(false)
  const target = outside(href)
  if (target === null) return children
  return (
    <>
      <button type="button" className={cx(styles['link'], styles['inText'])} onClick={() => setAsking(true)}>
        {children}
      </button>{' '}
      <span className={styles['host']}>
        (<bdi>{target.host}</bdi>)
      </span>
      {asking && <Ask target={target} onClose={() => setAsking(false)} />}
    </>
  )
}

interface Target {
  readonly address: string
  /** Whose it is, in letters that cannot be mistaken for others. */
  readonly host: string
}

function outside(href: string): Target | null {
  if (!URL.canParse(href)) return null
  const url = new URL(href)
  if (url.protocol === 'mailto:') return { address: url.href, host: url.pathname }
  return url.protocol === 'https:' || url.protocol === 'http:' ? { address: url.href, host: url.host } : null
}

function Ask({ target: { address, host }, onClose }: { readonly target: Target; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const opens = useAnswer('app.about', {}).host === 'web'
  const go = () => {
    window.open(address, '_blank', 'noopener,noreferrer')
    onClose()
  }
  return (
    <Dialog title={t('library.outside.title', { host })} onClose={onClose}>
      <p>{opens ? t('library.outside.text') : t('library.outside.copy')}</p>
      <TextField label={t('library.outside.address')} value={address} isReadOnly />
      <DialogActions>
        <Button onPress={onClose}>{opens ? t('do.cancel') : t('do.close')}</Button>
        {opens && (
          <Button look="filled" onPress={go}>
            {t('library.outside.open')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
