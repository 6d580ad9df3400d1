// The design system, each part in a real browser under the page's own policy: what axe finds, what the keyboard does, and
// how much of a million rows is in the page.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { keptFolder } from '../support/temporary-folder.ts'
import { type OpenOptions, expectAccessible } from './browser.ts'
import { startPageHost } from './page-host.ts'
import { button, heading, it as world } from './world.ts'

const it = world
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern what has to be there first
  .extend('build', { scope: 'file' }, ({}, { onCleanup }) => {
    const { path: folder, remove } = keptFolder()
    onCleanup(remove)
    const root = resolve(import.meta.dirname, '../..')
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const args = ['--config', 'vite.renderer.config.ts', '--mode', 'development', '--outDir', folder]
    const { status } = spawnSync(process.execPath, [vite, 'build', ...args, '--logLevel', 'error'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    })
    expect(status).toBe(0)
    return folder
  })
  .extend('gallery', async ({ build, visit }, { onCleanup }) => {
    const host = await startPageHost({ page: build })
    onCleanup(() => host.stop())
    return async (options: OpenOptions = {}) => {
      const watched = await visit({ ...options, address: host.startLink() })
      await watched.page.evaluate(() => (window.location.hash = '#/dev/gallery'))
      await watched.page.reload()
      await heading(watched.page, 'Gallery').waitFor()
      return watched
    }
  })

const million = (page: Page) => page.getByRole('grid', { name: 'A million rows' })
const rowsOf = (page: Page) => million(page).getByRole('row')
/** The row that the keyboard is on, as a screen reader would name it. */
const active = (page: Page) =>
  million(page).evaluate((grid) => {
    const id = grid.getAttribute('aria-activedescendant')
    const row = id === null ? null : document.getElementById(id)
    return { number: row?.getAttribute('aria-rowindex'), words: row?.innerText ?? '' }
  })

describe.skipIf(findChromium() === undefined)('the gallery', () => {
  it('has nothing for axe to find, with whatever can be opened open', async ({ gallery }) => {
    const watched = await gallery()
    const { page } = watched
    await expectAccessible(watched)
    for (const name of ['Dialog', 'Confirm']) {
      await button(page, name).click()
      await page.getByRole('dialog').waitFor()
      await expectAccessible(watched)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await button(page, 'Many').click()
    await page.getByRole('option', { name: 'quince' }).waitFor()
    await expectAccessible(watched)
    await page.keyboard.press('Escape')
    await button(page, 'Actions').click()
    await page.getByRole('menuitem', { name: 'Export' }).waitFor()
    await expectAccessible(watched)
    await page.keyboard.press('Escape')
    await button(page, 'Toast').click()
    await button(page, 'Undo').waitFor()
    await expectAccessible(watched)
  })

  it('has a million rows of which no more than sixty are in the page, every one of them reached by keyboard', async ({
    gallery,
  }) => {
    const watched = await gallery()
    const { page } = watched
    await million(page).focus()
    expect(await million(page).getAttribute('aria-rowcount')).toBe('1000000')
    for (const [key, number] of [
      ['ArrowDown', 2],
      ['End', 1_000_000],
      ['ArrowUp', 999_999],
      ['Home', 1],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => active(page).then((row) => row.number)).toBe(String(number))
      await expect.poll(() => active(page).then((row) => row.words)).toContain(number.toLocaleString('en-GB'))
      expect(await rowsOf(page).count()).toBeLessThanOrEqual(60)
    }
    await page.keyboard.press('PageDown')
    expect(Number((await active(page)).number)).toBeGreaterThan(3)
    // A pull at the bar, to the middle of the list.
    await million(page).evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight / 2 }))
    const indexes = () =>
      rowsOf(page).evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))))
    await expect.poll(async () => Math.abs((await indexes())[0] ?? 0) > 499_000).toBe(true)
    expect(Math.max(...(await indexes()))).toBeLessThan(501_000)
    expect(await rowsOf(page).count()).toBeLessThanOrEqual(60)
    await watched.expectNoTrouble()
  })

  it('moves by as much as the wheel was turned, though a million rows are taller than a page can be', async ({
    gallery,
  }) => {
    const { page } = await gallery()
    await million(page).focus()
    await page.keyboard.press('End')
    await expect.poll(() => active(page).then((row) => row.number)).toBe('1000000')
    for (let row = 0; row < 40; row += 1) await page.keyboard.press('ArrowUp')
    const place = () =>
      rowsOf(page)
        .nth(8)
        .evaluate((row) => [row.getAttribute('aria-rowindex'), row.getBoundingClientRect().top] as const)
    await expect.poll(() => active(page).then((row) => row.number)).toBe('999960')
    const [index, before] = await place()
    await million(page).evaluate((grid) => grid.scrollBy({ top: -10 }))
    const now = () =>
      million(page)
        .locator(`[aria-rowindex="${index}"]`)
        .evaluate((row) => row.getBoundingClientRect().top)
    await expect.poll(async () => Math.round((await now()) - before)).toBe(10)
  })

  it('selects by keyboard, and says how much is selected', async ({ gallery }) => {
    const watched = await gallery()
    const { page } = watched
    await million(page).focus()
    await page.keyboard.press('Space')
    await page.getByText('1 selected', { exact: true }).waitFor()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('3 selected', { exact: true }).waitFor()
    expect(await million(page).locator('[aria-selected="true"]').count()).toBe(3)
    await expectAccessible(watched)
    await page.keyboard.press('Escape')
    await page.getByText('3 selected', { exact: true }).waitFor({ state: 'detached' })
  })

  it('opens a row beside the list, and in its place where there is no room, from where Back leads to it', async ({
    gallery,
  }) => {
    const wide = await gallery()
    await million(wide.page).focus()
    await wide.page.keyboard.press('ArrowDown')
    await wide.page.keyboard.press('Enter')
    await wide.page.getByRole('heading', { name: 'Row 2', exact: true }).waitFor()
    expect(await million(wide.page).evaluate((grid) => grid.matches(':focus'))).toBe(true)

    const { page } = await gallery({ width: 800 })
    await million(page).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Row 1', exact: true }).waitFor()
    expect(await million(page).isVisible()).toBe(false)
    await expect
      .poll(() => page.getByLabel('The row that is open').evaluate((pane) => pane.matches(':focus')))
      .toBe(true)
    await button(page, 'Back').click()
    await expect.poll(() => million(page).evaluate((grid) => grid.matches(':focus'))).toBe(true)
  })

  it('narrows by several choices at once, and takes them back one by one or together', async ({ gallery }) => {
    const { page } = await gallery()
    await button(page, 'Few: plum').click()
    await page.getByRole('option', { name: 'pear' }).click()
    await page.keyboard.press('Escape')
    await button(page, 'Few: pear and plum').waitFor()
    await button(page, 'Many').click()
    await page.keyboard.type('qui')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    await page.getByRole('option', { name: 'quince' }).click()
    // The first empties the field, as in the palette.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await button(page, 'Many: quince').waitFor()
    await button(page, 'Clear Few').click()
    await button(page, 'Few').waitFor()
    await button(page, 'Clear all').click()
    await button(page, 'Many').waitFor()
  })

  it('empties the search with Escape or its cross', async ({ gallery }) => {
    const { page } = await gallery()
    const search = page.getByRole('searchbox', { name: 'Search' })
    await page.getByText('1,234 found').waitFor()
    await search.press('Escape')
    expect(await search.inputValue()).toBe('')
    await page.getByText('1,234 found').waitFor({ state: 'detached' })
  })

  it('takes files that were chosen', async ({ gallery }) => {
    const { page } = await gallery()
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Choose files').click()
    const files = ['one.txt', 'two.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) }))
    await (await chooser).setFiles(files)
    await page.getByText('one.txt, two.txt').waitFor()
  })
})
