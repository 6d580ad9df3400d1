// The Chromium of this computer, as the rows about the page need it.
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium } from '../support/chromium.ts'

export async function openBrowser(): Promise<Browser> {
  if (findChromium() === undefined)
    throw new Error('there is no Chromium on this computer (set CHROMIUM_PATH to name one)')
  return launchChromium()
}

/** The page can be used once something on it can be typed into or pressed. */
export async function untilUsable(page: Page): Promise<void> {
  await page.locator('main').locator('input, button, a[href]').first().waitFor({ state: 'visible' })
}
