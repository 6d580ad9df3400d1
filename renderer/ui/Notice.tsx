// Something the person should know, where it matters. Tone is told by an icon and words, never by colour alone.
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Notice.module.css'

type Tone = 'info' | 'ok' | 'warn' | 'danger'

const icons: Record<Tone, IconName> = { info: 'info', ok: 'good', warn: 'warn', danger: 'warn' }

interface NoticeProps {
  readonly tone?: Tone
  readonly title?: string
  /** Appeared just now, in answer to something: read it aloud. */
  readonly live?: boolean
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

export function Notice({ tone = 'info', title, live = false, actions, children }: NoticeProps) {
  return (
    <div
      className={cx(styles['notice'], styles[tone])}
      role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
    >
      <span className={styles['icon']}>
        <Icon name={icons[tone]} />
      </span>
      <div className={styles['body']}>
        {title !== undefined && <p className={styles['title']}>{title}</p>}
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
    </div>
  )
}
