// What a signed-in page can do, and the protocol it does it by.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aJob, lockedStatus } from '../../support/canned.ts'
import {
  type Served,
  ask,
  change,
  goodCall,
  goodListen,
  goodSignIn,
  newToken,
  replyIn,
  serve,
  signIn,
  withBody,
  write,
} from './support/served.ts'
import { openStream, send } from './support/wire.ts'

let served: Served
beforeEach(async () => {
  served = await serve()
})
afterEach(() => served.close())

describe('signing in', () => {
  it('exchanges a start token for a cookie no script can read and a token only the tab knows', async () => {
    const { server, target } = served
    const answer = await ask(target.port, goodSignIn(target.host, newToken(server)))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(/^mindkeep=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const { ok, value } = replyIn(answer)
    expect({ ok, given: Object.keys(value ?? {}) }).toEqual({ ok: true, given: ['tab'] })
    expect(value?.['tab']).toMatch(/^[\w-]{43}$/)
    expect(answer.headers.get('set-cookie')).not.toContain(value?.['tab'])
  })

  it('takes a start token once', async () => {
    const { target } = served
    expect((await ask(target.port, goodSignIn(target.host, target.unused))).status).toBe(200)
    expect((await ask(target.port, goodSignIn(target.host, target.unused))).status).toBe(401)
  })

  it('forgets a start token after half an hour', async () => {
    const { clock, target } = served
    await clock.advance(30 * 60 * 1000 + 1)
    expect((await ask(target.port, goodSignIn(target.host, target.unused))).status).toBe(401)
  })

  it('keeps the first tab signed in when a second one of the same browser signs in', async () => {
    const { server, target } = served
    const second = await ask(target.port, change(goodSignIn(target.host, newToken(server)), { Cookie: target.cookie }))
    expect(second.headers.has('set-cookie')).toBe(false)
    const tab = String(replyIn(second).value?.['tab'])
    expect((await ask(target.port, goodCall({ ...target, tab }))).status).toBe(200)
    expect((await ask(target.port, goodCall(target))).status).toBe(200)
  })

  it('slows guessing down to ten tries, then one in five seconds', async () => {
    const { clock, target, server } = served
    await clock.advance(60_000)
    const wrong = goodSignIn(target.host, 'A'.repeat(43))
    const statuses = []
    for (let i = 0; i < 11; i += 1) statuses.push((await ask(target.port, wrong)).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    await clock.advance(5_000)
    expect((await ask(target.port, goodSignIn(target.host, newToken(server)))).status).toBe(200)
  })
})

describe('calling the api', () => {
  it('answers the Reply of the core', async () => {
    const { app, target } = served
    const answer = await ask(target.port, goodCall(target))
    expect(answer.status).toBe(200)
    expect(replyIn(answer)).toEqual({ ok: true, value: lockedStatus })
    expect(app.ran).toEqual(['vault.lock'])
  })

  const refusals = [
    { method: 'settings.get', input: {}, locked: true, status: 423, code: 'VAULT_LOCKED' },
    { method: 'vault.unlock', input: { passphrase: 4 }, locked: false, status: 400, code: 'INVALID_INPUT' },
    { method: 'vault.burn', input: {}, locked: false, status: 404, code: 'UNKNOWN_METHOD' },
    {
      method: 'vault.saveKit',
      input: { draft: 'a', text: 'b', name: 'c' },
      locked: false,
      status: 501,
      code: 'NOT_ON_THIS_HOST',
    },
  ]
  it.each(refusals)('answers $status to $method with $code', async ({ method, input, locked, status, code }) => {
    const { app, target } = served
    app.setLocked({ locked })
    const call = { ...withBody(goodCall(target), JSON.stringify(input)), line: `POST /api/${method} HTTP/1.1` }
    const answer = await ask(target.port, call)
    expect({ status: answer.status, reply: replyIn(answer) }).toMatchObject({
      status,
      reply: { ok: false, error: { code } },
    })
  })

  it('takes a body of 64 KiB and refuses one byte more', async () => {
    const { target } = served
    const filled = (size: number) => withBody(goodCall(target), `{"a":"${'x'.repeat(size - 8)}"}`)
    expect(replyIn(await ask(target.port, filled(65_536))).error?.code).toBe('INVALID_INPUT')
    expect((await ask(target.port, filled(65_537))).status).toBe(413)
  })

  it('answers requests that arrive in one packet in their order, each judged alone', async () => {
    const { target } = served
    const bad = change(goodCall(target), { Origin: 'http://evil.example' })
    const answers = await send({ port: target.port, want: 3 }, [
      write(goodCall(target)) + write(goodCall(target)) + write(bad),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403])
  })

  it('ends the connection of a request it refuses', async () => {
    const { target } = served
    const refused = await ask(target.port, change(goodCall(target), { Origin: 'null' }))
    expect(refused.headers.get('connection')).toBe('close')
    expect((await ask(target.port, goodCall(target))).headers.get('connection')).not.toBe('close')
  })

  it('refuses a flood from one tab while another tab goes on', async () => {
    const { target } = served
    const flood = await send({ port: target.port, want: 201 }, [write(goodCall(target)).repeat(201)])
    expect(flood.filter(({ status }) => status === 429)).toHaveLength(1)
    expect((await ask(target.port, goodCall({ ...target.other, host: target.host }))).status).toBe(200)
  })

  it('refuses a flood of strangers while a signed-in tab goes on', async () => {
    const { target } = served
    const stranger = `GET / HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`
    const flood = await send({ port: target.port, want: 620 }, [stranger.repeat(620)])
    expect(flood.at(-1)?.status).toBe(429)
    expect((await ask(target.port, goodCall(target))).status).toBe(200)
  })
})

describe('the start page', () => {
  it.each(['none', 'same-site', 'cross-site', 'same-origin'])(
    'opens as a document when asked for from: %s',
    async (site) => {
      const { target } = served
      const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }
      const request = { line: 'GET / HTTP/1.1', headers: [['Host', target.host] as const], body: '' }
      const answer = await ask(target.port, change(request, headers))
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    },
  )

  it('has a head of its own, without the page', async () => {
    const { target } = served
    const [answer] = await send({ port: target.port, finishAfter: 50 }, [
      `HEAD / HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`,
    ])
    expect({ status: answer?.status, body: answer?.body }).toEqual({ status: 200, body: '' })
  })
})

describe('events', () => {
  const event = { event: 'ledger.appended', payload: { seq: 7 } } as const

  it('arrive as data lines of JSON', async () => {
    const { app, target } = served
    const stream = await openStream(target.port, write(goodListen(target)))
    app.emit(event)
    await expect.poll(stream.text).toContain(`data: ${JSON.stringify(event)}\n\n`)
    expect(stream.text()).toContain('Content-Type: text/event-stream')
    stream.socket.destroy()
  })

  it('are followed by a comment every 15 seconds, so that a dead line is noticed', async () => {
    const { clock, target } = served
    const stream = await openStream(target.port, write(goodListen(target)))
    await clock.advance(15_000)
    await clock.advance(15_000)
    await expect.poll(() => stream.text().match(/: still here\n\n/g)?.length).toBe(2)
    stream.socket.destroy()
  })

  it('stop when the tab goes, heartbeat and all', async () => {
    const { app, clock, target } = served
    const stream = await openStream(target.port, write(goodListen(target)))
    expect(app.listening()).toBe(1)
    stream.socket.destroy()
    await expect.poll(app.listening).toBe(0)
    expect(clock.pending()).toBe(0)
  })

  it('cut off a tab that does not read, instead of buffering for it', async () => {
    const { app, target } = served
    const stream = await openStream(target.port, write(goodListen(target)))
    stream.socket.pause()
    const error = { code: 'INTERNAL', message: 'x'.repeat(1024 * 1024), details: {} } as const
    const large = { event: 'job.changed', payload: aJob({ state: 'failed', error }) } as const
    for (let i = 0; i < 64 && app.listening() > 0; i += 1) {
      app.emit(large)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await expect.poll(app.listening).toBe(0)
    stream.socket.destroy()
  })

  it('leave connections for calls: four streams a browser, the fifth is refused', async () => {
    const { target } = served
    const streams = []
    for (let i = 0; i < 4; i += 1) streams.push(await openStream(target.port, write(goodListen(target))))
    expect((await ask(target.port, goodListen(target))).status).toBe(429)
    for (const { socket } of streams) socket.destroy()
  })

  it('end when the server closes', async () => {
    const { app, server, target } = served
    const stream = await openStream(target.port, write(goodListen(target)))
    const closed = new Promise((resolve) => stream.socket.once('close', resolve))
    await server.close()
    await closed
    expect(app.listening()).toBe(0)
  })
})

describe('where it listens', () => {
  it('answers on both loopback addresses, so that nobody else can answer on the other', async () => {
    const { target } = served
    for (const address of ['127.0.0.1', '::1']) {
      const [answer] = await send({ port: target.port, address }, [write(goodCall(target))])
      expect(answer?.status).toBe(200)
    }
  })

  it('has a fresh name each time', async () => {
    const again = await serve()
    expect(again.target.host.split(':')[0]).not.toBe(served.target.host.split(':')[0])
    await again.close()
  })

  it('refuses a port that is taken', async () => {
    const { createWebServer } = await import('../../../electron/web/server.ts')
    const { app, clock, target } = served
    const second = createWebServer({ app, clock, files: new Map(), log: { write() {} } })
    await expect(second.listen({ port: target.port })).rejects.toMatchObject({ code: 'PORT_TAKEN' })
  })

  it('signs nobody in with the keys of an earlier run', async () => {
    const again = await serve()
    const { cookie, tab } = served.target
    expect((await ask(again.target.port, goodCall({ host: again.target.host, cookie, tab }))).status).toBe(401)
    await expect(signIn(again.target, served.target.unused)).rejects.toThrow('401')
    await again.close()
  })
})
