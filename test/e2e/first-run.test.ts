// The whole life of a vault as a new person lives it, through the host that `npm start` starts and the real key stretching.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { type WebHost, startWebHost } from '../support/web-host.ts'
import { type WatchedPage, axeFindings, openPage } from './browser.ts'
import { button, field, tell } from './world.ts'

const first = 'quarry lantern mosaic thunder violet'
const second = 'amber window ladder frozen pencil'
const third = 'copper meadow signal garden winter'

describe.skipIf(findChromium() === undefined)('a vault, from its first minute to its last', () => {
  let browser: Browser
  let host: WebHost
  let watched: WatchedPage
  let page: Page
  let words: readonly string[] = []

  beforeAll(async () => {
    browser = await launchChromium()
    host = await startWebHost()
    watched = await openPage(browser, host.link)
    page = watched.page
  }, 120_000)
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await tell(task.name, browser)
  })
  afterAll(async () => {
    await browser?.close()
    await host?.stop()
  })

  const unlock = async (passphrase: string) => {
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
  }

  it('takes the start token out of the address bar at once, and survives a reload', async () => {
    await field(page, 'Name of your vault').waitFor()
    expect(page.url()).toBe(`${host.address}/`)
    await page.reload()
    await field(page, 'Name of your vault').fill('Plum Harbour')
  })

  it('does not go on without a name or a strong passphrase: it says what is missing, and leads there', async () => {
    const focused = (name: string) =>
      expect.poll(() => field(page, name).evaluate((it) => it.matches(':focus'))).toBe(true)
    await button(page, 'Continue').click()
    await page.getByRole('alert').getByText('Type a passphrase, or let Mindkeep suggest one.').waitFor()
    await focused('Passphrase')
    const measured: unknown[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/vault.measurePassphrase')) measured.push(request.postDataJSON())
    })
    await page.reload()
    await button(page, 'Continue').click()
    await page.getByRole('alert').getByText('Type a passphrase, or let Mindkeep suggest one.').waitFor()
    await field(page, 'Passphrase').fill('password')
    const top = () => button(page, 'Continue').evaluate((it) => it.getBoundingClientRect().top)
    await page.getByText('It uses words or patterns').waitFor()
    const weak = await top()
    await field(page, 'Passphrase').fill('')
    await page.getByText('Four or more random words are easy to remember').waitFor()
    expect(await top()).toBe(weak)
    // An empty field is measured by nobody: that would start the measuring for nothing.
    expect(measured).toEqual([{ passphrase: 'password' }])
    await field(page, 'Passphrase').fill('password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('That passphrase is too easy to guess.').waitFor()
    await field(page, 'Name of your vault').fill('')
    await field(page, 'Passphrase').press('Enter')
    await page.getByRole('alert').getByText('Give your vault a name.').waitFor()
    await focused('Name of your vault')
    // As it can come along with something pasted: a mark that turns the direction of what follows it.
    await field(page, 'Name of your vault').fill('Plum \u202eHarbour')
    await field(page, 'Passphrase').fill(first)
    await button(page, 'Continue').click()
    await page.getByRole('alert').getByText('This name has a character in it that cannot be seen.').waitFor()
    await focused('Name of your vault')
    await field(page, 'Name of your vault').fill('Plum Harbour')
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('is created in four steps: passphrase, kit, two words, the truth', async () => {
    await field(page, 'Passphrase').fill(first)
    await page.getByText('Strong').waitFor()
    await button(page, 'Continue').click()
    const list = page.getByRole('list', { name: 'Your 24 recovery words' })
    await list.waitFor()
    words = (await list.getByRole('listitem').allInnerTexts()).map((text) => text.split(/\s+/).at(-1) ?? '')
    expect(words).toHaveLength(24)
    await button(page, 'I have them, continue').click()
    const labels = await page.locator('label').allInnerTexts()
    for (const label of labels) await field(page, label).fill('plum')
    await button(page, 'Create the vault').click()
    await page.getByText('Those are not the words on the kit.').waitFor()
    for (const label of labels) await field(page, label).fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? '')
    await button(page, 'Create the vault').click()
    await page.getByText('The truth, once: we cannot reset this.').waitFor()
    await button(page, 'Open my vault').click()
    await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
    await page.getByText('You created this vault in the browser page.').waitFor()
  })

  it('stays open over a reload, on the same screen', async () => {
    await page.getByRole('link', { name: 'Activity', exact: true }).click()
    await page.getByRole('heading', { name: 'Activity' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Activity' }).waitFor()
    await page.getByText('You created this vault in the browser page.').waitFor()
  })

  it('locks, refuses a wrong passphrase in one calm sentence, and opens with the right one', async () => {
    await button(page, 'Lock the vault').click()
    await button(page, 'Unlock').waitFor()
    await unlock('not my passphrase at all')
    await page.getByText('That is not the passphrase. Check it and try again.').waitFor()
    await unlock(first)
    // Back where the person was, with what happened meanwhile.
    await page.getByRole('heading', { name: 'Activity' }).waitFor()
    await page.getByText('1 wrong try before it').waitFor()
  })

  it('changes its passphrase, and the old one stops working', async () => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await button(page, 'Change passphrase').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Current passphrase', { exact: true }).fill(second)
    await dialog.getByLabel('New passphrase', { exact: true }).fill(second)
    await dialog.getByText('Strong').waitFor()
    await dialog.getByRole('button', { name: 'Change passphrase' }).click()
    await dialog.getByText('That is not the passphrase.').waitFor()
    await dialog.getByLabel('Current passphrase', { exact: true }).fill(first)
    await dialog.getByRole('button', { name: 'Change passphrase' }).click()
    await page.getByText('The passphrase was changed.').waitFor()
    await page.keyboard.press('Control+Shift+L')
    await unlock(first)
    await page.getByText('That is not the passphrase.').waitFor()
  })

  it('opens with the recovery words, names a wrong one, and takes a new passphrase', async () => {
    await button(page, 'Use the recovery kit').click()
    await field(page, 'Recovery words').fill(['plumm', ...words.slice(1)].join(' '))
    await field(page, 'New passphrase').fill(third)
    await page.getByText('Strong').waitFor()
    await button(page, 'Open and set the new passphrase').click()
    await page.getByText('Check word 1.').waitFor()
    await field(page, 'Recovery words').fill(words.map((word, index) => `${index + 1}. ${word}`).join('\n'))
    await button(page, 'Open and set the new passphrase').click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await page.keyboard.press('Control+Shift+L')
    await unlock(third)
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  it('is deleted only when its name is typed, and then there is none', async () => {
    await button(page, 'Delete vault').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Type Plum Harbour to confirm').fill('Plum')
    expect(await dialog.getByRole('button', { name: 'Delete for good' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Type Plum Harbour to confirm').fill('Plum Harbour')
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await field(page, 'Name of your vault').waitFor()
    await watched.expectNoTrouble()
  })

  it('tells the page calmly when Mindkeep itself is stopped', async () => {
    await host.stop()
    await page.getByRole('heading', { name: 'Mindkeep is not running' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
  })
})

describe.skipIf(findChromium() === undefined)('the keyboard alone', () => {
  it('leads from the first load to a locked vault', async () => {
    const browser = await launchChromium()
    const host = await startWebHost()
    try {
      const { page, expectNoTrouble } = await openPage(browser, host.link)
      const { keyboard } = page
      const focused = () =>
        page.evaluate(
          () =>
            document.activeElement?.textContent?.trim() ||
            document.activeElement?.getAttribute('aria-label') ||
            document.activeElement?.tagName,
        )
      const tabTo = async (name: string) => {
        for (let presses = 0; presses < 30; presses += 1) {
          if ((await focused()) === name) return
          await keyboard.press('Tab')
        }
        throw new Error(`Tab never reached ${name}`)
      }
      await field(page, 'Passphrase').waitFor()
      await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
      await keyboard.type(first)
      await page.getByText('Strong').waitFor()
      await keyboard.press('Enter')
      const list = page.getByRole('list', { name: 'Your 24 recovery words' })
      await list.waitFor()
      const words = (await list.getByRole('listitem').allInnerTexts()).map((text) => text.split(/\s+/).at(-1) ?? '')
      await tabTo('I have them, continue')
      await keyboard.press('Enter')
      await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
      const [one = '', two = ''] = (await page.locator('label').allInnerTexts()).map(
        (label) => words[Number(/\d+/.exec(label)?.[0]) - 1],
      )
      await keyboard.type(one)
      await keyboard.press('Tab')
      await keyboard.type(two)
      await keyboard.press('Enter')
      await page.getByText('The truth, once: we cannot reset this.').waitFor()
      await tabTo('Open my vault')
      await keyboard.press('Space')
      await page.getByText('“My vault” is open on this computer.').waitFor()
      await keyboard.press('g')
      await keyboard.press('a')
      await page.getByRole('heading', { name: 'Activity' }).waitFor()
      await keyboard.press('/')
      await page.getByRole('menuitem').first().waitFor()
      await keyboard.type('lock the')
      await page.waitForFunction(() => document.querySelectorAll('[role=menuitem]').length === 1)
      await keyboard.press('ArrowDown')
      await keyboard.press('Enter')
      await button(page, 'Unlock').waitFor()
      await expectNoTrouble()
    } finally {
      await browser.close()
      await host.stop()
    }
  }, 120_000)
})
