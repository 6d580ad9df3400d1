// What a restore does to the vault it replaces, above all when it comes to nothing, and what the page hears of it.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createFakeClock } from '../../support/fake-clock.ts'
import { openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

type Opened = Awaited<ReturnType<typeof template.open>>

const backUp = async ({ call, finished, folder }: Opened) => {
  const { result } = await finished(await call('backups.create'))
  const { backup } = z.object({ backup: z.string() }).parse(result)
  return { id: backup, at: join(folder, 'backups', backup) }
}

const damage = (path: string) => {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

describe('a restore', () => {
  it('of a backup that does not pass leaves an open vault open, and no page hears of a lock', async () => {
    const opened = await template.open()
    const { call, finished, events } = opened
    const { id, at } = await backUp(opened)
    damage(join(at, 'database'))
    events.length = 0
    const job = await finished(await call('backups.restore', { id, passphrase }))
    expect(job).toMatchObject({ state: 'failed', error: { code: 'BACKUP_DAMAGED' } })
    expect((await call('settings.get')).autoLockMinutes).toBe(10)
    expect(events.some(({ event, payload }) => event === 'vault.changed' && payload.state === 'locked')).toBe(false)
    expect(await call('backups.list')).toHaveLength(1)
  })

  it('of a backup that does not pass leaves a locked vault locked', async () => {
    const opened = await template.open()
    const { call, finished } = opened
    const { id, at } = await backUp(opened)
    damage(join(at, 'database'))
    await call('vault.lock')
    expect((await finished(await call('backups.restore', { id, passphrase }))).state).toBe('failed')
    expect((await call('vault.status')).state).toBe('locked')
  })

  it('that works is told as a lock and an opening, so that no page goes on showing what was replaced', async () => {
    const opened = await template.open()
    const { call, finished, events } = opened
    const { id } = await backUp(opened)
    events.length = 0
    await finished(await call('backups.restore', { id, passphrase }))
    const told = events.flatMap((event) => (event.event === 'vault.changed' ? [event.payload.state] : []))
    expect(told).toEqual(['locked', 'unlocked'])
  })

  it('of a backup that does not pass stops no other work', async () => {
    const opened = await template.open()
    const { call, finished } = opened
    const { id, at } = await backUp(opened)
    damage(join(at, 'database'))
    const backup = await call('backups.create')
    expect((await finished(await call('backups.restore', { id, passphrase }))).state).toBe('failed')
    expect((await finished(backup)).state).toBe('done')
  })

  it('loses nothing that was acknowledged while it ran', async () => {
    const opened = await template.open()
    const { app, call, events } = opened
    const { id } = await backUp(opened)
    events.length = 0
    const { job } = await call('backups.restore', { id, passphrase })
    const isTold = (state: string) => events.some((one) => one.event === 'vault.changed' && one.payload.state === state)
    let acknowledged = 0
    const refusals = new Set<string>()
    for (let count = 1; !isTold('unlocked'); count += 1) {
      const value = 1 + (count % 3000)
      const reply = await app.dispatch('settings.set', { searchHalfLifeDays: value })
      if (!reply.ok) refusals.add(reply.error.code)
      else if (!isTold('locked')) acknowledged = value
      await setImmediate()
    }
    expect((await opened.finished({ job })).state).toBe('done')
    expect(acknowledged).toBeGreaterThan(0)
    expect([...refusals]).toEqual(['VAULT_REWRITING'])
    const saved = (await call('backups.list')).find((backup) => backup.id !== id)
    await opened.finished(await call('backups.restore', { id: saved?.id ?? '', passphrase }))
    expect((await call('settings.get')).searchHalfLifeDays).toBe(acknowledged)
  })

  it('of a locked vault is told as locked to whoever asks while what is there is saved', async () => {
    const opened = await template.open()
    const { call } = opened
    const { id } = await backUp(opened)
    await call('vault.lock')
    const { job } = await call('backups.restore', { id, passphrase })
    const heard = new Set<string>()
    for (let ended = false; !ended; ) {
      await setImmediate()
      const jobs = await call('jobs.list')
      ended = jobs.some((one) => one.id === job && one.endedAt !== null)
      const { state } = await call('vault.status')
      if (!ended) heard.add(state)
    }
    expect([...heard]).toEqual(['locked'])
    expect((await call('vault.status')).state).toBe('unlocked')
  })

  it('of a locked vault answers nobody before it is told that the vault is open', async () => {
    // A keychain that takes its time: what it says is part of what is told.
    const slow = async () => Promise.reject(new Error('nothing is kept here'))
    const secretStore = { usable: async () => setTimeout(20, false), seal: slow, open: slow }
    const opened = await template.open({ ports: { secretStore } })
    const { app, call, events } = opened
    const { id } = await backUp(opened)
    await call('vault.lock')
    events.length = 0
    await call('backups.restore', { id, passphrase })
    const codes = new Set<string>()
    const isToldOpen = () => events.some((one) => one.event === 'vault.changed' && one.payload.state === 'unlocked')
    while (!isToldOpen()) {
      const reply = await app.dispatch('settings.get', {})
      if (!isToldOpen()) codes.add(reply.ok ? 'answered' : reply.error.code)
      await setImmediate()
    }
    expect([...codes]).toEqual(['VAULT_LOCKED'])
    expect((await call('settings.get')).autoLockMinutes).toBe(10)
  })

  it.each(['locked', 'unlocked'])(
    'asked for before the computer slept leaves it locked, when it was %s',
    async (state) => {
      const opened = await template.open()
      const { app, call } = opened
      const { id } = await backUp(opened)
      if (state === 'locked') await call('vault.lock')
      const reply = app.dispatch('backups.restore', { id, passphrase })
      await setImmediate()
      await app.suspend()
      expect(await reply).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } })
      expect((await call('vault.status')).state).toBe('locked')
    },
  )

  it('that a lock meets on the way leaves it locked and as it was, however far it is', async () => {
    const opened = await template.open()
    const { app, call, events, finished } = opened
    const { id } = await backUp(opened)
    await call('settings.set', { searchHalfLifeDays: 7 })
    for (const moment of ['begun', 'saved'] as const) {
      const stop = app.onEvent(({ event, payload }) => {
        const isMoment =
          moment === 'saved'
            ? event === 'backups.changed'
            : event === 'job.changed' && payload.kind === 'restore' && payload.endedAt === null
        if (isMoment) void app.suspend()
      })
      events.length = 0
      await call('backups.restore', { id, passphrase })
      const ended = () =>
        events.some(({ event, payload }) => event === 'job.changed' && payload.kind === 'restore' && payload.endedAt)
      while (!ended()) await setImmediate()
      stop()
      expect((await call('vault.status')).state).toBe('locked')
      await call('vault.unlock', { passphrase })
      expect((await call('settings.get')).searchHalfLifeDays).toBe(7)
    }
    expect((await finished(await call('backups.restore', { id, passphrase }))).state).toBe('done')
  })

  it('keeps the vault from locking itself until it is over', async () => {
    const opened = await template.open()
    const { call, clock, finished } = opened
    const { id } = await backUp(opened)
    const job = await call('backups.restore', { id, passphrase })
    await clock.advance(11 * 60_000)
    expect((await finished(job)).state).toBe('done')
    expect((await call('vault.status')).state).toBe('unlocked')
    await clock.advance(11 * 60_000)
    expect((await call('vault.status')).state).toBe('locked')
  })

  it('fills its bar once, and so does the backup before it', async () => {
    // Time passes with every look at the clock, so that every step of the bar is told.
    const clock = createFakeClock()
    let looks = 0
    const ticking = { ...clock, now: () => new Date(clock.now().getTime() + ++looks * 101) }
    const opened = await template.open({ clock: ticking })
    const { call, finished, events } = opened
    await call('settings.set', { autoLockMinutes: 240 })
    const { id } = await backUp(opened)
    await finished(await call('backups.restore', { id, passphrase }))
    for (const kind of ['backup', 'restore']) {
      const shares = events.flatMap(({ event, payload }) =>
        event === 'job.changed' && payload.kind === kind && payload.total !== null
          ? [payload.done / payload.total]
          : [],
      )
      expect(shares.length).toBeGreaterThan(2)
      expect(shares).toEqual(shares.toSorted((one, two) => one - two))
      expect(shares.at(-1)).toBeLessThanOrEqual(1)
    }
  })

  it('keeps a vault that could not be backed up together with the blobs that only it knows', async () => {
    const opened = await template.open()
    const { app, folder, stateFolder } = opened
    const { id } = await backUp(opened)
    const blob = 'ab'.repeat(16)
    await app.close()
    damage(join(folder, 'vault.db'))
    writeFileSync(join(folder, 'vault.db'), Buffer.alloc(8192, 1))
    const again = await openTestApp({ folder, stateFolder })
    mkdirSync(join(folder, 'blobs'), { recursive: true })
    writeFileSync(join(folder, 'blobs', blob), 'sealed')
    expect((await again.finished(await again.call('backups.restore', { id, passphrase }))).state).toBe('done')
    await again.finished(await again.call('backups.create'))
    expect(existsSync(join(folder, 'blobs', blob))).toBe(false)
    expect(readdirSync(join(folder, 'replaced', 'blobs'))).toEqual([blob])
    expect(existsSync(join(folder, 'replaced', 'vault.db'))).toBe(true)
  })
})
