// Finding in the Library: while one types, in what is opened, and what the search says of itself.
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { grid, it, rows, search, total } from './library-page.ts'
import { button, go } from './world.ts'

/** WCAG's contrast of two colours as the browser gives them. */
function contrastOf(colours: readonly string[]): number {
  const [dark = 0, light = 0] = colours
    .map((colour) => {
      const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).slice(0, 3).map((channel) => {
        const part = Number(channel) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    })
    .toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe.skipIf(findChromium() === undefined)('the search of the Library', () => {
  it('finds while one types, marks what it found, forgives one letter, and says what it did not find', async ({
    library: page,
  }) => {
    await page.keyboard.press('/')
    await page.keyboard.type('swimming poo')
    await page.locator('mark', { hasText: 'Swimming' }).first().waitFor()
    await page.locator('mark', { hasText: 'pool' }).first().waitFor()
    await search(page).fill('swimmming')
    await page.getByText('this was searched for instead: swimming').waitFor()
    await search(page).fill('مرحبا')
    await total(page).toBe(1)
    await search(page).fill('xyzzyqwert')
    await page.getByText('Nothing was found for “xyzzyqwert”').waitFor()
    await search(page).fill('swimming')
    await button(page, 'What can be searched for').click()
    await page.getByRole('menuitem', { name: /^before:/ }).click()
    await expect.poll(() => search(page).evaluate((box) => box === document.activeElement)).toBe(true)
    await page.keyboard.type('2024-02')
    expect(await search(page).inputValue()).toBe('swimming before:2024-02')
    await search(page).fill('xyzzyqwert')
    // What is looked for stands in no address: a browser writes those down.
    expect(page.url()).toMatch(/#\/library$/)
  })

  it('marks in an opened item what it was found by, however that is written, and leads from place to place', async ({
    host,
    library: page,
    watched,
  }) => {
    const lines = Array.from({ length: 80 }, (_, at) => `Line ${at}.`).join('\n\n')
    const body = `The **Bäck**erei opens early; the BACKEREI closes early.\n\n${lines}\n\nBack\n\nereien, and backereien.`
    const { id } = (await host.call('library.writeNote', { title: 'Bäckerei', body })) as { id: string }
    const marks = (name: string) =>
      page.evaluate(
        (of) => Array.from(CSS.highlights.get(of) ?? [], (place) => (place as Range).toString().replaceAll('\n', ' ')),
        name,
      )
    await search(page).fill('backerei')
    await rows(page).first().getByText('Bäckerei', { exact: true }).click()
    const item = page.getByRole('article')
    await item.getByText('Found in 4 places here').waitFor()
    expect(await marks('found')).toEqual(['Bäckerei', 'Bäckerei', 'BACKEREI', 'backereien'])
    expect(await marks('found-here')).toEqual([])
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      for (const name of ['found', 'found-here']) {
        const drawn = await item
          .locator('p')
          .nth(1)
          .evaluate((text, of) => {
            const { color, backgroundColor } = getComputedStyle(text, `::highlight(${of})`)
            return [color, backgroundColor]
          }, name)
        expect(contrastOf(drawn), `${name} in ${scheme}`).toBeGreaterThanOrEqual(4.5)
      }
    }
    await button(page, 'Previous place').focus()
    await page.keyboard.press('Enter')
    await item.getByText('4 of 4').waitFor()
    expect(await marks('found-here')).toEqual(['backereien'])
    const inSight = () =>
      page.evaluate(() => {
        const [place] = CSS.highlights.get('found-here') ?? []
        const { top, bottom } = (place as Range).getBoundingClientRect()
        return top > 0 && bottom < window.innerHeight
      })
    await expect.poll(inSight).toBe(true)
    await button(page, 'Next place').focus()
    await page.keyboard.press('Enter')
    await item.getByText('1 of 4').waitFor()
    await expect.poll(inSight).toBe(true)
    await expectAccessible(watched)
    await search(page).fill('')
    await button(page, 'Next place').waitFor({ state: 'detached' })
    expect(await marks('found')).toEqual([])
    // From the palette as well, beside a list of everything.
    await go(page, '#/library')
    await page.keyboard.press('Control+K')
    await page.keyboard.type('backerei')
    await page.getByRole('menuitem', { name: 'Bäckerei' }).click()
    await item.getByText('Found in 4 places here').waitFor()
    expect(page.url()).toContain(`#/library/${id}`)
  })

  it('says that it stopped counting, and names whom nothing is from', async ({ host, library: page }) => {
    const lines = Array.from({ length: 2_050 }, (_, at) => JSON.stringify({ title: `Lantern ${at}` }))
    await host.bring({ 'lanterns.ndjson': lines.join('\n') })
    await search(page).fill('lantern')
    await page.getByText('2,000+ found', { exact: true }).waitFor()
    await search(page).fill('from:nobody')
    await page.getByText('Nothing in your vault fits from:nobody.').waitFor()
    expect(await page.getByText('Not understood').count()).toBe(0)
  })

  it('begins each answer at its top, and leaves the keyboard where it is while one is on its way', async ({
    library: page,
  }) => {
    const isFocused = () => grid(page).evaluate((list) => list === document.activeElement)
    const scrolled = () => grid(page).evaluate((list) => list.scrollTop)
    await grid(page).focus()
    await page.keyboard.press('End')
    await expect.poll(scrolled).toBeGreaterThan(500)
    await page.keyboard.press('Space')
    await page.getByText('1 selected', { exact: true }).waitFor()
    const answer = Promise.withResolvers<void>()
    await page.route('**/search.find', async (route) => {
      await answer.promise
      await route.continue()
    })
    await search(page).fill('choir')
    await page.keyboard.press('ArrowDown')
    expect(await isFocused()).toBe(true)
    await page.getByText('1 selected', { exact: true }).waitFor()
    answer.resolve()
    await page.locator('mark', { hasText: 'choir' }).first().waitFor()
    expect(await isFocused()).toBe(true)
    expect(await scrolled()).toBe(0)
    await page.getByText('1 selected', { exact: true }).waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => rows(page).nth(1).getAttribute('aria-current')).toBe('true')
  })
})
