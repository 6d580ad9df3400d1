// Guesses at the passphrase: one at a time, and each wrong one makes the next answer slower. Nothing is written, so that
// a wrong guess leaves no trace to tamper with; the count is told to the ledger by the next right one.
import type { Clock } from '../../ports.ts'
import { createSerial } from '../../serial.ts'

const longestMs = 30_000

export interface Throttle {
  /** Runs a guess. `undefined` means wrong, and is answered only after the delay. */
  readonly guess: <T>(attempt: () => Promise<T | undefined>) => Promise<T | undefined>
  /** How many were wrong since they were last forgotten. */
  readonly failures: () => number
  readonly forgetFailures: () => void
}

export function createThrottle({ clock }: { readonly clock: Clock }): Throttle {
  let inARow = 0
  let untold = 0
  const oneByOne = createSerial()

  const run = async <T>(attempt: () => Promise<T | undefined>): Promise<T | undefined> => {
    const result = await attempt()
    if (result !== undefined) {
      inARow = 0
      return result
    }
    inARow += 1
    untold += 1
    const waitMs = inARow === 1 ? 0 : Math.min(longestMs, 500 * 2 ** (inARow - 2))
    if (waitMs > 0) await new Promise<void>((resolve) => void clock.after(waitMs, resolve))
    return undefined
  }

  return {
    guess: (attempt) => oneByOne(() => run(attempt)),
    failures: () => untold,
    forgetFailures() {
      untold = 0
    },
  }
}
