// The arithmetic of the bench: what it calls the middle, a ratio, and a goal that holds.
import { describe, expect, it } from 'vitest'
import { type Bench, judge, measure, median } from '../bench/harness.ts'
import { table } from '../bench/table.ts'

const row = { name: 'row', says: 'a row', unit: 'ms', better: 'lower', goal: 100, judged: 'figure' } as const

describe('the median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[1, 1, 1, 1000], 1],
    [[100, 20, 3], 20],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle)
  })

  it.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])('of %j is refused', (values) => {
    expect(() => median(values)).toThrow('nothing was measured')
  })
})

describe('judging a row', () => {
  it('compares the medians', () => {
    const judged = judge(row, { figures: [90, 30, 60], baselines: [20, 40, 10] })
    expect(judged).toMatchObject({ figure: 60, baseline: 20, ratio: 3, holds: true })
  })

  it('leaves out baseline and ratio where nothing was compared', () => {
    const judged = judge(row, { figures: [60], baselines: [] })
    expect(judged).toEqual({ ...row, figure: 60, holds: true })
  })

  it.each([
    ['a figure at its goal', row, [100], true],
    ['a figure past its goal', row, [101], false],
    ['a ratio at its goal', { ...row, judged: 'ratio', goal: 2 } as const, [40], true],
    ['a ratio past its goal', { ...row, judged: 'ratio', goal: 1.9 } as const, [40], false],
    ['a figure that should be high and is', { ...row, better: 'higher', goal: 50 } as const, [60], true],
    ['a figure that should be high and is not', { ...row, better: 'higher', goal: 70 } as const, [60], false],
    ['a figure below its floor', { ...row, floor: 80 }, [79], false],
    ['a figure between floor and goal', { ...row, floor: 80 }, [80], true],
  ])('says of %s whether it holds', (_what, bench, figures, holds) => {
    expect(judge(bench, { figures, baselines: [20] }).holds).toBe(holds)
  })

  it('never lets a ratio hold that was not measured', () => {
    expect(judge({ ...row, judged: 'ratio' }, { figures: [1], baselines: [] }).holds).toBe(false)
  })
})

function recording({ rounds, fails = false }: { rounds: number; fails?: boolean }) {
  const turns: string[] = []
  const turn = async (name: string) => {
    turns.push(name)
    if (fails) throw new Error('broken')
    return 1
  }
  const bench: Bench = {
    ...row,
    rounds,
    open: async () => ({
      figure: () => turn('figure'),
      baseline: () => turn('baseline'),
      close: async () => void turns.push('close'),
    }),
  }
  return { bench, turns }
}

describe('measuring', () => {
  it('takes figure and baseline turn by turn, each of them first as often as the other', async () => {
    const { bench, turns } = recording({ rounds: 4 })
    await measure(bench)
    expect(turns.slice(0, -1)).toEqual([
      'baseline',
      'figure',
      'figure',
      'baseline',
      'baseline',
      'figure',
      'figure',
      'baseline',
    ])
  })

  it('cleans up behind a measurement that fails, and passes the failure on', async () => {
    const { bench, turns } = recording({ rounds: 3, fails: true })
    await expect(measure(bench)).rejects.toThrow('broken')
    expect(turns).toEqual(['baseline', 'close'])
  })
})

describe('the table', () => {
  it('says a missed goal as loudly as a kept one', () => {
    const kept = judge(row, { figures: [60], baselines: [20] })
    const missed = judge({ ...row, name: 'other', judged: 'ratio', goal: 2 }, { figures: [60], baselines: [20] })
    const lines = table([kept, missed]).split('\n')
    expect(lines[1]).toMatch(/^row +60\.0 ms +20\.0 ms +3\.00× +≤ 100 ms +yes$/)
    expect(lines[2]).toMatch(/^other +60\.0 ms +20\.0 ms +3\.00× +≤ 2× +NO$/)
  })
})
