// The page of one import: what it says where there is little room, and where taking it back was stopped half-way; and what an
// item says of the file it came in.
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { expectAccessible } from './browser.ts'
import { button, go, it } from './world.ts'

const files = {
  'people.csv': 'name,age,city\nann,3,x\nbob,"open,4\ncy,5,y\ndee,6,z\n',
  'notes.md': '# One\n\nWords.\n',
}
const openQuote = 'A cell begins here with a quotation mark and does not end, or is far too long.'

describe.skipIf(findChromium() === undefined)('the report of an import', () => {
  it('says on a narrow page, too, what became of each file and which row was left out', async ({
    host,
    page,
    watched,
  }) => {
    await host.bring(files)
    const [only] = (await host.call('imports.list')) as [{ id: string }]
    await go(page, `#/add/${only.id}`)
    await page.getByText(openQuote).waitFor()
    await page.getByText('people.csv · entry 3').waitFor()
    const line = page.getByText('Tables · Read · New: 3 · Not readable: 1 · 49 bytes')
    expect(await line.isVisible()).toBe(false)
    await page.setViewportSize({ width: 360, height: 800 })
    await expect.poll(() => line.isVisible()).toBe(true)
    expect(await page.getByRole('columnheader', { name: 'Size' }).isVisible()).toBe(false)
    await expectAccessible(watched)
  })

  it('says that taking it back was stopped half-way, and goes on with that', async ({ host, page, watched }) => {
    await host.bring(files)
    const [only] = (await host.call('imports.list')) as [{ id: string }]
    const { job } = (await host.call('imports.undo', { id: only.id })) as { job: string }
    await host.call('jobs.pause', { id: job })
    await go(page, `#/add/${only.id}`)
    await page.getByText('This import is being undone').waitFor()
    await host.call('jobs.cancel', { id: job })
    await page.getByText('Undoing this import was cut short half-way').waitFor()
    await expectAccessible(watched)
    await go(page, '#/add')
    await page.getByText('Half undone').waitFor()
    await go(page, `#/add/${only.id}`)
    await button(page, 'Go on undoing').click()
    await page.getByRole('dialog').getByText('What is left of it is removed').waitFor()
    await button(page, 'Undo this import').click()
    await page.getByText('This import was undone').waitFor()
    expect(await host.call('library.list')).toMatchObject({ total: 0 })
  })

  it('files what says no time itself where its file was last changed', async ({ host, page }) => {
    const path = join(temporaryFolder(), 'plums.md')
    writeFileSync(path, '# Plums\n\nRipe by now.\n')
    utimesSync(path, new Date(2019, 4, 4, 10, 30), new Date(2019, 4, 4, 10, 30))
    await go(page, '#/add')
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Choose files').click()
    await (await chooser).setFiles([path])
    await button(page, 'Add 1 thing').click()
    await page.getByRole('main').getByText('1 added').waitFor()
    const { rows } = (await host.call('library.list')) as { rows: readonly { id: string }[] }
    await go(page, `#/library/${rows[0]?.id}`)
    await page.getByText('Date taken from the file').waitFor()
    await page.getByText('4 May 2019').first().waitFor()
  })

  it('says before it is undone that a later import found the same here, and the later one does not', async ({
    host,
    page,
  }) => {
    await host.bring({ 'once.md': '# Once\n\nWords.\n' })
    await host.bring({ 'once.md': '# Once\n\nWords.\n', 'twice.md': '# Twice\n\nWords.\n' })
    const [later, first] = (await host.call('imports.list')) as { id: string }[]
    const said = page.getByRole('dialog').getByText('What a later import brought as well, and found here already, goes')
    await go(page, `#/add/${later?.id}`)
    await button(page, 'Undo this import').click()
    await page.getByRole('dialog').getByText('The 1 thing that it added is removed').waitFor()
    expect(await said.count()).toBe(0)
    await page.keyboard.press('Escape')
    await go(page, `#/add/${first?.id}`)
    await button(page, 'Undo this import').click()
    await said.waitFor()
  })
})
