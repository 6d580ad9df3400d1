// The headings of the list, which stands in the order of days: where each day begins is known from how many things it has,
// without a look at the things. What was found by words stands in another order, and has none.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../api.ts'
import type { RowHeadings } from '../../ui/RowList.tsx'
import { useTimes } from '../../words/times.tsx'
import type { Question } from './useRows.ts'

export interface DayHeadings extends RowHeadings {
  /** The day of a heading; null for what has none, undefined where there is no heading. */
  readonly of: (heading: number) => string | null | undefined
}

/** Null until they are known. They are asked for with the list, and stand over it once it is there. */
export function useDayHeadings({ filter, query }: Question, isListed: boolean): DayHeadings | null {
  const { t } = useTranslation()
  const times = useTimes()
  const client = useClient()
  const input = { zoom: 'day', filter } as const
  const { data, isPending } = useQuery({
    queryKey: ['library.timeline', input],
    queryFn: () => client.call('library.timeline', input),
    placeholderData: keepPreviousData,
    enabled: query === '',
  })
  return useMemo(() => {
    const days: (string | null)[] = []
    const rows: number[] = []
    let row = 0
    const add = (day: string | null, count: number) => {
      days.push(day)
      rows.push(row)
      row += count
    }
    if (isListed) {
      if (isPending) return null
      for (const { start, count } of data?.buckets.toReversed() ?? []) add(start, count)
      if ((data?.undated ?? 0) > 0) add(null, data?.undated ?? 0)
    }
    const of = (heading: number) => days[heading]
    return {
      rows,
      of,
      words: (heading) => {
        const day = of(heading)
        return day === null || day === undefined ? t('library.withoutDate') : times.heading(day)
      },
    }
  }, [isListed, data, isPending, t, times])
}
