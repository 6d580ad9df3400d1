// How a box looks that can be ticked. What it means is said by the row, the option or the field it stands in.
import styles from './CheckMark.module.css'
import { cx } from './cx.ts'

export function CheckMark({ checked, partly = false }: { readonly checked: boolean; readonly partly?: boolean }) {
  return (
    <svg
      className={cx(styles['mark'], (checked || partly) && styles['checked'])}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {partly ? <path d="M4 8h8" /> : checked && <path d="m3.500 8.500 3 3 6-6.500" />}
    </svg>
  )
}
