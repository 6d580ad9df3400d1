import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { createClient, followEvents } from '../../renderer/api.ts'
import type { Link } from '../../renderer/transport/transport.ts'
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import type { Job } from '../../shared/api/jobs.ts'
import { aJob, lockedStatus } from '../support/canned.ts'

const job = (id: string, state: Job['state']): Job => aJob({ id, state })

/** A core whose answers to `jobs.list` the test gives by hand, one after the other. */
function page() {
  const asked: ((jobs: readonly Job[]) => void)[] = []
  let tell: (event: AppEvent) => void = () => undefined
  let line: (link: Link) => void = () => undefined
  const client = createClient({
    transport: {
      call: () => new Promise<Reply>((answer) => asked.push((value) => answer({ ok: true, value }))),
      upload: () => new Promise(() => undefined),
      listen: (onEvent, onLink) => {
        tell = onEvent
        line = onLink
        return () => undefined
      },
    },
  })
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } })
  followEvents(client, cache)
  const queryKey = ['jobs.list', {}]
  return {
    asked,
    client,
    cache,
    open: () => line('open'),
    changed: (payload: Job) => tell({ event: 'job.changed', payload }),
    locked: () => tell({ event: 'vault.changed', payload: lockedStatus }),
    watch: () =>
      new QueryObserver(cache, { queryKey, queryFn: () => client.call('jobs.list', {}) }).subscribe(() => undefined),
    askAgain: () => void cache.invalidateQueries({ queryKey }),
    known: () => cache.getQueryData<readonly Job[]>(queryKey),
  }
}

describe('what the page knows of jobs', () => {
  it('is not what was true before a change that came ahead of the first answer', async () => {
    const { asked, changed, watch, known } = page()
    watch()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    changed(job('one', 'done'))
    asked[0]?.([job('one', 'running')])
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.([job('one', 'done')])
    await vi.waitFor(() => expect(known()).toEqual([job('one', 'done')]))
  })

  it('takes in a change at once, and lets no older answer on its way overwrite it', async () => {
    const { asked, changed, watch, askAgain, known } = page()
    watch()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    asked[0]?.([job('one', 'running'), job('two', 'running')])
    await vi.waitFor(() => expect(known()).toHaveLength(2))
    askAgain()
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    changed(job('one', 'done'))
    expect(known()).toEqual([job('one', 'done'), job('two', 'running')])
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    asked[1]?.([job('one', 'running'), job('two', 'running')])
    asked[2]?.([job('one', 'done'), job('two', 'done')])
    await vi.waitFor(() => expect(known()).toEqual([job('one', 'done'), job('two', 'done')]))
  })

  it('is asked for anew once the line is open, because events sent before that were heard by nobody', async () => {
    const { asked, client, open, watch, known } = page()
    expect(client.link()).toBe('connecting')
    watch()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    asked[0]?.([job('one', 'running')])
    await vi.waitFor(() => expect(known()).toHaveLength(1))
    open()
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.([job('one', 'done')])
    await vi.waitFor(() => expect(known()).toEqual([job('one', 'done')]))
  })

  it('is asked for anew even where the first answer was on its way as the line opened', async () => {
    const { asked, open, watch, known } = page()
    watch()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    open()
    asked[0]?.([job('one', 'running')])
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.([job('one', 'done')])
    await vi.waitFor(() => expect(known()).toEqual([job('one', 'done')]))
  })

  it('says nothing of what came of ended work once the vault is locked, and goes on following what runs', () => {
    const { cache, known, locked } = page()
    const ended = aJob({ id: 'one', state: 'done', endedAt: '2026-01-01T00:00:01.000Z', result: { backup: 'b' } })
    cache.setQueryData(['jobs.list', {}], [ended, job('two', 'running')])
    locked()
    expect(known()).toEqual([{ ...ended, result: null }, job('two', 'running')])
  })

  it('asks for nothing that no screen has asked for', () => {
    const { asked, changed, known } = page()
    changed(job('one', 'running'))
    expect(asked).toHaveLength(0)
    expect(known()).toBeUndefined()
  })
})

describe('what the page knows of the Library', () => {
  it('comes in, however fast it changes, and is what it was after the last change', async () => {
    const answers: ((total: number) => void)[] = []
    let tell: (event: AppEvent) => void = () => undefined
    const client = createClient({
      transport: {
        call: () => new Promise<Reply>((answer) => answers.push((value) => answer({ ok: true, value }))),
        upload: () => new Promise(() => undefined),
        listen: (onEvent) => {
          tell = onEvent
          return () => undefined
        },
      },
    })
    const cache = new QueryClient({
      defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
    })
    followEvents(client, cache)
    const queryKey = ['library.get', { id: 'one' }]
    const queryFn = () => client.call('library.get', { id: 'one' })
    const known = () => cache.getQueryData(queryKey)
    new QueryObserver<unknown>(cache, { queryKey, queryFn }).subscribe(() => undefined)
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    answers[0]?.(0)
    await vi.waitFor(() => expect(known()).toBe(0))
    for (let batch = 0; batch < 5; batch += 1) {
      tell({ event: 'library.changed', payload: {} })
      await new Promise((resolve) => setTimeout(resolve))
    }
    expect(answers).toHaveLength(2)
    answers[1]?.(1)
    await vi.waitFor(() => expect(known()).toBe(1))
    await vi.waitFor(() => expect(answers).toHaveLength(3))
    answers[2]?.(5)
    await vi.waitFor(() => expect(known()).toBe(5))
    expect(answers).toHaveLength(3)
  })
})
