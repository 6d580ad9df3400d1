// Hosts of the outside, played on this computer: a real HTTPS server under the names of the hub, with a certificate that only
// these tests trust. Everything between it and the code under test is real but for where the names lead.
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import type { Outside } from '../../electron/core/network/network.ts'

const file = (name: string) => readFileSync(resolve(import.meta.dirname, '../fixtures/tls', name), 'utf8')

export interface PlayedOutside {
  readonly outside: Outside
  /** The names that were looked up, in order. */
  readonly asked: string[]
  readonly stop: () => Promise<void>
}

export async function playOutside(listener: RequestListener): Promise<PlayedOutside> {
  const server = createServer({ key: file('key.pem'), cert: file('certificate.pem') }, listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const asked: string[] = []
  return {
    asked,
    outside: {
      trusted: file('certificate.pem'),
      async find(name) {
        asked.push(name)
        return [{ address: '127.0.0.1', port }]
      },
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
