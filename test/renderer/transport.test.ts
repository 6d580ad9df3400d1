import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createHttpTransport, signIn } from '../../renderer/transport/http.ts'
import type { Link } from '../../renderer/transport/transport.ts'
import { headersOf } from '../../renderer/transport/upload.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { changedInHeader } from '../../shared/page-files.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** A server on loopback that speaks the host's protocol as far as a test needs it. */
async function serve(answer: Answer): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => answer(request, response, body))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const json = (response: ServerResponse, value: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function storage(kept: Record<string, string> = {}) {
  return {
    kept,
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
  }
}

const token = 'a'.repeat(43)

describe('signing in', () => {
  it('exchanges the start token, keeps the tab key for a reload, and takes the token out of the address', async () => {
    const asked: unknown[] = []
    const { origin } = await serve((request, response, body) => {
      asked.push([request.url, JSON.parse(body)])
      json(response, { ok: true, value: { tab: 'the-tab-key' } })
    })
    const clearFragment = vi.fn<() => void>()
    const store = storage()
    expect(await signIn({ origin, fetch, fragment: `#start=${token}`, clearFragment, storage: store })).toBe(
      'the-tab-key',
    )
    expect(asked).toEqual([['/api/session', { token }]])
    expect(clearFragment).toHaveBeenCalledOnce()
    expect(await signIn({ origin, fetch, fragment: '#/activity', clearFragment, storage: store })).toBe('the-tab-key')
    expect(asked).toHaveLength(1)
  })

  it('takes the token out of the address before the exchange, so that a failed one leaves none behind', async () => {
    const order: string[] = []
    const { origin } = await serve((_request, response) => {
      order.push('asked')
      json(response, { ok: false, error: { code: 'NOT_SIGNED_IN', message: '', details: {} } }, 401)
    })
    const clearFragment = () => void order.push('cleared')
    expect(await signIn({ origin, fetch, fragment: `#start=${token}`, clearFragment, storage: storage() })).toBeNull()
    expect(order).toEqual(['cleared', 'asked'])
  })

  it('goes on with the tab key it has when a spent link is opened again', async () => {
    const { origin } = await serve((_request, response) =>
      json(response, { ok: false, error: { code: 'NOT_SIGNED_IN' } }, 401),
    )
    const store = storage({ 'mindkeep.tab': 'from-before' })
    expect(
      await signIn({ origin, fetch, fragment: `#start=${token}`, clearFragment: () => undefined, storage: store }),
    ).toBe('from-before')
  })
})

describe('calls', () => {
  it('carry the tab key and the input, and hand the reply on as it is', async () => {
    const { origin } = await serve((request, response, body) =>
      json(response, {
        ok: true,
        value: { tab: request.headers['x-mindkeep-tab'], url: request.url, method: request.method, body },
      }),
    )
    const transport = createHttpTransport({ origin, tab: 'key', fetch })
    expect(await transport.call('vault.unlock', { passphrase: 'x' })).toEqual({
      ok: true,
      value: { tab: 'key', url: '/api/vault.unlock', method: 'POST', body: '{"passphrase":"x"}' },
    })
  })

  it('hand a coded refusal on, whatever its status', async () => {
    const error = { code: 'VAULT_LOCKED', message: 'locked', details: {} }
    const { origin } = await serve((_request, response) => json(response, { ok: false, error }, 423))
    expect(await createHttpTransport({ origin, tab: 'key', fetch }).call('ledger.list', {})).toEqual({
      ok: false,
      error,
    })
  })

  it('answer UNREACHABLE when nobody listens, and when what answers is not Mindkeep', async () => {
    const stranger = await serve((_request, response) => response.end('<html>hello</html>'))
    const { origin, server } = await serve(() => undefined)
    await new Promise((closed) => server.close(closed))
    for (const where of [origin, stranger.origin]) {
      const reply = await createHttpTransport({ origin: where, tab: 'key', fetch }).call('vault.status', {})
      expect(reply).toMatchObject({ ok: false, error: { code: 'UNREACHABLE' } })
    }
  })
})

describe('events', () => {
  const appended = (seq: number): AppEvent => ({ event: 'ledger.appended', payload: { seq } })

  function listen(origin: string, tab: string | null = 'key') {
    const events: AppEvent[] = []
    const links: Link[] = []
    const waits: number[] = []
    const wait = (tries: number) => {
      waits.push(tries)
      return 5
    }
    const stop = createHttpTransport({ origin, tab, fetch, wait }).listen(
      (event) => void events.push(event),
      (link) => void links.push(link),
    )
    onTestFinished(stop)
    return { events, links, waits }
  }

  it('arrive whole, however they were cut on the way, and comments between them are passed over', async () => {
    const { origin } = await serve((_request, response) => {
      const text = `: still here\n\ndata: ${JSON.stringify(appended(1))}\n\ndata: ${JSON.stringify(appended(2))}\r\n\r\n`
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      let at = 0
      const next = () => {
        response.write(text.slice(at, at + 7))
        at += 7
        if (at < text.length) setImmediate(next)
      }
      next()
    })
    const { events, links } = listen(origin)
    await vi.waitFor(() => expect(events).toEqual([appended(1), appended(2)]))
    expect(links).toEqual(['open'])
  })

  it('come again after the line broke, and the page is told in between', async () => {
    let opened = 0
    const { origin } = await serve((_request, response) => {
      opened += 1
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write(`data: ${JSON.stringify(appended(opened))}\n\n`)
      if (opened === 1) setTimeout(() => response.destroy(), 10)
    })
    const { events, links } = listen(origin)
    await vi.waitFor(() => expect(events).toEqual([appended(1), appended(2)]))
    expect(links).toEqual(['open', 'lost', 'open'])
  })

  it('say that Mindkeep is gone when it stays away, and that it is back when it comes back', async () => {
    const { origin, server } = await serve((_request, response) => void response.writeHead(200).write(':\n\n'))
    const { links } = listen(origin)
    await vi.waitFor(() => expect(links).toEqual(['open']))
    const { port } = server.address() as AddressInfo
    server.closeAllConnections()
    server.close()
    await vi.waitFor(() => expect(links).toContain('gone'))
    const again = createServer((_request, response) => void response.writeHead(200).write(':\n\n'))
    again.listen(port, '127.0.0.1')
    onTestFinished(() => {
      again.closeAllConnections()
      again.close()
    })
    await vi.waitFor(() => expect(links.at(-1)).toBe('open'))
  })

  it('say that the page is signed out, and ask no more, when its key is not known or missing', async () => {
    let asked = 0
    const { origin } = await serve((_request, response) => {
      asked += 1
      json(response, {}, 401)
    })
    const { links, waits } = listen(origin)
    await vi.waitFor(() => expect(links).toEqual(['signed-out']))
    const stranger = listen(origin, null)
    expect(stranger.links).toEqual(['signed-out'])
    // A try of its own goes to the same server last, so any other one would have been counted by then.
    await fetch(origin)
    expect(asked).toBe(2)
    expect([...waits, ...stranger.waits]).toEqual([])
  })

  it('never call a host gone that answers, even when it has no room for one more tab', async () => {
    let asked = 0
    const { origin } = await serve((_request, response) => {
      asked += 1
      json(response, {}, 429)
    })
    const { links } = listen(origin)
    await vi.waitFor(() => expect(asked).toBeGreaterThan(5))
    expect(links).not.toContain('gone')
  })
})

describe('what goes with a file', () => {
  const changedOf = (lastModified: number) =>
    headersOf(new File(['x'], 'a.md', { lastModified }), 'a.md')['x-mindkeep-changed']

  it.each([0, 1_700_000_000_000, 99_999_999_999_999])(
    'says that it was changed at %s, as the host takes it',
    (time) => {
      expect(changedInHeader(changedOf(time))).toBe(time)
    },
  )

  it.each([-1, 100_000_000_000_000, Number.MAX_SAFE_INTEGER])(
    'says nothing of a time no host would take: %s',
    (time) => {
      expect(changedInHeader(String(time))).toBeNull()
      expect(changedOf(time)).toBeUndefined()
    },
  )

  it('says nothing of when something was changed that is no file', () => {
    expect(Object.keys(headersOf(new Blob(['x']), 'a.md'))).toEqual(['content-type', 'x-mindkeep-name'])
  })
})
