// A small table of words and numbers, such as the first rows of a file. What does not fit is scrolled to inside of it. A
// list that people work with is a RowList.
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Table.module.css'

export interface Column {
  readonly id: string
  readonly title: ReactNode
  /** A number: its digits stand below each other. */
  readonly number?: boolean
  /** Left out where there is little room: the first cell says it there. */
  readonly roomy?: boolean
}

interface TableProps {
  readonly label: string
  readonly columns: readonly Column[]
  /** A cell for each column. */
  readonly rows: readonly (readonly ReactNode[])[]
}

export function Table({ label, columns, rows }: TableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrows scroll it, for whoever has no pointer
    <section tabIndex={0} aria-label={label} className={styles['frame']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {columns.map(({ id, title, number = false, roomy = false }) => (
              <th key={id} scope="col" className={cx(number && styles['number'], roomy && styles['roomy'])}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {columns.map(({ id, number = false, roomy = false }, at) => (
                <td key={id} className={cx(number && styles['number'], roomy && styles['roomy'])}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
