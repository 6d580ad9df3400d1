import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retained } from '../../../electron/core/vault/backups/retention.ts'

const day = 86_400_000
const start = Date.parse('2026-01-05T12:00:00.000Z')
const at = (days: number, hours = 0) => ({
  id: `b${days}-${hours}`,
  at: new Date(start + days * day + hours * 3_600_000).toISOString(),
  whole: true,
})

describe('keeping backups', () => {
  it('keeps the newest of each of the last seven days, four weeks and twelve months of a year of daily backups', () => {
    const year = Array.from({ length: 365 }, (_, index) => at(index))
    const kept = [...retained(year, new Date(at(364).at)).values()]
    expect(kept.filter((rule) => rule === 'recent')).toHaveLength(2)
    expect(kept.filter((rule) => rule === 'daily')).toHaveLength(7 - 2)
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12)
  })

  it('keeps every one of the last two days, and after that the latest of a day', () => {
    const kept = retained([at(0, 1), at(0, 5), at(3, 1), at(3, 5)], new Date(at(3, 6).at))
    expect([...kept.keys()].toSorted()).toEqual([at(0, 5).id, at(3, 1).id, at(3, 5).id])
  })

  it('lets a damaged one take the place of none, and keeps no more of these than of the others', () => {
    const damaged = (one: ReturnType<typeof at>) => ({ ...one, whole: false })
    const kept = retained([at(0, 1), damaged(at(0, 5)), damaged(at(0, 3)), at(3, 1)], new Date(at(3, 6).at))
    expect([...kept.keys()].toSorted()).toEqual([at(0, 1).id, at(0, 5).id, at(3, 1).id])
  })

  it('lets one from the future, made under a wrong clock, take the place of none', () => {
    const backups = [at(0, 1), at(0, 5), at(1, 5), at(2, 5)]
    const now = new Date(at(2, 6).at)
    const without = retained(backups, now)
    expect(without.size).toBe(3)
    expect([...retained([...backups, at(400)], now)]).toEqual([...without, [at(400).id, 'recent']])
  })

  it('never drops one of the last two days, keeps at most 23 older ones, and keeps the same when asked again', () => {
    const dates = fc.array(fc.tuple(fc.nat(800), fc.nat(23)), { minLength: 1, maxLength: 120 })
    fc.assert(
      fc.property(dates, fc.nat(900), (list, today) => {
        const backups = list.map(([days, hours]) => at(days, hours))
        const now = new Date(at(today).at)
        const kept = retained(backups, now)
        const newest = backups.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
        expect(kept.has(newest?.id ?? '')).toBe(true)
        const older = [...kept.values()].filter((rule) => rule !== 'recent')
        // As many again for those that were made under a clock that ran ahead.
        expect(older.length).toBeLessThanOrEqual(2 * 23)
        const again = retained(
          backups.filter(({ id }) => kept.has(id)),
          now,
        )
        expect(again).toEqual(kept)
      }),
    )
  })
})
