// A text in pieces, those that were looked for marked. Marked for the eye by more than colour, and for the ear by <mark>.
import type { Hit } from '../../../shared/api/search.ts'
import styles from './Library.module.css'

export function Pieces({ pieces }: { readonly pieces: Hit['snippet'] }) {
  return pieces.map(({ text, found }, at) =>
    found ? (
      <mark key={at} className={styles['found']}>
        {text}
      </mark>
    ) : (
      <span key={at}>{text}</span>
    ),
  )
}
