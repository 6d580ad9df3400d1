// Ctrl-Z where an import is the last thing that happened.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { button, go, it as world } from './world.ts'

const notes = { 'one.md': '# One\n\nWords.\n', 'two.md': '# Two\n\nWords.\n' }
const rows = (page: Page) => page.getByRole('grid').getByRole('row')
const dialog = (page: Page) => page.getByRole('dialog')

const it = world
  .extend('left', ({ host }) => async () => {
    const { rows: found } = (await host.call('library.list')) as { rows: { title: string }[] }
    return found.map(({ title }) => title).toSorted()
  })
  .extend('trash', ({ host }) => async (title: string) => {
    const { rows: found } = (await host.call('library.list')) as { rows: { id: string; title: string }[] }
    await host.call('library.trash', { which: { ids: found.flatMap((row) => (row.title === title ? [row.id] : [])) } })
  })

describe.skipIf(findChromium() === undefined)('Ctrl-Z after an import', () => {
  it('offers to take the import back, and touches nothing older', async ({ host, clock, watched, page, left }) => {
    await host.bring(notes)
    await clock.advance(60_000)
    await go(page, '#/library')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+A')
    await button(page, 'Put in the Trash').click()
    await page.getByText('2 items were put in the Trash.').waitFor()
    await clock.advance(60_000)
    await host.bring({ 'three.md': '# Three\n\nWords.\n' })
    await page.keyboard.press('Control+Z')
    await dialog(page).getByText('“three.md”, begun today').waitFor()
    await dialog(page).getByText('The 1 thing that it added is removed from the vault.').waitFor()
    await expectAccessible(watched)
    // Behind the question nothing changes.
    await page.keyboard.press('Control+Z')
    await page.keyboard.press('Control+Y')
    expect(await left()).toEqual(['Three'])
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await page.keyboard.press('Control+Z')
    await dialog(page).getByText('“three.md”, begun today').waitFor()
    expect(await left()).toEqual(['Three'])
    await button(page, 'Undo this import').click()
    await page.getByText('Undone: 1 thing is removed, or as it was before.').waitFor()
    // Now the trash is the last thing that happened.
    await page.keyboard.press('Control+Z')
    await page.getByText('Undone: putting into the Trash, 2 things.').waitFor()
    expect(await left()).toEqual(['One', 'Two'])
    await page.keyboard.press('Control+Y')
    await page.getByText('Done again: putting into the Trash, 2 things.').waitFor()
    expect(await left()).toEqual([])
  })

  it('takes back at once what was done after it, also where the page was loaded since', async ({
    host,
    clock,
    page,
    left,
    trash,
  }) => {
    await host.bring(notes)
    await clock.advance(60_000)
    await trash('One')
    await go(page, '#/library')
    await page.reload()
    await rows(page).first().waitFor()
    await page.keyboard.press('Control+Z')
    await page.getByText(/^Undone: putting into the Trash, today at/).waitFor()
    expect(await left()).toEqual(['One', 'Two'])
    await page.keyboard.press('Control+Z')
    await dialog(page).getByText('“one.md and 1 more”, begun today').waitFor()
  })
})
