// Pages of other sites, in a real Chromium that is signed in to ours, against our server: none gets in. The same pages
// against a server without the rules do.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page, Request, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redirectTo } from '../../../electron/web/open.ts'
import { findChromium, launchChromium } from '../../support/chromium.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { type Victim, attempts, unshown } from './attacks/browser.ts'
import { type HostileSite, openHostileSite } from './support/hostile-site.ts'
import { smallPage } from './support/page.ts'
import { serveNaively } from './support/naive-server.ts'
import { type Served, newToken, serve } from './support/served.ts'

/**
 * Runs one attempt after the other in the hostile page, each until the browser says that its request was answered or failed:
 * an attempt that was never made would prove nothing. Answers those that read something.
 */
async function attack(page: Page, victim: Victim): Promise<string[]> {
  const read: string[] = []
  for (const [name, attempt] of Object.entries(attempts)) {
    const over = unshown.includes(name) ? () => true : watchForEnd(page.context(), victim.address)
    const mark = victim.marked ? `?v=${encodeURIComponent(name)}` : ''
    const found = await page.evaluate<boolean>(`(async () => {
      const victim = ${JSON.stringify(victim)}
      const at = (path) => victim.address + path + ${JSON.stringify(mark)}
      return (${attempt.toString()})(victim, at)
    })().catch(() => false)`)
    if (found) read.push(name)
    await expect.poll(over, { message: name, timeout: 20_000 }).toBe(true)
  }
  return read
}

/** Whether a request to this address, begun from now on, has come to its end. */
function watchForEnd(context: BrowserContext, address: string): () => boolean {
  const begun = new Set<Request>()
  let over = false
  const begin = (request: Request) => {
    if (request.url().startsWith(`${address}/`)) begun.add(request)
  }
  const end = (request: Request) => {
    if (!begun.has(request)) return
    over = true
    context.off('request', begin).off('requestfailed', end).off('response', answer)
  }
  const answer = (response: Response) => end(response.request())
  context.on('request', begin).on('requestfailed', end).on('response', answer)
  return () => over
}

describe.skipIf(findChromium() === undefined)('a page of another site (needs Chromium; set CHROMIUM_PATH)', () => {
  let browser: Browser
  let context: BrowserContext
  let served: Served
  let site: HostileSite
  let ours: Page
  const fileReads: string[] = []

  beforeAll(async () => {
    const files = new Map(smallPage)
    const get = files.get.bind(files)
    files.get = (path) => {
      fileReads.push(path)
      return get(path)
    }
    served = await serve({ files })
    site = await openHostileSite()
    browser = await launchChromium({
      args: ['--disable-popup-blocking', '--host-resolver-rules=MAP rebind.example 127.0.0.1'],
    })
    context = await browser.newContext()
    ours = await context.newPage()
    await ours.goto(served.server.startLink())
    await ours.locator('body[data-answer]').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
    await site?.close()
  })

  const victim = async (): Promise<Victim> => ({
    address: served.server.address(),
    tab: (await ours.evaluate(() => sessionStorage.getItem('tab'))) ?? '',
    marked: false,
  })
  /** Closes every page but ours, so that what they loaded is over. */
  const clear = async (): Promise<void> => {
    const others = context.pages().filter((page) => page !== ours)
    await Promise.all(others.map((page) => page.close()))
  }

  it('while ours works: it is signed in and its call is answered', async () => {
    expect(await ours.locator('body').getAttribute('data-answer')).toBe('200')
    expect(await ours.locator('h1').evaluate((h1) => getComputedStyle(h1).color)).toBe('rgb(1, 2, 3)')
    expect(served.app.ran).toContain('vault.status')
  })

  const sites = {
    '127.0.0.1 on another port': () => `http://127.0.0.1:${site.port}/`,
    'localhost on another port': () => `http://localhost:${site.port}/`,
    'another name under localhost': () => `http://flights.localhost:${site.port}/`,
    'our own name on another port, if it were known': () =>
      `http://${new URL(served.server.address()).hostname}:${site.port}/`,
  }
  it.each(Object.entries(sites))('gets nothing in from %s', async (_name, address) => {
    await served.clock.advance(60_000)
    const before = { ran: served.app.ran.length, listened: served.app.listened(), files: fileReads.length }
    const page = await context.newPage()
    await page.goto(address())
    expect(await attack(page, await victim())).toEqual([])
    await clear()
    expect(served.app.ran.slice(before.ran)).toEqual([])
    expect(served.app.listened()).toBe(before.listened)
    expect(fileReads.slice(before.files)).toEqual([])
  })

  it('gets nothing in by rebinding its own name to this machine', async () => {
    await served.clock.advance(60_000)
    const page = await context.newPage()
    const response = await page.goto(`http://rebind.example:${served.target.port}/`)
    expect(response?.status()).toBe(421)
    const reached = await page.evaluate(
      async () => (await fetch('/api/vault.status', { method: 'POST', body: '{}' })).status,
    )
    expect(reached).toBe(421)
    await clear()
  })

  it('may open the start page in a window, and then neither reads it, nor moves it, nor is signed in there', async () => {
    await served.clock.advance(60_000)
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${site.port}/`)
    const opened = context.waitForEvent('page')
    const ran = served.app.ran.length
    const grip = page.evaluate(async (address) => {
      const other = window.open(address)
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        try {
          if (other?.document.title === 'Mindkeep') return 'read'
        } catch {
          // It belongs to another origin by now.
        }
        if (other?.closed === true) return 'lost'
      }
    }, served.server.address())
    const start = await opened
    await start.locator('body[data-answer]').waitFor()
    expect(await start.locator('body').getAttribute('data-answer')).toBe('401')
    expect(await start.evaluate(() => window.opener === null)).toBe(true)
    expect(await grip).toBe('lost')
    expect(served.app.ran).toHaveLength(ran)
    await clear()
  })

  it('is never sent our cookie, unless it shares our secret name', async () => {
    const ourName = new URL(served.server.address()).hostname
    const cookies = await context.cookies(served.server.address())
    expect(cookies).toMatchObject([{ name: 'mindkeep', httpOnly: true, sameSite: 'Strict', domain: ourName }])
    const before = site.cookies.length
    for (const host of ['127.0.0.1', 'localhost', 'flights.localhost', `a.${ourName}`]) {
      const page = await context.newPage()
      await page.goto(`http://${host}:${site.port}/`)
    }
    expect(site.cookies.slice(before)).toEqual([])
    await clear()
  })

  it('is stopped in every attempt that reaches a server without these rules: the negative control', async () => {
    const naive = await serveNaively()
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${site.port}/`)
    const read = await attack(page, { address: `http://localhost:${naive.port}`, tab: 'A'.repeat(43), marked: true })
    const got = new Set([...read, ...naive.reachedBy])
    expect(Object.keys(attempts).filter((name) => !got.has(name))).toEqual([])
    await clear()
    await naive.close()
  })

  it('is not what the file is that we open: from there the person arrives signed in', async () => {
    await served.clock.advance(60_000)
    const file = join(temporaryFolder(), 'open.html')
    writeFileSync(file, redirectTo(served.server.startLink()))
    const page = await (await browser.newContext()).newPage()
    await page.goto(pathToFileURL(file).href)
    await page.locator('body[data-answer]').waitFor()
    expect(await page.locator('body').getAttribute('data-answer')).toBe('200')
    expect(page.url()).toBe(`${served.server.address()}/`)
    await page.context().close()
  })

  it('cannot sign in with a start token of its own making, while a real one works once', async () => {
    await served.clock.advance(60_000)
    const page = await context.newPage()
    const link = `${served.server.address()}/#start=${newToken(served.server)}`
    for (const [address, answer] of [
      [link, '200'],
      [`${served.server.address()}/#start=${'A'.repeat(43)}`, '401'],
    ] as const) {
      const fresh = await (await browser.newContext()).newPage()
      await fresh.goto(address)
      await fresh.locator('body[data-answer]').waitFor()
      expect(await fresh.locator('body').getAttribute('data-answer')).toBe(answer)
      await fresh.context().close()
    }
    await page.close()
  })
})
