// Files come in through the page: chosen, dropped, looked at, added, taken back; and what goes wrong is said in words.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { lockedByAes } from '../core/imports/reader/archives/locked-zips.ts'
import { calendar, note } from '../core/imports/support.ts'
import { bombEntry, zipOf } from '../core/imports/reader/archives/zips.ts'
import { findChromium } from '../support/chromium.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { expectAccessible } from './browser.ts'
import { type PageHost, passphrase } from './page-host.ts'
import { button, field, heading, it } from './world.ts'

interface FileGiven {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const fileOf = (name: string, content: string | Buffer): FileGiven => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
})

async function choose(page: Page, ...files: readonly FileGiven[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button(page, 'Choose files').click()
  await (await chooser).setFiles([...files])
}

async function openAdd(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Add', exact: true }).click()
  await heading(page, 'Add data').waitFor()
}

const chat = (messages: number): string =>
  Array.from({ length: messages }, (_, at) => {
    const day = String((at % 28) + 1).padStart(2, '0')
    return `[${day}/03/2024, 14:${String(at % 60).padStart(2, '0')}:00] ${at % 2 === 0 ? 'Ada' : 'Noor'}: tea number ${at}`
  }).join('\n')

const bundle = () =>
  fileOf(
    'things.zip',
    zipOf([
      { name: 'WhatsApp Chat with Ada/_chat.txt', content: chat(40) },
      { name: 'calendar.ics', content: calendar(12) },
      { name: 'broken.bin', content: '\0\u0001\u0002' },
    ]),
  )

interface Listed {
  readonly total: number
}
const inLibrary = async (host: PageHost) => ((await host.call('library.list', {})) as Listed).total

describe.skipIf(findChromium() === undefined)('adding data', () => {
  it('shows what an archive holds before anything is kept, adds it, lists it and takes it back', async ({
    host,
    page,
  }) => {
    const refused: string[] = []
    page.on('response', (answer) => void (answer.status() >= 400 && refused.push(`${answer.status()} ${answer.url()}`)))
    await openAdd(page)
    await choose(page, bundle())
    await heading(page, 'What was found').waitFor()
    await page.getByText('From 10 January 2024 to 10 December 2024.').waitFor()
    await page.getByText('Message').first().waitFor()
    await page.getByText('things.zip/broken.bin').first().waitFor()
    await page.getByText('Mindkeep does not know this kind of file.').waitFor()
    expect(await inLibrary(host)).toBe(0)
    await button(page, 'Add 52 things').click()
    await heading(page, 'things.zip').waitFor()
    await page.getByRole('main').getByText('52 added · 1 could not be read').waitFor()
    expect(await inLibrary(host)).toBe(52)

    await openAdd(page)
    await choose(page, bundle())
    await page.getByText('There is nothing new in it.').waitFor()
    await page.getByText('Already here').first().waitFor()
    await button(page, 'Choose other files').click()

    await page.getByRole('link', { name: 'things.zip' }).click()
    await button(page, 'Undo this import').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
    await page.getByRole('main').getByText('This import was undone').waitFor()
    await page.getByText('Undone: 52 things are removed, or as they were before.').waitFor()
    expect(await inLibrary(host)).toBe(0)
    // From what was chosen to what was undone, the page asked for nothing that was not there.
    await openAdd(page)
    await choose(page, bundle())
    await button(page, 'Add 52 things').waitFor()
    await button(page, 'Lock the vault').click()
    await button(page, 'Unlock').waitFor()
    expect(refused.filter((one) => one.includes('/imports.') || one.startsWith('404'))).toEqual([])
  })

  it('asks for the password of a locked archive, says when it is the wrong one, and reads it with the right one', async ({
    host,
    page,
  }) => {
    await openAdd(page)
    await choose(page, fileOf('locked.zip', lockedByAes))
    await heading(page, 'This archive is locked').waitFor()
    await field(page, 'Password of the archive').fill('close sesame')
    await button(page, 'Open and look again').click()
    await page.getByText('That password does not open it.').first().waitFor()
    await field(page, 'Password of the archive').fill('open sesame')
    await button(page, 'Open and look again').click()
    await button(page, 'Add 1 thing').click()
    await page.getByRole('main').getByText('1 added').waitFor()
    expect(await inLibrary(host)).toBe(1)
  })

  it('says why it left a hostile archive alone, and keeps what is beside it', async ({ host, page }) => {
    await openAdd(page)
    const bomb = zipOf([bombEntry('big.txt', 100)])
    await choose(page, fileOf('bomb.zip', bomb), fileOf('one.md', note(1)))
    await page.getByText('Unpacked it would be far larger than it pretends to be').first().waitFor()
    await button(page, 'Add 1 thing').click()
    await page.getByRole('main').getByText('1 added · 1 could not be read').waitFor()
    expect(await inLibrary(host)).toBe(1)
  })

  it('asks which column is which where a table does not say', async ({ host, page }) => {
    await openAdd(page)
    await choose(
      page,
      fileOf('table.csv', 'x1;zz;qq\n03/04/2024;Coffee;3.20\n05/04/2024;Bread;4.10\n06/04/2024;Tea;2.00\n'),
    )
    await heading(page, 'Which column is which?').waitFor()
    await page.getByRole('columnheader', { name: 'zz' }).waitFor()
    for (const [what, column] of [
      ['Date', 'x1'],
      ['Title', 'zz'],
      ['Amount', 'qq'],
    ] as const) {
      await page.getByRole('button', { name: what }).click()
      await page.getByRole('option', { name: column, exact: true }).click()
    }
    await page.getByText('a date such as 03/04/2024').waitFor()
    await button(page, 'Use these columns').click()
    await heading(page, 'Which column is which?').waitFor({ state: 'detached' })
    await button(page, 'Month first').click()
    await heading(page, 'How dates are written').waitFor({ state: 'detached' })
    await page.getByText('From 4 March 2024 to 4 June 2024.').waitFor()
    await button(page, 'Add 3 things').click()
    await page.getByRole('main').getByText('3 added').waitFor()
    const { rows } = (await host.call('library.list', {})) as { rows: { type: string; title: string }[] }
    expect(rows.map(({ type, title }) => `${type} ${title}`).toSorted()).toEqual([
      'transaction Bread',
      'transaction Coffee',
      'transaction Tea',
    ])
  })

  it('still knows what was chosen after a reload, and forgets it when the vault is locked', async ({ host, page }) => {
    await openAdd(page)
    await choose(page, bundle())
    await heading(page, 'What was found').waitFor()
    await page.reload()
    await button(page, 'Add 52 things').waitFor()
    await host.call('vault.lock')
    await field(page, 'Passphrase').fill(passphrase)
    await button(page, 'Unlock').click()
    await heading(page, 'Add data').waitFor()
    await button(page, 'Choose files').waitFor()
    expect(await inLibrary(host)).toBe(0)
  })

  it('goes on with an import through Pause, a reload and Stop, and from there to its end', async ({ host, page }) => {
    const messages = 12_000
    await openAdd(page)
    await choose(page, fileOf('WhatsApp Chat with Ada.txt', chat(messages)))
    await page.getByRole('button', { name: /^Add 12,000 things$/ }).click()
    await button(page, 'Pause').click()
    await page.getByText('Paused').waitFor()
    await page.reload()
    await heading(page, 'WhatsApp Chat with Ada.txt').waitFor()
    await button(page, 'Resume').click()
    await button(page, 'Stop').click()
    await page.getByText('You stopped it.').waitFor()
    const stoppedAt = await inLibrary(host)
    expect(stoppedAt).toBeLessThan(messages)
    await button(page, 'Go on').click()
    await page.getByRole('main').getByText('12,000 added').waitFor()
    await page.getByText('Everything that could be read is in your vault.').waitFor()
    expect(await inLibrary(host)).toBe(messages)
  })

  it('says of an import that it waits for the one before it, and begins it when its turn has come', async ({
    clock,
    host,
    watched,
    page,
  }) => {
    await openAdd(page)
    await choose(page, fileOf('WhatsApp Chat with Ada.txt', chat(12_000)))
    await button(page, 'Add 12,000 things').click()
    await button(page, 'Pause').click()
    await page.getByText('Paused').waitFor()
    await openAdd(page)
    await choose(page, fileOf('calendar.ics', calendar(12)))
    await button(page, 'Add 12 things').click()
    await heading(page, 'calendar.ics').waitFor()
    const work = page.getByRole('region', { name: 'Work in progress' })
    await work.getByText('Waits for the one before it').waitFor()
    await page.getByText('Another import is being read. This one begins by itself when that one is done.').waitFor()
    await clock.advance(6000)
    expect(await page.getByText('No progress for a few seconds.').count()).toBe(0)
    await expectAccessible(watched)
    await openAdd(page)
    await page.getByRole('listitem').filter({ hasText: 'calendar.ics' }).getByText('Waiting').waitFor()
    await button(page, 'Resume').click()
    await work.waitFor({ state: 'detached' })
    expect(await inLibrary(host)).toBe(12_012)
  })

  it('takes what is dropped on any screen, folders too', async ({ watched, page }) => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'Diary', '.git'), { recursive: true })
    writeFileSync(join(folder, 'Diary', 'one.md'), note(1))
    writeFileSync(join(folder, 'Diary', '.git', 'two.md'), note(2))
    // The browser's own drag, as if it came from a window of files.
    const devtools = await watched.context.newCDPSession(page)
    const data = { items: [], files: [join(folder, 'Diary')], dragOperationsMask: 1 }
    const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      devtools.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data })
    await drag('dragEnter')
    await drag('dragOver')
    await page.getByText('Let go to add this').waitFor()
    await drag('dragOver')
    await drag('drop')
    await button(page, 'Add 1 thing').waitFor()
    await page.getByText('Diary/one.md').first().waitFor()
    expect(await page.getByText('Let go to add this').count()).toBe(0)
  })

  it('fills an empty vault with sample data, and takes it out again in one step', async ({ host, watched, page }) => {
    await host.call('library.writeNote', { title: 'My own', body: 'not from the sample' })
    await openAdd(page)
    await button(page, 'Try with sample data').click()
    await button(page, 'Remove sample data').waitFor()
    expect(await inLibrary(host)).toBeGreaterThan(100)
    expect(await button(page, 'Try with sample data').count()).toBe(0)
    await expectAccessible(watched)
    await button(page, 'Remove sample data').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove sample data' }).click()
    await button(page, 'Try with sample data').waitFor()
    expect(await inLibrary(host)).toBe(1)
  })

  it('is there for the keyboard alone, and in every look', async ({ watched, page }) => {
    await openAdd(page)
    await expectAccessible(watched)
    await page.locator('summary').nth(1).focus()
    await page.keyboard.press('Enter')
    await page.getByText('One chat at a time').waitFor()
    await page.getByText('Choose whether pictures and files come along.').waitFor()
    await expectAccessible(watched)
    await choose(page, bundle(), fileOf('locked.zip', lockedByAes), fileOf('t.csv', 'x1;zz;qq\n1;2;3\n4;5;6\n'))
    await heading(page, 'This archive is locked').waitFor()
    await expectAccessible(watched)
    const add = button(page, 'Add 54 things')
    await add.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /things\.zip.* and .*2.* more/ }).waitFor()
    await page.getByRole('main').getByText('54 added').waitFor()
    await expectAccessible(watched)
    await button(page, 'Undo this import').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await expectAccessible(watched)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('speaks German', async ({ host, watched, page }) => {
    await host.call('appearance.set', { language: 'de' })
    await page.getByRole('link', { name: 'Hinzufügen', exact: true }).click()
    await heading(page, 'Daten hinzufügen').waitFor()
    await expectAccessible(watched)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Dateien wählen' }).click()
    await (await chooser).setFiles([bundle()])
    await page.getByRole('button', { name: '52 Einträge hinzufügen' }).click()
    await page.getByRole('main').getByText('52 hinzugefügt · 1 nicht lesbar').waitFor()
    await expectAccessible(watched)
  })
})
