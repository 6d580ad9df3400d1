// What the page says and offers on the worst days: when a vault does not open, when the core cannot even say how it is, and
// when there is nothing to go back to.
import { readFileSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { systemClock } from '../../electron/core/ports.ts'
import { openDatabase } from '../../electron/core/vault/db.ts'
import { createKeyFiles } from '../../electron/core/vault/keys/keyfile.ts'
import { createStretcher } from '../../electron/core/vault/keys/passphrase.ts'
import { openPassphraseSlot } from '../../electron/core/vault/keys/slots.ts'
import { databaseKey } from '../../electron/core/vault/opening.ts'
import { findChromium } from '../support/chromium.ts'
import { axeFindings } from './browser.ts'
import { type PageHost, passphrase } from './page-host.ts'
import { atHome, button, field, heading, it } from './world.ts'

const bothDamaged = 'Both copies of the key file are damaged or missing.'

const folderOf = (host: PageHost) => join(host.folder, 'vault')

const keyFiles = (host: PageHost) =>
  readdirSync(folderOf(host))
    .filter((name) => name.startsWith('vault.keys'))
    .map((name) => join(folderOf(host), name))

const lock = async (host: PageHost, page: Page) => {
  await host.call('vault.lock')
  await button(page, 'Unlock').waitFor()
}

const lockAndWriteKeys = async (host: PageHost, page: Page, content: string) => {
  await lock(host, page)
  expect(keyFiles(host).length).toBeGreaterThan(1)
  for (const file of keyFiles(host)) writeFileSync(file, content)
  await page.reload()
}

const lockAndDamageDatabase = async (host: PageHost, page: Page) => {
  await lock(host, page)
  truncateSync(join(folderOf(host), 'vault.db'), 4096)
  await field(page, 'Passphrase').fill(passphrase)
  await button(page, 'Unlock').click()
  await page.getByText('This vault cannot be opened as it is').waitFor()
}

/** As a Mindkeep of the future would leave it. */
const ageDatabase = async (folder: string, version: number) => {
  const file = createKeyFiles({ folder }).read()
  if (file === undefined) throw new Error('there is no key file')
  const master = await openPassphraseSlot(createStretcher({ clock: systemClock }), file, passphrase)
  if (master === undefined) throw new Error('that is not the passphrase')
  const key = databaseKey(master, file.databaseSalt)
  const db = openDatabase({ path: join(folder, 'vault.db'), key, cipher: file.cipher })
  db.pragma(`user_version = ${version}`)
  db.close()
}

describe.skipIf(findChromium() === undefined)('a vault that does not open', () => {
  it('says that both key files are damaged, claims nothing else, and goes back to a backup', async ({
    host,
    watched,
    page,
  }) => {
    await host.call('backups.create')
    await page.getByText('The backup is made and checked.').waitFor()
    await lockAndWriteKeys(host, page, 'damaged')
    await page.getByText(bothDamaged).waitFor()
    expect(await page.locator('main').innerText()).not.toContain('not affected')
    expect(await page.title()).toBe('Mindkeep cannot show your vault · Mindkeep')
    expect(await axeFindings(page)).toEqual([])
    await button(page, 'Restore a backup').click()
    await field(page, 'Passphrase of today').fill('not the one')
    await button(page, 'Restore').click()
    await page.getByText('That is not the passphrase.').waitFor()
    await field(page, 'Passphrase of today').fill(passphrase)
    await button(page, 'Restore').click()
    await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
    await page.getByText('The backup is in place of the vault.').waitFor()
    expect(await host.call('vault.status')).toMatchObject({ state: 'unlocked' })
    await watched.expectNoTrouble()
  })

  it('offers no backup where there is none, and opens once a sound key file is back', async ({ host, page }) => {
    const sound = keyFiles(host).map((file) => [file, readFileSync(file)] as const)
    await lockAndWriteKeys(host, page, 'damaged')
    await page.getByText('There is no backup on this computer.').waitFor()
    expect(await button(page, 'Restore a backup').count()).toBe(0)
    const said = await page.locator('main').innerText()
    expect(said).toContain(folderOf(host))
    expect(said).toContain('If you have a copy of vault.keys elsewhere')
    expect(said).not.toContain('Restore a backup')
    for (const [file, bytes] of sound) writeFileSync(file, bytes)
    await button(page, 'Try again').click()
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await atHome(page)
  })

  it('can be deleted by the name of its folder, where nobody knows its own any more', async ({ host, page }) => {
    await lockAndWriteKeys(host, page, 'damaged')
    await button(page, 'Delete this vault').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Backups in that folder stay').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await dialog.getByRole('textbox').fill('vault')
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await heading(page, 'A place for your own life, locked with your words').waitFor()
    expect(keyFiles(host)).toEqual([])
  })

  it('becomes the vault of a new computer, where there are backups and nothing else', async ({ host, page }) => {
    await host.call('backups.create')
    await page.getByText('The backup is made and checked.').waitFor()
    await lock(host, page)
    for (const path of [...keyFiles(host), join(folderOf(host), 'vault.db')]) rmSync(path)
    await page.reload()
    await page.getByText('There are backups here').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await button(page, 'Restore a backup').click()
    await field(page, 'Passphrase of that vault').fill('not the one')
    await button(page, 'Restore').click()
    await page.getByText('That is not the passphrase.').waitFor()
    await field(page, 'Passphrase of that vault').fill(passphrase)
    await button(page, 'Restore').click()
    await atHome(page)
    expect(await host.call('vault.status')).toMatchObject({ state: 'unlocked', name: 'Plum Harbour' })
  })

  it('says that its database is from a newer Mindkeep when it is to be opened', async ({ host, page }) => {
    await lock(host, page)
    await ageDatabase(folderOf(host), 1000)
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await page.getByText('Update Mindkeep to open it.').waitFor()
    expect(await host.call('vault.status')).toMatchObject({ state: 'locked' })
    expect(await axeFindings(page)).toEqual([])
  })

  it('offers no backup for a damaged vault file where there is none', async ({ host, page }) => {
    await lockAndDamageDatabase(host, page)
    await page.getByText('There is no backup on this computer.').waitFor()
    await button(page, 'Use the recovery kit').waitFor()
    expect(await button(page, 'Restore a backup').count()).toBe(0)
  })

  it('offers a backup for a damaged vault file', async ({ host, watched, page }) => {
    await host.call('backups.create')
    await page.getByText('The backup is made and checked.').waitFor()
    await lockAndDamageDatabase(host, page)
    await button(page, 'Restore a backup').first().click()
    await page.getByRole('radio').first().waitFor()
    await field(page, 'Passphrase of today').fill(passphrase)
    await button(page, 'Restore').click()
    await page.getByText('The backup is in place of the vault.').waitFor()
    await atHome(page)
    await watched.expectNoTrouble()
  })

  it('leaves a vault from a newer Mindkeep alone, and offers nothing that would change it', async ({ host, page }) => {
    await host.call('backups.create')
    await page.getByText('The backup is made and checked.').waitFor()
    await lockAndWriteKeys(host, page, '{ "version": 1000 }')
    await heading(page, 'This vault is newer than this Mindkeep').waitFor()
    await page.getByText('Update Mindkeep to open it.').waitFor()
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Try again'])
    expect(await axeFindings(page)).toEqual([])
  })

  it('says that its folder cannot be used, and shows the vault again once it can', async ({ host, page }) => {
    await lock(host, page)
    const aside = `${folderOf(host)}-aside`
    renameSync(folderOf(host), aside)
    writeFileSync(folderOf(host), 'a file where the folder was')
    await page.reload()
    await page.getByText('The vault folder, or something in it, cannot be read or written.').waitFor()
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Try again'])
    expect(await axeFindings(page)).toEqual([])
    rmSync(folderOf(host))
    renameSync(aside, folderOf(host))
    await button(page, 'Try again').click()
    await button(page, 'Unlock').waitFor()
  })

  it('says where the vault is open already, and opens once it is closed there', async ({ host, page }) => {
    await lock(host, page)
    const other = await host.beside('cli')
    await other.call('vault.unlock', { passphrase })
    await page.reload()
    await page.getByText('It is open in the terminal. Close it there, then try again.').waitFor()
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await expect.poll(() => button(page, 'Unlock').isEnabled()).toBe(true)
    await page.getByText('It is open in the terminal. Close it there, then try again.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await other.stop()
    await button(page, 'Unlock').click()
    await atHome(page)
  })
})
