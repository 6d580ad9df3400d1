// What a browser fetches before the first screen can be used, each file compressed by gzip.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { openBrowser, untilUsable } from '../browser.ts'
import type { Bench } from '../harness.ts'
import { root, scratch, startWebHost, stop } from '../support.ts'

const gzippedKB = (body: Buffer): number => gzipSync(body).length / 1000
const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0)

export const bundle: Bench = {
  name: 'bundle',
  says: 'all that the first screen of a new vault fetches, compressed by gzip; baseline: the whole build',
  unit: 'KB',
  better: 'lower',
  goal: 300,
  judged: 'figure',
  rounds: 1,
  async open() {
    const browser = await openBrowser()
    return { figure: () => firstLoad(browser), baseline: async () => wholeBuild(), close: () => browser.close() }
  },
}

async function firstLoad(browser: Browser): Promise<number> {
  const folder = scratch()
  const { child, link } = await startWebHost(folder.path)
  const page = await browser.newPage()
  const bodies: Promise<Buffer>[] = []
  try {
    page.on('response', (response) => {
      if (!new URL(response.url()).pathname.startsWith('/api/')) bodies.push(response.body())
    })
    await page.goto(link)
    await untilUsable(page)
    return sum((await Promise.all(bodies)).map(gzippedKB))
  } finally {
    await page.close()
    await stop(child)
    folder.remove()
  }
}

function wholeBuild(): number {
  const build = join(root, 'out/renderer')
  const files = readdirSync(build, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return sum(files.map((entry) => gzippedKB(readFileSync(join(entry.parentPath, entry.name)))))
}
