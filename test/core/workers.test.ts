import { onTestFinished, describe, expect, it } from 'vitest'
import { type Helper, HelperFailure, createHelper } from '../../electron/core/workers.ts'
import { AppError } from '../../shared/errors.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import type { Question } from './workers/subject.worker.ts'

const quietMs = 60_000

function build({ idleMs = 30_000 } = {}) {
  const clock = createFakeClock()
  const helper: Helper<Question, string, number> = createHelper({
    from: new URL('./workers/subject.ts', import.meta.url).href,
    name: 'subject.worker',
    clock,
    idleMs,
    limits: { memoryMiB: 48, quietMs },
  })
  onTestFinished(helper.end)
  const count = (to: number, onPart: (part: number) => Promise<void> | void) =>
    helper.ask({ task: 'count', to }, { onPart })
  return { clock, helper, count }
}

const failureOf = async (asked: Promise<unknown>): Promise<unknown> => {
  try {
    await asked
  } catch (error) {
    return error instanceof HelperFailure ? error.why : error
  }
  throw new Error('it did not fail')
}

/** The worker has begun: what is told from here on, it hears. */
const begun = (clock: ReturnType<typeof createFakeClock>) => expect.poll(() => clock.pending()).toBeGreaterThan(0)

describe('a worker that answers in parts', () => {
  it('hands them over in order, and answers when the last one was taken', async () => {
    const { count } = build()
    const taken: number[] = []
    const answer = await count(50, async (part) => {
      await new Promise((resolve) => setTimeout(resolve, part % 3))
      taken.push(part)
    })
    expect(answer).toBe('counted to 50')
    expect(taken).toEqual(Array.from({ length: 50 }, (_, index) => index))
  })

  it('waits while its parts are not taken: only a few are under way', async () => {
    const { helper } = build()
    const sent = new Int32Array(new SharedArrayBuffer(4))
    const gate = Promise.withResolvers<void>()
    const asked = helper.ask({ task: 'count', to: 1000, sent }, { onPart: () => gate.promise })
    await expect.poll(() => sent[0]).toBe(4)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sent[0]).toBe(4)
    gate.resolve()
    expect(await asked).toBe('counted to 1000')
  })

  it('is ended when a part could not be taken, and the next question has another one', async () => {
    const { count } = build()
    const taken: number[] = []
    const full = new AppError('DISK_FULL')
    const asked = count(1000, (part) => {
      taken.push(part)
      if (part === 2) throw full
    })
    expect(await failureOf(asked)).toBe(full)
    expect(taken).toEqual([0, 1, 2])
    expect(await count(1, () => {})).toBe('counted to 1')
  })
})

describe('a worker that does not answer', () => {
  it.each([
    ['hang', 'silent'],
    ['think', 'silent'],
  ] as const)('is given up when it has been quiet too long: %s', async (task, why) => {
    const { clock, helper, count } = build()
    const asked = failureOf(helper.ask({ task }))
    const behind = count(3, () => {})
    await begun(clock)
    await clock.advance(quietMs)
    expect(await asked).toBe(why)
    expect(await behind).toBe('counted to 3')
  })

  it('is not blamed for the time that its parts wait to be taken', async () => {
    const { clock, count } = build()
    const gate = Promise.withResolvers<void>()
    let waiting = false
    const asked = count(2, () => {
      waiting = true
      return gate.promise
    })
    await expect.poll(() => waiting).toBe(true)
    await clock.advance(10 * quietMs)
    gate.resolve()
    expect(await asked).toBe('counted to 2')
  })

  it.each([
    ['fill memory', 'out-of-memory'],
    ['leave', 'crashed'],
    ['fall over', 'crashed'],
    ['refuse', 'crashed'],
  ] as const)('because it had to %s says so, and the next one answers: %s', async (task, why) => {
    const { helper, count } = build()
    expect(await failureOf(helper.ask({ task }))).toBe(why)
    expect(await count(1, () => {})).toBe('counted to 1')
  })

  it('because it was stopped says that, whoever stopped it', async () => {
    const { clock, helper } = build()
    const abort = new AbortController()
    const stopped = failureOf(helper.ask({ task: 'hang' }, { signal: abort.signal }))
    await begun(clock)
    abort.abort()
    expect(await stopped).toEqual(new AppError('CANCELLED'))
    const ended = failureOf(helper.ask({ task: 'hang' }))
    const behind = failureOf(helper.ask({ task: 'think' }))
    await begun(clock)
    await helper.end()
    expect(await ended).toEqual(new AppError('CANCELLED'))
    expect(await behind).toEqual(new AppError('CANCELLED'))
  })
})
