// Stop, a lock and a restart in the middle of taking an import back: what is gone stays gone, and what is left goes when it goes on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, passphrase, vaultTemplate } from '../support.ts'
import { bring, calendar, inTheMiddle, many, outcome, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

type App = Awaited<ReturnType<typeof template.open>>

describe('taking an import back', () => {
  /** Held at its beginning, so that it is never over before a test has looked. */
  const begun = async (app: App) => {
    const { import: id } = await bring(app, await uploaded(app, { 'cal.ics': calendar(600) }))
    const undoing = await app.call('imports.undo', { id })
    await app.call('jobs.pause', { id: undoing.job })
    return { id, undoing }
  }
  const undone = (app: Pick<App, 'call'>, id: string) =>
    expect.poll(async () => (await app.call('imports.get', { id })).summary.state).toBe('undone')

  it('goes on by itself when it was cut short', async () => {
    const app = await template.open()
    const { id } = await begun(app)
    expect((await app.call('library.list')).total).toBeGreaterThan(0)
    await app.app.close()
    const again = await openTestApp({ folder: app.folder, stateFolder: app.stateFolder, clock: app.clock, host: 'web' })
    await again.call('vault.unlock', { passphrase })
    await undone(again, id)
    expect((await again.call('library.list')).total).toBe(0)
  })

  it('does not go on by itself where the person stopped it', async () => {
    const app = await template.open({ host: 'web' })
    const { id, undoing } = await begun(app)
    await app.call('jobs.cancel', { id: undoing.job })
    expect((await app.finished(undoing)).state).toBe('cancelled')
    const { total } = await app.call('library.list')
    await app.call('vault.lock')
    await app.call('vault.unlock', { passphrase })
    expect((await app.call('imports.get', { id })).summary).toMatchObject({ state: 'half-undone', job: null })
    expect((await app.call('library.list')).total).toBe(total)
  })

  it('is said to be cut short half-way by what does not go on by itself, and can be gone on with', async () => {
    const app = await template.open()
    const { id } = await begun(app)
    expect((await app.call('imports.list'))[0]?.state).toBe('undoing')
    await app.app.close()
    const again = await openTestApp({ folder: app.folder, stateFolder: app.stateFolder, clock: app.clock, host: 'cli' })
    await again.call('vault.unlock', { passphrase })
    expect(await again.call('imports.list')).toMatchObject([{ id, state: 'half-undone', job: null }])
    await again.finished(await again.call('imports.undo', { id }))
    expect((await again.call('imports.list'))[0]?.state).toBe('undone')
    expect((await again.call('library.list')).total).toBe(0)
  })

  it('leaves nothing out where the import goes on after that was stopped half way', async () => {
    const app = await template.open()
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await app.call('jobs.cancel', { id: started.job })
    await app.finished(started)
    const before = (await app.call('library.list')).total
    const { promise: cancelled, resolve } = Promise.withResolvers<unknown>()
    const stopListening = app.app.onEvent(({ event, payload }) => {
      const isHalfWay = event === 'job.changed' && payload.kind === 'import-undo' && payload.done > 0
      if (isHalfWay && payload.endedAt === null) resolve(app.call('jobs.cancel', { id: payload.id }))
    })
    const undoing = await app.call('imports.undo', { id: started.import })
    await cancelled
    stopListening()
    expect((await app.finished(undoing)).state).toBe('cancelled')
    expect((await app.call('library.list')).total).toBeLessThan(before)

    await app.finished(await app.call('imports.resume', { id: started.import }))
    expect((await app.call('library.list')).total).toBe(many)
    const { state, counts } = await outcome(app, started.import)
    expect([state, counts.added + counts.duplicate]).toEqual(['done', many])
    // And all of it is taken back as one.
    await app.finished(await app.call('imports.undo', { id: started.import }))
    expect((await app.call('library.list')).total).toBe(0)
  })
})
