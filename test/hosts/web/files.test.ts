// Files on their way in and out over the web host: the same guard as for every call, no matter how large they are, and what
// goes out is saved and never shown as a page of ours.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outgoingTicket } from './support/small-app.ts'
import {
  type RequestParts,
  type Served,
  ask,
  change,
  goodCall,
  replyIn,
  serve,
  withBody,
  write,
} from './support/served.ts'
import { send } from './support/wire.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.close())

const upload = (name: string, body: string): RequestParts =>
  withBody(
    {
      ...change(goodCall(served.target), { 'Content-Type': 'application/octet-stream', 'X-Mindkeep-Name': name }),
      line: 'POST /api/upload HTTP/1.1',
    },
    body,
  )

const download = (ticket: string): RequestParts => ({
  line: `GET /download/${ticket} HTTP/1.1`,
  headers: [
    ['Host', served.target.host],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Cookie', served.target.cookie],
  ],
  body: '',
})

describe('an upload', () => {
  it('arrives whole under its own name, beyond what any call may weigh', async () => {
    const body = 'x'.repeat(300_000)
    const answer = await ask(served.target.port, upload(encodeURIComponent('Über/Notiz 1.md'), body))
    expect([answer.status, replyIn(answer).value]).toEqual([200, { handle: 'ab'.repeat(16) }])
    expect(served.app.received.get('Über/Notiz 1.md')).toBe(body)
  })

  it.each([
    ['without a name', { 'X-Mindkeep-Name': null }, 400],
    ['with a name that spells nothing', { 'X-Mindkeep-Name': '%E0%A4%A' }, 400],
    ['of another origin', { Origin: 'http://evil.localhost:1' }, 403],
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['of a form', { 'Content-Type': 'multipart/form-data; boundary=x' }, 415],
    ['without a length', { 'Content-Length': null }, 411],
    ['in pieces of no known number', { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }, 411],
    ['without the key of its tab', { 'X-Mindkeep-Tab': null }, 401],
    ['without the cookie', { Cookie: null }, 401],
  ] as const)('is refused %s', async (_how, headers, status) => {
    const before = served.app.received.size
    const answer = await ask(served.target.port, change(upload('a.txt', 'abc'), headers))
    expect(answer.status).toBe(status)
    expect(served.app.received.size).toBe(before)
  })

  it('that stops coming is given up, and nothing of it is kept', async () => {
    const before = served.app.received.size
    const stuck = write(change(upload('stuck.txt', 'abc'), { 'Content-Length': '100' }))
    const answers = await send({ port: served.target.port, patience: 40_000 }, [stuck])
    expect(answers.filter(({ status }) => status === 200)).toEqual([])
    expect(served.app.received.size).toBe(before)
  })
})

describe('a download', () => {
  it('is refused without a session, and to a page of somebody else', async () => {
    const withoutCookie = change(download(outgoingTicket), { Cookie: null })
    const elsewhere = change(download(outgoingTicket), { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' })
    const head = { ...download(outgoingTicket), line: `HEAD /download/${outgoingTicket} HTTP/1.1` }
    const answers = [withoutCookie, elsewhere, head].map((request) => ask(served.target.port, request))
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 403, 405])
  })

  it('is saved under its name, runs nothing, and is there once', async () => {
    const answer = await ask(served.target.port, download(outgoingTicket))
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<script>')
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="_ber _alles_.html"; filename*=UTF-8''%C3%BCber%20%22alles%22.html`,
    )
    expect((await ask(served.target.port, download(outgoingTicket))).status).toBe(404)
  })

  it('with a ticket that nobody gave is not there', async () => {
    expect((await ask(served.target.port, download('A'.repeat(32)))).status).toBe(404)
    expect((await ask(served.target.port, download('../api/events'))).status).toBe(404)
  })
})
