// Randomness that can be had again: every suite prints its seed, and MINDKEEP_SEED runs that one once more. It also says
// how large a suite is to be. Nothing secret is made from it.
export interface Random {
  /** 0 to `below` - 1. */
  readonly int: (below: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  readonly chance: (of: number) => boolean
  readonly bytes: (count: number) => Buffer
}

/** Mulberry32: small, fast, and the same everywhere. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    pick(from) {
      const index = int(from.length)
      const found = from[index]
      if (found === undefined && index >= from.length) throw new Error('there is nothing to pick from')
      return found as (typeof from)[number]
    },
    chance: (of) => next() < of,
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => int(256))),
  }
}

const isLarge = process.env['MINDKEEP_FAULTS'] === 'large'

export const sized = ({ small, large }: { readonly small: number; readonly large: number }): number =>
  isLarge ? large : small

/** The seed of this run of a suite, told so that the run can be had again. */
export function seedOf(suite: string): number {
  const seed = givenSeed() ?? Math.floor(Math.random() * 2 ** 31)
  say(suite, `seed ${seed} (again: MINDKEEP_SEED=${seed})`)
  return seed
}

/**
 * The small size has the same every time, so that the same code has the same answer; what it does not find, the large size
 * looks for with another seed each time.
 */
export function givenSeed(): number | undefined {
  const given = Number(process.env['MINDKEEP_SEED'] ?? Number.NaN)
  if (Number.isSafeInteger(given)) return given
  return isLarge ? undefined : 1
}

export function say(suite: string, line: string): void {
  process.stdout.write(`[${suite}] ${line}\n`)
}
