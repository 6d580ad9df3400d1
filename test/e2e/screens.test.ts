import { join, resolve } from 'node:path'
import { spawnSync } from 'node:child_process'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { keptFolder } from '../support/temporary-folder.ts'
import { type WatchedPage, axeFindings, openPage } from './browser.ts'
import { type PageHost, createVault, passphrase, startPageHost } from './page-host.ts'

const widths = [360, 1024, 1600] as const
const schemes = ['light', 'dark'] as const

/** Looks at the screen as it is now, in every width and scheme: nothing for axe to find, nothing wider than the page. */
async function expectAccessible(watched: WatchedPage): Promise<void> {
  const { page } = watched
  await watched.expectNoTrouble()
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 })
      expect(await axeFindings(page), `${colorScheme} ${width}`).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `wider than the page in ${colorScheme} ${width}`).toBeLessThanOrEqual(0)
    }
  }
  await page.setViewportSize({ width: 1024, height: 800 })
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

describe.skipIf(findChromium() === undefined)(
  'every screen has nothing for axe to find, light and dark, at 360, 1024 and 1600 px',
  () => {
    const clock = createFakeClock({ start: new Date().toISOString() })
    let browser: Browser
    let host: PageHost
    let watched: WatchedPage
    let page: Page
    let words: readonly string[]

    beforeAll(async () => {
      browser = await launchChromium()
      host = await startPageHost({ clock })
      watched = await openPage(browser, host.startLink())
      page = watched.page
    })
    afterAll(async () => {
      await browser?.close()
      await host?.stop()
    })

    it('welcome: passphrase, kit, retype, ready', async () => {
      await heading(page, 'A place for your own life, locked with your words').waitFor()
      await expectAccessible(watched)
      await page.getByLabel('Passphrase', { exact: true }).fill('password')
      await page.getByText('It uses words or patterns').waitFor()
      await expectAccessible(watched)
      await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
      await page.getByText('Nobody will guess this soon.').waitFor()
      await button(page, 'Continue').click()
      const list = page.getByRole('list', { name: 'Your 24 recovery words' })
      await list.waitFor()
      const shown = await list.getByRole('listitem').allInnerTexts()
      await expectAccessible(watched)
      await button(page, 'I have them, continue').click()
      const labels = page.locator('label')
      await labels.first().waitFor()
      for (const label of await labels.allInnerTexts()) {
        const word = shown[Number(/\d+/.exec(label)?.[0]) - 1]?.split(/\s+/).at(-1) ?? ''
        await page.getByLabel(label, { exact: true }).fill(word)
      }
      await expectAccessible(watched)
      await button(page, 'Create the vault').click()
      await page.getByText('The truth, once: we cannot reset this.').waitFor()
      await expectAccessible(watched)
      await button(page, 'Open my vault').click()
      await page.getByText('“My vault” is open on this computer.').waitFor()
      await host.call('vault.delete', { name: 'My vault' })
      await heading(page, 'A place for your own life, locked with your words').waitFor()
    })

    it('home, activity, what left this device', async () => {
      words = await createVault(host)
      await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
      await expectAccessible(watched)
      await page.getByRole('link', { name: 'Activity', exact: true }).click()
      await button(page, 'Verify log').click()
      await page.getByText('The log is whole').waitFor()
      await expectAccessible(watched)
      await page.getByRole('link', { name: 'On this device' }).click()
      await heading(page, 'What left this device').waitFor()
      await expectAccessible(watched)
    })

    it('every section of the settings', async () => {
      await page.getByRole('link', { name: 'Settings', exact: true }).click()
      const marks = {
        Security: 'Opening and locking',
        Appearance: 'Screens of Mindkeep',
        Keyboard: 'Keys',
        About: 'This Mindkeep',
        Backups: 'Making backups',
      }
      for (const [section, mark] of Object.entries(marks)) {
        await page.getByRole('link', { name: section, exact: true }).click()
        await heading(page, mark).waitFor()
        await expectAccessible(watched)
      }
      await button(page, 'Back up now').click()
      await page.getByText('Checked by restoring').waitFor()
      await page.getByText('The backup is made and checked.').waitFor()
      await expectAccessible(watched)
    })

    it('the palette, the shortcuts and the dialogs', async () => {
      await button(page, 'Restore').click()
      await page.getByRole('dialog').waitFor()
      await expectAccessible(watched)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+K')
      await page.getByRole('menuitem').first().waitFor()
      await expectAccessible(watched)
      await page.keyboard.type('zzzz')
      await page.getByText('Nothing fits “zzzz”.').waitFor()
      await expectAccessible(watched)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await heading(page, 'Keyboard shortcuts').waitFor()
      await expectAccessible(watched)
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Security', exact: true }).click()
      for (const name of ['Change passphrase', 'Make a new kit', 'Delete vault']) {
        await button(page, name).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor()
        await expectAccessible(watched)
        await button(page, 'Cancel').click()
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await page.getByRole('button', { name: 'Lock after' }).click()
      await page.getByRole('option', { name: '30 minutes' }).waitFor()
      await watched.expectNoTrouble()
      await page.keyboard.press('Escape')
    })

    it('the warning before the vault locks itself', async () => {
      await clock.advance(9.5 * 60_000)
      await page.getByRole('alertdialog', { name: 'Are you still there?' }).waitFor()
      expect(await axeFindings(page)).toEqual([])
      await clock.advance(30_000)
      await button(page, 'Unlock').waitFor()
    })

    it('unlock, the recovery words and a backup to restore', async () => {
      await expectAccessible(watched)
      await page.getByLabel('Passphrase', { exact: true }).fill('wrong')
      await button(page, 'Unlock').click()
      await page.getByText('That is not the passphrase.').waitFor()
      await expectAccessible(watched)
      await button(page, 'Use the recovery kit').click()
      await page.getByLabel('Recovery words').fill(words.slice(1).join(' '))
      await page.getByText('23 of 24 words').waitFor()
      await expectAccessible(watched)
      await button(page, 'Back').click()
      await button(page, 'Restore a backup').click()
      await page.getByRole('radio').first().waitFor()
      await expectAccessible(watched)
      await button(page, 'Back').click()
      await button(page, 'Delete this vault').click()
      await page.getByRole('dialog').waitFor()
      await expectAccessible(watched)
      await button(page, 'Cancel').click()
    })

    it('a page that was never let in', async () => {
      const stranger = await openPage(browser, new URL(page.url()).origin)
      await heading(stranger.page, 'This page needs a fresh link').waitFor()
      await expectAccessible(stranger)
      await stranger.close()
    })

    it('the same in German', async () => {
      await host.call('appearance.set', { language: 'de' })
      await button(page, 'Entsperren').waitFor()
      await expectAccessible(watched)
      await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
      await button(page, 'Entsperren').click()
      await page.getByRole('link', { name: 'Start', exact: true }).click()
      await page.getByText('„Plum Harbour“ ist auf diesem Computer geöffnet.').waitFor()
      await expectAccessible(watched)
      for (const section of ['Sicherheit', 'Sicherungen', 'Darstellung', 'Tastatur', 'Über Mindkeep']) {
        if (section === 'Sicherheit') await page.getByRole('link', { name: 'Einstellungen', exact: true }).click()
        await page.getByRole('link', { name: section, exact: true }).click()
        await expectAccessible(watched)
      }
      await host.call('appearance.set', { language: 'system' })
    })

    it('would be caught with a style or a script of its own', async () => {
      const planted = await openPage(browser, new URL(page.url()).origin)
      await heading(planted.page, 'This page needs a fresh link').waitFor()
      await planted.page.evaluate(() => {
        document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))
        try {
          document.body.insertAdjacentHTML('beforeend', '<img alt="">')
        } catch {
          // Trusted Types refuse the string; the report of it is what counts here.
        }
      })
      const violations = await planted.page.evaluate(async () => {
        await new Promise((later) => setTimeout(later))
        return window.violations?.splice(0) ?? []
      })
      expect(violations.map((violation) => violation.split(' ')[0])).toEqual([
        'style-src-elem',
        'require-trusted-types-for',
      ])
      await planted.page.evaluate(() => document.querySelector('main')?.remove())
      expect(await axeFindings(planted.page)).not.toEqual([])
      await planted.close()
    })

    it('the gallery of a development build', async () => {
      const kept = keptFolder()
      const root = resolve(import.meta.dirname, '../..')
      const vite = join(root, 'node_modules/vite/bin/vite.js')
      const args = [
        'build',
        '--config',
        'vite.renderer.config.ts',
        '--mode',
        'development',
        '--outDir',
        kept.path,
        '--logLevel',
        'error',
      ]
      expect(
        spawnSync(process.execPath, [vite, ...args], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
          .status,
      ).toBe(0)
      const dev = await startPageHost({ page: kept.path })
      const gallery = await openPage(browser, dev.startLink())
      await gallery.page.evaluate(() => (window.location.hash = '#/dev/gallery'))
      await gallery.page.reload()
      await heading(gallery.page, 'Gallery').waitFor()
      await expectAccessible(gallery)
      for (const name of ['Dialog', 'Confirm']) {
        await button(gallery.page, name).click()
        await gallery.page.getByRole('dialog').waitFor()
        await expectAccessible(gallery)
        await gallery.page.keyboard.press('Escape')
        await gallery.page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await button(gallery.page, 'Toast').click()
      await button(gallery.page, 'Undo').waitFor()
      await expectAccessible(gallery)
      await gallery.close()
      await dev.stop()
      kept.remove()
    })
  },
)
