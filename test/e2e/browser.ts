// A page of the real Chromium that remembers whatever went wrong in it: violations of its policy, console errors and
// uncaught exceptions. Refusals that a test provokes on purpose are answers, not errors.
import { setTimeout as sleep } from 'node:timers/promises'
import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

export interface WatchedPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Fails when anything went wrong since the last time it was asked. */
  readonly expectNoTrouble: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface OpenOptions {
  readonly context?: BrowserContext
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  readonly locale?: string
}

declare global {
  interface Window {
    violations?: string[]
  }
}

export async function openPage(browser: Browser, address: string, options: OpenOptions = {}): Promise<WatchedPage> {
  const { colorScheme = 'light', width = 1024, locale = 'en-GB' } = options
  const context =
    options.context ??
    (await browser.newContext({ colorScheme, locale, reducedMotion: 'reduce', viewport: { width, height: 800 } }))
  const page = await context.newPage()
  // Stretching a passphrase takes many seconds where other suites have the computer to themselves.
  page.setDefaultTimeout(30_000)
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // Chromium reports every answer that is not 2xx; a refused call is a normal answer of the api.
    const refused = message.text().startsWith('Failed to load resource') && message.location().url.includes('/api/')
    if (!refused) trouble.push(`console: ${message.text()}`)
  })
  await page.addInitScript(() => {
    window.violations = []
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations?.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  await page.goto(address)
  return {
    page,
    context,
    async expectNoTrouble() {
      const violations = await page.evaluate(() => window.violations?.splice(0))
      expect({ violations, trouble: trouble.splice(0) }).toEqual({ violations: [], trouble: [] })
    },
    close: () => context.close(),
  }
}

/** For a test that failed: what each open page showed by then, as somebody who hears it would know it. */
export async function describePages(browser: Browser): Promise<string> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  const told = pages.map(async (page) => {
    const tree = await page.locator('body').ariaSnapshot({ timeout: 5000 }).catch(String)
    return `${page.url()}\n${tree}\n`
  })
  return (await Promise.all(told)).join('\n')
}

/** Every rule of axe that stands for WCAG 2.2 AA or for good practice, on the page as it is now. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await within(10_000, 'the page had no frame to show', page.evaluate(untilAtRest))
  const has = await page.evaluate(() => 'axe' in window)
  if (!has) await page.evaluate(axe.source)
  const judged = page.evaluate(async () => {
    const { axe: here } = window as unknown as { readonly axe: typeof axe }
    const { violations } = await here.run(document, { resultTypes: ['violations'] })
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary ?? ''})`).join(' | ')}`,
    )
  })
  return within(20_000, 'axe did not come to an end', judged)
}

/**
 * In the page: a change of width or scheme has to be drawn, and what moves has to come to rest, before colours can be judged.
 * A browser that draws nothing for a while is no finding: styles are computed without a frame.
 */
async function untilAtRest(): Promise<void> {
  const drawn = async () => {
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
  }
  await Promise.race([drawn(), new Promise((enough) => setTimeout(enough, 3000))])
}

/** So that what hangs is asked once more, and a failure says what hung. */
async function within<T>(ms: number, failing: string, step: Promise<T>): Promise<T> {
  const giveUp = new AbortController()
  const late = sleep(ms, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error(failing)
  })
  late.catch(() => undefined)
  return Promise.race([step, late]).finally(() => giveUp.abort())
}

const widths = [360, 1024, 1600] as const
const schemes = ['light', 'dark'] as const

/** Looks at the screen as it is now, in every width and scheme: nothing for axe to find, nothing wider than the page. */
export async function expectAccessible(watched: WatchedPage): Promise<void> {
  const { page } = watched
  await watched.expectNoTrouble()
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 })
      // A dialog follows the page that it covers a frame later.
      await expect.poll(() => axeFindings(page), { message: `${colorScheme} ${width}` }).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `wider than the page in ${colorScheme} ${width}`).toBeLessThanOrEqual(0)
    }
  }
  await page.setViewportSize({ width: 1024, height: 800 })
}
