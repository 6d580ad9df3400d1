// How the dates of one file are read. What one of them tells goes before everything; where none does, the person is asked,
// and until they say so it is guessed from the order the dates stand in, else from what is usual in their zone.
import { type DateOrder, orderIn, orderOf, usualOrder } from './dates.ts'
import type { Asked, Reading } from '../importer.ts'

export interface DateHabit {
  readonly order: DateOrder | undefined
  /** Where it is guessed: what to ask. */
  readonly asks: readonly Asked[]
}

export function dateHabit(samples: Iterable<string>, { options, zone }: Pick<Reading, 'options' | 'zone'>): DateHabit {
  const dates = [...samples]
  let example: string | undefined
  let isTold = false
  for (const date of dates) {
    const said = orderIn(date)
    if (said?.order === 'either') example ??= said.date
    else isTold ||= said !== undefined
  }
  const found = orderOf(dates)
  if (isTold) return { order: found ?? options.dateOrder, asks: [] }
  const order = options.dateOrder ?? found
  if (example === undefined || options.dateOrder !== undefined) return { order, asks: [] }
  const assumed = order ?? usualOrder(zone)
  return { order: assumed, asks: [{ for: 'date-order', example, assumed }] }
}

/** Whether nothing more has to be looked at. */
export const tellsOrder = (date: string): boolean => {
  const said = orderIn(date)
  return said !== undefined && said.order !== 'either'
}
