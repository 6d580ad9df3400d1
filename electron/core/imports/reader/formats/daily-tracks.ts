// Where a phone was, minute by minute, as one track for each day of the person's life: a million points are a few thousand
// items. Files are in order of time but for a device or two that reported late, so that a few days are open at once.
import type { Found } from '../importer.ts'
import { createNames } from '../items/same.ts'
import { createPath, type Place } from './places.ts'

const openDays = 4
const quarter = 15 * 60_000

interface Point {
  readonly place: Place
  readonly at: number
  readonly record: number
}

interface OpenDay {
  readonly path: ReturnType<typeof createPath>
  readonly record: number
}

/** `kind` tells apart two ways in which one file tells of the same day. */
export function createDailyTracks(source: string, kind: string, zone: string) {
  const dayOf = createDayOf(zone)
  const names = createNames()
  const days = new Map<string, OpenDay>()

  function* close(day: string, { path, record }: OpenDay): Generator<Found> {
    days.delete(day)
    const measured = path.end()
    if (measured === undefined) return
    const { facts, from, to, print, points } = measured
    yield {
      item: {
        same: names(`${source}:${kind}:${day}`, print),
        type: 'track',
        title: day,
        body: '',
        when: from === undefined ? { day } : { at: from },
        ends: from !== undefined && to !== undefined && to > from ? to : undefined,
        source,
        facts,
        attachments: points === undefined ? [] : [points],
        position: record,
      },
    }
  }

  return {
    *add({ place, at, record }: Point): Generator<Found> {
      const day = dayOf(at)
      const open = days.get(day) ?? { path: createPath(), record }
      open.path.add(place, at)
      // The day that was touched last is the last to be closed.
      days.delete(day)
      days.set(day, open)
      const [oldest] = days
      if (days.size > openDays && oldest !== undefined) yield* close(...oldest)
    },
    *end(): Generator<Found> {
      for (const [day, open] of [...days]) yield* close(day, open)
    },
  }
}

/** The day it was there at a moment. Zones change their day at whole quarters of an hour only, and points come in rows. */
function createDayOf(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  let last = { quarter: Number.NaN, day: '' }
  return (at) => {
    const now = Math.floor(at / quarter)
    if (now !== last.quarter) last = { quarter: now, day: format.format(now * quarter) }
    return last.day
  }
}
