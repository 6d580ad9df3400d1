// Files that call a thing by one name and say different things of it.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vaultTemplate } from '../support.ts'
import { bring, folderOf, outcome, previewed } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const tea = (day: number) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:tea@example.org',
    `DTSTART:202403${day}T100000Z`,
    'SUMMARY:Tea',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
const card = (organisation: string) =>
  ['BEGIN:VCARD', 'VERSION:4.0', 'UID:ada', 'FN:Ada', `ORG:${organisation}`, 'END:VCARD', ''].join('\r\n')

const nothingNew = { added: 0, changed: 0, failed: 0 }

describe('two files that share a name for a thing', () => {
  it('bring nothing new when they come again, whichever was heard last', async () => {
    const app = await template.open()
    const folder = folderOf({
      'home.ics': tea(11),
      'work.ics': tea(12),
      'home.vcf': card('Harbour'),
      'work.vcf': card('Station'),
    })
    const again = async () => {
      const found = await previewed(app, app.app.files.offer([folder]))
      const brought = await bring(app, app.app.files.offer([folder]))
      return [found, (await outcome(app, brought.import)).counts]
    }
    const expected = { added: 2, changed: 2, duplicate: 0, failed: 0 }
    expect(await again()).toMatchObject([expected, expected])
    expect(await again()).toMatchObject([nothingNew, nothingNew])
    expect(await again()).toMatchObject([nothingNew, nothingNew])
    const { rows } = await app.call('library.list', { filter: { types: ['event'] } })
    const versions = await app.call('library.versions', { id: rows[0]?.id ?? '' })
    expect(versions).toHaveLength(2)
  })

  it('are heard where one of them says something that it did not say last', async () => {
    const app = await template.open()
    const counted = async (files: Readonly<Record<string, string>>) => {
      const folder = folderOf(files)
      const handles = app.app.files.offer(Object.keys(files).map((name) => `${folder}/${name}`))
      const brought = await bring(app, handles)
      const { added, changed, duplicate } = (await outcome(app, brought.import)).counts
      return [added, changed, duplicate]
    }
    expect(await counted({ 'home.ics': tea(11), 'work.ics': tea(12) })).toEqual([1, 1, 0])
    expect(await counted({ 'home.ics': tea(13), 'work.ics': tea(12) })).toEqual([0, 1, 1])
    // Moved back to where it was before: what home.ics said first it did not say last.
    expect(await counted({ 'home.ics': tea(11) })).toEqual([0, 1, 0])
    const { rows } = await app.call('library.list', { filter: {} })
    expect(rows.map(({ day }) => day)).toEqual(['2024-03-11'])
  })
})

describe('two files of one name', () => {
  const table = (what: string) =>
    ['Date,Title,Amount', ...[1, 2, 3].map((day) => `2024-03-0${day},${what} ${day},${day}.00`), ''].join('\n')
  const inBoth = (name: string, content: (what: string) => string | Uint8Array) => {
    const folder = folderOf({ [`a/${name}`]: content('Bread'), [`b/${name}`]: content('Salt') })
    return ['a', 'b'].map((one) => `${folder}/${one}/${name}`)
  }

  it('are both what they are, whichever came second, and bring nothing new when they come again', async () => {
    const app = await template.open()
    const paths = inBoth('export.csv', table)
    const brought = async () => {
      const { import: id } = await bring(app, app.app.files.offer(paths))
      const { files, summary } = await app.call('imports.get', { id, limit: 10 })
      expect(files.map(({ path }) => path)).toEqual(['export.csv', 'export (2).csv'])
      expect(new Set(files.map(({ format }) => format)).size).toBe(1)
      return summary
    }
    expect(await brought()).toMatchObject({ added: 6, duplicate: 0, failed: 0 })
    expect(await brought()).toMatchObject({ ...nothingNew, duplicate: 6 })
    const alone = await bring(app, app.app.files.offer(paths.slice(1)))
    expect((await outcome(app, alone.import)).counts).toMatchObject({ ...nothingNew, duplicate: 3 })
  })

  it('are told apart, whatever their name is like', async () => {
    const app = await template.open()
    const seconds = {
      'export.tar.csv': 'export.tar (2).csv',
      export: 'export (2)',
      '.export': '.export (2)',
      'St. Ives': 'St. Ives (2)',
    }
    const paths = Object.keys(seconds).flatMap((name) => inBoth(name, table))
    const { import: id } = await bring(app, app.app.files.offer(paths))
    expect(Object.keys((await outcome(app, id)).files)).toEqual(Object.entries(seconds).flat())
  })

  it('stay what they are where they are compressed', async () => {
    const app = await template.open()
    const paths = inBoth('export.csv.gz', (what) => gzipSync(table(what)))
    const { import: id } = await bring(app, app.app.files.offer(paths))
    const found = await outcome(app, id)
    expect(found.counts).toMatchObject({ added: 6, failed: 0 })
    expect(Object.keys(found.files)).toContain('export (2).csv.gz/export (2).csv')
  })
})
