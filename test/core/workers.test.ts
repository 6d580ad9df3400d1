// Threads for work of our own.
import { onTestFinished, describe, expect, it } from 'vitest'
import { HelperFailure } from '../../electron/core/talk.ts'
import { createThread } from '../../electron/core/workers.ts'
import { AppError } from '../../shared/errors.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import type { Question } from './workers/subject.worker.ts'

const idleMs = 30_000

function build() {
  const clock = createFakeClock()
  const from = new URL('./workers/subject.ts', import.meta.url).href
  const thread = createThread<Question, string>({ from, name: 'subject.worker', clock, idleMs })
  onTestFinished(thread.end)
  return { clock, thread }
}

const failureOf = async (asked: Promise<unknown>): Promise<unknown> => {
  try {
    await asked
  } catch (error) {
    return error instanceof HelperFailure ? error.why : error
  }
  throw new Error('it did not fail')
}

describe('a thread', () => {
  it('answers, says how far it is, and is ended when it has been idle', async () => {
    const { clock, thread } = build()
    const told: number[][] = []
    expect(await thread.ask('answer', { onProgress: (...figures) => told.push(figures) })).toBe('answered')
    expect(told).toEqual([[1, 2]])
    expect(clock.pending()).toBe(1)
    await clock.advance(idleMs)
    expect(clock.pending()).toBe(0)
    expect(await thread.ask('answer')).toBe('answered')
  })

  it.each(['leave', 'fall over'] as const)('that has to %s says so, and the next one answers', async (question) => {
    const { thread } = build()
    expect(await failureOf(thread.ask(question))).toBe('crashed')
    expect(await thread.ask('answer')).toBe('answered')
  })

  it('that fails as we know it fails with our error, and without its words', async () => {
    const { thread } = build()
    expect(await failureOf(thread.ask('refuse'))).toEqual(new AppError('DISK_FULL'))
  })

  it('that is stopped says that, whoever stopped it', async () => {
    const { thread } = build()
    const abort = new AbortController()
    const stopped = failureOf(thread.ask('think', { signal: abort.signal }))
    setImmediate(() => abort.abort())
    expect(await stopped).toEqual(new AppError('CANCELLED'))
    const ended = failureOf(thread.ask('think'))
    const behind = failureOf(thread.ask('answer'))
    setImmediate(() => void thread.end())
    expect(await ended).toEqual(new AppError('CANCELLED'))
    expect(await behind).toEqual(new AppError('CANCELLED'))
  })
})
