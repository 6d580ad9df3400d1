// What a person does to keep a vault safe: backups, the recovery kit, the log of what happened, and what is said of repairs.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { findChromium } from '../support/chromium.ts'
import { createVault, passphrase, startPageHost } from './page-host.ts'
import { atHome, button, go, heading, it } from './world.ts'

describe.skipIf(findChromium() === undefined)('looking after a vault', () => {
  it('makes a backup, says so wherever the person is by then, and restores it', async ({ page }) => {
    await go(page, '#/settings/backups')
    await button(page, 'Back up now').click()
    await page.getByText('The backup is made and checked.').waitFor()
    await page.getByText('Checked when it was made').waitFor()
    await button(page, 'Restore').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Passphrase of today', { exact: true }).fill('not the one')
    await dialog.getByRole('button', { name: 'Restore this backup' }).click()
    await dialog.getByText('That is not the passphrase.').waitFor()
    await dialog.getByLabel('Passphrase of today', { exact: true }).fill(passphrase)
    await dialog.getByRole('button', { name: 'Restore this backup' }).click()
    await page.getByText('The backup is in place of the vault.').waitFor()
    await dialog.waitFor({ state: 'detached' })
    await go(page, '#/activity')
    await page.getByText('A backup was put in place of the vault.').waitFor()
  })

  it('pauses, resumes and stops its work from wherever the person is', async ({ host, page }) => {
    const work = page.getByRole('region', { name: 'Work in progress' })
    const press = (name: string) => work.getByRole('button', { name, exact: true })
    const kept = async () => ((await host.call('backups.list')) as readonly unknown[]).length
    // Held from its first moment, because a backup of so small a vault is over before anybody could press a button.
    const { job } = (await host.call('backups.create')) as { job: string }
    await host.call('jobs.pause', { id: job })
    await work.getByText('Paused', { exact: true }).waitFor()
    await go(page, '#/activity')
    await heading(page, 'Activity').waitFor()
    // One backup at a time: the second waits for the first, and can be told to wait by itself.
    await host.call('backups.create')
    await press('Pause').press('Enter')
    await press('Pause').waitFor({ state: 'detached' })
    expect(await press('Resume').count()).toBe(2)
    // The keyboard is still on the same button, in the same row.
    expect(
      await press('Resume')
        .nth(1)
        .evaluate((it) => it.matches(':focus')),
    ).toBe(true)
    await press('Stop').first().click()
    await page.getByText('Stopped, as you asked. Nothing was changed.').waitFor()
    await work.getByText('Paused', { exact: true }).waitFor()
    expect(await kept()).toBe(0)
    await press('Resume').click()
    await page.getByText('The backup is made and checked.').waitFor()
    await work.waitFor({ state: 'detached' })
    expect(await kept()).toBe(1)
    // The button that was pressed is gone with its work, and the keyboard goes on from the heading, two frames later.
    await expect.poll(() => heading(page, 'Activity').evaluate((it) => it.matches(':focus'))).toBe(true)
  })

  it('verifies the log, says when, and shows the result after a reload too, but not after a lock', async ({
    host,
    page,
  }) => {
    await go(page, '#/activity')
    await button(page, 'Verify log').click()
    await page.getByText('The log is whole').waitFor()
    await page.getByText(/Checked today at/).waitFor()
    await page.reload()
    await page.getByText('The log is whole').waitFor()
    // What it was before somebody else may have had the vault says nothing of what it is now, however short that was.
    await host.call('vault.lock')
    await host.call('vault.unlock', { passphrase })
    await page.getByText('The log is whole').waitFor({ state: 'detached' })
    await heading(page, 'Activity').waitFor()
    expect(await page.getByText('The log is whole').count()).toBe(0)
  })

  it('lists older activity on demand, nothing missing and nothing twice', async ({ host, page }) => {
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
  })

  it('says once, until it is dismissed, that a damaged key file was repaired', async ({ host, page }) => {
    await host.call('vault.lock')
    await button(page, 'Unlock').waitFor()
    writeFileSync(join(host.folder, 'vault', 'vault.keys'), 'damaged')
    await host.call('vault.unlock', { passphrase })
    await page.getByText('One copy of the key file was damaged.').waitFor()
    await button(page, 'Dismiss').click()
    await page.getByText('One copy of the key file was damaged.').waitFor({ state: 'detached' })
    await page.reload()
    await atHome(page)
    expect(await page.getByText('One copy of the key file was damaged.').count()).toBe(0)
  })

  it('says after unlocking what a lock stopped, and leads to where it can be asked for again', async ({
    host,
    page,
  }) => {
    await host.call('backups.create')
    const strip = page.getByText('Making and checking a backup')
    await strip.waitFor()
    await button(page, 'Lock the vault').click()
    await button(page, 'Unlock').waitFor()
    // It may take a while to end; it is over all the same.
    await strip.waitFor({ state: 'detached' })
    await host.call('vault.unlock', { passphrase })
    await page.getByText('The backup you asked for was stopped when the vault was locked').waitFor()
    await page.getByRole('link', { name: 'Backups', exact: true }).click()
    await button(page, 'Back up now').waitFor()
  })

  it('tells two backups of the same minute apart', async ({ clock, host, page }) => {
    await go(page, '#/settings/backups')
    const rows = page.getByRole('listitem').filter({ has: button(page, 'Restore') })
    for (const made of [1, 2]) {
      await host.call('backups.create')
      await expect.poll(() => rows.count()).toBe(made)
      await clock.advance(1000)
    }
    const [first, second] = (await rows.allInnerTexts()).map((text) => text.split('\n')[0])
    expect(first).toMatch(/at \d\d:\d\d:\d\d$/)
    expect(second).not.toBe(first)
  })

  it('says that a recovery kit was not saved', async ({ visit }) => {
    const host = await startPageHost({ saveFile: () => Promise.reject(new AppError('FILE_NOT_SAVED')) })
    onTestFinished(() => host.stop())
    await createVault(host)
    const { page } = await visit({ address: host.startLink() })
    await atHome(page)
    await go(page, '#/settings/security')
    await button(page, 'Make a new kit').click()
    await button(page, 'Save as a file').click()
    await page.getByRole('dialog').getByText('The file could not be saved there.').waitFor()
    expect(await button(page, 'Saved').count()).toBe(0)
  })

  it('prints the recovery kit and nothing else, and saves it as a file', async ({ watched, page }) => {
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
})
