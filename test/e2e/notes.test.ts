// Notes as somebody writes them, with what keeps every word, and the Trash with what takes them away for good.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { lockedByPkware } from '../core/imports/reader/archives/locked-zips.ts'
import { findChromium } from '../support/chromium.ts'
import { expectAccessible } from './browser.ts'
import { passphrase } from './page-host.ts'
import { button, field, go, it } from './world.ts'

const grid = (page: Page) => page.getByRole('grid')
const total = (page: Page) => expect.poll(async () => Number(await grid(page).getAttribute('aria-rowcount')))

describe.skipIf(findChromium() === undefined)('a note', () => {
  it('is kept as it is typed, over a lock and a reload, and written when one is done', async ({
    host,
    clock,
    page,
  }) => {
    await go(page, '#/library/note/new')
    await field(page, 'Title').fill('What to ask')
    await field(page, 'Text').fill('# Questions\n\n- [ ] how long')
    await page.getByText(/^Draft kept at/).waitFor()
    await expect
      .poll(() => host.call('library.drafts'))
      .toEqual([expect.objectContaining({ name: 'new', body: '# Questions\n\n- [ ] how long' })])
    // Nobody touches it for as long as it takes to lock, and no backup in the making holds the lock off.
    await host.call('settings.set', { backupEveryDay: false })
    await clock.advance(11 * 60_000)
    await button(page, 'Unlock').waitFor()
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await expect.poll(() => field(page, 'Text').inputValue()).toBe('# Questions\n\n- [ ] how long')
    await page.reload()
    await expect.poll(() => field(page, 'Title').inputValue()).toBe('What to ask')
    await button(page, 'Done').click()
    await page.getByRole('article').getByRole('heading', { name: 'Questions' }).waitFor()
    expect(await host.call('library.drafts')).toEqual([])
  })

  it('loses no word to a lock, to the half minute before one, or to a tab that is closed', async ({
    host,
    clock,
    visit,
    watched,
    page,
  }) => {
    const drafts = async () => ((await host.call('library.drafts')) as { body: string }[]).map(({ body }) => body)
    const write = async (tab: Page, words: string) => {
      await field(tab, 'Text').focus()
      await tab.keyboard.press('Control+End')
      await tab.keyboard.insertText(words)
    }
    await go(page, '#/library/note/new')
    await write(page, 'one')
    await page.keyboard.press('Control+Shift+L')
    await button(page, 'Unlock').waitFor()
    await host.call('vault.unlock', { passphrase })
    expect(await drafts()).toEqual(['one'])
    await expect.poll(() => field(page, 'Text').inputValue()).toBe('one')
    // Typed in the very moment in which it is said that the vault is about to lock.
    await write(page, ', two')
    await clock.advance(9.6 * 60_000)
    await expect.poll(drafts).toEqual(['one, two'])
    await page.keyboard.press('Escape')
    const second = await visit({ context: watched.context })
    await go(second.page, '#/library/note/new')
    await expect.poll(() => field(second.page, 'Text').inputValue()).toBe('one, two')
    await write(second.page, ', three')
    await second.page.close({ runBeforeUnload: true })
    await expect.poll(drafts).toEqual(['one, two, three'])
  })

  it('is edited, taken back with Ctrl-Z, and put back from an earlier version', async ({ host, clock, page }) => {
    const { id } = (await host.call('library.writeNote', { title: 'Plan', body: 'first thoughts' })) as { id: string }
    await go(page, `#/library/note/${id}`)
    await field(page, 'Text').fill('second thoughts')
    await button(page, 'Done').click()
    const item = page.getByRole('article')
    await item.getByText('second thoughts').waitFor()
    await page.getByText('The note was kept.').waitFor()
    await page.keyboard.press('Control+Z')
    await item.getByText('first thoughts').waitFor()
    await host.call('library.writeNote', { id, title: 'Plan', body: 'third thoughts' })
    // What others change is told a few times a second.
    await clock.advance(1000)
    await item.getByText('third thoughts').waitFor()
    await button(page, 'Put this version back').first().click()
    await page.getByText('The earlier version was put back.').waitFor()
    const shown = (await host.call('library.get', { id })) as { body: string }
    expect(shown.body).toBe('first thoughts')
  })

  it('that is not finished is offered in the Library, and forgotten when it is discarded', async ({ host, page }) => {
    await host.call('library.saveDraft', { name: 'new', title: '', body: 'half a thought' })
    await go(page, '#/library')
    await page.getByText('Unfinished: half a thought').waitFor()
    await page.getByRole('link', { name: 'Continue' }).click()
    await expect.poll(() => field(page, 'Text').inputValue()).toBe('half a thought')
    await button(page, 'Discard').click()
    await page.getByText('What you typed was discarded.').waitFor()
    expect(await host.call('library.drafts')).toEqual([])
  })

  it('draws no HTML, no script, no picture from elsewhere, and no link of another kind', async ({
    host,
    watched,
    page,
  }) => {
    const body = [
      '<script>document.title = "taken"</script><b onclick="x()">bold</b>',
      '![a spy](https://example.org/spy.png)',
      '[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc/passwd)',
      '[safe](https://example.org/page)',
    ].join('\n\n')
    const { id } = (await host.call('library.writeNote', { title: 'Hostile', body })) as { id: string }
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await go(page, `#/library/${id}`)
    const item = page.getByRole('article')
    await item.getByText('A picture was left out here: a spy').waitFor()
    expect(await item.locator('script, b, img, iframe, a[href]:not([href^="#/"])').count()).toBe(0)
    expect(await item.getByRole('button', { name: /^(?:a|b|c|safe)$/ }).allInnerTexts()).toEqual(['safe'])
    expect(asked.filter((url) => url.includes('example.org'))).toEqual([])
    await watched.expectNoTrouble()
  })
})

describe.skipIf(findChromium() === undefined)('the Trash', () => {
  it('gives back what was thrown away, and erases for good only after it said so', async ({
    host,
    clock,
    watched,
    page,
  }) => {
    const written = []
    for (const title of ['One', 'Two', 'Three'])
      written.push(((await host.call('library.writeNote', { title, body: title })) as { id: string }).id)
    await host.call('backups.create')
    await page.getByText('The backup is made and checked.').waitFor()
    await go(page, `#/library/${written[0]}`)
    await button(page, 'What can be done with it').click()
    await page.getByRole('menuitem', { name: 'Put in the Trash' }).click()
    await page.getByText('1 item was put in the Trash.').waitFor()
    await host.call('library.trash', { which: { ids: written.slice(1) } })
    await go(page, '#/library/trash')
    await total(page).toBe(3)
    await expectAccessible(watched)
    await grid(page).focus()
    await page.keyboard.press('Space')
    await button(page, 'Put back').click()
    await page.getByText('1 item was put back.').waitFor()
    await total(page).toBe(2)
    await button(page, 'Empty the Trash').click()
    const dialog = page.getByRole('alertdialog', { name: 'Erase 2 items for good?' })
    await dialog.getByText('Nobody can bring this back').waitFor()
    await dialog.getByText('1 backup on this computer may go on holding it').waitFor()
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await page.getByText('2 items are erased').waitFor()
    await page.getByText('1 backup still holds it').waitFor()
    await clock.advance(1000)
    await page.getByText('The Trash is empty').waitFor()
    const left = (await host.call('library.list')) as { total: number }
    expect(left.total).toBe(1)
  })

  it('tells which older backups, and which files of an import that can go on, may hold what is erased', async ({
    host,
    clock,
    watched,
    page,
  }) => {
    await host.call('backups.create')
    await page.getByText('The backup is made and checked.').waitFor()
    await clock.advance(60_000)
    await host.bring({ 'Letters.md': '# Dear Ada', 'more.zip': lockedByPkware })
    const { rows } = (await host.call('library.list')) as { rows: { id: string }[] }
    await go(page, `#/library/${rows[0]?.id}`)
    await button(page, 'What can be done with it').click()
    await page.getByRole('menuitem', { name: 'Put in the Trash' }).click()
    // The page leaves the item by itself.
    await page.getByText('Nothing is open').waitFor()
    await go(page, '#/library/trash')
    await button(page, 'Empty the Trash').click()
    const dialog = page.getByRole('alertdialog', { name: 'Erase 1 item for good?' })
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await page.getByText('1 item is erased').waitFor()
    await page
      .getByText(
        '1 backup was made before this came into the vault. It should not be in there, unless it had been here before',
      )
      .waitFor()
    await page
      .getByText(
        /^the files of Letters\.md and 1 more, until the import is finished or undone, or until you open the vault after/,
      )
      .waitFor()
    await expectAccessible(watched)
  })

  it('tells of the older copies of the whole vault that go on holding what is erased', async ({
    host,
    watched,
    page,
  }) => {
    await host.call('library.writeNote', { title: 'One', body: 'One' })
    writeFileSync(join(host.folder, 'vault', 'vault.db.before-1'), 'as it was kept before an update')
    await host.call('library.trash', { which: { filter: {} } })
    await go(page, '#/library/trash')
    await button(page, 'Empty the Trash').click()
    const dialog = page.getByRole('alertdialog', { name: 'Erase 1 item for good?' })
    await dialog.getByText(/^the one kept today at .*, before Mindkeep was updated$/).waitFor()
    await expectAccessible(watched)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})
