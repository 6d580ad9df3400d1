// What the page does by itself: locking, undoing, remembering, following other tabs, and helping on bad days. One core
// and one vault in this process, with a clock that the tests move.
import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { type FakeClock, createFakeClock } from '../support/fake-clock.ts'
import { type WatchedPage, openPage } from './browser.ts'
import { type PageHost, createVault, passphrase, startPageHost } from './page-host.ts'

const minute = 60_000
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const go = (page: Page, hash: string) => page.evaluate((to) => void (window.location.hash = to), hash)

describe.skipIf(findChromium() === undefined)('the page', () => {
  let browser: Browser
  let clock: FakeClock
  let host: PageHost
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    clock = createFakeClock({ start: new Date().toISOString() })
    browser = await launchChromium()
    const box = new Map<string, Uint8Array>()
    host = await startPageHost({
      clock,
      // Keeps what it is given under a number, so that what the core stores opens nothing by itself.
      secretStore: {
        usable: async () => true,
        seal: async (secret) => {
          box.set(String(box.size), Uint8Array.from(secret))
          return new TextEncoder().encode(String(box.size - 1))
        },
        open: async (sealed) => {
          const secret = box.get(new TextDecoder().decode(sealed))
          if (secret === undefined) throw new Error('nothing was sealed as that')
          return Uint8Array.from(secret)
        },
      },
    })
    await createVault(host)
    watched = await openPage(browser, host.startLink())
    page = watched.page
    await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await host?.stop()
  })
  /** Every test begins on the first screen of an open vault. */
  beforeEach(async () => {
    const { state } = (await host.call('vault.status')) as { state: string }
    if (state === 'locked') await host.call('vault.unlock', { passphrase })
    await go(page, '#/')
    await page.getByRole('heading', { name: /^Good / }).waitFor()
  })

  it('warns half a minute before the vault locks itself, and any key keeps it open', async () => {
    await host.call('settings.set', { autoLockMinutes: 1 })
    await clock.advance(0.5 * minute)
    const warning = page.getByRole('alertdialog', { name: 'Are you still there?' })
    await warning.getByText(/locks itself in \d+ seconds?\./).waitFor()
    await button(page, 'Stay unlocked').press('Enter')
    await warning.waitFor({ state: 'detached' })
    await clock.advance(0.4 * minute)
    await clock.advance(0.05 * minute)
    expect(await host.call('vault.status')).toMatchObject({ state: 'unlocked' })
    await host.call('settings.set', { autoLockMinutes: 10 })
  })

  it('keeps nothing of the vault on the page once it is locked, and comes back to where the person was', async () => {
    await go(page, '#/settings/backups')
    await page.getByRole('switch', { name: 'Back up every day' }).press('Space')
    await page.getByText('Daily backups are off.').waitFor()
    await go(page, '#/activity')
    await page.getByText('You created this vault').waitFor()
    await host.call('vault.lock')
    await button(page, 'Unlock').waitFor()
    await page.getByText('Daily backups are off.').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain('You created this vault')
    await field(page, 'Passphrase').fill(passphrase)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Activity' }).waitFor()
  })

  it('keeps a half-typed search over auto-lock, and no passphrase', async () => {
    await page.keyboard.press('Control+K')
    await page.getByPlaceholder('Where to, or what to do?').fill('appear')
    await host.call('vault.lock')
    await field(page, 'Passphrase').fill('half a pass')
    await host.call('vault.unlock', { passphrase })
    await page.getByRole('heading', { name: /^Good / }).waitFor()
    await page.keyboard.press('Control+K')
    expect(await page.getByPlaceholder('Where to, or what to do?').inputValue()).toBe('appear')
    await page.getByRole('menuitem', { name: 'Settings: Appearance' }).click()
    await page.getByRole('heading', { name: 'Screens of Mindkeep' }).waitFor()
    await host.call('vault.lock')
    expect(await field(page, 'Passphrase').inputValue()).toBe('')
  })

  it('goes where the address says after a lock in the middle of a navigation', async () => {
    const second = await openPage(browser, host.startLink(), { context: watched.context })
    await second.page.getByRole('heading', { name: /^Good / }).waitFor()
    const arrived = Promise.withResolvers<void>()
    await second.page.route('**/assets/Left-*.js', async (route) => {
      await arrived.promise
      await route.continue()
    })
    await go(second.page, '#/left')
    await host.call('vault.lock')
    await button(second.page, 'Unlock').waitFor()
    arrived.resolve()
    await go(second.page, '#/activity')
    await host.call('vault.unlock', { passphrase })
    await second.page.getByRole('heading', { name: 'Activity' }).waitFor()
    await second.page.close()
  })

  it('changes the theme at once, and back with Ctrl-Z', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    await go(page, '#/settings/appearance')
    await page.getByText('Dark', { exact: true }).click()
    await expect.poll(ground).toBe('rgb(17, 21, 26)')
    await page.getByText('The theme was changed.').waitFor()
    await page.keyboard.press('Control+Z')
    await expect.poll(ground).toBe('rgb(252, 250, 247)')
    expect(await host.call('appearance.get')).toEqual({ theme: 'system', language: 'system' })
  })

  it('speaks German when it is chosen, after a reload too, and English again', async () => {
    await go(page, '#/settings/appearance')
    await page.getByRole('button', { name: 'Language' }).click()
    await page.getByRole('option', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    await page.reload()
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor()
    await host.call('appearance.set', { language: 'system' })
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  it('says what it has said in the new language too, one message at a time on a small screen', async () => {
    await go(page, '#/settings/appearance')
    await page.setViewportSize({ width: 360, height: 800 })
    await page.getByText('Dark', { exact: true }).click()
    await page.getByText('The theme was changed.').waitFor()
    await page.getByRole('button', { name: 'Language' }).click()
    await page.getByRole('option', { name: 'Deutsch' }).click()
    await page.getByText('Die Sprache wurde geändert.').waitFor()
    expect(await page.getByText('The theme was changed.').count()).toBe(0)
    const messages = page.getByRole('alertdialog')
    expect(await messages.count()).toBe(1)
    await messages.getByRole('button', { name: 'Ausblenden' }).click()
    await page.getByText('Die Darstellung wurde geändert.').waitFor()
    await page.setViewportSize({ width: 1024, height: 800 })
    await host.call('appearance.set', { language: 'system', theme: 'system' })
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  it('names the tab after the screen, and after nothing of the vault while it is locked', async () => {
    const titled = (title: string) => expect.poll(() => page.title()).toBe(title)
    await titled('Home · Mindkeep')
    await go(page, '#/settings/backups')
    await titled('Settings: Backups · Mindkeep')
    await go(page, '#/settings/about')
    await titled('Settings: About · Mindkeep')
    await go(page, '#/left')
    await titled('What left this device · Mindkeep')
    await host.call('vault.lock')
    await titled('Unlock · Mindkeep')
  })

  it('skips to the content, where the next Tab goes on', async () => {
    await go(page, '#/settings/keyboard')
    await page.getByRole('heading', { name: 'Shortcuts', exact: true }).waitFor()
    const skip = page.getByRole('link', { name: 'Skip to the content' })
    await skip.focus()
    await page.keyboard.press('Enter')
    const focused = () => page.evaluate(() => document.activeElement?.id)
    await expect.poll(focused).toBe('content')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('content')
    expect(page.url()).toContain('#/settings/keyboard')
  })

  it('follows what happens in a second tab', async () => {
    const second = await openPage(browser, host.startLink(), { context: watched.context })
    await second.page.getByRole('heading', { name: /^Good / }).waitFor()
    await go(second.page, '#/settings/security')
    await second.page.getByRole('button', { name: 'Lock after' }).click()
    await second.page.getByRole('option', { name: '30 minutes' }).click()
    await page.getByText('After 30 minutes without you').waitFor()
    await page.getByText('You changed “Auto-lock” from 10 minutes to 30 minutes.').waitFor()
    await second.page.keyboard.press('Control+Shift+L')
    await button(page, 'Unlock').waitFor()
    await second.expectNoTrouble()
    await second.page.close()
    await host.call('vault.unlock', { passphrase })
    await host.call('settings.set', { autoLockMinutes: 10 })
  })

  it('turns single-letter keys off, and never acts on them while somebody types', async () => {
    await go(page, '#/settings/keyboard')
    await page.getByRole('switch', { name: 'Single-letter keys' }).press('Space')
    await page.getByText('Single-letter keys are off.').first().waitFor()
    await page.keyboard.press('?')
    await page.keyboard.press('/')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Control+Z')
    await page.getByText('Go to Home').waitFor()
    await page.keyboard.press('Control+K')
    await page.keyboard.type('gs?/')
    expect(await page.getByPlaceholder('Where to, or what to do?').inputValue()).toBe('gs?/')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  })

  it('makes a backup, says so wherever the person is by then, and restores it', async () => {
    await go(page, '#/settings/backups')
    await button(page, 'Back up now').click()
    await page.getByText('The backup is made and checked.').waitFor()
    await page.getByText('Checked by restoring').waitFor()
    await button(page, 'Restore').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Passphrase of today or of that day', { exact: true }).fill('not the one')
    await dialog.getByRole('button', { name: 'Restore this backup' }).click()
    await dialog.getByText('That is not the passphrase.').waitFor()
    await dialog.getByLabel('Passphrase of today or of that day', { exact: true }).fill(passphrase)
    await dialog.getByRole('button', { name: 'Restore this backup' }).click()
    await page.getByText('The backup is in place of the vault.').waitFor()
    expect(await host.call('vault.status')).toMatchObject({ state: 'unlocked' })
  })

  it('unlocks with this computer’s own key once the person has allowed it, and no longer when they take it back', async () => {
    const set = async (name: string, said: string) => {
      await go(page, '#/settings/security')
      await button(page, name).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase)
      await dialog.getByRole('button', { name: 'Continue' }).click()
      await page.getByText(said).waitFor()
    }
    await set('Let this computer unlock the vault', 'This computer can now unlock the vault.')
    await host.call('vault.lock')
    await button(page, 'Unlock with this computer').click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await set('Stop letting this computer unlock the vault', 'This computer can no longer unlock the vault.')
    await host.call('vault.lock')
    await button(page, 'Unlock').waitFor()
    expect(await button(page, 'Unlock with this computer').count()).toBe(0)
  })

  it('verifies the log, and shows the result after a reload too', async () => {
    await go(page, '#/activity')
    await button(page, 'Verify log').click()
    await page.getByText('The log is whole').waitFor()
    await page.reload()
    await page.getByText('The log is whole').waitFor()
    await page.getByText('A backup was put in place of the vault.').waitFor()
  })

  it('lists older activity on demand, nothing missing and nothing twice', async () => {
    for (let round = 0; round < 30; round += 1) {
      await host.call('settings.set', { backupEveryDay: false })
      await host.call('settings.set', { backupEveryDay: true })
    }
    await go(page, '#/activity')
    const entries = page.getByRole('listitem').filter({ has: page.locator('time') })
    await expect.poll(() => entries.count()).toBe(50)
    await button(page, 'Load more').click()
    const { total } = (await host.call('ledger.list', { limit: 1 })) as { total: number }
    await expect.poll(() => entries.count()).toBe(total)
    await host.call('settings.set', { autoLockMinutes: 11 })
    await expect.poll(() => entries.count()).toBe(total + 1)
    await page.getByText('You created this vault').waitFor()
    await host.call('settings.set', { autoLockMinutes: 10 })
  })

  it('says once, until it is dismissed, that a damaged key file was repaired', async () => {
    await host.call('vault.lock')
    await button(page, 'Unlock').waitFor()
    writeFileSync(join(host.folder, 'vault', 'vault.keys'), 'damaged')
    await host.call('vault.unlock', { passphrase })
    await page.getByText('One copy of the key file was damaged.').waitFor()
    await button(page, 'Dismiss').click()
    await page.getByText('One copy of the key file was damaged.').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('heading', { name: /^Good / }).waitFor()
    expect(await page.getByText('One copy of the key file was damaged.').count()).toBe(0)
  })

  it('prints the recovery kit and nothing else, and saves it as a file', async () => {
    await go(page, '#/settings/security')
    await button(page, 'Make a new kit').click()
    const list = page.getByRole('list', { name: 'Your 24 recovery words' })
    await list.waitFor()
    await page.getByText('The account of this vault on the public record stays the same.').waitFor()
    const words = (await list.getByRole('listitem').allInnerTexts()).map((text) => text.split(/\s+/).at(-1) ?? '')
    await page.emulateMedia({ media: 'print' })
    const printed = await page.evaluate(() => document.body.innerText)
    await page.emulateMedia({ media: 'screen' })
    for (const [index, word] of words.entries()) expect(printed).toContain(`${index + 1}. ${word}`)
    expect(printed).toContain('Vault: Plum Harbour')
    expect(printed).not.toContain('Settings')
    expect(printed).not.toContain('Cancel')
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as a file').click()])
    const saved = readFileSync(await download.path(), 'utf8')
    expect(saved).toContain(words.map((word, index) => `${String(index + 1).padStart(2)}. ${word}`).join('\n'))
    await button(page, 'Cancel').click()
    await watched.expectNoTrouble()
  })

  it('offers a backup when the vault is damaged', async () => {
    await host.call('vault.lock')
    await button(page, 'Unlock').waitFor()
    truncateSync(databaseOf(host), 4096)
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await page.getByText('This vault cannot be opened as it is').waitFor()
    await button(page, 'Restore a backup').first().click()
    await page.getByRole('radio').first().waitFor()
    await field(page, 'Passphrase of today or of that day').fill(passphrase)
    await button(page, 'Restore').click()
    await page.getByText('The backup is in place of the vault.').waitFor()
    await page.getByRole('link', { name: 'Settings', exact: true }).waitFor()
    await watched.expectNoTrouble()
  })
})

const databaseOf = (host: PageHost): string => {
  const folder = join(host.folder, 'vault')
  const name = readdirSync(folder).find((file) => file.endsWith('.db'))
  if (name === undefined) throw new Error('no database in the vault folder')
  return join(folder, name)
}
