// Bent requests without a key: whatever they turn into, nothing runs behind the server, nobody is signed in, and it goes on
// answering. 2,000 in `npm test`, 100,000 with MINDKEEP_FAULTS=large.
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedOf, sized } from '../../support/random.ts'
import { bent, bytesOf } from './attacks/bent.ts'
import { serveNaively } from './support/naive-server.ts'
import { type Served, goodCall, serve, write } from './support/served.ts'
import { send } from './support/wire.ts'

const runs = sized({ small: 2_000, large: 100_000 })
const seed = seedOf('bent-requests')

const atOnce = 25
const batch = fc.array(bent, { minLength: atOnce, maxLength: atOnce })

/** Longer than a server that would carry a request out needs to say so. */
const finishAfter = 100

describe('bent requests', () => {
  let served: Served
  beforeAll(async () => {
    served = await serve()
  })
  afterAll(() => served.close())

  it(`run nothing, ${runs} times over`, async () => {
    const { app, clock, target } = served
    const refusedBy = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(batch, async (requests) => {
        await clock.advance(60_000)
        const sent = requests.map((one) => send({ port: target.port, want: 9, finishAfter }, [bytesOf(target, one)]))
        const answers = (await Promise.all(sent)).flat()
        expect(app.ran).toEqual([])
        expect(app.listened()).toBe(0)
        for (const { status, headers } of answers) {
          refusedBy.set(status, (refusedBy.get(status) ?? 0) + 1)
          expect(headers.get('content-security-policy')).toContain("default-src 'none'")
          expect(headers.has('set-cookie')).toBe(false)
        }
      }),
      { seed, numRuns: runs / atOnce },
    )
    // Nothing of this would mean anything if the parser had refused it all, or if a rightful request failed as well.
    for (const status of [400, 401, 403, 405, 421]) expect(refusedBy.get(status) ?? 0).toBeGreaterThan(runs / 200)
    expect(refusedBy.get(400)).toBeLessThan(runs / 2)
    await clock.advance(60_000)
    expect((await send({ port: target.port, finishAfter }, [write(goodCall(target))]))[0]?.status).toBe(200)
  })

  it('are carried out by a server without the rules: the negative control', async () => {
    const naive = await serveNaively()
    const target = { ...served.target, port: naive.port }
    const requests = fc.sample(batch, { seed, numRuns: 8 }).flat()
    const sent = requests.map((one) => send({ port: naive.port, finishAfter }, [bytesOf(target, one)]))
    const carriedOut = (await Promise.all(sent)).filter(([first]) => first?.status === 200)
    await naive.close()
    expect(carriedOut.length / requests.length).toBeGreaterThan(0.4)
  })
})
