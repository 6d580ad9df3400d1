// Processes of our own for what is not to be trusted with the core's memory: what they say, what they may, and how they end.
import { onTestFinished, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { HelperFailure } from '../../electron/core/talk.ts'
import { createProcess, startNodeProcess } from '../../electron/core/processes.ts'
import { systemClock } from '../../electron/core/ports.ts'
import { AppError } from '../../shared/errors.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import type { Question } from './processes/subject.process.ts'

const quietMs = 60_000
const startMs = 300_000

function build({ clock = createFakeClock(), memoryMiB = 400 } = {}) {
  const helper = createProcess<Question, string, number, number>({
    startProcess: startNodeProcess,
    program: { module: new URL('./processes/subject.process.ts', import.meta.url).href, heapMiB: 64, messageMiB: 4 },
    clock,
    idleMs: 30_000,
    limits: { memoryMiB, startMs, quietMs },
    says: { answer: z.string(), part: z.number(), want: z.number() },
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

/** It has said something: from here on, it is quiet or it is not. */
async function begun({ helper, clock }: Pick<ReturnType<typeof build>, 'helper' | 'clock'>, task: 'hang' | 'think') {
  await helper.ask({ task: 'count', to: 1 })
  const asked = failureOf(helper.ask({ task }))
  await expect.poll(() => clock.pending()).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 100))
  return { asked }
}

describe('a process that answers', () => {
  it('hands its parts over in order, and answers when the last one was taken', async () => {
    const { count } = build()
    const taken: number[] = []
    const answer = await count(50, async (part) => {
      await new Promise((resolve) => setTimeout(resolve, part % 3))
      taken.push(part)
    })
    expect(answer).toBe('counted to 50')
    expect(taken).toEqual(Array.from({ length: 50 }, (_, index) => index))
  })

  it('is ended before a message that is too long has come', async () => {
    const { helper } = build()
    expect(await failureOf(helper.ask({ task: 'say too much' }))).toBe('crashed')
    expect(await helper.ask({ task: 'count', to: 3 })).toBe('counted to 3')
  })

  it('waits while its parts are not taken: only a few are under way', async () => {
    const { helper } = build()
    const gate = Promise.withResolvers<void>()
    const wanted: number[] = []
    const asked = helper.ask(
      { task: 'count', to: 1000 },
      { onPart: () => gate.promise, onWant: async (want) => void wanted.push(want) },
    )
    await expect.poll(() => wanted.length).toBe(4)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(wanted).toEqual([0, 1, 2, 3])
    gate.resolve()
    expect(await asked).toBe('counted to 1000')
  })

  it('is given what it asks for, or told that it is not', async () => {
    const { helper } = build()
    const onWant = async (want: number) => {
      if (want === 2) throw new AppError('NO_SUCH_FILE')
      return { one: new Map([['a', 1]]).size }
    }
    expect(await helper.ask({ task: 'ask' }, { onWant })).toBe('was given {"one":1} and AppError')
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

  it('may read nothing but our code, write nothing and start nothing', async () => {
    const { helper } = build()
    const reached = await helper.ask({ task: 'reach', path: '/etc/hostname' })
    expect(reached).toBe(['read', 'write', 'spawn', 'thread'].map((way) => `${way}: ERR_ACCESS_DENIED`).join(', '))
  })
})

describe('a process that does not answer', () => {
  it.each(['hang', 'think'] as const)('is given up when it has been quiet too long: %s', async (task) => {
    const { clock, helper, count } = build()
    const { asked } = await begun({ helper, clock }, task)
    const behind = count(3, () => {})
    await clock.advance(quietMs)
    expect(await asked).toBe('silent')
    expect(await behind).toBe('counted to 3')
  })

  it('has longer for its first sign', async () => {
    const { clock, count } = build()
    const asked = count(1, () => {})
    await clock.advance(startMs - 1)
    expect(await asked).toBe('counted to 1')
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

  it('though it never ceases to talk has only so long to work', async () => {
    const clock = createFakeClock()
    const { helper } = build({ clock })
    const onWant = async (want: number, lap: (ms: number) => void) => {
      if (want === 0) lap(5 * quietMs)
      // The next thing it says, it says a while later.
      else setImmediate(() => void clock.advance(quietMs / 2))
    }
    expect(await failureOf(helper.ask({ task: 'count', to: 1e9 }, { onPart() {}, onWant }))).toBe('silent')
  })

  it.each([
    ['leave', 'crashed'],
    ['fall over', 'crashed'],
    ['refuse', 'crashed'],
    ['lie', 'crashed'],
  ] as const)('because it had to %s says so, and the next one answers: %s', async (task, why) => {
    const { helper, count } = build()
    expect(await failureOf(helper.ask({ task }))).toBe(why)
    expect(await count(1, () => {})).toBe('counted to 1')
  })

  it('because it took more memory than it may is ended, and the next one answers', async () => {
    const { helper, count } = build({ clock: { ...createFakeClock(), ...systemClock } })
    expect(await failureOf(helper.ask({ task: 'fill memory' }))).toBe('out-of-memory')
    expect(await count(1, () => {})).toBe('counted to 1')
  })

  it('because it was stopped says that, whoever stopped it', async () => {
    const { clock, helper } = build()
    const abort = new AbortController()
    const stopped = failureOf(helper.ask({ task: 'hang' }, { signal: abort.signal }))
    await expect.poll(() => clock.pending()).toBeGreaterThan(0)
    abort.abort()
    expect(await stopped).toEqual(new AppError('CANCELLED'))
    const ended = failureOf(helper.ask({ task: 'hang' }))
    const behind = failureOf(helper.ask({ task: 'think' }))
    await expect.poll(() => clock.pending()).toBeGreaterThan(0)
    await helper.end()
    expect(await ended).toEqual(new AppError('CANCELLED'))
    expect(await behind).toEqual(new AppError('CANCELLED'))
  })
})
