// Listens for whatever gets out of a page: requests by path, bare connections, STUN packets, and names looked up (which
// Chromium writes into its network log).
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import type { Sink } from '../attacks/sinks.ts'

export interface SinkServer {
  readonly sink: Sink
  readonly pathTo: (way: string) => string
  /** What arrived since the last time this was asked. */
  readonly take: () => Set<string>
  readonly close: () => void
}

export async function openSink({ name }: { readonly name: string }): Promise<SinkServer> {
  let arrived = new Set<string>()
  const note = (url = '/'): void => {
    const way = /^\/leak\/([^?]+)/.exec(url)?.[1]
    if (way !== undefined) arrived.add(decodeURIComponent(way))
  }
  const http = createServer((request, response) => {
    note(request.url)
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain' })
    response.end()
  })
  http.on('upgrade', (request, socket) => {
    note(request.url)
    socket.destroy()
  })
  const connections = createTcpServer((socket) => {
    arrived.add('preconnect')
    socket.destroy()
  })
  const stun = createSocket('udp4', () => arrived.add('WebRTC'))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => connections.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => stun.bind(0, resolve))

  const address = `http://127.0.0.1:${portOf(http)}`
  return {
    sink: {
      address,
      connections: `http://127.0.0.1:${portOf(connections)}`,
      stun: `127.0.0.1:${stun.address().port}`,
      name,
    },
    pathTo: (way) => `${address}/leak/${encodeURIComponent(way)}`,
    take() {
      const taken = arrived
      arrived = new Set()
      return taken
    },
    close() {
      http.close()
      http.closeAllConnections()
      connections.close()
      stun.close()
    },
  }
}

const portOf = (server: { readonly address: () => unknown }): number => (server.address() as AddressInfo).port

/** Whether Chromium asked for the addresses of a name, by its own network log. */
export const lookedUp = (networkLog: string, name: string): boolean => readFileSync(networkLog, 'utf8').includes(name)
