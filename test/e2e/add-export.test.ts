// Everything out through the page, readable and locked, and back into a vault from the file that was saved.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { Job } from '../../shared/api/jobs.ts'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { sample } from './library-sample.ts'
import type { PageHost } from './page-host.ts'
import { button, field, go, heading, it } from './world.ts'

const own = 'orchard velvet compass marble seven'

async function saved(page: Page): Promise<string> {
  const download = page.waitForEvent('download')
  await button(page, 'Save the file').click()
  return (await download).path()
}

const total = async (host: PageHost) => ((await host.call('library.list', {})) as { total: number }).total

async function openExport(page: Page): Promise<void> {
  await go(page, '#/settings/export')
  await heading(page, 'Take everything out').waitFor()
}

describe.skipIf(findChromium() === undefined)('an export', () => {
  it('says that anyone can read a readable one, and hands it over once', async ({ host, watched, page }) => {
    await host.call('library.writeNote', { title: 'Plums', body: 'ripe in August' })
    await openExport(page)
    await page.getByText('Readable', { exact: true }).click()
    await page.getByText('Anyone who gets this file can read everything in it').waitFor()
    await button(page, 'Export everything').click()
    await page.getByText('The export is ready').first().waitFor()
    await expectAccessible(watched)
    const bytes = readFileSync(await saved(page))
    expect(bytes.subarray(0, 2).toString('latin1')).toBe('PK')
    await page.getByText('It was handed over.').waitFor()
    expect(await button(page, 'Save the file').count()).toBe(0)
  })

  it('refuses a passphrase that is easy to guess, and comes back from a locked one with its own', async ({
    host,
    watched,
    page,
  }) => {
    await host.call('library.writeNote', { title: 'Plums', body: 'ripe in August' })
    await openExport(page)
    await expectAccessible(watched)
    await button(page, 'Export everything').click()
    await page.getByText('Type a passphrase, or let Mindkeep suggest one.').waitFor()
    await field(page, 'Passphrase for this export').fill('password')
    await button(page, 'Export everything').click()
    await page.getByText('That passphrase is too easy to guess.').waitFor()
    await field(page, 'Passphrase for this export').fill(own)
    await button(page, 'Export everything').click()
    await page.getByText('The export is ready').first().waitFor()
    const file = await saved(page)
    const bytes = readFileSync(file)
    expect(bytes.includes('Plums')).toBe(false)

    const { rows } = (await host.call('library.list', {})) as { rows: { id: string }[] }
    const which = { ids: rows.map(({ id }) => id) }
    await host.call('library.trash', { which })
    await host.call('library.erase', { which })
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Choose an export').click()
    await (await chooser).setFiles({ name: 'all.mindkeep', mimeType: 'application/octet-stream', buffer: bytes })
    await field(page, 'Passphrase of the export').fill('not the one')
    await page.keyboard.press('Enter')
    await page.getByText('That is not the passphrase.').first().waitFor()
    await expectAccessible(watched)
    await field(page, 'Passphrase of the export').fill(own)
    await button(page, 'Bring it back').click()
    await page.getByText('The export is back: 1 added.').waitFor()
    const back = (await host.call('library.list', {})) as { rows: { title: string }[] }
    expect(back.rows.map(({ title }) => title)).toEqual(['Plums'])
  })

  it('that came back only in part says so, and what to do', async ({ host, watched, page }) => {
    await host.bring(sample)
    const all = await total(host)
    await openExport(page)
    await page.getByText('Readable', { exact: true }).click()
    await button(page, 'Export everything').click()
    const file = await saved(page)
    const which = { filter: {} }
    await host.call('library.trash', { which })
    await host.call('library.erase', { which: { filter: { trashed: true } } })
    await expect
      .poll(async () => ((await host.call('jobs.list')) as Job[]).every(({ endedAt }) => endedAt !== null))
      .toBe(true)
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Choose an export').click()
    await (await chooser).setFiles(file)
    await button(page, 'Bring it back').click()
    // As soon as it writes, it is stopped: by then some of it is here.
    const begun = async () => {
      const imports = (await host.call('imports.list')) as { of: string; job: string | null }[]
      return imports.find(({ of, job }) => of === 'export' && job !== null)?.job ?? null
    }
    let job = await begun()
    while (job === null) {
      await new Promise(setImmediate)
      job = await begun()
    }
    await host.call('jobs.cancel', { id: job })
    await page.getByRole('link', { name: 'Add', exact: true }).click()
    const listed = page.getByRole('listitem').filter({ hasText: 'Stopped' })
    await listed.getByRole('link').click()
    await page.getByText('This export came back only in part.').waitFor()
    await expectAccessible(watched)
    await page.getByRole('main').getByRole('link', { name: 'Add data' }).last().click()
    await heading(page, 'Add data').waitFor()
    expect(await total(host)).toBeLessThan(all)
  })

  it('is known where files are added, and comes back from there, readable or locked', async ({
    host,
    watched,
    page,
  }) => {
    await host.call('library.writeNote', { title: 'Plums', body: 'ripe in August' })
    const emptied = async () => {
      const { rows } = (await host.call('library.list', {})) as { rows: { id: string }[] }
      const which = { ids: rows.map(({ id }) => id) }
      await host.call('library.trash', { which })
      await host.call('library.erase', { which })
      await expect.poll(async () => ((await host.call('library.list', {})) as { total: number }).total).toBe(0)
    }
    for (const kind of ['Readable', 'Locked'] as const) {
      await openExport(page)
      await page.getByText(kind, { exact: true }).click()
      if (kind === 'Locked') await field(page, 'Passphrase for this export').fill(own)
      await button(page, 'Export everything').click()
      await button(page, 'Save the file').waitFor()
      const buffer = readFileSync(await saved(page))
      await emptied()
      await go(page, '#/add')
      const chooser = page.waitForEvent('filechooser')
      await button(page, 'Choose files').click()
      const name = kind === 'Locked' ? 'all.mindkeep' : 'all.zip'
      await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer })
      await heading(page, 'This is an export of Mindkeep').waitFor()
      await expectAccessible(watched)
      if (kind === 'Locked') {
        await field(page, 'Passphrase of the export').fill('not the one it was')
        await button(page, 'Bring it back').click()
        await page.getByText('That is not the passphrase').first().waitFor()
        await field(page, 'Passphrase of the export').fill(own)
      }
      await button(page, 'Bring it back').click()
      await button(page, 'Choose files').waitFor()
      const back = (await host.call('library.list', {})) as { rows: { title: string }[] }
      expect(back.rows.map(({ title }) => title)).toEqual(['Plums'])
    }
  })
})
