// The first screen of an open vault: what came last, and the way to it.
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { heading, it } from './world.ts'

describe.skipIf(findChromium() === undefined)('Home', () => {
  it('shows what was added last, the newest first, and leads to it', async ({ clock, host, watched, page }) => {
    await heading(page, 'Begin here').waitFor()
    expect(await heading(page, 'Recently added').count()).toBe(0)
    for (const title of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) {
      await host.call('library.writeNote', { title, body: '' })
      await clock.advance(60_000)
    }
    const added = page.getByRole('region', { name: 'Recently added' })
    await expect
      .poll(() => added.getByRole('listitem').getByRole('link').allInnerTexts())
      .toEqual(['Six', 'Five', 'Four', 'Three', 'Two'])
    expect(await heading(page, 'Begin here').count()).toBe(0)
    await expectAccessible(watched)
    await added.getByRole('link', { name: 'Six' }).click()
    await page.getByRole('article').getByRole('heading', { name: 'Six', level: 2 }).waitFor()
  })
})
