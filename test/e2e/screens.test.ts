import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { axeFindings, expectAccessible } from './browser.ts'
import { passphrase } from './page-host.ts'
import { button, go, heading, it } from './world.ts'

describe.skipIf(findChromium() === undefined)(
  'every screen has nothing for axe to find, light and dark, at 360, 1024 and 1600 px',
  () => {
    it('welcome: passphrase, kit, retype, ready', async ({ visit }) => {
      const watched = await visit()
      const { page } = watched
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
    })

    it('home, activity, what left this device', async ({ watched, page }) => {
      await expectAccessible(watched)
      await page.getByRole('link', { name: 'Activity', exact: true }).click()
      await button(page, 'Verify log').click()
      await page.getByText('The log is whole').waitFor()
      await expectAccessible(watched)
      await page.getByRole('link', { name: 'On this device' }).click()
      await heading(page, 'What left this device').waitFor()
      await expectAccessible(watched)
    })

    it('every section of the settings', async ({ watched, page }) => {
      await page.getByRole('link', { name: 'Settings', exact: true }).click()
      const marks = {
        Security: 'Opening and locking',
        Models: 'To be had',
        Export: 'Take everything out',
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
      await page.getByText('Checked when it was made').waitFor()
      await page.getByText('The backup is made and checked.').waitFor()
      await expectAccessible(watched)
    })

    it('the palette, the shortcuts and the dialogs', async ({ host, watched, page }) => {
      await host.call('backups.create')
      await go(page, '#/settings/backups')
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

    it('the warning before the vault locks itself', async ({ clock, host, page }) => {
      // One that happens to be under way would put the lock off.
      await host.call('settings.set', { backupEveryDay: false })
      await clock.advance(9.5 * 60_000)
      await page.getByRole('alertdialog', { name: 'Are you still there?' }).waitFor()
      expect(await axeFindings(page)).toEqual([])
      await clock.advance(30_000)
      await button(page, 'Unlock').waitFor()
    })

    it('unlock, the recovery words and a backup to restore', async ({ host, vault, watched, page }) => {
      await host.call('backups.create')
      await page.getByText('The backup is made and checked.').waitFor()
      await host.call('vault.lock')
      await button(page, 'Unlock').waitFor()
      await expectAccessible(watched)
      await page.getByLabel('Passphrase', { exact: true }).fill('wrong')
      await button(page, 'Unlock').click()
      await page.getByText('That is not the passphrase.').waitFor()
      await expectAccessible(watched)
      await button(page, 'Use the recovery kit').click()
      await page.getByLabel('Recovery words').fill(vault.words.slice(1).join(' '))
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

    it('a page that was never let in', async ({ host, visit }) => {
      const stranger = await visit({ address: new URL(host.startLink()).origin })
      await heading(stranger.page, 'This page needs a fresh link').waitFor()
      await expectAccessible(stranger)
    })

    it('the same in German', async ({ host, watched, page }) => {
      await host.call('backups.create')
      await page.getByText('The backup is made and checked.').waitFor()
      await host.call('appearance.set', { language: 'de' })
      await host.call('vault.lock')
      await button(page, 'Entsperren').waitFor()
      await expectAccessible(watched)
      await button(page, 'Sicherung zurückholen').click()
      await button(page, 'Stattdessen die Wiederherstellungswörter nehmen').waitFor()
      await expectAccessible(watched)
      await button(page, 'Zurück').click()
      await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
      await button(page, 'Entsperren').click()
      await page.getByRole('link', { name: 'Start', exact: true }).click()
      await page.getByText('„Plum Harbour“ ist auf diesem Computer geöffnet.').waitFor()
      await expectAccessible(watched)
      for (const section of ['Sicherheit', 'Sicherungen', 'Export', 'Darstellung', 'Tastatur', 'Über Mindkeep']) {
        if (section === 'Sicherheit') await page.getByRole('link', { name: 'Einstellungen', exact: true }).click()
        await page.getByRole('link', { name: section, exact: true }).click()
        await expect.poll(() => page.title()).toContain(section)
        await expectAccessible(watched)
      }
    })

    it('would be caught with a style or a script of its own', async ({ host, visit }) => {
      const planted = await visit({ address: new URL(host.startLink()).origin })
      await heading(planted.page, 'This page needs a fresh link').waitFor()
      await planted.page.evaluate(() => {
        document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))
        try {
          document.body.insertAdjacentHTML('beforeend', '<img alt="">')
        } catch {
          // Trusted Types refuse the string; the report of it is what counts here.
        }
      })
      const violated = () => planted.page.evaluate(() => window.violations?.map((violation) => violation.split(' ')[0]))
      await expect.poll(violated).toEqual(['style-src-elem', 'require-trusted-types-for'])
      await planted.page.evaluate(() => document.querySelector('main')?.remove())
      expect(await axeFindings(planted.page)).not.toEqual([])
    })
  },
)
