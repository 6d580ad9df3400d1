// A word that something carries, with a cross to take it off.
import { Button } from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import styles from './RemovablePill.module.css'

interface RemovablePillProps {
  /** What the cross does, for whoever hears it. */
  readonly label: string
  readonly onRemove: () => void
  readonly children: string
}

export function RemovablePill({ label, onRemove, children }: RemovablePillProps) {
  return (
    <span className={styles['pill']}>
      <bdi className={styles['word']}>{children}</bdi>
      <Button aria-label={label} onPress={onRemove} className={cx(styles['remove'])}>
        <Icon name="close" size="small" />
      </Button>
    </span>
  )
}
