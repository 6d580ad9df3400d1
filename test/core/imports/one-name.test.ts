// Files that call a thing by one name and say different things of it.
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
