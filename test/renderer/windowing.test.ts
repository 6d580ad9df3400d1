import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Measures,
  followBar,
  headingOf,
  mostRows,
  placeAt,
  rowsAt,
  scrollHeight,
  startOf,
  stayingAt,
  topShowing,
} from '../../renderer/ui/windowing.ts'

const plain = { headings: [], headingHeight: 32 }
const long: Measures = { count: 1_000_000, rowHeight: 56, height: 600, ...plain }
const short: Measures = { count: 1000, rowHeight: 56, height: 600, ...plain }
const lists = fc
  .record({
    count: fc.integer({ min: 1, max: 2_000_000 }),
    rowHeight: fc.integer({ min: 20, max: 120 }),
    height: fc.integer({ min: 100, max: 2000 }),
    headingHeight: fc.integer({ min: 16, max: 60 }),
    lengths: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 60 }),
  })
  .map(({ lengths, ...list }): Measures => {
    const starts = lengths.map((_, at) => lengths.slice(0, at).reduce((sum, length) => sum + length, 0))
    return { ...list, headings: starts.filter((row) => row < list.count) }
  })
const all = ({ count, rowHeight, headings, headingHeight }: Measures) =>
  count * rowHeight + headings.length * headingHeight
const bottom = (list: Measures) => Math.max(0, all(list) - list.height)

describe('a very long list', () => {
  it('is never taller than a browser can draw', () => {
    expect(scrollHeight(short)).toBe(56_000)
    expect(scrollHeight(long)).toBeLessThan(17_000_000)
  })

  it('never has more than sixty rows in the page, and always every row that can be seen', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const top = bottom(list) * share
        const { first, end } = rowsAt(list, top)
        expect(end - first).toBeLessThanOrEqual(mostRows)
        const start = startOf(list, first)
        expect(start - (list.headings.includes(first) ? list.headingHeight : 0)).toBeLessThanOrEqual(top)
        const seen = Math.min(all(list), top + list.height)
        const room = (mostRows - 14) * list.rowHeight
        if (list.height <= room) expect(startOf(list, end - 1) + list.rowHeight).toBeGreaterThanOrEqual(seen - 1e-6)
      }),
    )
  })

  it('begins and ends where its bar does', () => {
    const end = scrollHeight(long) - long.height
    expect(followBar(long, placeAt(long, 30_000), 0).top).toBe(0)
    expect(followBar(long, placeAt(long, 30_000), end).top).toBe(bottom(long))
  })

  it('moves as far as the wheel moved, though its bar stands for more', () => {
    const before = placeAt(long, 20_000_000)
    expect(followBar(long, before, before.scrollTop + 100).top).toBeCloseTo(20_000_100, 3)
    expect(followBar(long, before, before.scrollTop - 100).top).toBeCloseTo(19_999_900, 3)
  })

  it('leaps with a pull at the bar, to the share of the list that the bar shows', () => {
    const end = scrollHeight(long) - long.height
    expect(followBar(long, placeAt(long, 0), end / 2).top).toBeCloseTo(bottom(long) / 2, 3)
  })

  it('is not moved by the echo of a place that was set', () => {
    const place = placeAt(long, 123_456)
    expect(followBar(long, place, Math.round(place.scrollTop)).top).toBe(123_456)
  })

  it('shows any row whole after moving to it, and does not move for one that is shown', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(), (list, from, to) => {
        const row = to % list.count
        const { top } = placeAt(list, topShowing(list, placeAt(list, from).top, row))
        const start = startOf(list, row)
        const over = list.headings.length === 0 ? 0 : list.headingHeight
        if (list.height > list.rowHeight + over) {
          expect(start - over).toBeGreaterThanOrEqual(top)
          expect(start + list.rowHeight).toBeLessThanOrEqual(top + list.height + 1e-6)
        }
        expect(topShowing(list, top, row)).toBe(top)
      }),
    )
  })

  it('has every row below the one before it, and a heading where one belongs', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (list, some) => {
        const row = some % list.count
        const room = list.headings.includes(row + 1) ? list.headingHeight : 0
        expect(startOf(list, row + 1) - startOf(list, row)).toBe(list.rowHeight + room)
        const under = list.headings.filter((start) => start <= row)
        expect(headingOf(list.headings, row)).toBe(under.length - 1)
      }),
    )
  })
})

describe('the heading that stays in sight', () => {
  const list: Measures = { ...short, headings: [0, 10, 11], headingHeight: 32 }

  it('is that of the rows below it', () => {
    expect(stayingAt(list, 0)).toEqual({ heading: 0, pushed: 0 })
    expect(stayingAt(list, 300)).toEqual({ heading: 0, pushed: 0 })
    expect(stayingAt(list, 5000)).toEqual({ heading: 2, pushed: 0 })
    expect(stayingAt(short, 5000)).toEqual({ heading: -1, pushed: 0 })
  })

  it('is pushed out by the next one, and replaced by it where that one stands', () => {
    const next = startOf(list, 10) - list.headingHeight
    expect(stayingAt(list, next - 32)).toEqual({ heading: 0, pushed: 0 })
    expect(stayingAt(list, next - 10)).toEqual({ heading: 0, pushed: 22 })
    expect(stayingAt(list, next)).toEqual({ heading: 1, pushed: 0 })
  })
})
