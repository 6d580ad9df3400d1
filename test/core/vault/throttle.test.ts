import { describe, expect, it } from 'vitest'
import { createThrottle } from '../../../electron/core/vault/keys/throttle.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

const wrong = async () => undefined
const right = async () => 'in'

/** How long the clock must move until a wrong guess is answered. */
async function waitOf(clock: ReturnType<typeof createFakeClock>, guess: Promise<unknown>): Promise<number> {
  const answer = { given: false }
  void guess.then(() => (answer.given = true))
  await clock.advance(0)
  let waited = 0
  for (; !answer.given; waited += 100) await clock.advance(100)
  return waited
}

describe('guessing', () => {
  it('is answered at once the first time, then later and later, and never later than half a minute', async () => {
    const clock = createFakeClock()
    const { guess } = createThrottle({ clock })
    const waits: number[] = []
    for (let count = 0; count < 10; count++) waits.push(await waitOf(clock, guess(wrong)))
    expect(waits).toEqual([0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  it('starts from nothing after a right guess, and tells how many were wrong', async () => {
    const clock = createFakeClock()
    const { guess, failures, forgetFailures } = createThrottle({ clock })
    for (let count = 0; count < 3; count++) await waitOf(clock, guess(wrong))
    expect(await guess(right)).toBe('in')
    expect(failures()).toBe(3)
    forgetFailures()
    expect(failures()).toBe(0)
    expect(await waitOf(clock, guess(wrong))).toBe(0)
  })

  it('lets no guess overtake another: a hundred at once are one after the other', async () => {
    const clock = createFakeClock()
    const { guess } = createThrottle({ clock })
    let running = 0
    let most = 0
    const attempt = async () => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
      return 'in'
    }
    await Promise.all(Array.from({ length: 100 }, () => guess(attempt)))
    expect(most).toBe(1)
  })
})
