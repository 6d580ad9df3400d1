// How the page behaves towards the person: what it says, in which language, what its keys do, and that every tab follows.
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { atHome, button, go, it } from './world.ts'

describe.skipIf(findChromium() === undefined)('the page', () => {
  it('changes the theme at once, and back with Ctrl-Z', async ({ host, page }) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    await go(page, '#/settings/appearance')
    await page.getByText('Dark', { exact: true }).click()
    await expect.poll(ground).toBe('rgb(17, 21, 26)')
    await page.getByText('The theme was changed.').waitFor()
    await page.keyboard.press('Control+Z')
    await expect.poll(ground).toBe('rgb(252, 250, 247)')
    expect(await host.call('appearance.get')).toEqual({ theme: 'system', language: 'system' })
  })

  it('speaks German when it is chosen, after a reload too, and English again', async ({ host, page }) => {
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

  it('says what it has said in the new language too, one message at a time on a small screen', async ({
    host,
    page,
  }) => {
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

  it('skips to the content, where the next Tab goes on', async ({ page }) => {
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

  it('follows what happens in a second tab', async ({ visit, watched, page }) => {
    const second = await visit({ context: watched.context })
    await atHome(second.page)
    await go(second.page, '#/settings/security')
    await second.page.getByRole('button', { name: 'Lock after' }).click()
    await second.page.getByRole('option', { name: '30 minutes' }).click()
    await page.getByText('After 30 minutes without you').waitFor()
    await page.getByText('You changed “Auto-lock” from 10 minutes to 30 minutes.').waitFor()
    await second.page.keyboard.press('Control+Shift+L')
    await button(page, 'Unlock').waitFor()
    await second.expectNoTrouble()
  })

  it('turns single-letter keys off, and never acts on them while somebody types', async ({ page }) => {
    await go(page, '#/settings/keyboard')
    await page.getByRole('switch', { name: 'Single-letter keys' }).press('Space')
    await page.getByText('Single-letter keys are off.').first().waitFor()
    await page.keyboard.press('?')
    await page.keyboard.press('/')
    await page.keyboard.press('Control+Z')
    await page.getByText('Go to Home').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Control+K')
    await page.keyboard.type('gs?/')
    expect(await page.getByPlaceholder('Where to, or what to do?').inputValue()).toBe('gs?/')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  })
})
