// Measures a figure against a baseline in the same run: turn by turn, so that whatever else the computer does falls on
// both, and by the median, so that one hiccup counts for nothing. It judges, and never bends, a goal.

export interface Bench {
  /** What is typed to run this row alone. */
  readonly name: string
  /** What several rows are typed by together. */
  readonly group?: string
  /** What the figure is, and what the baseline is. */
  readonly says: string
  readonly unit: 'ms' | 'MB' | 'KB' | 'nDCG' | 'a second' | 'of 1'
  readonly better: 'lower' | 'higher'
  readonly goal: number
  /** Whether the goal is for the figure itself or for its ratio to the baseline. */
  readonly judged: 'figure' | 'ratio'
  /** The figure must not fall below this either: for what is meant to be slow. */
  readonly floor?: number
  readonly rounds: number
  readonly open: () => Promise<Measuring>
}

export interface Measuring {
  readonly figure: () => Promise<number>
  readonly baseline?: () => Promise<number>
  readonly close: () => Promise<void>
}

export interface Row {
  readonly name: string
  readonly says: string
  readonly figure: number
  readonly unit: string
  readonly baseline?: number
  readonly ratio?: number
  readonly goal: number
  readonly judged: 'figure' | 'ratio'
  readonly floor?: number
  readonly better: 'lower' | 'higher'
  readonly holds: boolean
}

export async function measure(bench: Bench): Promise<Row> {
  const { figure, baseline, close } = await bench.open()
  try {
    const figures: number[] = []
    const baselines: number[] = []
    for (let round = 0; round < bench.rounds; round++) {
      // Whoever goes first meets colder caches, so they take turns.
      if (baseline !== undefined && round % 2 === 0) baselines.push(await baseline())
      figures.push(await figure())
      if (baseline !== undefined && round % 2 === 1) baselines.push(await baseline())
    }
    return judge(bench, { figures, baselines })
  } finally {
    await close()
  }
}

interface Measured {
  readonly figures: readonly number[]
  readonly baselines: readonly number[]
}

export function judge(bench: Omit<Bench, 'open' | 'rounds'>, { figures, baselines }: Measured): Row {
  const { name, says, unit, better, goal, judged, floor } = bench
  const figure = median(figures)
  const against = baselines.length === 0 ? {} : { baseline: median(baselines) }
  const compared = against.baseline === undefined ? {} : { ratio: figure / against.baseline }
  const value = judged === 'figure' ? figure : (compared.ratio ?? Number.NaN)
  const reached = better === 'lower' ? value <= goal : value >= goal
  const holds = reached && (floor === undefined || value >= floor)
  const bound = floor === undefined ? {} : { floor }
  return { name, says, figure, unit, ...against, ...compared, goal, judged, ...bound, better, holds }
}

export function median(values: readonly number[]): number {
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) throw new Error('nothing was measured')
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
