// The browser host's server: listens on loopback alone, asks the guard about every request, and passes calls on to the
// core. It holds no rule of its own about who may do what; those stand in guard.ts and browser-session.ts.
import { randomBytes } from 'node:crypto'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import type { App } from '../core/app.ts'
import type { Clock, Log } from '../core/ports.ts'
import { refuseRaw, refuseUnparsed, sendDownload, sendFile, sendRefusal, sendReply } from './answers.ts'
import { BodyLate, readFile, readJson } from './body.ts'
import { createEventStreams } from './events.ts'
import type { PageFiles } from './files.ts'
import { type Guard, type Verdict, createGuard } from './guard.ts'
import { readHead } from './head.ts'
import { createBucket } from './limits.ts'
import { listenOnLoopback } from './listen.ts'
import { createBrowserSessions } from './browser-session.ts'
import { statusOf } from './status.ts'

const mostCallsAtOnce = 32

type Upload = Extract<Verdict, { readonly do: 'upload' }>

interface WebServerParts {
  readonly app: Pick<App, 'dispatch' | 'onEvent' | 'files'>
  readonly files: PageFiles
  readonly clock: Clock
  readonly log: Log
}

export interface WebServer {
  /** Takes a port; 0 for any free one. Answers the address to open. */
  readonly listen: (at: { readonly port: number }) => Promise<string>
  readonly address: () => string
  /** A fresh link that signs one tab in, once. */
  readonly startLink: () => string
  readonly close: () => Promise<void>
}

export function createWebServer({ app, files, clock, log }: WebServerParts): WebServer {
  const sessions = createBrowserSessions({ clock })
  const streams = createEventStreams({ clock, onEvent: app.onEvent })
  const refusalsToLog = createBucket({ clock }, { burst: 20, perSecond: 1 })
  // A name nobody can guess keeps our cookie from other servers on this machine (cookies ignore ports) and gives pages
  // that rebind a name of their own nothing to aim at.
  const name = `${randomBytes(10).toString('hex')}.localhost`
  let servers: readonly Server[] = []
  let host = ''
  let guard: Guard | null = null
  let calls = 0

  /** Connections that end with the answer being sent: whatever else arrived on them is not looked at. */
  const ending = new WeakSet<Duplex>()

  const refuse = (response: ServerResponse, status: number, code: ErrorCode): void => {
    if (refusalsToLog.take()) log.write('web.refused', { status, code })
    if (response.socket !== null) ending.add(response.socket)
    sendRefusal(response, status, code)
  }

  const signIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readJson(request)
    const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined
    const signedIn = typeof token === 'string' ? sessions.signIn(token, request.headers.cookie) : null
    if (signedIn === null) return refuse(response, 401, 'NOT_SIGNED_IN')
    if (signedIn.setCookie !== null) response.setHeader('Set-Cookie', signedIn.setCookie)
    sendReply(response, 200, { ok: true, value: { tab: signedIn.tab } })
  }

  const call = async (request: IncomingMessage, response: ServerResponse, method: string): Promise<void> => {
    if (calls >= mostCallsAtOnce) return refuse(response, 429, 'TOO_MANY_REQUESTS')
    calls += 1
    try {
      const input = await readJson(request)
      const reply = await app.dispatch(method, input)
      sendReply(response, reply.ok ? 200 : statusOf(reply.error.code), reply)
    } finally {
      calls -= 1
    }
  }

  /** How many at once, how large, and how long a silence: the core's to say. */
  const upload = async (
    request: IncomingMessage,
    response: ServerResponse,
    { name, bytes, changed }: Upload,
  ): Promise<void> => {
    const handle = await app.files.receive({ name, bytes, changed }, readFile(request))
    sendReply(response, 200, { ok: true, value: { handle } })
  }

  const download = async (response: ServerResponse, ticket: string): Promise<void> => {
    const file = app.files.take(ticket)
    if (file === undefined) refuse(response, 404, 'NO_SUCH_FILE')
    else await sendDownload(response, file)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (guard === null) return refuse(response, 421, 'REQUEST_REFUSED')
    const verdict = guard(readHead(request))
    switch (verdict.do) {
      case 'refuse':
        return refuse(response, verdict.status, verdict.code)
      case 'file': {
        const file = files.get(verdict.path)
        if (file === undefined) refuse(response, 404, 'REQUEST_REFUSED')
        else sendFile(response, file)
        return
      }
      case 'events':
        if (!streams.open(verdict.session, response)) refuse(response, 429, 'TOO_MANY_REQUESTS')
        return
      case 'sign-in':
        return signIn(request, response)
      case 'call':
        return call(request, response, verdict.method)
      case 'upload':
        return upload(request, response, verdict)
      case 'download':
        return download(response, verdict.ticket)
    }
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (ending.has(request.socket)) return
    answer(request, response).catch((error: unknown) => {
      // Whoever hung up in the middle of a body needs no answer.
      if (response.destroyed || response.headersSent) return
      if (error instanceof BodyLate) return refuse(response, 408, 'REQUEST_REFUSED')
      if (error instanceof AppError) return refuse(response, statusOf(error.code), error.code)
      log.write('web.failed', { kind: error instanceof Error ? error.name : typeof error })
      refuse(response, 500, 'INTERNAL')
    })
  }

  const newServer = (): Server => {
    const server = createServer(
      {
        maxHeaderSize: 8 * 1024,
        headersTimeout: 5_000,
        // How long a body may take depends on what it is: body.ts says.
        requestTimeout: 0,
        keepAliveTimeout: 5_000,
        connectionsCheckingInterval: 1_000,
        // A missing Host is answered by the guard, with all the headers of every other answer.
        requireHostHeader: false,
      },
      handle,
    )
    server.maxConnections = 128
    server.on('checkContinue', handle)
    server.on('checkExpectation', handle)
    server.on('connect', (_request: IncomingMessage, socket: Duplex) => refuseRaw(socket, 405))
    server.on('clientError', (error: Error, socket: Duplex) => {
      if (!ending.has(socket)) refuseUnparsed(error, socket)
    })
    return server
  }

  return {
    async listen({ port }) {
      const bound = await listenOnLoopback({ newServer, port })
      servers = bound.servers
      for (const server of servers) {
        // A connection that could not be accepted (no descriptors left) must not end the host.
        server.on('error', () => log.write('web.accept-failed'))
      }
      // URL leaves out :80, as browsers do in Host and Origin.
      host = new URL(`http://${name}:${bound.port}`).host
      guard = createGuard({ clock, sessions, host, hasFile: (path) => files.has(path) })
      return `http://${host}`
    },
    address: () => `http://${host}`,
    startLink: () => `http://${host}/#start=${sessions.newStartToken()}`,
    async close() {
      streams.close()
      await Promise.all(
        servers.map(async (server) => {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()))
          server.closeAllConnections()
          await closed
        }),
      )
    },
  }
}
