// The Library as somebody lives with it: lists, filters, one item, acts on many, the timeline.
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { choose, grid, it, rows, search, total } from './library-page.ts'
import { sample } from './library-sample.ts'
import { button, field, go, heading } from './world.ts'

describe.skipIf(findChromium() === undefined)('the Library', () => {
  it('lists everything, newest first, with few rows in the page and the last one a key away', async ({
    library: page,
    items,
  }) => {
    const all = await items()
    await total(page).toBe(331)
    expect(await rows(page).count()).toBeLessThanOrEqual(60)
    const times = all.map(({ at }) => Date.parse(at))
    expect(times).toEqual(times.toSorted((one, other) => other - one))
    await rows(page)
      .first()
      .getByText(all[0]?.title ?? '')
      .waitFor()
    await grid(page).focus()
    await page.keyboard.press('End')
    await page.locator('[aria-rowindex="331"]').waitFor()
    expect(await rows(page).count()).toBeLessThanOrEqual(60)
    // What has no date stands after all that has one, and shows none.
    await page.keyboard.press('Enter')
    await page.getByRole('article').getByText('No date of its own').waitFor()
    await grid(page).focus()
    for (let up = 0; up < 6; up += 1) await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    const oldest = page.getByRole('article').getByRole('time').first()
    await expect.poll(() => oldest.getAttribute('datetime')).toMatch(/^2024-01-03/)
  })

  it('is narrowed by what things are, whom they have to do with and when they were, with counts', async ({
    library: page,
  }) => {
    await choose(page, 'Type', /^Mail\s*40$/)
    await total(page).toBe(40)
    await choose(page, 'People', /^Ada Quill/)
    await total(page).toBe(20)
    await button(page, 'Date').click()
    await field(page, 'From').fill('2025-01-01')
    await page.keyboard.press('Escape')
    await expect.poll(async () => Number(await grid(page).getAttribute('aria-rowcount'))).toBeLessThan(20)
    await button(page, 'Clear all').click()
    await total(page).toBe(331)
    await choose(page, 'Sensitivity', /^Secret\s*1$/)
    await total(page).toBe(1)
    await rows(page).first().getByText('Secret').waitFor()
    // A row says the same of itself where it was searched for.
    await search(page).fill('level:secret')
    await page.getByRole('grid', { name: 'What was found' }).getByRole('row').first().getByText('Secret').waitFor()
  })

  it('opens one item beside the list: what it says, what is known of it, where it came from, who has seen it', async ({
    library: page,
    items,
  }) => {
    const [note] = await items({ types: ['note'] })
    await go(page, `#/library/${note?.id}`)
    const item = page.getByRole('article')
    await item.getByRole('heading', { name: note?.title ?? '', level: 2 }).waitFor()
    await item.getByText('to do').waitFor({ state: 'attached' })
    await item.getByText('(example.org)').waitFor()
    await item.getByText(`${note?.title}.md`).waitFor()
    await item.getByText('Nobody but you.').waitFor()
    await item.getByText('Because of: the kind of thing it is').waitFor()
    const [event] = await items({ types: ['event'], from: '2024-01-01', to: '2024-01-10' })
    await go(page, `#/library/${event?.id}`)
    await item.getByText('Every 2 weeks, 10 times').waitFor()
    const payments = await items({ types: ['transaction'] })
    await go(page, `#/library/${payments.at(-1)?.id}`)
    await item.getByText('-€10.00').waitFor()
  })

  it('hangs the box of a task where the other points have their bullet', async ({ library: page, items }) => {
    const [note] = await items({ types: ['note'] })
    await go(page, `#/library/${note?.id}`)
    const point = page.getByRole('article').getByRole('listitem').filter({ hasText: 'first thing' })
    const task = page.getByRole('article').getByRole('listitem').filter({ hasText: 'second thing' })
    const start = (item: typeof point) =>
      item.evaluate((element) => {
        const range = document.createRange()
        range.selectNodeContents(
          [...element.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE) ?? element,
        )
        const { left, top, height } = range.getBoundingClientRect()
        return { left, middle: top + height / 2 }
      })
    const box = await task.locator('svg').boundingBox()
    const [plain, text] = [await start(point), await start(task)]
    expect(Math.abs(text.left - plain.left)).toBeLessThan(6)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(text.left)
    expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - text.middle)).toBeLessThan(1.5)
  })

  it('asks before a link leads out, and says whose it is', async ({ library: page, items }) => {
    const [note] = await items({ types: ['note'] })
    await go(page, `#/library/${note?.id}`)
    const visited: string[] = []
    page.context().on('page', (opened) => visited.push(opened.url()))
    await page.getByRole('button', { name: /^https:\/\/example\.org/ }).click()
    await heading(page, 'Open example.org?').waitFor()
    await button(page, 'Cancel').click()
    expect(visited).toEqual([])
  })

  it('shows a picture from memory and saves it as it came in', async ({ library: page, items, watched }) => {
    const [photo] = await items({ types: ['photo'] })
    await go(page, `#/library/${photo?.id}`)
    const shown = page.getByRole('article').getByRole('img', { name: 'IMG_20250714_101500.png' })
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(120)
    expect(await shown.getAttribute('src')).toMatch(/^blob:/)
    const saving = page.waitForEvent('download')
    await button(page, 'Save IMG_20250714_101500.png').click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('IMG_20250714_101500.png')
    const chunks: Buffer[] = []
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks)).toEqual(sample['Pictures/IMG_20250714_101500.png'])
    await watched.expectNoTrouble()
  })

  it('does to many at once what one asks, and Ctrl-Z takes each of it back, the last first', async ({
    host,
    library: page,
    items,
  }) => {
    await choose(page, 'Type', /^Mail/)
    await total(page).toBe(40)
    await grid(page).focus()
    await page.keyboard.press('Control+A')
    await page.getByText('40 selected').waitFor()
    await button(page, 'Tag').click()
    await page.getByRole('textbox', { name: 'Tags' }).fill('letters, paper')
    await page.keyboard.press('Enter')
    await page.getByText('40 items were tagged.').waitFor()
    expect(await items({ tags: ['paper'] })).toHaveLength(40)
    await button(page, 'Add to a collection').click()
    await field(page, 'Name of the new collection').or(button(page, 'Collection')).first().waitFor()
    if ((await field(page, 'Name of the new collection').count()) === 0) {
      await page.getByRole('dialog').getByRole('button', { name: 'Collection' }).click()
      await page.getByRole('option', { name: 'A new collection' }).click()
    }
    await field(page, 'Name of the new collection').fill('Correspondence')
    await page.keyboard.press('Enter')
    await page.getByText('40 items were added to “Correspondence”.').waitFor()
    await button(page, 'Put in the Trash').click()
    await page.getByText('40 items were put in the Trash.').waitFor()
    await page.getByText('Nothing fits these filters').waitFor()
    await page.keyboard.press('Control+Z')
    await total(page).toBe(40)
    await page.keyboard.press('Control+Z')
    await page.keyboard.press('Control+Z')
    await expect.poll(async () => (await items({ tags: ['paper'] })).length).toBe(0)
    expect(JSON.stringify(await host.call('library.collections'))).not.toContain('Correspondence')
  })

  it('leads there and back by keys: g l, the palette, and the search of the palette', async ({ library: page }) => {
    await go(page, '#/')
    await page.getByRole('heading', { name: /^Good / }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await grid(page).waitFor()
    await page.keyboard.press('Control+K')
    await page.keyboard.type('chiara')
    await page.getByRole('menuitem', { name: 'Search the Library for “chiara”' }).click()
    await page.locator('mark', { hasText: 'Chiara' }).first().waitFor()
    await search(page).fill('')
    await page.keyboard.press('Control+K')
    await page.keyboard.type('letter 17')
    await page.getByRole('menuitem', { name: 'Boat repair, letter 17' }).click()
    await page.getByRole('article').getByRole('heading', { name: 'Boat repair, letter 17' }).waitFor()
  })

  it('has the timeline zoom from decades to hours, and the list go along', async ({ library: page }) => {
    await page.getByText('Timeline', { exact: true }).click()
    const bars = page.getByRole('toolbar', { name: 'Timeline' })
    await page.getByText(/^325 items\. .* 6 more have no date of their own\.$/).waitFor()
    // Begins with the bars that fit what there is, months here; wider ones stand in the way there.
    await bars
      .getByRole('button', { name: /^March 2025: \d+ items$/ })
      .first()
      .click()
    await button(page, 'the 2020s').click()
    await total(page).toBe(325)
    await bars.getByRole('button', { name: /^2025: \d+ items$/ }).focus()
    await page.keyboard.press('Enter')
    const march = bars.getByRole('button', { name: /^March 2025: \d+ items$/ })
    const counted = Number(/: (\d+) items/.exec((await march.textContent()) ?? '')?.[1])
    await march.click()
    await total(page).toBe(counted)
    await page.getByText('Date: March 2025').waitFor()
    await button(page, 'As a table').click()
    await page.getByRole('table').getByRole('row').nth(1).waitFor()
    await button(page, 'As bars').click()
    await bars
      .getByRole('button', { name: /items?$/ })
      .first()
      .waitFor()
    await bars.locator('[aria-disabled="false"]').first().click()
    await bars
      .getByRole('button', { name: /^\d\d:00: [1-9]\d* items?$/ })
      .first()
      .waitFor()
    await bars.getByRole('button').first().focus()
    await page.keyboard.press('Backspace')
    await total(page).toBe(counted)
    await button(page, 'All time').click()
    await total(page).toBe(331)
  })

  it('has a timeline that speaks of hours only for what was at an hour, and says that a search does not narrow it', async ({
    host,
    library: page,
  }) => {
    const days = ['One', 'Two', 'Three'].map((name) => JSON.stringify({ title: name, date: '2031-03-02' }))
    const hour = JSON.stringify({ title: 'Four', date: '2031-03-02T18:30:00Z' })
    await host.bring({ 'day.ndjson': [...days, hour].join('\n') })
    await page.getByText('Timeline', { exact: true }).click()
    const bars = page.getByRole('toolbar', { name: 'Timeline' })
    for (const bar of [/^2031: 4 items$/, /^March 2031: 4 items$/, /^2 March 2031: 4 items$/]) {
      await bars.getByRole('button', { name: bar }).first().click()
    }
    await page.getByText('4 items. 3 of them are for the whole day.', { exact: true }).waitFor()
    await search(page).fill('four')
    await page.getByText('What you search for narrows the list below, and not these bars.').waitFor()
  })

  it('has nothing for axe to find: the list, an item, the timeline, the filters and the dialogs', async ({
    library: page,
    watched,
    items,
  }) => {
    await expectAccessible(watched)
    const [note] = await items({ types: ['note'] })
    await go(page, `#/library/${note?.id}`)
    await page.getByRole('article').getByText('(example.org)').waitFor()
    await expectAccessible(watched)
    await page.getByText('Timeline', { exact: true }).click()
    await page.getByRole('toolbar', { name: 'Timeline' }).waitFor()
    await expectAccessible(watched)
    await page.getByText('List', { exact: true }).click()
    await grid(page).focus()
    await page.keyboard.press('Space')
    await page.getByText('1 selected').waitFor()
    await expectAccessible(watched)
    await button(page, 'Tag').first().click()
    await page.getByRole('textbox', { name: 'Tags' }).waitFor()
    await expectAccessible(watched)
    await page.keyboard.press('Escape')
    await button(page, 'Date').click()
    await field(page, 'From').waitFor()
    await expectAccessible(watched)
  })

  it('speaks German as well', async ({ host, library: page, watched, items }) => {
    await host.call('appearance.set', { language: 'de' })
    await heading(page, 'Bibliothek').waitFor()
    await expectAccessible(watched)
    const [event] = await items({ types: ['event'], from: '2024-01-01', to: '2024-01-10' })
    await go(page, `#/library/${event?.id}`)
    await page.getByText('Alle 2 Wochen, 10 Mal').waitFor()
    await expectAccessible(watched)
  })
})
