// What the page says and offers on the worst days: when the core cannot even say how the vault is, and when there is
// nothing to go back to.
import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { type WatchedPage, axeFindings, openPage } from './browser.ts'
import { type PageHost, createVault, passphrase, startPageHost } from './page-host.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const bothDamaged = 'Both copies of the key file are damaged or missing.'

describe.skipIf(findChromium() === undefined)('a vault that is damaged', () => {
  let browser: Browser
  let host: PageHost
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
  })
  beforeEach(async () => {
    host = await startPageHost()
    await createVault(host)
    watched = await openPage(browser, host.startLink())
    page = watched.page
    await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
  })
  afterEach(async () => {
    await watched?.close()
    await host?.stop()
  })

  const keyFiles = () =>
    readdirSync(join(host.folder, 'vault'))
      .filter((name) => name.startsWith('vault.keys'))
      .map((name) => join(host.folder, 'vault', name))

  const lockAndDamageKeys = async () => {
    await host.call('vault.lock')
    await button(page, 'Unlock').waitFor()
    expect(keyFiles().length).toBeGreaterThan(1)
    for (const file of keyFiles()) writeFileSync(file, 'damaged')
    await page.reload()
    await page.getByText(bothDamaged).waitFor()
  }

  it('says that both key files are damaged, claims nothing else, and goes back to a backup', async () => {
    await host.call('backups.create')
    await page.getByText('The backup is made and checked.').waitFor()
    await lockAndDamageKeys()
    expect(await page.locator('main').innerText()).not.toContain('not affected')
    expect(await page.title()).toBe('Mindkeep cannot show your vault · Mindkeep')
    expect(await axeFindings(page)).toEqual([])
    await button(page, 'Restore a backup').click()
    await field(page, 'Passphrase of today or of that day').fill('not the one')
    await button(page, 'Restore').click()
    await page.getByText('That is not the passphrase.').waitFor()
    await field(page, 'Passphrase of today or of that day').fill(passphrase)
    await button(page, 'Restore').click()
    await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
    await page.getByText('The backup is in place of the vault.').waitFor()
    expect(await host.call('vault.status')).toMatchObject({ state: 'unlocked' })
    await watched.expectNoTrouble()
  })

  it('offers no backup where there is none, and opens once a sound key file is back', async () => {
    const sound = keyFiles().map((file) => [file, readFileSync(file)] as const)
    await lockAndDamageKeys()
    await page.getByText('There is no backup on this computer.').waitFor()
    expect(await button(page, 'Restore a backup').count()).toBe(0)
    for (const [file, bytes] of sound) writeFileSync(file, bytes)
    await button(page, 'Try again').click()
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
  })

  it('offers no backup for a damaged vault file where there is none', async () => {
    await host.call('vault.lock')
    await button(page, 'Unlock').waitFor()
    const database = readdirSync(join(host.folder, 'vault')).find((file) => file.endsWith('.db')) ?? ''
    truncateSync(join(host.folder, 'vault', database), 4096)
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await page.getByText('There is no backup on this computer.').waitFor()
    await button(page, 'Use the recovery kit').waitFor()
    expect(await button(page, 'Restore a backup').count()).toBe(0)
  })
})
