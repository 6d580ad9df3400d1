// The time until the vault locks itself, with work under way that a lock would cut short, and with a computer that slept.
import { describe, expect, it } from 'vitest'
import { createAutoLock } from '../../../electron/core/vault/autolock.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

const minute = 60_000

function build() {
  const clock = createFakeClock()
  const told: string[] = []
  const state = { busy: false }
  const autoLock = createAutoLock({
    clock,
    warn: () => void told.push('warned'),
    lock() {
      told.push('locked')
      autoLock.stop()
    },
    isBusy: () => state.busy,
    onPutOff: () => void told.push('put off'),
  })
  return { autoLock, clock, state, told }
}

describe('the time until the vault locks itself', () => {
  it('warns and then locks', async () => {
    const { autoLock, clock, told } = build()
    autoLock.touch(10)
    await clock.advance(10 * minute)
    expect(told).toEqual(['warned', 'locked'])
  })

  it('is put off, without a word, as long as work is under way that a lock would cut short', async () => {
    const { autoLock, clock, state, told } = build()
    state.busy = true
    autoLock.touch(10)
    await clock.advance(35 * minute)
    expect(told).toEqual([])
    state.busy = false
    // Not the whole time again: nobody has been here for long.
    await clock.advance(1.5 * minute)
    expect(told).toEqual(['warned', 'locked'])
  })

  it('takes a warning back where such work has begun since', async () => {
    const { autoLock, clock, state, told } = build()
    autoLock.touch(10)
    await clock.advance(9.75 * minute)
    state.busy = true
    await clock.advance(minute)
    expect(told).toEqual(['warned', 'put off'])
    expect(autoLock.hasWarned()).toBe(false)
    expect(autoLock.isOverdue()).toBe(false)
  })

  it('is over after a night, whatever is under way', async () => {
    const { autoLock, clock, state, told } = build()
    state.busy = true
    autoLock.touch(10)
    clock.set(new Date(clock.now().getTime() + 8 * 60 * minute))
    expect(autoLock.isOverdue()).toBe(true)
    await clock.advance(10_000)
    expect(told).toEqual(['locked'])
  })
})
