import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { createClient, followEvents } from '../../renderer/api.ts'
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import type { Job } from '../../shared/api/jobs.ts'
import { aJob } from '../support/canned.ts'

const job = (id: string, state: Job['state']): Job => aJob({ id, state })

/** A core whose answers to `jobs.list` the test gives by hand, one after the other. */
function page() {
  const asked: ((jobs: readonly Job[]) => void)[] = []
  let tell: (event: AppEvent) => void = () => undefined
  const client = createClient({
    transport: {
      call: () => new Promise<Reply>((answer) => asked.push((value) => answer({ ok: true, value }))),
      listen: (onEvent) => {
        tell = onEvent
        return () => undefined
      },
    },
  })
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } })
  followEvents(client, cache)
  const queryKey = ['jobs.list', {}]
  return {
    asked,
    changed: (payload: Job) => tell({ event: 'job.changed', payload }),
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
    expect(known()).toEqual([job('two', 'running'), job('one', 'done')])
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    asked[1]?.([job('one', 'running'), job('two', 'running')])
    asked[2]?.([job('one', 'done'), job('two', 'done')])
    await vi.waitFor(() => expect(known()).toEqual([job('one', 'done'), job('two', 'done')]))
  })

  it('asks for nothing that no screen has asked for', () => {
    const { asked, changed, known } = page()
    changed(job('one', 'running'))
    expect(asked).toHaveLength(0)
    expect(known()).toBeUndefined()
  })
})
