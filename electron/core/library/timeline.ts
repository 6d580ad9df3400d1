// Everything by when it was lived, from decades down to hours. What has no time of its own is counted apart.
import { z } from 'zod'
import { type ItemFilter, itemTypes } from '../../../shared/api/items.ts'
import type { timelineBucket, zooms } from '../../../shared/api/library.ts'
import type { Prepare } from '../prepared.ts'
import type { Counts } from './counts.ts'
import type { List } from './list.ts'
import type { Recent } from './recent.ts'

type Bucket = z.infer<typeof timelineBucket>
type Zoom = (typeof zooms)[number]

interface TimelineParts {
  readonly prepare: Prepare
  readonly recent: Recent
  readonly list: List
  readonly counts: Counts
}

interface Span {
  readonly zoom: Zoom
  readonly filter: ItemFilter
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const rows = z.array(z.object({ day: z.string(), hour: z.int(), type: z.enum(itemTypes), count: z.int() }))
const counted = z.object({ count: z.int() })

const startOf: Readonly<Record<Zoom, (day: string, hour: number) => string>> = {
  decade: (day) => `${day.slice(0, 3)}0`,
  year: (day) => day.slice(0, 4),
  month: (day) => day.slice(0, 7),
  day: (day) => day,
  hour: (day, hour) => (hour < 0 ? day : `${day}T${String(hour).padStart(2, '0')}`),
}
/** Of its day, as it was lived; a whole day has none. */
const hourOf = "iif(i.timing = 'day', -1, ((i.at + i.east * 60000) / 3600000 % 24 + 24) % 24)"

const later = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : one > other ? one : other
const earlier = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : one < other ? one : other

export function createTimeline({ prepare, recent, list, counts }: TimelineParts) {
  const countsOf = ({ zoom, filter, from, to }: Span) => {
    const span = { from: later(filter.from, from), to: earlier(filter.to, to) }
    const hour = zoom === 'hour' ? hourOf : '-1'
    const group = (source: string) =>
      `SELECT i.day, ${hour} AS hour, i.type, count(*) AS count ${source} GROUP BY i.day, i.type${zoom === 'hour' ? ', hour' : ''}`
    const narrowed: ItemFilter = { ...filter, from: span.from ?? '0001-01-01', ...(span.to && { to: span.to }) }
    const known = zoom === 'hour' ? undefined : counts.under(narrowed)
    if (known !== undefined) {
      const sql = `SELECT day, -1 AS hour, type, sum(items) AS count ${known.from} GROUP BY day, type`
      return rows.parse(prepare(sql).all(...known.values))
    }
    const { from: source, values } = list.narrow(narrowed)
    return rows.parse(prepare(group(source)).all(...values))
  }

  const undatedOf = ({ from: _from, to: _to, ...filter }: ItemFilter): number => {
    const known = counts.under(filter)
    if (known !== undefined) {
      const sql = `SELECT coalesce(sum(items), 0) AS count ${known.from} AND day = ''`
      return counted.parse(prepare(sql).get(...known.values)).count
    }
    const { from, values } = list.narrow(filter)
    return counted.parse(prepare(`SELECT count(*) AS count ${from} AND i.timing = 'none'`).get(...values)).count
  }

  return (span: Span): { buckets: Bucket[]; undated: number } =>
    recent.remembered(`timeline ${JSON.stringify(span)}`, () => {
      const buckets = new Map<string, Bucket>()
      for (const { day, hour, type, count } of countsOf(span)) {
        const start = startOf[span.zoom](day, hour)
        const bucket = buckets.get(start) ?? { start, count: 0, types: {} }
        const types = { ...bucket.types, [type]: (bucket.types[type] ?? 0) + count }
        buckets.set(start, { start, count: bucket.count + count, types })
      }
      return {
        buckets: [...buckets.values()].toSorted((one, other) => (one.start < other.start ? -1 : 1)),
        undated: undatedOf(span.filter),
      }
    })
}
