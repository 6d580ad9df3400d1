// A list and the one thing of it that is open, side by side; one over the other where there is no room for both. Then
// opening leads to the thing and Back to the list, and the keyboard goes along.
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './TwoPane.module.css'

interface TwoPaneProps {
  readonly list: ReactNode
  readonly listLabel: string
  readonly detail: ReactNode
  readonly detailLabel: string
  /** Whether something is open. */
  readonly open: boolean
  /** Has the rest of a screen for itself. */
  readonly tall?: boolean
  readonly onBack: () => void
}

export function TwoPane({ list, listLabel, detail, detailLabel, open, tall = false, onBack }: TwoPaneProps) {
  const { t } = useTranslation()
  const listPane = useRef<HTMLElement>(null)
  const detailPane = useRef<HTMLElement>(null)
  const wasOpen = useRef<boolean | null>(null)
  useEffect(() => {
    const before = wasOpen.current
    if (before === open) return
    wasOpen.current = open
    if (before === null) {
      // Who comes to this screen for one thing reads on from there.
      if (open) detailPane.current?.focus({ preventScroll: true })
      return
    }
    const [shown, hidden] = open ? [detailPane, listPane] : [listPane, detailPane]
    // Side by side nothing was hidden, and the focus stays where it is.
    if (hidden.current?.checkVisibility() !== false) return
    const within = shown.current?.querySelector<HTMLElement>('[role="grid"], [role="listbox"]')
    ;(open ? shown.current : (within ?? shown.current))?.focus()
  }, [open])
  return (
    <div className={cx(styles['panes'], tall && styles['tall'], open && styles['open'])}>
      <section ref={listPane} tabIndex={-1} aria-label={listLabel} className={cx(styles['pane'], styles['list'])}>
        {list}
      </section>
      <section ref={detailPane} tabIndex={-1} aria-label={detailLabel} className={cx(styles['pane'], styles['detail'])}>
        <div className={styles['back']}>
          <Button look="quiet" icon="left" onPress={onBack}>
            {t('do.back')}
          </Button>
        </div>
        {detail}
      </section>
    </div>
  )
}
