// From the command to a page that can be used, on a computer where everything is installed and built.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openBrowser, untilUsable } from '../browser.ts'
import type { Bench } from '../harness.ts'
import { firstLine, root, scratch, stop, timed } from '../support.ts'

export const starting: Bench = {
  name: 'start',
  says: 'from "npm start -- --json" (without npm itself) to a usable page in a running Chromium; baseline: "node -e 0", then an empty loopback page',
  unit: 'ms',
  better: 'lower',
  goal: 2000,
  judged: 'figure',
  rounds: 5,
  async open() {
    const browser = await openBrowser()
    const empty = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><main><button>Empty</button></main>')
    })
    empty.listen(0, '127.0.0.1')
    await once(empty, 'listening')
    const { port } = empty.address() as AddressInfo
    return {
      figure: () => start(browser),
      baseline: () =>
        timed(async () => {
          await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
          await visit(browser, `http://127.0.0.1:${port}/`)
        }),
      async close() {
        await browser.close()
        empty.closeAllConnections()
        empty.close()
      },
    }
  },
}

async function start(browser: Browser): Promise<number> {
  const folder = scratch()
  const args = ['--json', '--vault', join(folder.path, 'vault'), '--state', join(folder.path, 'state')]
  const began = performance.now()
  // Without a display the host opens no browser by itself; the page is opened in the one that is measured.
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'launch.mjs'), 'start', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  })
  try {
    const { link } = JSON.parse(await firstLine(child)) as { link: string }
    await visit(browser, link)
    return performance.now() - began
  } finally {
    await stop(child)
    folder.remove()
  }
}

async function visit(browser: Browser, address: string): Promise<void> {
  const page = await browser.newPage()
  try {
    await page.goto(address)
    await untilUsable(page)
  } finally {
    await page.close()
  }
}
