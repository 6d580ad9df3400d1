// Runs the table of cases over one transport. Each case begins in a place of its own and leaves nothing behind.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type MethodName, type Reply, api, isMethodName } from '../../shared/api/api.ts'
import type { Case, Step, World } from './case.ts'
import { cases } from './cases/index.ts'
import { prepareVault } from './prepared-vault.ts'
import { type Connection, type PreparedVault, type Transport, createPlace, placeFor } from './transport.ts'

/** Cases whose steps must meet the same core are left out where each step starts one. */
export const casesOver = ({ oneProcess }: Pick<Transport, 'oneProcess'>): readonly Case[] =>
  cases.filter((one) => oneProcess || one.oneProcess !== true)

export function describeApiOver(transport: Transport): void {
  const home = createPlace()
  let vault: PreparedVault
  beforeAll(async () => {
    vault = await prepareVault(home)
  })
  afterAll(async () => {
    await transport.end?.()
    home.remove()
  })

  describe(`the api over ${transport.name}`, () => {
    it.each(casesOver(transport))('$name', async (one) => {
      const place = placeFor(one, vault)
      const { passphrase, words } = vault
      const world: World = { host: transport.host, folder: place.folder, passphrase, words }
      const connection = await transport.connect(place, one.start === 'unlocked' ? passphrase : undefined)
      try {
        const replies: Reply[] = []
        for (const step of one.steps(world)) replies.push(await take(step, { connection, replies }))
      } finally {
        await connection.close()
        place.remove()
      }
    })
  })
}

interface Progress {
  readonly connection: Connection
  readonly replies: readonly Reply[]
}

async function take({ method, input, expected, patient }: Step, { connection, replies }: Progress): Promise<Reply> {
  const ask = async () => {
    const reply = await connection.call(method, input(replies))
    expect(reply, method).toEqual(expected)
    return reply
  }
  const reply = patient ? await vi.waitFor(ask, { timeout: 90_000, interval: 50 }) : await ask()
  if (reply.ok && isMethodName(method)) checkValue(method, reply.value)
  return reply
}

/** Every value is what the table promises, and JSON carries all of it: no undefined, no dates, no bytes. */
function checkValue(method: MethodName, answered: unknown): void {
  expect(api[method].output.parse(answered)).toStrictEqual(answered)
  expect(JSON.parse(JSON.stringify(answered))).toStrictEqual(answered)
}
