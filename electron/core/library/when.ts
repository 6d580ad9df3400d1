// When a thing was, as it is filed: the moment, the offset it was lived in, and the day it belongs to.
import type { ItemRow } from '../../../shared/api/items.ts'
import { startOfDay } from '../days.ts'
import type { NewItem, When } from './new-item.ts'

export interface Filed {
  readonly at: number
  readonly ends: number | null
  /** Minutes east of UTC. */
  readonly east: number
  readonly timing: ItemRow['timing']
  readonly day: string
}

const minuteMs = 60_000
/** A day inside the years that can be written in four figures, so that no offset leads out of them. */
const earliest = Date.parse('0001-01-02T00:00:00Z')
const latest = Date.parse('9999-12-30T00:00:00Z')

/** Before everything that has a time, so that what has none stands last in a list, the last added first. */
export const undatedAt = Date.parse('0001-01-01T00:00:00Z')

/** Of the computer's own zone, at that time. */
const ownEast = (at: number): number => Math.round(-new Date(at).getTimezoneOffset())

const dayOf = (at: number, east: number): string => new Date(at + east * minuteMs).toISOString().slice(0, 10)

const isFilable = (at: number): boolean => Number.isFinite(at) && at >= earliest && at <= latest

export function filedUnder(
  { when, ends }: { readonly when?: When | undefined; readonly ends?: number | undefined },
  now: number,
): Filed {
  const none: Filed = { at: undatedAt, ends: null, east: ownEast(now), timing: 'none', day: dayOf(now, ownEast(now)) }
  if (when === undefined) return none
  if ('day' in when) {
    const start = startOf(when.day)
    if (start === undefined) return none
    const east = ownEast(start)
    return { at: start - east * minuteMs, ends: endOf(ends, start), east, timing: 'day', day: when.day }
  }
  const at = Math.round(when.at)
  if (!isFilable(at)) return none
  const east = isOffset(when.offset) ? when.offset : ownEast(at)
  return { at, ends: endOf(ends, at), east, timing: 'moment', day: dayOf(at, east) }
}

/** A thing that says no time stands where its file does, and says so. */
export function datedByFile(item: NewItem): NewItem {
  const { when, fileDate, facts } = item
  if (when !== undefined || fileDate === undefined || !isFilable(fileDate)) return item
  return { ...item, when: { at: fileDate }, facts: { ...facts, fileDate: new Date(fileDate).toISOString() } }
}

const isOffset = (offset: number | undefined): offset is number =>
  offset !== undefined && Number.isInteger(offset) && Math.abs(offset) <= 18 * 60

const endOf = (ends: number | undefined, at: number): number | null =>
  ends !== undefined && isFilable(ends) && ends >= at ? Math.round(ends) : null

/** Midnight of that day, were it lived at UTC. */
export function startOf(day: string): number | undefined {
  const at = startOfDay(day)
  // A 30th of February is no day, though it can be read as one.
  return isFilable(at) && new Date(at).toISOString().startsWith(day) ? at : undefined
}
