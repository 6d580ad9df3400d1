// A link that leads out of Mindkeep. It says where to before it goes, and goes only when the person says so; an address of
// any other kind than web or mail is shown as the words it stands under. The desktop's window asks by itself.
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
  const onDesktop = useAnswer('app.about', {}).host === 'desktop'
  const target = outside(href)
  if (target === null) return children
  return (
    <>
      <button
        type="button"
        className={cx(styles['link'], styles['inText'])}
        onClick={() => (onDesktop && target.isSafe ? leaveFor(target) : setAsking(true))}
      >
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
  /** Whether nobody on the way can read along; the desktop opens nothing else. */
  readonly isSafe: boolean
}

function outside(href: string): Target | null {
  if (!URL.canParse(href)) return null
  const url = new URL(href)
  if (url.protocol === 'mailto:') return { address: url.href, host: url.pathname, isSafe: false }
  const isSafe = url.protocol === 'https:'
  return isSafe || url.protocol === 'http:' ? { address: url.href, host: url.host, isSafe } : null
}

const leaveFor = ({ address }: Target): void => void window.open(address, '_blank', 'noopener,noreferrer')

function Ask({ target, onClose }: { readonly target: Target; readonly onClose: () => void }) {
  const { address, host } = target
  const { t } = useTranslation()
  const opens = useAnswer('app.about', {}).host === 'web'
  const go = () => {
    leaveFor(target)
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
