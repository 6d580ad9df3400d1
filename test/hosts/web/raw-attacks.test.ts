// Every attack is the request of a signed-in page with one thing changed, sent byte by byte. The vault behind the server
// must not notice, and a server written without these rules must fall for most of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageHeaders } from '../../../shared/page-files.ts'
import { hostAttacks, pathAttacks } from './attacks/addresses.ts'
import type { Attack } from './attacks/attack.ts'
import { framingAttacks, jsonAttacks } from './attacks/bodies.ts'
import { keyAttacks, startTokenAttacks } from './attacks/keys.ts'
import { contentTypeAttacks, fetchMetadataAttacks, methodAttacks, originAttacks } from './attacks/origins.ts'
import { protocolAttacks } from './attacks/protocols.ts'
import { serveNaively } from './support/naive-server.ts'
import { downloadAttacks, uploadAttacks } from './attacks/transfers.ts'
import { outgoingTicket } from './support/small-app.ts'
import { type Served, ask, change, goodCall, goodDownload, serve, write } from './support/served.ts'
import { type Answer, send } from './support/wire.ts'

const groups = {
  'by host': hostAttacks,
  'by path': pathAttacks,
  'by origin': originAttacks,
  'by fetch metadata': fetchMetadataAttacks,
  'by method': methodAttacks,
  'by content type': contentTypeAttacks,
  'by framing': framingAttacks,
  'by JSON': jsonAttacks,
  'by key': keyAttacks,
  'by start token': startTokenAttacks,
  'by protocol': protocolAttacks,
  'by upload': uploadAttacks,
  'by download': downloadAttacks,
} as const satisfies Record<string, readonly Attack[]>
const attacks: readonly Attack[] = Object.values(groups).flat()

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.close())

/** Sends one attack with the rates' buckets full, so that only the rule in question can refuse it. */
async function launch({ bytes, status, finishAfter }: Attack): Promise<readonly Answer[]> {
  await served.clock.advance(60_000)
  return send(
    { port: served.target.port, want: status.length, ...(finishAfter !== undefined && { finishAfter }) },
    bytes(served.target),
  )
}

describe('the table of attacks', () => {
  it('holds at least 105 that differ in their bytes', () => {
    const sent = attacks.map(({ bytes }) =>
      Buffer.concat(bytes(served.target).map((part) => Buffer.from(part))).toString('base64'),
    )
    expect(new Set(sent).size).toBe(attacks.length)
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
    expect(attacks.length).toBeGreaterThanOrEqual(105)
  })

  it('starts from a request that is accepted', async () => {
    expect((await ask(served.target.port, goodCall(served.target))).status).toBe(200)
  })
})

describe.each(Object.entries(groups))('an attack %s', (_group, rows) => {
  it.each(rows)('is refused: $name', async (row) => {
    const before = { ran: served.app.ran.length, listened: served.app.listened() }
    const answers = await launch(row)
    expect(answers.map(({ status }) => status)).toEqual(row.status)
    expect(served.app.ran.length - before.ran).toBe(row.rightful ?? 0)
    expect(served.app.listened()).toBe(before.listened)
    expect([...served.app.received.keys()]).toEqual([])
    for (const { headers } of answers) {
      for (const [name, value] of Object.entries(pageHeaders)) expect(headers.get(name.toLowerCase())).toBe(value)
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
      expect(headers.has('set-cookie')).toBe(false)
    }
  })
})

describe.concurrent('a slow attack', () => {
  it.each([
    { name: 'a head that never ends', bytes: () => 'GET / HTTP/1.1\r\nHost: a' },
    {
      name: 'a body that never comes',
      bytes: () =>
        write({
          ...change(goodCall(served.target), { 'Content-Length': '100' }),
          line: 'POST /api/vault.touch HTTP/1.1',
        }),
    },
  ])('is cut off: $name', async ({ bytes }) => {
    const answers = await send({ port: served.target.port, patience: 30_000 }, [bytes()])
    expect(answers.map(({ status }) => status)).toEqual([408])
    expect(served.app.ran).not.toContain('vault.touch')
  })

  it('leaves room for others: 100 heads that never end do not keep the page out', async () => {
    const slow = Array.from({ length: 100 }, () =>
      send({ port: served.target.port, patience: 1_500 }, ['GET / HTTP/1.1\r\nHost: a']),
    )
    expect((await ask(served.target.port, goodCall(served.target))).status).toBe(200)
    await Promise.all(slow)
  })
})

describe('after all attacks', () => {
  it('the keys still work, and nothing ran but what was rightful', async () => {
    await served.clock.advance(60_000)
    expect((await ask(served.target.port, goodCall(served.target))).status).toBe(200)
    expect(new Set(served.app.ran)).toEqual(new Set(['vault.lock']))
    expect((await ask(served.target.port, goodDownload(served.target, outgoingTicket))).status).toBe(200)
  })
})

describe('negative control: a server without these rules', () => {
  it('carries out most of the same attacks', async () => {
    const naive = await serveNaively()
    const fell = await Promise.all(
      attacks.map(async ({ bytes, status, finishAfter }) => {
        const target = { ...served.target, port: naive.port }
        const answers = await send(
          { port: naive.port, want: status.length, patience: 2_000, ...(finishAfter !== undefined && { finishAfter }) },
          bytes(target),
        )
        return answers.some((answer) => answer.status === 200)
      }),
    )
    await naive.close()
    expect(fell.filter(Boolean).length / attacks.length).toBeGreaterThan(0.8)
  })
})
