// Pause, Stop, a lock and a restart in the middle of an import: what is kept stays kept, and what is left comes when it goes on.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, passphrase, vaultTemplate } from '../support.ts'
import { calendar, inTheMiddle, many, outcome, previewed, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

type App = Awaited<ReturnType<typeof template.open>>
const ended = (app: Pick<App, 'call'>, id: string) =>
  expect.poll(async () => (await app.call('imports.get', { id })).summary.state).toBe('done')

describe('an import in the middle', () => {
  it('waits when it is paused, and goes on', async () => {
    const app = await template.open()
    const [handle = ''] = await uploaded(app, { 'cal.ics': calendar(many) })
    const started = await app.call('imports.start', { handles: [handle] })
    await inTheMiddle(app, started.import)
    await app.call('jobs.pause', { id: started.job })
    // Somebody else reads as much meanwhile, with a reader of their own: first, what was on its way arrives.
    const another = () => previewed(app, handles)
    const handles = await uploaded(app, { 'other.ics': calendar(many / 6) })
    await another()
    const { added } = (await app.call('imports.get', { id: started.import })).summary
    const told = app.events.length
    expect((await another()).files).toHaveLength(1)
    expect((await app.call('imports.get', { id: started.import })).summary.added).toBe(added)
    const since = app.events
      .slice(told)
      .filter(({ event, payload }) => event === 'job.changed' && payload.id === started.job)
    expect(since).toEqual([])
    expect((await app.call('jobs.list')).find(({ id }) => id === started.job)?.state).toBe('paused')
    expect(added).toBeLessThan(many)
    await app.call('jobs.resume', { id: started.job })
    await app.finished(started)
    expect((await outcome(app, started.import)).counts).toMatchObject({ added: many, duplicate: 0 })
  })

  it('keeps what it has when it is stopped, and can go on later', async () => {
    const app = await template.open()
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await app.call('jobs.cancel', { id: started.job })
    expect((await app.finished(started)).state).toBe('cancelled')
    const stopped = await outcome(app, started.import)
    expect(stopped).toMatchObject({ state: 'stopped', files: { 'cal.ics': 'waiting' } })
    expect((await app.call('imports.list')).map(({ of, canGoOn }) => [of, canGoOn])).toEqual([['files', true]])
    expect((await app.call('library.list')).total).toBe(stopped.counts.added)
    await app.finished(await app.call('imports.resume', { id: started.import }))
    expect(await outcome(app, started.import)).toMatchObject({ state: 'done', counts: { added: many, duplicate: 0 } })
  })

  it('can be undone once it was stopped: what it brought is gone', async () => {
    const app = await template.open()
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await app.call('jobs.cancel', { id: started.job })
    await app.finished(started)
    const undone = await app.finished(await app.call('imports.undo', { id: started.import }))
    expect([undone.state, undone.error]).toEqual(['done', null])
    expect((await app.call('library.list')).total).toBe(0)
    expect(readdirSync(join(app.folder, 'incoming'))).toEqual([])
  })

  it('goes on by itself when the vault is opened again after a lock', async () => {
    const app = await template.open({ host: 'web' })
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await app.call('vault.lock')
    await app.call('vault.unlock', { passphrase })
    const summaries = async () => [
      ...(await app.call('imports.list')),
      (await app.call('imports.get', { id: started.import })).summary,
    ]
    // As long as a job is at it, nothing else is said of it.
    const states = (await summaries()).map(({ job, state, canGoOn }) => [job !== null, state, canGoOn])
    expect(states).toEqual([
      [true, 'running', false],
      [true, 'running', false],
    ])
    await ended(app, started.import)
    expect((await outcome(app, started.import)).counts).toMatchObject({ added: many, duplicate: 0 })
    expect((await summaries()).map(({ canGoOn }) => canGoOn)).toEqual([false, false])
  })

  /** Until a keychain has answered, nobody is told that the vault is open. */
  function slowKeychain() {
    const asked = { answer: Promise.resolve() }
    const nothing = async () => Buffer.alloc(0)
    const usable = async () => {
      await asked.answer
      return false
    }
    const hold = () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      asked.answer = promise
      return resolve
    }
    return { secretStore: { usable, seal: nothing, open: nothing }, hold }
  }

  it('goes on by itself where what was locked ends after the vault is open again', async () => {
    const { secretStore, hold } = slowKeychain()
    const app = await template.open({ host: 'web', ports: { secretStore } })
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    const answer = hold()
    const locked = app.call('vault.lock')
    const unlocked = app.call('vault.unlock', { passphrase })
    await expect.poll(async () => (await app.call('imports.list')).length).toBe(1)
    await expect.poll(async () => (await app.call('jobs.list')).filter(({ endedAt }) => endedAt === null)).toEqual([])
    answer()
    await Promise.all([locked, unlocked])
    await ended(app, started.import)
    expect((await outcome(app, started.import)).counts).toMatchObject({ added: many, duplicate: 0 })
  })

  it('is begun once where it is begun before it is told that the vault is open', async () => {
    const { secretStore, hold } = slowKeychain()
    const app = await template.open({ host: 'web', ports: { secretStore } })
    await app.call('vault.lock')
    const answer = hold()
    const unlocked = app.call('vault.unlock', { passphrase })
    await expect.poll(async () => (await app.call('imports.list').catch(() => [1])).length).toBe(0)
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    answer()
    await unlocked
    await ended(app, started.import)
    const jobs = (await app.call('jobs.list')).filter(({ kind }) => kind === 'import')
    expect(jobs.map(({ id }) => id)).toEqual([started.job])
  })

  it('stays stopped where the person stops it and locks the vault at once', async () => {
    const app = await template.open({ host: 'web' })
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await Promise.all([app.call('jobs.cancel', { id: started.job }), app.call('vault.lock')])
    await app.call('vault.unlock', { passphrase })
    const { state, job, canGoOn } = (await app.call('imports.get', { id: started.import })).summary
    expect([state, job, canGoOn]).toEqual(['stopped', null, true])
  })

  it('is not called stopped where a backup was to take the place of the vault, and did not', async () => {
    const app = await template.open({ host: 'web' })
    await app.finished(await app.call('backups.create'))
    const [backup] = await app.call('backups.list')
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await app.call('jobs.pause', { id: started.job })
    const { promise: calledOff, resolve } = Promise.withResolvers<void>()
    app.app.onEvent(({ event, payload }) => {
      if (event === 'job.changed' && payload.id === started.job && payload.endedAt !== null) resolve()
    })
    const restoring = await app.call('backups.restore', { id: backup?.id ?? '', passphrase })
    await calledOff
    await app.call('jobs.cancel', { id: restoring.job })
    expect((await app.finished(restoring)).state).toBe('cancelled')
    const { state, job, canGoOn } = (await app.call('imports.get', { id: started.import })).summary
    expect([state, job, canGoOn]).toEqual(['interrupted', null, true])
    await app.call('vault.lock')
    await app.call('vault.unlock', { passphrase })
    await ended(app, started.import)
    expect((await outcome(app, started.import)).counts).toMatchObject({ added: many, duplicate: 0 })
  })

  it('goes on by itself after a restart', async () => {
    const { app, call, folder, stateFolder, ...rest } = await template.open({ host: 'web' })
    const started = await call('imports.start', { handles: await uploaded({ app }, { 'cal.ics': calendar(many) }) })
    await inTheMiddle({ call }, started.import)
    await app.close()
    const again = await openTestApp({ folder, stateFolder, clock: rest.clock, host: 'web' })
    await again.call('vault.unlock', { passphrase })
    await ended(again, started.import)
    const found = await outcome(again, started.import)
    expect(found.problems).toEqual({})
    expect(found.counts).toMatchObject({ added: many, duplicate: 0 })
  })

  it('is left alone by commands that end at once, and goes on by itself all the same where Mindkeep stays open', async () => {
    const first = await template.open({ host: 'web' })
    const started = await first.call('imports.start', { handles: await uploaded(first, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(first, started.import)
    await first.app.close()
    const places = { folder: first.folder, stateFolder: first.stateFolder, clock: first.clock }
    for (const host of ['cli', 'web', 'cli', 'web', 'cli'] as const) {
      const short = await openTestApp({ ...places, host })
      await short.call('vault.unlock', { passphrase })
      const { state, job } = (await short.call('imports.get', { id: started.import })).summary
      expect(job === null).toBe(host === 'cli')
      if (host === 'cli') expect(state).toBe('interrupted')
      await short.app.close()
    }
    const again = await openTestApp({ ...places, host: 'web' })
    await again.call('vault.unlock', { passphrase })
    await ended(again, started.import)
    expect((await outcome(again, started.import)).counts).toMatchObject({ added: many, duplicate: 0 })
  })

  it('goes on in a command that is told to', async () => {
    const first = await template.open()
    const started = await first.call('imports.start', { handles: await uploaded(first, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(first, started.import)
    await first.app.close()
    const again = await openTestApp({ folder: first.folder, stateFolder: first.stateFolder, clock: first.clock })
    await again.call('vault.unlock', { passphrase })
    await again.finished(await again.call('imports.resume', { id: started.import }))
    expect(await outcome(again, started.import)).toMatchObject({ state: 'done', counts: { added: many, duplicate: 0 } })
  })

  it('waits for the one before it, and can be stopped while it waits', async () => {
    const app = await template.open()
    const start = async (name: string, from: number) =>
      app.call('imports.start', { handles: await uploaded(app, { [name]: calendar(many, from) }) })
    const first = await start('first.ics', 0)
    await inTheMiddle(app, first.import)
    await app.call('jobs.pause', { id: first.job })
    const second = await start('second.ics', many)
    const third = await start('third.ics', 2 * many)
    await app.call('jobs.cancel', { id: second.job })
    expect((await app.finished(second)).state).toBe('cancelled')
    expect((await outcome(app, third.import)).counts.added).toBe(0)
    await app.call('jobs.resume', { id: first.job })
    await app.finished(first)
    await app.finished(third)
    expect((await outcome(app, second.import)).counts.added).toBe(0)
    expect((await outcome(app, third.import)).counts.added).toBe(many)
  })
})
