// A world for each test: its own core, vault, clock and page, gone when the test ends. A test that fails leaves what its
// pages showed, and nothing that the next one could stumble over. The vault is a copy of one that was made for the file.
import type { Browser, Page } from 'playwright-core'
import { test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { type OpenOptions, describePages, openPage } from './browser.ts'
import { makeVault, openCopy, startPageHost } from './page-host.ts'
import { createSecretStore } from './secret-store.ts'

export const it = test
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern what has to be there first
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchChromium()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('clock', () => createFakeClock({ start: new Date().toISOString() }))
  /** A core without a vault. */
  .extend('host', async ({ clock }, { onCleanup }) => {
    const host = await startPageHost({ clock, secretStore: createSecretStore() })
    onCleanup(() => host.stop())
    return host
  })
  /** Opens a tab, in a browser profile of its own unless one is named. */
  .extend('visit', async ({ browser, host, task }, { onCleanup }) => {
    onCleanup(async () => {
      if (task.result?.state === 'fail') await tell(task.name, browser)
      await Promise.all(browser.contexts().map((context) => context.close()))
    })
    return ({ address = host.startLink(), ...options }: OpenOptions & { readonly address?: string } = {}) =>
      openPage(browser, address, options)
  })
  // oxlint-disable-next-line no-empty-pattern -- as above
  .extend('made', { scope: 'file' }, async ({}, { onCleanup }) => {
    const made = await makeVault()
    onCleanup(made.remove)
    return made
  })
  .extend('vault', async ({ host, made }) => {
    await openCopy(host, made)
    return made
  })
  /** The first screen of an open vault. */
  .extend('watched', async ({ visit, vault }) => {
    const watched = await visit()
    await watched.page.getByText(`“${vault.name}” is open on this computer.`).waitFor()
    return watched
  })
  .extend('page', ({ watched }) => watched.page)

/** Says on the terminal what the pages show. */
export async function tell(name: string, browser: Browser): Promise<void> {
  process.stderr.write(`When “${name}” failed:\n${await describePages(browser)}\n`)
}

export const atHome = (page: Page) => page.getByRole('heading', { name: /^Good / }).waitFor()
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
export const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
export const go = (page: Page, hash: string) => page.evaluate((to) => void (window.location.hash = to), hash)
