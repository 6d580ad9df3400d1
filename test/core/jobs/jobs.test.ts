import { describe, expect, it, vi } from 'vitest'
import { type JobContext, createJobs } from '../../../electron/core/jobs/jobs.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import { AppError } from '../../../shared/errors.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

function build() {
  const clock = createFakeClock()
  const events: AppEvent[] = []
  const logged: string[] = []
  const failures: string[] = []
  const jobs = createJobs({
    clock,
    log: { write: (event) => void logged.push(event) },
    emit: (event) => events.push(event),
    onFailure: (code) => void failures.push(code),
  })
  const state = (id: string) => jobs.list().find((job) => job.id === id)
  const ended = (id: string) => vi.waitFor(() => expect(state(id)?.endedAt).toEqual(expect.any(String)))
  return { clock, ended, events, failures, jobs, logged, state }
}

const found = { entries: 7, head: null, brokenAt: null, witness: 'agrees' } as const

/** Work that a test drives by hand. */
function handmade() {
  const gate = Promise.withResolvers<void>()
  let context: JobContext | undefined
  const work = async (given: JobContext) => {
    context = given
    await gate.promise
    await given.pace()
    return { backup: 'b' }
  }
  return { gate, work, context: () => context as JobContext }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a job', () => {
  it('answers with its id at once and tells how it goes and what came of it', async () => {
    const { jobs, events, state, ended } = build()
    const { gate, work, context } = handmade()
    const { job } = jobs.start('backup', work)
    context().progress(1, 2)
    context().progress(2, 2)
    gate.resolve()
    await ended(job)
    expect(state(job)).toMatchObject({ state: 'done', done: 2, total: 2, result: { backup: 'b' }, error: null })
    // That there is something to do is told at once, however soon it is known.
    const told = events.map((event) => event.event === 'job.changed' && [event.payload.state, event.payload.done])
    expect(told).toEqual([
      ['running', 0],
      ['running', 1],
      ['running', 2],
      ['done', 2],
    ])
  })

  it('forgets what came of it where that names what is gone, and tells so; others keep theirs', async () => {
    const { jobs, events, state, ended } = build()
    const looked = jobs.start('verify-log', async () => found)
    const made = jobs.start('backup', async () => ({ backup: 'b' }))
    await ended(looked.job)
    await ended(made.job)
    jobs.forgetResults(['verify-log', 'import'])
    expect(state(looked.job)).toMatchObject({ state: 'done', result: null })
    expect(events.at(-1)).toMatchObject({ payload: { id: looked.job, result: null } })
    expect(state(made.job)).toMatchObject({ result: { backup: 'b' } })
  })

  it('does not flood: a thousand small steps are a few events', () => {
    const { jobs, events } = build()
    const { work, context } = handmade()
    jobs.start('backup', work)
    for (let done = 1; done < 1000; done++) context().progress(done, 1000)
    expect(events.length).toBeLessThan(5)
  })

  it('waits where it is while paused and goes on from there', async () => {
    const { jobs, state, ended } = build()
    const { gate, work } = handmade()
    const { job } = jobs.start('backup', work, { pausable: true })
    jobs.pause(job)
    gate.resolve()
    await settled()
    expect(state(job)?.state).toBe('paused')
    jobs.resume(job)
    await ended(job)
    expect(state(job)?.state).toBe('done')
  })

  it.each(['running', 'paused'])('stops when asked to, %s or not', async (from) => {
    const { jobs, state, ended } = build()
    const { gate, work } = handmade()
    const { job } = jobs.start('backup', work, { pausable: true })
    if (from === 'paused') jobs.pause(job)
    jobs.cancel(job)
    gate.resolve()
    await ended(job)
    expect(state(job)).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED' } })
  })

  it('says after five seconds that nothing moves, and takes it back when something does', async () => {
    const { jobs, clock, state } = build()
    const { work, context } = handmade()
    const { job } = jobs.start('backup', work)
    await clock.advance(5000)
    expect(state(job)?.stalled).toBe(true)
    context().progress(1, 9)
    expect(state(job)?.stalled).toBe(false)
  })

  it('says whether it can wait, and cannot be made to where others wait for it', async () => {
    const { jobs, state, ended } = build()
    const { gate, work } = handmade()
    const { job } = jobs.start('restore', work)
    expect(state(job)?.pausable).toBe(false)
    expect(() => jobs.pause(job)).toThrow(new AppError('CANNOT_PAUSE'))
    gate.resolve()
    await ended(job)
    expect(state(job)?.state).toBe('done')
    expect(state(jobs.start('backup', handmade().work, { pausable: true }).job)?.pausable).toBe(true)
  })

  it('says what it is at, until it ends', async () => {
    const { jobs, state, ended } = build()
    const { gate, work, context } = handmade()
    const { job } = jobs.start('backup', work)
    expect(state(job)?.detail).toBeNull()
    context().progress(1, 3, 'letters.mbox')
    context().progress(2, 3)
    expect(state(job)).toMatchObject({ done: 2, detail: 'letters.mbox' })
    context().progress(2, 3, null)
    expect(state(job)?.detail).toBeNull()
    context().progress(3, 3, 'x'.repeat(5000))
    expect(state(job)?.detail).toHaveLength(200)
    gate.resolve()
    await ended(job)
    expect(state(job)).toMatchObject({ state: 'done', detail: null })
  })

  it('is forgotten when the vault was locked, and of one that was running only the end is told', async () => {
    const { jobs, state, events, ended } = build()
    const checked = jobs.start('verify-log', async () => found)
    const running = jobs.start('backup', async ({ pace, progress }) => {
      for (;;) {
        progress(1, 2, 'letters.mbox')
        await pace()
      }
    })
    await ended(checked.job)
    expect(state(checked.job)?.result).toEqual(found)
    const stopped = jobs.stopAll()
    expect(state(checked.job)).toBeUndefined()
    // However long it takes to end.
    expect(state(running.job)).toBeUndefined()
    await stopped
    expect(jobs.list()).toEqual([])
    expect(events.at(-1)?.payload).toMatchObject({ id: running.job, state: 'cancelled', detail: null, result: null })
  })

  it('is not called stalled while it is paused', async () => {
    const { jobs, clock, state } = build()
    const { work } = handmade()
    const { job } = jobs.start('backup', work, { pausable: true })
    jobs.pause(job)
    await clock.advance(60_000)
    expect(state(job)?.stalled).toBe(false)
  })

  it('says that it waits for its turn, and is not called stalled meanwhile', async () => {
    const { jobs, clock, state } = build()
    const { work, context } = handmade()
    const turn = Promise.withResolvers<void>()
    const { job } = jobs.start('backup', work)
    const waited = context().wait(turn.promise)
    await clock.advance(60_000)
    expect(state(job)).toMatchObject({ waiting: true, stalled: false })
    turn.resolve()
    await waited
    expect(state(job)).toMatchObject({ waiting: false, stalled: false })
    await clock.advance(60_000)
    expect(state(job)).toMatchObject({ waiting: false, stalled: true })
  })

  it('fails with a named error, and with a reference where the error has no name', async () => {
    const { jobs, state, logged, failures, ended } = build()
    const named = jobs.start('backup', () => Promise.reject(new AppError('DISK_FULL')))
    const unnamed = jobs.start('backup', () => Promise.reject(new Error('private words')))
    await ended(unnamed.job)
    expect(state(named.job)).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
    expect(state(unnamed.job)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
    expect(logged).toEqual(['job.failed'])
    expect(failures).toEqual(['DISK_FULL', 'INTERNAL'])
  })

  it('fails where what came of it is not what work of its kind comes to', async () => {
    const { jobs, state, failures, ended } = build()
    const { job } = jobs.start('backup', async () => ({ backup: 'Not an id' }))
    await ended(job)
    expect(state(job)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' }, result: null })
    expect(failures).toEqual(['INTERNAL'])
  })

  it('says when a lock has stopped it, and not when it was done, failed, or stopped by whoever asked for it', async () => {
    const { jobs } = build()
    const told: string[] = []
    const start = (name: string, work: (context: JobContext) => Promise<null>) =>
      jobs.start('deep-erase', work, { onCutShort: () => void told.push(name) }).job
    const { promise, resolve } = Promise.withResolvers<void>()
    const untilThen = async ({ pace }: JobContext) => {
      await promise
      await pace()
      return null
    }
    start('done', async () => null)
    start('failed', () => Promise.reject(new AppError('DISK_FULL')))
    start('ends all the same', async () => {
      await promise
      return null
    })
    jobs.cancel(start('stopped by hand', untilThen))
    start('cut short', untilThen)
    start('closed under it', async () => {
      await promise
      throw new AppError('VAULT_LOCKED')
    })
    await settled()
    const stopped = jobs.stopAll()
    resolve()
    await stopped
    expect(told.toSorted()).toEqual(['closed under it', 'cut short'])
  })

  it('can be asked for long after a page was reloaded, but only the last twenty are kept', async () => {
    const { jobs } = build()
    for (let count = 0; count < 30; count++) jobs.start('deep-erase', async () => null)
    await vi.waitFor(() => expect(jobs.list()).toHaveLength(20))
  })

  it('refuses to stop what has ended or never was', async () => {
    const { jobs, ended } = build()
    const { job } = jobs.start('deep-erase', async () => null)
    await ended(job)
    for (const id of [job, 'never']) expect(() => jobs.cancel(id)).toThrow(AppError)
  })
})
