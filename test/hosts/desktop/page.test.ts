// The built page in a real Chromium, given exactly what the desktop gives it: files and headers from app://vault/, the
// preload's two functions, and behind them the main process with the built core. Chromium stands in for the window, and an
// address it accepts for app://; Electron's own part is not in it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPage } from '../../e2e/browser.ts'
import { findChromium, launchChromium } from '../../support/chromium.ts'
import { buildApp } from './built/build.ts'
import { type RealCore, runCore } from './built/real-core.ts'
import { call, fromPage, theCore, theWindow } from './claims/claim.ts'
import { createLoader, createModuleCache } from './double/sources.ts'
import { type Stage, createStage, sourcesOf } from './double/target.ts'
import type { World } from './double/world.ts'

const address = 'http://vault.localhost/'
const ours = 'app://vault/'

interface Given {
  readonly send: (method: string, input: unknown) => Promise<unknown>
  readonly hear: Set<(event: unknown) => void>
}

async function connect(page: Page, world: World): Promise<void> {
  const handler = world.record.sessions.find(({ partition }) => partition === 'vault')?.served.get('app')
  if (handler === undefined) throw new Error('nothing is served')
  await page.context().route(`${address}**`, async (route) => {
    const { url, method } = { url: route.request().url().replace(address, ours), method: route.request().method() }
    const answer = await handler({ url, method } as Request)
    const body = Buffer.from(await answer.arrayBuffer())
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body })
  })
  await page
    .context()
    .exposeFunction('send', (method: string, input: unknown) => call(world, fromPage(theWindow(world)), method, input))
  await page.context().addInitScript(() => {
    const given = globalThis as unknown as Given
    const hear: Given['hear'] = new Set()
    const mindkeep = {
      call: (method: string, input: unknown) => given.send(method, input),
      onEvent: (listener: (event: unknown) => void) => {
        hear.add(listener)
        return () => void hear.delete(listener)
      },
    }
    Object.assign(globalThis, { hear, mindkeep })
  })
  const { sent } = theWindow(world).page
  const push = sent.push.bind(sent)
  sent.push = (...messages) => {
    for (const [, event] of messages) {
      const tell = (each: unknown): void => (globalThis as unknown as Given).hear.forEach((listener) => listener(each))
      page.evaluate(tell, event).catch(() => undefined)
    }
    return push(...messages)
  }
}

describe.skipIf(findChromium() === undefined)('the page of the desktop window', async () => {
  const { appFolder, remove } = await buildApp()
  const home = mkdtempSync(join(tmpdir(), 'mindkeep-desktop-page-'))
  const saveAs = join(home, 'kit.txt')
  const cores: RealCore[] = []
  let world: World
  let browser: Awaited<ReturnType<typeof launchChromium>>

  beforeAll(async () => {
    const loader = createLoader({ cache: createModuleCache() })
    const stage: Stage = createStage(sourcesOf(loader), appFolder)
    world = await stage.start({
      folder: join(home, 'vault'),
      stateFolder: join(home, 'state'),
      saveAs,
      runCore(modulePath, hear) {
        const core = runCore({ modulePath, hear, onExit: () => void mine().ear.emit('exit', 9) })
        cores.push(core)
        // Its own exit, and not that of a process which it started.
        const mine = () => world.record.children[cores.indexOf(core)] ?? theCore(world)
        return core
      },
    })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    world.appEar.emit('before-quit', { preventDefault: () => undefined })
    await vi.waitFor(() => expect(world.record.quits).toBe(1), 10_000)
    remove()
    rmSync(home, { recursive: true, force: true })
  })

  it('makes a vault, saves its kit, and locks when the computer sleeps, all through two functions', async () => {
    const watched = await openPage(browser, 'about:blank')
    const { page } = watched
    await connect(page, world)
    await page.goto(address)
    const button = (name: string) => page.getByRole('button', { name, exact: true })

    await page.getByRole('heading', { name: 'A place for your own life, locked with your words' }).waitFor()
    await page.getByLabel('Passphrase', { exact: true }).fill('ember lattice quorum sundial violet')
    await button('Continue').click()
    await page.getByRole('heading', { name: 'Keep these 24 words' }).waitFor()
    await button('Save as a file').click()
    await button('Saved').waitFor()
    expect(existsSync(saveAs)).toBe(true)
    const words = [...readFileSync(saveAs, 'utf8').matchAll(/^\s*\d+\. (\w+)$/gm)].map(([, word]) => word ?? '')
    expect(words).toHaveLength(24)
    await button('I have them, continue').click()
    for (const field of await page.getByRole('textbox', { name: /^Word \d+$/ }).all()) {
      const label =
        (await field.getAttribute('aria-label')) ??
        (await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent)) ??
        ''
      await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? '')
    }
    await button('Create the vault').click()
    await page.getByRole('heading', { name: 'Your vault is ready' }).waitFor()
    await button('Open my vault').click()
    await page.getByRole('link', { name: 'Settings', exact: true }).waitFor()

    world.powerEar.emit('suspend')
    await page.getByText('Welcome back').waitFor()
    await watched.expectNoTrouble()
    await watched.close()
  })
})
