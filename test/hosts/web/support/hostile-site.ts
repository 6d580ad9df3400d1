// A web site of somebody else on this machine: it answers every request with an empty page and remembers the cookies
// that it was sent.
import { createServer } from 'node:http'
import { type LocalServer, listenLocally } from './local-server.ts'

export interface HostileSite extends LocalServer {
  readonly cookies: readonly string[]
}

export async function openHostileSite(): Promise<HostileSite> {
  const cookies: string[] = []
  const server = createServer((request, response) => {
    if (request.headers.cookie !== undefined) cookies.push(request.headers.cookie)
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end('<!doctype html><title>Cheap flights</title><body>')
  })
  return { ...(await listenLocally(server)), cookies }
}
