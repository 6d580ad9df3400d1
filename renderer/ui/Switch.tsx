// A switch for something that takes effect at once.
import { SwitchButton, SwitchField } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Switch.module.css'

interface SwitchProps {
  /** Read aloud; the visible words stand beside the switch, in its row. */
  readonly label: string
  readonly isSelected: boolean
  readonly onChange: (on: boolean) => void
  readonly isDisabled?: boolean
}

export function Switch({ label, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest} aria-label={label} className={cx(styles['field'])}>
      <SwitchButton className={cx(styles['switch'])}>
        <span className={styles['track']}>
          <span className={styles['thumb']} />
        </span>
      </SwitchButton>
    </SwitchField>
  )
}
