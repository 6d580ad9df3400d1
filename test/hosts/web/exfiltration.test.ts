// What can leave a page that an attacker already runs in. The policy closes every way but the ones named here, which no
// header closes in Chromium; the person is told of them. Without the policy every way is open.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { type Page, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../support/chromium.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { type Way, leavingWays, quietWays } from './attacks/sinks.ts'
import { listenLocally } from './support/local-server.ts'
import { smallPage } from './support/page.ts'
import { type Served, serve } from './support/served.ts'
import { type SinkServer, lookedUp, openSink } from './support/sink-server.ts'

const ways = { ...quietWays, ...leavingWays }

/** No header closes these in Chromium: a page may always be left, and CSP covers neither WebRTC nor hints to connect. */
const stillOpen = [
  'DNS prefetch',
  'WebRTC',
  'a link',
  'a refresh',
  'link in a new window',
  'moving the page',
  'preconnect',
  'window',
]

const run = (page: Page, sink: SinkServer, table: Readonly<Record<string, Way>>): Promise<unknown> => {
  const rows = Object.entries(table).map(([name, way]) => `[${way.toString()}, ${JSON.stringify(sink.pathTo(name))}]`)
  return page.evaluate(`(() => {
    const sink = ${JSON.stringify(sink.sink)}
    for (const [way, to] of [${rows.join(',\n')}]) {
      try { way(sink, to) } catch {}
    }
  })()`)
}

/** Tries every way out of the page at `address`. Answers those that arrived. */
async function tryAll(address: string, sink: SinkServer): Promise<string[]> {
  const folder = temporaryFolder()
  const networkLog = join(folder, 'network.json')
  // A lasting profile, as people have one: Chromium ignores hints to connect or look up in its private windows.
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findChromium() ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-popup-blocking', `--log-net-log=${networkLog}`],
  })
  const open = async (): Promise<Page> => {
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'load' })
    return page
  }
  const page = await open()
  await run(page, sink, quietWays)
  await Promise.all(
    Object.entries(leavingWays).map(async ([name, way]) => {
      await run(await open(), sink, { [name]: way })
    }),
  )
  await page.waitForTimeout(4_000)
  await context.close()
  const arrived = sink.take()
  if (lookedUp(networkLog, sink.sink.name)) arrived.add('DNS prefetch')
  return [...arrived].toSorted()
}

describe.skipIf(findChromium() === undefined)(
  'out of a page that is taken over (needs Chromium; set CHROMIUM_PATH)',
  () => {
    let served: Served
    let sink: SinkServer
    beforeAll(async () => {
      served = await serve()
      sink = await openSink({ name: 'looked-up.localhost' })
    })
    afterAll(async () => {
      await served?.close()
      sink?.close()
    })

    it('lead at least 27 ways', () => {
      expect(Object.keys(ways).length).toBeGreaterThanOrEqual(27)
    })

    it('only the ones that no header closes carry anything', async () => {
      expect(await tryAll(served.server.address(), sink)).toEqual(stillOpen)
    })

    it('every one of them does without the headers: the negative control', async () => {
      const server = createServer((request, response) => {
        const file = smallPage.get(request.url ?? '')
        response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': file?.type ?? 'text/plain' })
        response.end(file?.body)
      })
      const bare = await listenLocally(server)
      const arrived = await tryAll(`http://localhost:${bare.port}/`, sink)
      await bare.close()
      expect(Object.keys(ways).filter((name) => !arrived.includes(name))).toEqual([])
    })
  },
)
