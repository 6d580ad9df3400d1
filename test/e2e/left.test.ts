// "What left this device": nothing at first, and the switch that keeps it so, here and in the settings.
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { go, heading, it } from './world.ts'

describe.skipIf(findChromium() === undefined)('what left this device', () => {
  it('is nothing in a vault that asked for nothing', async ({ watched, page }) => {
    await page.getByRole('link', { name: 'On this device' }).click()
    await heading(page, 'What left this device').waitFor()
    await page.getByText('Nothing has left this device', { exact: true }).waitFor()
    await expectAccessible(watched)
  })

  it('is kept so by the switch, which the top of every screen tells, and which can be taken back', async ({
    host,
    page,
  }) => {
    const isOn = async () => ((await host.call('settings.get')) as { network: boolean }).network
    await go(page, '#/left')
    const control = page.getByRole('switch', { name: 'Mindkeep may use the network' })
    await control.press('Space')
    await page.getByRole('link', { name: 'No network' }).waitFor()
    expect(await isOn()).toBe(false)
    await page.getByText('The network is off. Nothing leaves this computer.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'On this device' }).waitFor()
    expect(await isOn()).toBe(true)
    await page.getByText('Undone.', { exact: true }).waitFor()

    await go(page, '#/settings/security')
    await page.getByRole('region', { name: 'Network' }).waitFor()
    await control.press('Space')
    await page.getByRole('link', { name: 'No network' }).waitFor()
    await go(page, '#/activity')
    await page.getByText('Use of the network').first().waitFor()
  })
})
