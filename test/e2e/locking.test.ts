// What the page keeps, hides and finds again when the vault is locked under it, by time, by hand or from elsewhere.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { passphrase } from './page-host.ts'
import { atHome, button, field, go, it } from './world.ts'

const minute = 60_000
/** A backup that happens to be under way would put the lock off. */
const noBackups = { backupEveryDay: false }

describe.skipIf(findChromium() === undefined)('a vault that locks', () => {
  it('warns half a minute before the vault locks itself, and any key keeps it open', async ({ clock, host, page }) => {
    await host.call('settings.set', { ...noBackups, autoLockMinutes: 1 })
    await clock.advance(0.5 * minute)
    const warning = page.getByRole('alertdialog', { name: 'Are you still there?' })
    await warning.getByText(/locks itself in \d+ seconds?\./).waitFor()
    await button(page, 'Stay unlocked').press('Enter')
    await warning.waitFor({ state: 'detached' })
    const status = async () => (await host.call('vault.status')) as { state: string; locksAt: string | null }
    // The page has told the core by now, or is about to.
    await expect.poll(async () => (await status()).locksAt).toBe(new Date(clock.now().getTime() + minute).toISOString())
    await clock.advance(0.9 * minute)
    expect(await status()).toMatchObject({ state: 'unlocked' })
    await clock.advance(0.2 * minute)
    await button(page, 'Unlock').waitFor()
  })

  it('takes a click alone for a sign of life: a screen reader sends nothing else', async ({ clock, host, page }) => {
    await host.call('settings.set', { ...noBackups, autoLockMinutes: 1 })
    await clock.advance(0.5 * minute)
    const stay = button(page, 'Stay unlocked')
    await stay.waitFor()
    const told = page.waitForRequest('**/api/vault.touch')
    await stay.dispatchEvent('click')
    await (await told).response()
    await clock.advance(0.6 * minute)
    expect(await host.call('vault.status')).toMatchObject({ state: 'unlocked' })
  })

  it('is gone from a tab too many to be told of events', async ({ host, watched, visit }) => {
    const tabs = [watched]
    while (tabs.length < 5) tabs.push(await visit({ context: watched.context }))
    for (const tab of tabs) await atHome(tab.page)
    await host.call('vault.lock')
    for (const tab of tabs) await button(tab.page, 'Unlock').waitFor()
  })

  it('takes the warning away in every tab once somebody was there in one of them', async ({
    clock,
    host,
    visit,
    watched,
    page,
  }) => {
    await host.call('settings.set', { ...noBackups, autoLockMinutes: 2 })
    const second = await visit({ context: watched.context })
    await atHome(second.page)
    await clock.advance(1.5 * minute)
    const warningIn = (tab: Page) => tab.getByRole('alertdialog', { name: 'Are you still there?' })
    await warningIn(page).waitFor()
    await warningIn(second.page).waitFor()
    await button(page, 'Stay unlocked').press('Enter')
    await warningIn(second.page).waitFor({ state: 'detached' })
  })

  it('keeps nothing of the vault on the page once it is locked, and comes back to where the person was', async ({
    host,
    page,
  }) => {
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

  it('keeps a half-typed search over auto-lock, and no passphrase', async ({ host, page }) => {
    await page.keyboard.press('Control+K')
    await page.getByPlaceholder('Where to, or what to do?').fill('appear')
    await host.call('vault.lock')
    await field(page, 'Passphrase').fill('half a pass')
    await host.call('vault.unlock', { passphrase })
    await atHome(page)
    await page.keyboard.press('Control+K')
    expect(await page.getByPlaceholder('Where to, or what to do?').inputValue()).toBe('appear')
    await page.getByRole('menuitem', { name: 'Settings: Appearance' }).click()
    await page.getByRole('heading', { name: 'Screens of Mindkeep' }).waitFor()
    await host.call('vault.lock')
    expect(await field(page, 'Passphrase').inputValue()).toBe('')
  })

  it('goes where the address says after a lock in the middle of a navigation', async ({ host, visit, watched }) => {
    const second = await visit({ context: watched.context })
    await atHome(second.page)
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
  })

  it('names the tab after the screen, and after nothing of the vault while it is locked', async ({ host, page }) => {
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

  it('unlocks with this computer’s own key once the person has allowed it, and no longer when they take it back', async ({
    host,
    page,
  }) => {
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
})
