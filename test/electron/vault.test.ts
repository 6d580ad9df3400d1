// A vault's day in the real Electron: made, locked by sleep, opened, its core killed, and let go of at the end.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Desktop, startDesktop } from './desktop.ts'

const passphrase = 'ember lattice quorum sundial violet'
let desktop: Desktop
beforeAll(async () => {
  desktop = await startDesktop()
})
afterAll(async () => {
  await desktop.close()
})

const stateIs = (state: string): Promise<void> =>
  vi.waitFor(
    async () => expect(await desktop.call('vault.status')).toMatchObject({ ok: true, value: { state } }),
    20_000,
  )

const corePid = (): Promise<number | undefined> =>
  desktop.app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Mindkeep vault')?.pid)

describe('a vault in Electron', () => {
  it('is made by a core in a process of its own', async () => {
    expect(await desktop.call('app.about')).toMatchObject({ ok: true, value: { host: 'desktop', canSaveFiles: true } })
    const kit = await desktop.call('vault.draftKit')
    expect(kit.ok).toBe(true)
    const { draft, words, ask } = (kit.ok ? kit.value : {}) as { draft: string; words: string[]; ask: number[] }
    const retyped = ask.map((at) => ({ at, word: words[at - 1] }))
    const made = await desktop.call('vault.create', { name: 'Mine', passphrase, draft, retyped })
    expect(made).toMatchObject({ ok: true, value: { state: 'unlocked' } })
    expect(await corePid()).toBeGreaterThan(0)
  })

  it('locks when the computer sleeps', async () => {
    await desktop.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'))
    await stateIs('locked')
    expect(await desktop.call('vault.unlock', { passphrase })).toMatchObject({ ok: true })
  })

  it('opens with the device key wherever the system keeps secrets', async () => {
    const usable = await desktop.app.evaluate(async ({ safeStorage }) => {
      const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system'
      return !['basic_text', 'unknown'].includes(backend) && (await safeStorage.isAsyncEncryptionAvailable())
    })
    const set = await desktop.call('vault.setDeviceKey', { passphrase, on: true })
    expect(set.ok).toBe(usable)
    if (!usable) return
    await desktop.call('vault.lock')
    expect(await desktop.call('vault.unlockWithDevice')).toMatchObject({ ok: true, value: { state: 'unlocked' } })
  })

  it('is locked and whole after its core was killed', async () => {
    const before = await corePid()
    process.kill(before ?? expect.fail('there is no core'), 'SIGKILL')
    await vi.waitFor(async () => expect(await corePid()).not.toBe(before), 20_000)
    await stateIs('locked')
    expect(await desktop.call('vault.unlock', { passphrase })).toMatchObject({ ok: true, value: { state: 'unlocked' } })
  })

  it('comes to the front when started again, and follows a link to a screen', async () => {
    await desktop.app.evaluate(
      ({ app }) => void app.emit('second-instance', {}, ['mindkeep', 'mindkeep://settings'], '/'),
    )
    await vi.waitFor(() => expect(desktop.page.url()).toBe('app://vault/#/settings'), 10_000)
  })
})
