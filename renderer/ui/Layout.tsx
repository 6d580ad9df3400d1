// How a screen is laid out: its heading, its sections as quiet cards, and rows of a label with its control.
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Layout.module.css'

interface ScreenProps {
  readonly title: string
  /** What the window or tab is called, where the heading does not say enough. */
  readonly tab?: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  /** Has more than one column. */
  readonly wide?: boolean
  /** The heading gives way to what is open on the screen, where there is no room for both. */
  readonly aside?: boolean
  readonly children: ReactNode
}

export function Screen(props: ScreenProps) {
  const { title, tab = props.title, lead, actions, wide = false, aside = false, children } = props
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  const screen = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Reading and tabbing start at the heading of a new screen, unless something in it asked for the focus, or somebody is
    // busy in a dialog above it.
    const busy = document.activeElement
    if (busy !== null && busy.closest('[role="dialog"], [role="alertdialog"]') !== null) return
    // A field that asked for it while the screen was still hidden got nothing.
    const wished = screen.current?.querySelector<HTMLElement>('[data-takes-focus="true"]') ?? heading.current
    if (screen.current?.contains(busy) !== true) wished?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  return (
    <div ref={screen} className={cx(styles['screen'], wide && styles['wide'], aside && styles['aside'])}>
      <title>{t('app.titled', { title: tab })}</title>
      <header className={styles['head']}>
        <div className={styles['headText']}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, aside, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <div className={styles['sectionHead']}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      <div className={styles['card']}>{children}</div>
    </section>
  )
}

interface RowProps {
  readonly title: ReactNode
  readonly hint?: ReactNode
  readonly icon?: IconName
  readonly children?: ReactNode
}

/** A label and what it means at the start, its control at the end; one above the other where there is no room. */
export function SettingRow({ title, hint, icon, children }: RowProps) {
  return (
    <div className={styles['row']}>
      {icon !== undefined && (
        <span className={styles['rowIcon']}>
          <Icon name={icon} />
        </span>
      )}
      <div className={styles['rowBody']}>
        <div className={styles['rowText']}>
          <div className={styles['rowTitle']}>{title}</div>
          {hint !== undefined && <div className={styles['hint']}>{hint}</div>}
        </div>
        {children !== undefined && <div className={styles['control']}>{children}</div>}
      </div>
    </div>
  )
}

/** Something that belongs to the row above it and needs its whole width. */
export function RowDetail({ children }: { readonly children: ReactNode }) {
  return <div className={styles['detail']}>{children}</div>
}

export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: IconName
  readonly title: string
  readonly children: ReactNode
  /** The one thing to do about it. */
  readonly action?: ReactNode
}) {
  return (
    <div className={styles['empty']}>
      <Icon name={icon} size="large" />
      <p className={styles['rowTitle']}>{title}</p>
      <p className={styles['hint']}>{children}</p>
      {action !== undefined && <div className={styles['emptyAction']}>{action}</div>}
    </div>
  )
}

export function Pill({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'ok' | 'warn'
  readonly children: ReactNode
}) {
  return <span className={cx(styles['pill'], styles[`pill-${tone}`])}>{children}</span>
}
