import { Buffer } from 'node:buffer'
import { createServer as createPlainServer, type AddressInfo } from 'node:net'
import { onTestFinished, beforeAll, describe, expect, it, vi } from 'vitest'
import sodium from 'libsodium-wrappers-sumo'
import { leadsBack, systemOutside } from '../../../electron/core/network/outside.ts'
import { failure } from '../support.ts'
import { here, hub, openNetwork, outsideOf, serve, textOf } from './support.ts'

beforeAll(() => sodium.ready)

const rows = ({ network }: ReturnType<typeof openNetwork>) => network.list({ limit: 200 }).departures

describe('a question to another program on this computer', () => {
  it('is answered as it comes, and stands in the list as one that stayed here', async () => {
    const opened = openNetwork()
    const seen: unknown[] = []
    const { url, port } = await serve((request, response) => {
      seen.push(request.headers)
      response.write('one ')
      response.end('two')
    })
    const items = ['0'.repeat(32), 'f'.repeat(32)]
    const answer = await opened.network.ask({ ...here(`${url}/v1`), method: 'POST', body: '{"secret":1}', items })
    expect(answer.status).toBe(200)
    expect(await textOf(answer)).toBe('one two')
    expect(seen).toEqual([
      {
        host: `127.0.0.1:${port}`,
        'user-agent': 'Mindkeep',
        'accept-encoding': 'identity',
        connection: 'close',
        'content-length': '12',
      },
    ])
    const [row] = rows(opened)
    expect(row).toMatchObject({ host: `127.0.0.1:${port}`, reason: 'local-server', here: true, items, ended: 'done' })
    expect(row?.sent).toBeGreaterThan(12)
    expect(row?.received).toBeGreaterThan(7)
    expect(JSON.stringify(row)).not.toContain('secret')
    expect(opened.network.list({ limit: 1 })).toMatchObject({ total: 1, left: 0 })
  })

  it('goes to localhost without anybody being asked where that is', async () => {
    const { outside, asked } = await outsideOf((_request, response) => response.end('elsewhere'))
    const { network } = openNetwork(outside)
    const { port } = await serve((_request, response) => response.end('here'))
    expect(await textOf(await network.ask(here(`http://localhost:${port}/`)))).toBe('here')
    expect(asked).toEqual([])
  })

  it('finds one that listens on ::1 alone', async () => {
    const server = createPlainServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nsix'))
    await new Promise<void>((done) => server.listen(0, '::1', done))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const { network } = openNetwork()
    expect(await textOf(await network.ask(here(`http://localhost:${port}/`)))).toBe('six')
    expect(await textOf(await network.ask(here(`http://[::1]:${port}/`)))).toBe('six')
  })

  it.each([
    'http://192.168.1.7:11434/',
    'http://0.0.0.0:80/',
    'http://127.0.0.2/',
    'http://localhost.example.org/',
    'http://api.localhost/',
    'http://localhost./',
    'http://[::ffff:127.0.0.1]/',
    'http://user:word@127.0.0.1/',
    'https://127.0.0.1/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'https://huggingface.co/',
    'nonsense',
  ])('is refused for %s, and nothing is looked up', async (url) => {
    const { outside, asked } = await outsideOf((_request, response) => response.end())
    const opened = openNetwork(outside)
    expect((await failure(opened.network.ask(here(url)))).code).toBe('HOST_NOT_ALLOWED')
    expect(asked).toEqual([])
    expect(rows(opened)).toEqual([])
  })

  it('says that nobody is there, and that it was tried', async () => {
    const opened = openNetwork()
    const server = createPlainServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    await new Promise((done) => server.close(done))
    expect((await failure(opened.network.ask(here(`http://127.0.0.1:${port}/`)))).code).toBe('HOST_UNREACHABLE')
    expect(rows(opened)).toMatchObject([{ ended: 'unreached', sent: 0, received: 0 }])
  })

  it('heeds no proxy of the environment', async () => {
    const proxied: string[] = []
    const proxy = await serve((request, response) => {
      proxied.push(String(request.url))
      response.end('proxy')
    })
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'all_proxy']) vi.stubEnv(name, proxy.url)
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { network } = openNetwork()
    const { url } = await serve((_request, response) => response.end('straight'))
    expect(await textOf(await network.ask(here(url)))).toBe('straight')
    expect(proxied).toEqual([])
  })
})

describe('a question to a host of the outside', () => {
  it('goes over a proven connection, and stands in the list as one that left', async () => {
    const { outside, asked } = await outsideOf((request, response) =>
      response.end(`${request.headers.host}${request.url}`),
    )
    const opened = openNetwork(outside)
    expect(await textOf(await opened.network.ask(hub('/api/x?blobs=true')))).toBe('huggingface.co/api/x?blobs=true')
    expect(asked).toEqual(['huggingface.co'])
    expect(rows(opened)).toMatchObject([
      { host: 'huggingface.co', here: false, reason: 'model-download', ended: 'done' },
    ])
    expect(opened.network.list({ limit: 1 }).left).toBe(1)
  })

  it.each([
    'http://huggingface.co/',
    'https://huggingface.co:8443/',
    'https://huggingface.co.evil.test/',
    'https://evil-huggingface.co/',
    'https://hf.space/',
    'https://localhost/',
    'http://127.0.0.1/',
  ])('is refused for %s', async (url) => {
    const { outside, asked } = await outsideOf((_request, response) => response.end())
    const { network } = openNetwork(outside)
    expect((await failure(network.ask({ ...hub('/'), url }))).code).toBe('HOST_NOT_ALLOWED')
    expect(asked).toEqual([])
  })

  it('is refused where the name leads back to this computer', async () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1']) {
      expect(leadsBack(address), address).toBe(true)
    }
    for (const address of ['18.1.2.3', '2600::1', '::ffff:18.1.2.3']) expect(leadsBack(address), address).toBe(false)
    expect((await failure(systemOutside.find('localhost', 443).then(() => undefined))).code).toBe('HOST_NOT_ALLOWED')
  })

  it('says nothing to whoever cannot prove to be it', async () => {
    let heard = 0
    const { outside } = await outsideOf((_request, response) => {
      heard += 1
      response.end()
    })
    // As everybody trusts, so that the certificate of the tests is a stranger's.
    const opened = openNetwork({ find: outside.find })
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect((await failure(opened.network.ask(hub('/')))).code).toBe('HOST_NOT_PROVEN')
    expect(heard).toBe(0)
    expect(rows(opened)).toMatchObject([{ ended: 'unreached' }])
  })

  it('speaks no other name than the one it asked for', async () => {
    const { outside } = await outsideOf((_request, response) => response.end())
    const opened = openNetwork(outside)
    const url = 'https://one.two.hf.co/'
    // The certificate is for *.hf.co, which one.two.hf.co is not.
    expect((await failure(opened.network.ask({ ...hub('/'), url }))).code).toBe('HOST_NOT_PROVEN')
  })
})

describe('a question to a model elsewhere', () => {
  const elsewhere = (url: string) => ({ reason: 'remote-model' as const, url, most: 1000 })

  it('goes to a host that the person has allowed, by its whole name and port, and to no other', async () => {
    const { outside, asked } = await outsideOf((_request, response) => response.end('written'))
    const opened = openNetwork(outside)
    expect((await failure(opened.network.ask(elsewhere('https://models.hf.co/v1')))).code).toBe('HOST_NOT_ALLOWED')
    opened.allow(['models.hf.co', 'other.hf.co:8443'])
    expect(await textOf(await opened.network.ask(elsewhere('https://models.hf.co/v1')))).toBe('written')
    expect(await textOf(await opened.network.ask(elsewhere('https://other.hf.co:8443/v1')))).toBe('written')
    for (const url of [
      'http://models.hf.co/v1',
      'https://models.hf.co:8443/v1',
      'https://other.hf.co/v1',
      'https://a.models.hf.co/v1',
      'https://huggingface.co/',
      'http://127.0.0.1:80/',
      'https://localhost/',
    ]) {
      expect((await failure(opened.network.ask(elsewhere(url)))).code, url).toBe('HOST_NOT_ALLOWED')
    }
    expect(asked).toEqual(['models.hf.co', 'other.hf.co'])
    expect(rows(opened)).toMatchObject([
      { host: 'other.hf.co:8443', here: false, reason: 'remote-model' },
      { host: 'models.hf.co', here: false, reason: 'remote-model' },
    ])
    opened.turn(false)
    expect((await failure(opened.network.ask(elsewhere('https://models.hf.co/v1')))).code).toBe('NETWORK_OFF')
    opened.turn(true)
    const { outside: endless } = await outsideOf((_request, response) => void response.write('some'))
    const other = openNetwork(endless)
    other.allow(['models.hf.co'])
    const read = failure(textOf(await other.network.ask(elsewhere('https://models.hf.co/v1'))))
    other.allow([])
    expect((await read).code).toBe('HOST_NOT_ALLOWED')
    opened.allow([])
    expect((await failure(opened.network.ask(elsewhere('https://models.hf.co/v1')))).code).toBe('HOST_NOT_ALLOWED')
  })
})

describe('being sent on', () => {
  it('is followed where the list allows it, each connection in a row of its own', async () => {
    const { outside } = await outsideOf((request, response) => {
      if (request.headers.host === 'cdn-lfs.huggingface.co') response.end(`range ${request.headers.range}`)
      else response.writeHead(302, { location: 'https://cdn-lfs.huggingface.co/file?key=1' }).end()
    })
    const opened = openNetwork(outside)
    const answer = await opened.network.ask({ ...hub('/file'), headers: { range: 'bytes=5-' } })
    expect(await textOf(answer)).toBe('range bytes=5-')
    expect(rows(opened).map(({ host }) => host)).toEqual(['cdn-lfs.huggingface.co', 'huggingface.co'])
    expect(JSON.stringify(rows(opened))).not.toContain('key=1')
  })

  it.each(['https://evil.test/', 'http://huggingface.co/', 'http://127.0.0.1:80/', 'http://169.254.169.254/'])(
    'to %s is refused, and nobody goes there',
    async (location) => {
      const { outside, asked } = await outsideOf((_request, response) => response.writeHead(302, { location }).end())
      const { network } = openNetwork(outside)
      expect((await failure(network.ask(hub('/')))).code).toBe('HOST_NOT_ALLOWED')
      expect(asked).toEqual(['huggingface.co'])
    },
  )

  it('in a circle ends, and so does being sent on for ever', async () => {
    let count = 0
    const { outside } = await outsideOf((request, response) => {
      count += 1
      const location = request.url === '/circle' ? '/circle' : `/on/${count}`
      response.writeHead(307, { location }).end()
    })
    const { network } = openNetwork(outside)
    expect((await failure(network.ask(hub('/circle')))).code).toBe('REDIRECT_LOOP')
    expect(count).toBe(1)
    expect((await failure(network.ask(hub('/on')))).code).toBe('REDIRECT_LOOP')
    expect(count).toBe(7)
  })

  it('is not followed with what was sent', async () => {
    const { network } = openNetwork()
    const { url } = await serve((_request, response) => response.writeHead(307, { location: '/other' }).end('moved'))
    const answer = await network.ask({ ...here(url), method: 'POST', body: 'mine' })
    expect(answer.status).toBe(307)
    expect(await textOf(answer)).toBe('moved')
  })
})

describe('a host that does not do as it should', () => {
  it('that breaks off in the middle is said, with what had come', async () => {
    const opened = openNetwork()
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half', () => response.destroy())
    })
    const answer = await opened.network.ask(here(url))
    expect((await failure(textOf(answer))).code).toBe('CONNECTION_LOST')
    expect(rows(opened)).toMatchObject([{ ended: 'failed' }])
  })

  it('that says nothing is given up, before its answer and in the middle of it', async () => {
    const { network, clock } = openNetwork()
    const asked = Promise.withResolvers<void>()
    const { url } = await serve((request, response) => {
      if (request.url === '/middle') response.write('some')
      asked.resolve()
    })
    const never = failure(network.ask(here(url)))
    await asked.promise
    await clock.advance(60_000)
    expect((await never).code).toBe('HOST_SILENT')

    const answer = await network.ask(here(`${url}/middle`))
    const pieces = answer.body[Symbol.asyncIterator]()
    expect(Buffer.from((await pieces.next()).value).toString()).toBe('some')
    const next = failure(Promise.resolve(pieces.next()))
    await clock.advance(59_000)
    await clock.advance(1_000)
    expect((await next).code).toBe('HOST_SILENT')
  })

  it('is waited for as long as whoever asks says that it may think', async () => {
    const { network, clock } = openNetwork()
    const asked = Promise.withResolvers<() => void>()
    const { url } = await serve((_request, response) => asked.resolve(() => response.end('thought')))
    const answer = network.ask({ ...here(url), quietMs: 600_000 })
    const goOn = await asked.promise
    await clock.advance(599_000)
    goOn()
    expect(await textOf(await answer)).toBe('thought')
  })

  it('is not blamed while nobody listens to it', async () => {
    const { network, clock } = openNetwork()
    const { url } = await serve((_request, response) => {
      response.write('some')
      setTimeout(() => response.end('more'), 50)
    })
    const { body } = await network.ask(here(url))
    const pieces = body[Symbol.asyncIterator]()
    await pieces.next()
    await clock.advance(3_600_000)
    expect((await pieces.next()).done).toBe(false)
  })

  it('that takes nobody in is given up', async () => {
    const { network, clock } = openNetwork({
      // An address that routes nowhere: whatever the system makes of it, nobody answers.
      find: async (_name, port) => [{ address: '192.0.2.1', port }],
    })
    const asked = failure(network.ask(hub('/')))
    await clock.advance(10_000)
    expect(['HOST_SILENT', 'HOST_UNREACHABLE']).toContain((await asked).code)
  })

  it('that sends without end is cut off at what was asked for', async () => {
    const opened = openNetwork()
    const { url } = await serve((request, response) => {
      if (request.url === '/said') {
        response.writeHead(200, { 'content-length': '5000000' }).flushHeaders()
        return
      }
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', send)
      send()
    })
    let came = 0
    const endless = async () => {
      for await (const piece of (await opened.network.ask(here(url))).body) came += piece.length
    }
    expect((await failure(endless())).code).toBe('ANSWER_TOO_LARGE')
    expect(came).toBeLessThanOrEqual(1_000_000)
    expect((await failure(opened.network.ask(here(`${url}/said`)))).code).toBe('ANSWER_TOO_LARGE')
    expect(rows(opened).map(({ ended }) => ended)).toEqual(['failed', 'failed'])
  })

  it('that speaks no HTTP, or begins with far too much, is said', async () => {
    for (const said of ['SSH-2.0-hello\r\n', `HTTP/1.1 200 OK\r\nlong: ${'x'.repeat(100_000)}\r\n\r\n`]) {
      const server = createPlainServer((socket) => {
        socket.on('error', () => undefined)
        socket.end(said)
      })
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      onTestFinished(() => void server.close())
      const { port } = server.address() as AddressInfo
      const { network } = openNetwork()
      expect((await failure(network.ask(here(`http://127.0.0.1:${port}/`)))).code).toBe('CONNECTION_LOST')
    }
  })

  it('keeps no cookie', async () => {
    const { network } = openNetwork()
    const cookies: unknown[] = []
    const { url } = await serve((request, response) => {
      cookies.push(request.headers.cookie)
      response.writeHead(200, { 'set-cookie': 'who=you' }).end('x')
    })
    for (let time = 0; time < 2; time += 1) await textOf(await network.ask(here(url)))
    expect(cookies).toEqual([undefined, undefined])
  })
})

describe('whoever asked', () => {
  it('may stop in the middle, and stops the connection with it', async () => {
    const opened = openNetwork()
    const gone = Promise.withResolvers<void>()
    const { url } = await serve((_request, response) => {
      response.write('some')
      response.on('close', () => gone.resolve())
    })
    const abort = new AbortController()
    const answer = await opened.network.ask({ ...here(url), signal: abort.signal })
    const read = failure(textOf(answer))
    abort.abort()
    expect((await read).code).toBe('CANCELLED')
    await gone.promise
    expect(rows(opened)).toMatchObject([{ ended: 'stopped' }])
    expect((await failure(opened.network.ask({ ...here(url), signal: abort.signal }))).code).toBe('CANCELLED')
  })

  it('may leave it', async () => {
    const opened = openNetwork()
    const gone = Promise.withResolvers<void>()
    const { url } = await serve((_request, response) => {
      response.write('some')
      response.on('close', () => gone.resolve())
    })
    for await (const piece of (await opened.network.ask(here(url))).body) if (piece.length > 0) break
    await gone.promise
    expect(rows(opened)).toMatchObject([{ ended: 'stopped' }])
  })
})

describe('the switch', () => {
  it('turned off lets nothing out, not even a look-up of a name; other programs here still answer', async () => {
    const { outside, asked } = await outsideOf((_request, response) => response.end())
    const opened = openNetwork(outside)
    const { url } = await serve((_request, response) => response.end('here'))
    opened.turn(false)
    expect((await failure(opened.network.ask(hub('/')))).code).toBe('NETWORK_OFF')
    expect(asked).toEqual([])
    expect(await textOf(await opened.network.ask(here(url)))).toBe('here')
    expect(rows(opened)).toHaveLength(1)
  })

  it('ends what leads out, and leaves the rest', async () => {
    const { outside } = await outsideOf((_request, response) => void response.write('some'))
    const opened = openNetwork(outside)
    const goOn = Promise.withResolvers<() => void>()
    const { url } = await serve((_request, response) => {
      response.write('some')
      goOn.resolve(() => response.end(' more'))
    })
    const out = failure(textOf(await opened.network.ask(hub('/'))))
    const near = textOf(await opened.network.ask(here(url)))
    opened.turn(false)
    expect((await out).code).toBe('NETWORK_OFF')
    const finish = await goOn.promise
    finish()
    expect(await near).toBe('some more')
  })
})

describe('a lock', () => {
  it('ends every connection, and with the vault locked there is none', async () => {
    const opened = openNetwork()
    const gone = Promise.withResolvers<void>()
    let asked = 0
    const { url } = await serve((_request, response) => {
      asked += 1
      response.write('some')
      response.on('close', () => gone.resolve())
    })
    const read = failure(textOf(await opened.network.ask(here(url))))
    opened.lock()
    expect((await read).code).toBe('VAULT_LOCKED')
    await gone.promise
    expect((await failure(opened.network.ask(here(url)))).code).toBe('VAULT_LOCKED')
    expect(asked).toBe(1)
    opened.unlock()
    const [row] = rows(opened)
    expect(row).toMatchObject({ ended: 'stopped' })
    expect(row?.received).toBeGreaterThan(0)
  })
})

describe('the list', () => {
  it('has a row before there is an answer, counts along, and says of what a crash cut short that more may have gone', async () => {
    const opened = openNetwork()
    const write = Promise.withResolvers<(text: string) => void>()
    const { url } = await serve((_request, response) => write.resolve((text) => void response.write(text)))
    const answer = opened.network.ask(here(url))
    const say = await write.promise
    expect(rows(opened)).toMatchObject([{ ended: null, sent: 0, received: 0 }])
    await opened.clock.advance(1000)
    say('x'.repeat(1000))
    await (await answer).body[Symbol.asyncIterator]().next()
    const [counted] = rows(opened)
    expect(counted?.received).toBeGreaterThan(1000)
    // As the next start finds it.
    opened.network.begin()
    expect(rows(opened)).toMatchObject([{ ended: 'cut-short', received: counted?.received }])
  })

  it('comes in pages, the newest first', async () => {
    const { network } = openNetwork()
    const { url } = await serve((_request, response) => response.end('x'))
    for (let time = 0; time < 5; time += 1) await textOf(await network.ask(here(url)))
    const first = network.list({ limit: 2 })
    expect(first.departures.map(({ id }) => id)).toEqual([5, 4])
    expect(network.list({ before: 4, limit: 10 }).departures.map(({ id }) => id)).toEqual([3, 2, 1])
    expect(first.total).toBe(5)
  })
})
