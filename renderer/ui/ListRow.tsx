// The inside of one row of a list: what it is, how it begins, and when it was. On one line where the list is dense.
import type { ReactNode } from 'react'
import { VisuallyHidden } from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './ListRow.module.css'

interface ListRowProps {
  readonly icon: IconName
  readonly title: ReactNode
  /** How it begins, or the place in it that was found. Left out where there is nothing to say. */
  readonly snippet?: ReactNode
  /** Short: `format.short`. Empty where there is none to be seen. */
  readonly date?: string
  /** What the heading over the row says of its day, for those who hear the row by itself. */
  readonly day?: string
  /** The moment itself, for whoever reads the page by program. */
  readonly at?: string
  /** A few small signs at the end, such as a Pill. */
  readonly signs?: ReactNode
  readonly dense?: boolean
}

export function ListRow({ icon, title, snippet, date, day, at, signs, dense = false }: ListRowProps) {
  return (
    <div className={cx(styles['row'], (dense || snippet === undefined) && styles['single'], dense && styles['dense'])}>
      <Icon name={icon} size={dense ? 'small' : 'normal'} />
      <div className={styles['text']}>
        <bdi className={styles['title']}>{title}</bdi>
        {snippet !== undefined && <bdi className={styles['snippet']}>{snippet}</bdi>}
      </div>
      {signs !== undefined && <span className={styles['signs']}>{signs}</span>}
      {((date ?? '') !== '' || day !== undefined) && (
        <time dateTime={at} className={cx(styles['date'], (date ?? '') === '' && styles['unseen'])}>
          {day !== undefined && <VisuallyHidden>{`${day} `}</VisuallyHidden>}
          {date}
        </time>
      )}
    </div>
  )
}
