import { describe, expect, it } from 'vitest'
import type { StartProcess } from '../../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../../electron/core/processes.ts'
import { everyday, openMeaning } from './support.ts'

/** The real process, ended from outside when it is asked about certain texts, as one that crashed. */
const endedBy =
  (isFatal: (message: string) => boolean): StartProcess =>
  (program, events) => {
    const started = startNodeProcess(program, events)
    return {
      ...started,
      post(message) {
        if (isFatal(JSON.stringify(message))) started.kill()
        else started.post(message)
      },
    }
  }

const titlesNotUnderstood = async ({ search }: Pick<Awaited<ReturnType<typeof openMeaning>>, 'search'>) =>
  (await search.meaning.notUnderstood({ offset: 0, limit: 10 })).rows.map(({ title, why }) => [title, why])

describe('understanding that is cut short', () => {
  it('goes on when the model dies, with nothing lost', async () => {
    let deaths = 0
    const opened = await openMeaning(endedBy((message) => message.includes('orchestra') && (deaths += 1) <= 2))
    await opened.add(...everyday)
    expect(await opened.understand()).toMatchObject({ result: { understood: 5, failed: 0 } })
    expect(deaths).toBeGreaterThan(2)
    expect((await opened.foundBy('classical music performance'))[0]).toEqual(['Concert', 'meaning'])
  })

  it('goes on after an item that ends the model each time, and names it', async () => {
    const opened = await openMeaning(endedBy((message) => message.includes('landlord')))
    await opened.add(...everyday)
    expect(await opened.understand()).toMatchObject({ state: 'done', result: { understood: 4, failed: 1 } })
    expect(await titlesNotUnderstood(opened)).toEqual([['Rent', 'model-failed']])
    expect(await opened.search.meaning.state()).toMatchObject({ state: { understood: 4, items: 5, failed: 1 } })
  })

  it('waits where it was stopped until it is told to go on', async () => {
    const opened = await openMeaning()
    const { add, jobs, search, count } = opened
    await add(...Array.from({ length: 600 }, (_, at) => ({ title: `Note ${at}`, body: everyday[at % 5]?.body ?? '' })))
    const ended = opened.understand()
    while (!jobs.list().some(({ kind }) => kind === 'understand'))
      await new Promise((resolve) => setTimeout(resolve, 1))
    const [job] = jobs.list()
    jobs.cancel(job?.id ?? '')
    expect(await ended).toMatchObject({ state: 'cancelled' })
    const left = count('unread')
    expect(left).toBeGreaterThan(0)
    expect(await search.meaning.state()).toMatchObject({ stopped: true })
    search.meaning.goOn()
    expect(jobs.isRunning('understand')).toBe(false)
    expect(count('unread')).toBe(left)
    expect(await opened.understand()).toMatchObject({ result: { understood: 600, failed: 0 } })
    expect(await search.meaning.state()).toMatchObject({ stopped: false })
  })

  it('leaves search by words where the model cannot be started at all', async () => {
    const nothing: StartProcess = (_, { ended }) => {
      queueMicrotask(() => ended(false))
      return { post() {}, kill() {}, memory: () => undefined }
    }
    const { add, ask, search } = await openMeaning(nothing)
    await add(...everyday)
    expect(await ask('dentist')).toMatchObject({ total: 1, meaning: 'no-model' })
    expect(await search.meaning.state()).toMatchObject({ state: null })
  })
})
