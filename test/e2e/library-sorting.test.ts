// How somebody finds their way in the Library: days, collections, people, and a way back and forth for every change.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { ItemRow } from '../../shared/api/items.ts'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { passphrase } from './page-host.ts'
import { button, field, go, it } from './world.ts'

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
const note = (ago: number, title: string) =>
  [`${title}.md`, `---\ndate: ${day(ago)}\n---\n# ${title}\n\nWords.\n`] as const
const card = 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quill\r\nEND:VCARD\r\n'
const notes = Object.fromEntries([note(0, 'Tea'), note(1, 'Boat'), note(1, 'Choir'), note(400, 'Long ago')])

/** As many people as no list offers at once. */
const mailbox = Array.from(
  { length: 70 },
  (_, at) =>
    `From a@example.org Mon Jan 01 00:00:00 2024\nFrom: Person ${String(at).padStart(2, '0')} <p${at}@example.org>\nSubject: Letter ${at}\nMessage-ID: <${at}@example.org>\nDate: Mon, 01 Jan 2024 10:00:00 +0000\n\nHello.\n\n`,
).join('')

const grid = (page: Page) => page.getByRole('grid')
const rows = (page: Page) => grid(page).getByRole('row')

describe.skipIf(findChromium() === undefined)('finding one’s way in the Library', () => {
  it('has a heading for each day, which stays while its rows go by, and no time for what has none', async ({
    host,
    page,
  }) => {
    const older = Array.from({ length: 8 }, (_, at) => note(1, `Letter ${at}`))
    await host.bring({ ...notes, ...Object.fromEntries(older), 'friends.vcf': card })
    await go(page, '#/library')
    await rows(page).first().getByText('Tea', { exact: true }).waitFor()
    const headings = grid(page).locator('[class*="heading"]')
    expect(await headings.allInnerTexts()).toEqual([
      'Today',
      'Today',
      'Yesterday',
      expect.stringMatching(/\d{4}$/),
      'Without a date',
    ])
    const last = rows(page).last()
    await last.getByText('Ada Quill').waitFor()
    expect(await last.getByRole('time').count()).toBe(0)
    // Heard by itself, a row says its day.
    expect(await rows(page).nth(1).getByRole('time').innerText()).toMatch(/^Yesterday/)
    await grid(page).evaluate((list) => list.scrollTo({ top: 100 }))
    await expect.poll(() => headings.first().innerText()).toBe('Yesterday')
  })

  it('renames and deletes collections, takes it back, and does it again', async ({ host, watched, page }) => {
    await host.bring(notes)
    const { rows: all } = (await host.call('library.list', {})) as { rows: ItemRow[] }
    await host.call('library.collect', { which: { ids: all.map((row) => row.id) }, add: [{ name: 'Trips' }] })
    const [{ id }] = (await host.call('library.collections')) as [{ id: string }]
    const names = async () =>
      ((await host.call('library.collections')) as { name: string; items: number }[]).map(
        ({ name, items }) => `${name} ${items}`,
      )
    await go(page, '#/library')
    await button(page, 'Collection').click()
    await button(page, 'Rename or delete …').click()
    await page.getByRole('dialog').getByText('4 items').waitFor()
    await expectAccessible(watched)
    await button(page, 'Rename Trips').click()
    await field(page, 'New name').fill('Journeys')
    await page.keyboard.press('Enter')
    await button(page, 'Rename Journeys').waitFor()
    expect(await names()).toEqual(['Journeys 4'])
    await button(page, 'Delete Journeys').click()
    await page.getByRole('dialog').getByText('There are no collections.').waitFor()
    await button(page, 'Close').click()
    expect(await names()).toEqual([])
    await page.keyboard.press('Control+Z')
    await expect.poll(names).toEqual(['Journeys 4'])
    await page.keyboard.press('Control+Z')
    await expect.poll(names).toEqual(['Trips 4'])
    await page.keyboard.press('Control+Shift+Z')
    await expect.poll(names).toEqual(['Journeys 4'])
    await page.keyboard.press('Control+Y')
    await expect.poll(names).toEqual([])
    await page.getByText('Done again: changing a collection, 4 things.').first().waitFor()
    await page.keyboard.press('Control+Z')
    await expect.poll(names).toEqual(['Journeys 4'])
    // The page knows it, too, by now.
    await page.getByText('Undone: changing a collection, 4 things.').first().waitFor()
    // Something else was done since: there is nothing to do again any more.
    await host.call('library.renameCollection', { id, name: 'Ways' })
    await page.keyboard.press('Control+Y')
    await page.getByText('Something else has happened to the same items since.').waitFor()
  })

  it('takes back with Ctrl-Z what was done before the page was loaded or the vault locked, and says what', async ({
    host,
    page,
  }) => {
    await host.bring(notes)
    const { rows: all } = (await host.call('library.list', {})) as { rows: ItemRow[] }
    const which = { ids: all.slice(0, 2).map((row) => row.id) }
    const left = async () => ((await host.call('library.list', {})) as { total: number }).total
    await host.call('library.tag', { which, add: ['sea'] })
    await host.call('library.trash', { which })
    await go(page, '#/library')
    await page.reload()
    await grid(page).waitFor()
    await page.keyboard.press('Control+Z')
    await page.getByText(/^Undone: putting into the Trash, today at/).waitFor()
    expect(await left()).toBe(4)
    await page.keyboard.press('Control+Y')
    await expect.poll(left).toBe(2)
    await page.keyboard.press('Control+Z')
    await expect.poll(left).toBe(4)
    await host.call('vault.lock')
    await host.call('vault.unlock', { passphrase })
    await grid(page).waitFor()
    await page.keyboard.press('Control+Z')
    await page.getByText(/^Undone: changing tags, today at/).waitFor()
    // Before that there is only the import.
    await page.keyboard.press('Control+Z')
    await page.getByRole('dialog').getByText('The 4 things that it added are removed from the vault.').waitFor()
  })

  it('finds anybody among all people, not only those it offers', async ({ host, page }) => {
    await host.bring({ 'letters.mbox': mailbox })
    await go(page, '#/library')
    await button(page, 'People').click()
    await page.getByRole('searchbox', { name: 'Find' }).fill('p69@')
    await page.getByRole('option', { name: 'Person 69' }).click()
    // The first one empties the field.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect.poll(async () => await grid(page).getAttribute('aria-rowcount')).toBe('1')
    await button(page, 'People: Person 69').click()
    await page.getByRole('searchbox', { name: 'Find' }).fill('person 6')
    await page.getByRole('option', { name: 'Person 68' }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect.poll(async () => await grid(page).getAttribute('aria-rowcount')).toBe('2')
  })

  it('orders searches as the person wants it, says by an example what that means, and takes it back', async ({
    host,
    watched,
    page,
  }) => {
    await go(page, '#/settings/library')
    await page.getByText('counts 50% more than a very old one; after half a year it still counts 25% more').waitFor()
    await page.getByRole('button', { name: 'Newer things first' }).click()
    await page.getByRole('option', { name: 'Much', exact: true }).click()
    await page.getByText('counts 150% more').waitFor()
    await page.getByRole('button', { name: 'Half as new after' }).click()
    await page.getByRole('option', { name: 'a week' }).click()
    await page.getByText('after a week it still counts 75% more').waitFor()
    await expectAccessible(watched)
    const kept = async () => await host.call('settings.get')
    await expect.poll(kept).toMatchObject({ searchRecency: 150, searchHalfLifeDays: 7 })
    await page.keyboard.press('Control+Z')
    await expect.poll(kept).toMatchObject({ searchRecency: 150, searchHalfLifeDays: 180 })
    await page.keyboard.press('Control+Y')
    await expect.poll(kept).toMatchObject({ searchRecency: 150, searchHalfLifeDays: 7 })
  })
})
