// Where words will be in a moment. It is drawn only, and says nothing: what holds it is `aria-busy`.
import { cx } from './cx.ts'
import styles from './Skeleton.module.css'

export function Skeleton({ lines = 2 }: { readonly lines?: number }) {
  return (
    <span className={styles['skeleton']} aria-hidden="true">
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} className={cx(styles['line'], at === lines - 1 && lines > 1 && styles['last'])} />
      ))}
    </span>
  )
}
