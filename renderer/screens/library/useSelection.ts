// Which rows of the list are selected: one by one, or all that the list holds. Rows are known by their ids, so that what is
// selected stays selected while the list moves.
import { useState } from 'react'
import type { Which } from '../../../shared/api/items.ts'
import type { RowSelection } from '../../ui/RowList.tsx'
import { useToasts } from '../../ui/Toast.tsx'
import type { Rows } from './useRows.ts'

/** What one act takes by name. */
const mostByName = 1000

type Chosen = ReadonlySet<string> | 'all'
const nothing: Chosen = new Set()

export interface Selection {
  readonly count: number
  readonly which: Which
  readonly rows: RowSelection
  readonly none: () => void
}

export function useSelection(rows: Rows): Selection {
  const { say } = useToasts()
  const { filter, query } = rows.question
  const [chosen, setChosen] = useState<Chosen>(nothing)
  // What was selected among other rows is not seen any more, and so not selected either.
  const [last, setLast] = useState(rows.of)
  if (last !== rows.of) {
    setLast(rows.of)
    setChosen(nothing)
  }
  const total = rows.total ?? 0
  const none = () => setChosen(nothing)

  const range = async (from: number, to: number) => {
    const last = Math.min(to, from + mostByName - 1)
    if (last < to) say((t) => t('library.select.most', { most: mostByName }))
    const ids = await rows.idsBetween(from, last)
    setChosen(new Set(ids))
  }
  const toggle = (id: string) =>
    setChosen((before) => {
      const ids = new Set(before === 'all' ? [] : before)
      if (!ids.delete(id)) ids.add(id)
      return ids
    })

  return {
    count: chosen === 'all' ? total : chosen.size,
    which: chosen === 'all' ? { filter } : { ids: [...chosen] },
    none,
    rows: {
      has: (index) => chosen === 'all' || chosen.has(rows.row(index)?.id ?? ''),
      toggle: (index) => {
        const id = rows.row(index)?.id
        if (id !== undefined) toggle(id)
      },
      range: (from, to) => void range(from, to),
      all: () => {
        if (query === '' && total > mostByName) setChosen('all')
        else void range(0, Math.max(0, total - 1))
      },
      none,
    },
  }
}
