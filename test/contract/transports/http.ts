// The real web server on loopback, with a session signed in by a start link.
import { systemClock } from '../../../electron/core/ports.ts'
import { createWebServer } from '../../../electron/web/server.ts'
import { type Transport, unlocked } from '../transport.ts'
import { openCore } from './direct.ts'
import { signIn } from './http-page.ts'

const page = new Map([['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>') }]])

export const http: Transport = {
  name: 'HTTP',
  host: 'web',
  oneProcess: true,
  async connect(folders, passphrase) {
    const app = await openCore(folders, 'web')
    const server = createWebServer({ app, files: page, clock: systemClock, log: { write() {} } })
    await server.listen({ port: 0 })
    const { call } = await signIn(new URL(server.startLink()))
    const close = async () => {
      await server.close()
      await app.close()
    }
    return unlocked({ call, close }, passphrase)
  },
}
