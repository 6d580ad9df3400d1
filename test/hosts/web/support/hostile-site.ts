// A web site of somebody else on this machine: it answers every request with an empty page and remembers what it was
// sent, cookies above all.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HostileSite {
  readonly port: number
  readonly cookies: readonly string[]
  readonly paths: readonly string[]
  readonly close: () => Promise<void>
}

export async function openHostileSite(): Promise<HostileSite> {
  const cookies: string[] = []
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    if (request.headers.cookie !== undefined) cookies.push(request.headers.cookie)
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end('<!doctype html><title>Cheap flights</title><body>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cookies,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
