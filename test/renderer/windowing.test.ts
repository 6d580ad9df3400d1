import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Measures,
  followBar,
  mostRows,
  placeAt,
  rowsAt,
  scrollHeight,
  topShowing,
} from '../../renderer/ui/windowing.ts'

const long: Measures = { count: 1_000_000, rowHeight: 56, height: 600 }
const short: Measures = { count: 1000, rowHeight: 56, height: 600 }
const lists = fc.record({
  count: fc.integer({ min: 1, max: 2_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 120 }),
  height: fc.integer({ min: 100, max: 2000 }),
})
const bottom = ({ count, rowHeight, height }: Measures) => Math.max(0, count * rowHeight - height)

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
        expect(first * list.rowHeight).toBeLessThanOrEqual(top)
        const seen = Math.min(list.count * list.rowHeight, top + list.height)
        const room = (mostRows - 7) * list.rowHeight
        if (list.height <= room) expect(end * list.rowHeight).toBeGreaterThanOrEqual(seen - 1e-6)
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
        const start = row * list.rowHeight
        if (list.height >= list.rowHeight) {
          expect(start).toBeGreaterThanOrEqual(top)
          expect(start + list.rowHeight).toBeLessThanOrEqual(top + list.height + 1e-6)
        }
        expect(topShowing(list, top, row)).toBe(top)
      }),
    )
  })
})
