// One part of what is known of an item: a small heading and what belongs under it.
import { type ReactNode, useId } from 'react'
import styles from './Item.module.css'

export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles['part']}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}
