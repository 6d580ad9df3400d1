// The device key is a convenience: whatever happens to it, the passphrase still opens the vault.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../electron/core/ports.ts'
import { failure, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

/** A secret store that keeps what it is given, as a keychain does, and can be made to lose it. */
function createMemoryStore() {
  const state = { usable: true, lost: false }
  const flip = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte) => byte ^ 0x5a)
  const store: SecretStore = {
    usable: async () => state.usable,
    seal: async (secret) => flip(secret),
    async open(sealed) {
      if (state.lost) throw new Error('keychain reset')
      return flip(sealed)
    },
  }
  return { store, state }
}

describe('the device key', () => {
  it('opens the vault without the passphrase once it was turned on with it', async () => {
    const { store } = createMemoryStore()
    const { call } = await template.open({ ports: { secretStore: store } })
    expect((await failure(call('vault.setDeviceKey', { passphrase: 'wrong', on: true }))).code).toBe('WRONG_PASSPHRASE')
    expect((await call('vault.setDeviceKey', { passphrase, on: true })).deviceKey).toBe('on')
    await call('vault.lock')
    expect((await call('vault.unlockWithDevice')).state).toBe('unlocked')
  })

  it('falls through to the passphrase when the keychain was lost', async () => {
    const { store, state } = createMemoryStore()
    const { call } = await template.open({ ports: { secretStore: store } })
    await call('vault.setDeviceKey', { passphrase, on: true })
    await call('vault.lock')
    state.lost = true
    expect((await failure(call('vault.unlockWithDevice'))).code).toBe('DEVICE_KEY_FAILED')
    expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  })

  it('is never offered where the system would keep it in the clear, nor where there is no store', async () => {
    const { store, state } = createMemoryStore()
    state.usable = false
    const { call } = await template.open({ ports: { secretStore: store } })
    expect((await call('vault.status')).deviceKey).toBe('unavailable')
    expect((await failure(call('vault.setDeviceKey', { passphrase, on: true }))).code).toBe('DEVICE_KEY_UNAVAILABLE')
    const without = await template.open()
    expect((await failure(without.call('vault.unlockWithDevice'))).code).toBe('DEVICE_KEY_UNAVAILABLE')
  })

  it('in trouble does not hide that the vault is open', async () => {
    const { store } = createMemoryStore()
    const usable = () => Promise.reject(new Error('keychain gone'))
    const { call } = await template.open({ ports: { secretStore: { ...store, usable } } })
    expect(await call('vault.status')).toMatchObject({ state: 'unlocked', deviceKey: 'unavailable' })
  })

  it('opens nothing any more once it was turned off', async () => {
    const { store } = createMemoryStore()
    const { call } = await template.open({ ports: { secretStore: store } })
    await call('vault.setDeviceKey', { passphrase, on: true })
    expect((await call('vault.setDeviceKey', { passphrase, on: false })).deviceKey).toBe('off')
    await call('vault.lock')
    expect((await failure(call('vault.unlockWithDevice'))).code).toBe('DEVICE_KEY_UNAVAILABLE')
  })

  it('does not hold up the news: the last state told is the one that is', async () => {
    const { store } = createMemoryStore()
    let slow = true
    const usable = async () => {
      // The first to ask waits longest, so that the answers would overtake each other.
      const wait = slow ? 500 : 0
      slow = false
      await new Promise((resolve) => setTimeout(resolve, wait))
      return true
    }
    const { call, events } = await template.open({ ports: { secretStore: { ...store, usable } } })
    slow = true
    await Promise.all([call('vault.lock'), call('vault.unlock', { passphrase })])
    const told = events.flatMap((event) => (event.event === 'vault.changed' ? [event.payload.state] : []))
    expect(told.at(-1)).toBe((await call('vault.status')).state)
  })
})
