// One call from a page to the core through the guarded web server, against Node's server with nothing in it.
import { spawn } from 'node:child_process'
import { signIn, post } from '../../contract/transports/http-page.ts'
import type { Bench } from '../harness.ts'
import { firstLine, scratch, startWebHost, stop, timed } from '../support.ts'

/** Below the host's own limit on requests, which is not what is measured. */
const callsARound = 20

const echo = `
  const { createServer } = require('node:http')
  createServer((request, response) => request.pipe(response)).listen(0, '127.0.0.1', function () {
    console.log('http://127.0.0.1:' + this.address().port + '/')
  })`

async function each(call: () => Promise<unknown>): Promise<number> {
  const ms = await timed(async () => {
    for (let count = 0; count < callsARound; count++) await call()
  })
  return ms / callsARound
}

export const roundTrip: Bench = {
  name: 'round-trip',
  says: 'vault.status over loopback, signed in, on a kept connection; baseline: an echo by bare node:http',
  unit: 'ms',
  better: 'lower',
  goal: 5,
  judged: 'figure',
  rounds: 9,
  async open() {
    const folder = scratch()
    const { child, link } = await startWebHost(folder.path)
    const echoing = spawn(process.execPath, ['-e', echo], { stdio: ['ignore', 'pipe', 'inherit'] })
    const echoLink = new URL(await firstLine(echoing))
    const page = await signIn(new URL(link))
    return {
      figure: () =>
        each(async () => {
          const reply = await page.call('vault.status', {})
          if (!reply.ok) throw new Error(`vault.status answered ${reply.error.code}`)
        }),
      baseline: () => each(() => post({ link: echoLink, path: '/', body: {}, headers: {} })),
      async close() {
        await Promise.all([stop(child), stop(echoing)])
        folder.remove()
      },
    }
  },
}
