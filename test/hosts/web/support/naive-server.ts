// The negative control: a local server as such servers are often written. It checks nothing that a browser or another
// program could get wrong, so the attacks that our server refuses must reach it.
import { createHash } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { type LocalServer, listenLocally } from './local-server.ts'
import { smallPage } from './page.ts'

export interface NaiveServer extends LocalServer {
  /** The value of `v` in the address of each request it carried out; browsers' attacks name themselves there. */
  readonly reachedBy: ReadonlySet<string>
}

export async function serveNaively(): Promise<NaiveServer> {
  const reachedBy = new Set<string>()
  const note = (request: IncomingMessage): URL => {
    const url = new URL(request.url ?? '/', 'http://naive')
    const name = url.searchParams.get('v')
    if (name !== null) reachedBy.add(name)
    return url
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for await (const chunk of request) void chunk
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*')
    response.setHeader('Access-Control-Allow-Credentials', 'true')
    response.setHeader('Access-Control-Allow-Headers', 'content-type, x-mindkeep-tab')
    if (request.method === 'OPTIONS') {
      response.end()
      return
    }
    const { pathname } = note(request)
    const file = smallPage.get(pathname)
    const stream = pathname === '/api/events'
    response.setHeader('Content-Type', stream ? 'text/event-stream' : (file?.type ?? 'application/json'))
    response.end(stream ? 'data: {}\n\n' : (file?.body ?? '{"ok":true}'))
  }
  const accept = (request: IncomingMessage, socket: Duplex): void => {
    note(request)
    socket.on('error', () => socket.destroy())
    const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const proof = createHash('sha1').update(key).digest('base64')
    if (request.method === 'CONNECT') socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    else {
      socket.end(
        `HTTP/1.1 ${request.headers['sec-websocket-key'] === undefined ? '200 OK\r\nContent-Length: 0' : '101 Switching Protocols'}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${proof}\r\n\r\n`,
      )
    }
  }
  const server = createServer(
    { insecureHTTPParser: true, requireHostHeader: false, maxHeaderSize: 1024 * 1024, keepAliveTimeout: 500 },
    (request, response) => {
      handle(request, response).catch(() => response.destroy())
    },
  )
  server.maxHeadersCount = 0
  server.on('connect', accept)
  server.on('upgrade', accept)
  return { ...(await listenLocally(server)), reachedBy }
}
