// A page of its own, outside the shell: the mark, one heading, one thing to do.
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Page.module.css'
import { cx } from './cx.ts'

interface PageProps {
  readonly title: string
  /** What the window or tab is called, where that is not the heading. */
  readonly tab?: string
  readonly lead?: ReactNode
  /** Above the heading, small: where one is in a sequence. */
  readonly kicker?: string
  readonly wide?: boolean
  readonly children: ReactNode
}

export function Page({ title, tab = title, lead, kicker, wide = false, children }: PageProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['page']}>
      <title>{t('app.titled', { title: tab })}</title>
      <header className={styles['brand']}>
        <Mark />
        <span>{t('app.name')}</span>
      </header>
      <main className={cx(styles['main'], wide && styles['wide'])}>
        <div className={styles['head']}>
          {kicker !== undefined && <p className={styles['kicker']}>{kicker}</p>}
          <Title key={title} title={title} />
          {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        </div>
        {children}
      </main>
      <footer className={styles['foot']}>{t('app.promise')}</footer>
    </div>
  )
}

/** Drawn anew for each title, so that reading starts at it unless a field asked for the focus. */
function Title({ title }: { readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus()
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  )
}

/** An arch and its keystone, as in resources/icons/icon.svg. */
export function Mark() {
  return (
    <svg className={styles['mark']} viewBox="100 80 312 340" aria-hidden="true" focusable="false">
      <path d="M118 404 V246 A138 138 0 0 1 211 116 L229 192 A62 62 0 0 0 194 248 V404 Z" />
      <path d="M394 404 V246 A138 138 0 0 0 301 116 L283 192 A62 62 0 0 1 318 248 V404 Z" />
      <path
        className={styles['keystone']}
        d="M227 96 H285 A10 10 0 0 1 295 108 L272 206 A9 9 0 0 1 263 213 H249 A9 9 0 0 1 240 206 L217 108 A10 10 0 0 1 227 96 Z"
      />
    </svg>
  )
}
