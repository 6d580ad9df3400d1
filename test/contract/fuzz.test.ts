// Random messages straight at the dispatcher. It answers every one, calls what is malformed by its name, repeats none of
// it, and never fails inside. A dispatcher without input checks must not pass.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as fc from 'fast-check'
import { z } from 'zod'
import type { createApp as createAppType } from '../../electron/core/app.ts'
import type { Clock } from '../../electron/core/ports.ts'
import { lightStretching } from '../support/light-stretching.ts'
import { type Reply, api, isMethodName } from '../../shared/api/api.ts'
import { errorShape } from '../../shared/api/values.ts'
import { type Message, arbitraryMessage, canary, isAct } from './messages.ts'
import { prepareVault } from './prepared-vault.ts'
import { seedOf, sized } from '../support/random.ts'
import { type PreparedVault, createPlace, placeFor } from './transport.ts'

const messages = sized({ small: 5000, large: 1_000_000 })
const seed = seedOf('api-fuzz')

/** Tells the time and rings no bell, so that a long run does not lock itself. */
const clock: Clock = { now: () => new Date(), after: () => () => {} }

const home = createPlace()
let vault: PreparedVault
beforeAll(async () => {
  vault = await prepareVault(home)
})
afterAll(home.remove)

interface Fuzzing {
  readonly createApp: typeof createAppType
  readonly state: 'locked' | 'unlocked'
  readonly runs: number
}

async function fuzz({ createApp, state, runs }: Fuzzing): Promise<void> {
  const place = placeFor({ start: state }, vault)
  const log = { write() {} }
  const app = await createApp({ clock, log }, { ...place, host: 'web', version: '0', stretching: lightStretching })
  try {
    if (state === 'unlocked') await app.dispatch('vault.unlock', { passphrase: vault.passphrase })
    const world = { host: 'web', folder: place.folder, passphrase: vault.passphrase, words: vault.words } as const
    await fc.assert(
      fc.asyncProperty(arbitraryMessage(world), async (message) => {
        if (isAct(message)) return
        check(message, state, await app.dispatch(message.method, message.input))
      }),
      { numRuns: runs, seed, endOnFailure: true },
    )
  } finally {
    await app.close()
    place.remove()
  }
}

function check({ method, input }: Message, state: Fuzzing['state'], reply: Reply): void {
  if (!isMethodName(method)) return expectRefusal(reply, 'UNKNOWN_METHOD')
  const row = api[method]
  if (state === 'locked' && row.whileLocked !== true) return expectRefusal(reply, 'VAULT_LOCKED')
  if (!row.input.safeParse(input).success) return expectRefusal(reply, 'INVALID_INPUT')
  if (!reply.ok) {
    expect(errorShape.parse(reply.error).code).not.toBe('INTERNAL')
    return
  }
  expect(row.output.parse(reply.value)).toStrictEqual(reply.value)
  expect(JSON.parse(JSON.stringify(reply.value))).toStrictEqual(reply.value)
}

function expectRefusal(reply: Reply, code: string): void {
  if (reply.ok) throw new Error(`answered a value where ${code} was due`)
  expect(errorShape.parse(reply.error).code).toBe(code)
  expect(JSON.stringify(reply)).not.toContain(canary)
}

describe('random messages', () => {
  it.each(['locked', 'unlocked'] as const)('find no way past the checks of a vault that is %s', async (state) => {
    const { createApp } = await import('../../electron/core/app.ts')
    await fuzz({ createApp, state, runs: messages / 2 })
  })

  it('do find one where the inputs are not checked (negative control)', async () => {
    vi.resetModules()
    // The real core over a table whose every input is accepted: what a dispatcher that forgot to check would be.
    vi.doMock(import('../../shared/api/api.ts'), async (original) => {
      const real = await original()
      const unchecked = Object.entries(real.api).map(([name, row]) => [name, { ...row, input: z.any() }])
      return { ...real, api: Object.fromEntries(unchecked) as typeof real.api }
    })
    try {
      const { createApp } = await import('../../electron/core/app.ts')
      await expect(fuzz({ createApp, state: 'unlocked', runs: 500 })).rejects.toThrow(/Property failed/)
    } finally {
      vi.doUnmock('../../shared/api/api.ts')
      vi.resetModules()
    }
  })
})
