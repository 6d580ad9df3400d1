// A day with the keyboard alone: whatever is done, the focus is seen, and is never lost with what it stood on.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { passphrase } from './page-host.ts'
import { button, field, heading, it as world } from './world.ts'

const it = world.extend('keys', ({ page }) => keysOf(page))

/** What a person at the keyboard can do and see. */
function keysOf(page: Page) {
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  return {
    press,
    type: (text: string) => page.keyboard.type(text),
    /** Tabs until it has the focus, and is seen to have it. */
    async reach(role: Parameters<Page['getByRole']>[0], name: string | RegExp, way: 'Tab' | 'Shift+Tab' = 'Tab') {
      const target = page.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first()
      await target.waitFor()
      for (let presses = 0; presses < 60; presses += 1) {
        if (await target.evaluate((it) => it === document.activeElement)) {
          expect(await target.evaluate((it) => it.matches(':focus-visible'))).toBe(true)
          return
        }
        await press(way)
      }
      throw new Error(`${way} never reached ${role} ${String(name)}`)
    },
    /** Where the focus came to rest. */
    rests: (role: string, name: string | RegExp) =>
      expect
        .poll(
          async () =>
            (
              await page
                .locator(':focus')
                .ariaSnapshot()
                .catch(() => '')
            ).split('\n')[0],
        )
        .toMatch(new RegExp(`^- ${role} "${typeof name === 'string' ? name : name.source}`)),
  }
}

describe.skipIf(findChromium() === undefined)('with the keyboard alone', () => {
  it('one fills a vault, finds a note, opens and edits it, and takes it back and does it again', async ({
    clock,
    host,
    page,
    keys: { press, type, reach, rests },
  }) => {
    await reach('button', 'Try with sample data')
    await press('Enter')
    await page.getByText(/^[\d,]+ added$/).waitFor()
    // What changes in the Library is told a few times a second.
    await clock.advance(1000)
    // The button went with the empty vault.
    await rests('heading', 'Good')
    await press('g', 'l')
    await page.getByRole('grid').waitFor()
    await press('/')
    await type('seventeen type:note')
    await page.getByText('1 found').waitFor()
    await press('ArrowDown')
    await rests('grid', 'What was found')
    await press('Home', 'Enter')
    await page.getByRole('article').getByRole('heading', { name: 'Seventeen', level: 2 }).waitFor()
    await reach('link', 'Edit')
    await press('Enter')
    await heading(page, 'Edit the note').waitFor()
    await rests('textbox', 'Text')
    await press('Control+End')
    await type(' Words of mine.')
    await reach('button', 'Done')
    await press('Enter')
    await page.getByText('The note was kept.').waitFor()
    // Back at the item, and not at the top of everything around it.
    await rests('region', 'The item that is open')
    const shown = page.getByRole('article').getByText('Words of mine.')
    await shown.waitFor()
    await press('Control+Z')
    await shown.waitFor({ state: 'detached' })
    await press('Control+Shift+Z')
    await shown.waitFor()
    await reach('button', 'Tag')
    await press('Enter')
    await page.getByRole('dialog').waitFor()
    await type('roses')
    await press('Enter')
    await page.getByText('1 item was tagged.').waitFor()
    await rests('button', 'Tag')
    await reach('button', 'Take off the tag roses', 'Shift+Tab')
    await press('Enter')
    await button(page, 'Take off the tag roses').waitFor({ state: 'detached' })
    await rests('button', 'Take off the tag jonas')
    expect(await host.call('library.list', { filter: { tags: ['roses'] } })).toMatchObject({ total: 0 })
  })

  it('one throws away, puts back and erases, and goes on in the list each time', async ({
    host,
    page,
    keys: { press, type, reach, rests },
  }) => {
    for (const title of ['One', 'Two', 'Three', 'Four']) await host.call('library.writeNote', { title, body: '' })
    await press('g', 'l')
    const rows = page.getByRole('row')
    await expect.poll(() => rows.count()).toBe(4)
    await reach('grid', 'Items')
    await press('Enter')
    await reach('button', 'What can be done with it')
    await press('Enter')
    await page.getByRole('menuitem', { name: 'Put in the Trash' }).waitFor()
    await press('p', 'Enter')
    await page.getByText('1 item was put in the Trash.').waitFor()
    await rests('grid', 'Items')
    await press('Space', 'ArrowDown', 'Space')
    await reach('button', 'Put in the Trash', 'Shift+Tab')
    await press('Enter')
    await page.getByText('2 items were put in the Trash.').waitFor()
    await rests('grid', 'Items')
    await press('Control+K')
    await type('trash')
    await press('Enter')
    await heading(page, 'Trash').waitFor()
    await reach('grid', 'Trash')
    await press('Space')
    await reach('button', 'Put back', 'Shift+Tab')
    await press('Enter')
    await page.getByText('1 item was put back.').waitFor()
    await rests('grid', 'Trash')
    await press('Space')
    await reach('button', 'Erase now', 'Shift+Tab')
    await press('Enter')
    await page.getByRole('alertdialog', { name: /^Erase 1 item/ }).waitFor()
    await reach('button', 'Cancel')
    await press('Enter')
    await rests('button', 'Erase now')
    await press('Enter')
    await reach('button', 'Erase for good')
    await press('Enter')
    await page.getByText('1 item is erased').waitFor()
    // Beside a message that this one leaves, or in the list: near to where it was.
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
  })

  it('one takes everything out, backs up, locks and comes back', async ({
    host,
    page,
    keys: { press, type, reach, rests },
  }) => {
    await host.call('library.writeNote', { title: 'Plums', body: 'ripe in August' })
    await press('Control+K')
    await type('settings: export')
    await press('Enter')
    await heading(page, 'Take everything out').waitFor()
    await reach('radio', 'Locked')
    await press('ArrowRight', 'Space')
    await reach('button', 'Export everything')
    await press('Enter')
    await reach('button', 'Save the file')
    const download = page.waitForEvent('download')
    await press('Enter')
    await (await download).path()
    await page.getByText('It was handed over.').waitFor()
    // What was pressed is gone: the focus is on what stood before it.
    await rests('button', 'Export everything')
    await press('Control+K')
    await type('back up now')
    await press('Enter')
    await page.getByText('The backup is made and checked.').waitFor()
    await rests('button', 'Export everything')
    await press('Control+Shift+L')
    await rests('textbox', 'Passphrase')
    await type(passphrase)
    await press('Enter')
    await heading(page, 'Take everything out').waitFor()
    await rests('heading', 'Settings')
    expect(await field(page, 'Passphrase').count()).toBe(0)
  })

  it('one comes to every place by the palette, and each is there once', async ({ page, keys: { press, type } }) => {
    await press('Control+K')
    const offered = page.getByRole('menuitem')
    await offered.first().waitFor()
    const names = (await offered.allInnerTexts()).map((text) => text.split('\n')[0])
    const places = ['Home', 'Library', 'Trash', 'Add data', 'Activity', 'What left this device']
    const sections = ['Security', 'Library', 'Models', 'Backups', 'Export', 'Appearance', 'Keyboard', 'About']
    expect(names.slice(0, 14)).toEqual([...places, ...sections.map((name) => `Settings: ${name}`)])
    expect(new Set(names).size).toBe(names.length)
    await type('add data')
    await press('Enter')
    await heading(page, 'Add data').waitFor()
  })
})
