// A Library of a few hundred invented items that came in through real files, opened in a page, and what its tests ask of it.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ItemRow } from '../../shared/api/items.ts'
import { sample } from './library-sample.ts'
import { makeVault } from './page-host.ts'
import { button, go, it as world } from './world.ts'

export const it = world
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern what has to be there first
  .extend('made', { scope: 'file' }, async ({}, { onCleanup }) => {
    const made = await makeVault((host) => host.bring(sample))
    onCleanup(made.remove)
    return made
  })
  .extend('library', async ({ watched: { page } }) => {
    await go(page, '#/library')
    await grid(page).waitFor()
    return page
  })
  .extend('items', ({ host }) => async (filter: unknown = {}) => {
    const { rows } = (await host.call('library.list', { filter, limit: 200 })) as { rows: ItemRow[] }
    return rows
  })

export const grid = (page: Page) => page.getByRole('grid')
export const rows = (page: Page) => grid(page).getByRole('row')
export const total = (page: Page) => expect.poll(async () => Number(await grid(page).getAttribute('aria-rowcount')))
export const search = (page: Page) => page.getByRole('searchbox', { name: 'Search the Library' })
export const choose = async (page: Page, chip: string, option: RegExp) => {
  await button(page, chip).click()
  await page.getByRole('option', { name: option }).click()
  await page.keyboard.press('Escape')
}
