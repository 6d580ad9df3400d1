// Files that call a thing by one name and say different things of it.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vaultTemplate } from '../support.ts'
import { jpeg } from './reader/samples/pictures.ts'
import { bring, folderOf, outcome, previewed, uploaded } from './support.ts'

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
    expect(Object.keys(found.files)).toContain('export (2).csv.gz/export.csv')
  })

  it('are both called what their file is called', async () => {
    const app = await template.open()
    const { import: id } = await bring(app, app.app.files.offer(inBoth('day.md', (what) => `${what} was bought.`)))
    expect(Object.keys((await outcome(app, id)).files)).toEqual(['day.md', 'day (2).md'])
    const { rows } = await app.call('library.list', { filter: {} })
    expect(rows.map(({ title }) => title)).toEqual(['day', 'day'])
  })
})

describe('two folders of one name', () => {
  const sidecar = (description: string) =>
    JSON.stringify({ title: 'lake.jpg', description, photoTakenTime: { timestamp: '1710496230' } })
  const album = (what: string, width: number) => ({
    'lake.jpg': jpeg(undefined, [width, 30]),
    'lake.jpg.json': sidecar(what),
    'day.md': `${what}. See [[other]].`,
    'other.md': `Other: ${what}.`,
  })
  const [first, second] = [album('Spring', 40), album('Autumn', 50)]
  const under = (folder: string, files: Readonly<Record<string, string | Uint8Array>>) =>
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]))
  const names = [...Object.keys(under('x', first)), ...Object.keys(under('x (2)', second))].toSorted()

  const insist = async (app: Awaited<ReturnType<typeof template.open>>, handles: readonly string[]) => {
    const { import: id } = await bring(app, handles)
    const { files } = await outcome(app, id)
    expect(Object.keys(files).toSorted()).toEqual(names)
    const { rows } = await app.call('library.list', { filter: {} })
    const items = await Promise.all(rows.map((row) => app.call('library.get', { id: row.id })))
    const bodies = new Map(items.map(({ id: item, body }) => [item, body]))
    const told = items.map(({ title, body, links }) => [title, body, ...links.map((link) => bodies.get(link.item))])
    expect(told).toHaveLength(6)
    expect(told).toEqual(
      expect.arrayContaining([
        ['day', 'Autumn. See [[other]].', 'Other: Autumn.'],
        ['day', 'Spring. See [[other]].', 'Other: Spring.'],
        ['lake.jpg', 'Autumn'],
        ['lake.jpg', 'Spring'],
        ['other', 'Other: Autumn.'],
        ['other', 'Other: Spring.'],
      ]),
    )
  }

  it('are numbered as a whole, so that what is in each keeps its name and its neighbours', async () => {
    const app = await template.open()
    const folder = folderOf({ ...under('a/x', first), ...under('b/x', second) })
    const paths = ['a', 'b'].map((one) => `${folder}/${one}/x`)
    await insist(app, app.app.files.offer(paths))
    const again = await bring(app, app.app.files.offer(paths))
    expect((await outcome(app, again.import)).counts).toMatchObject({ ...nothingNew, duplicate: 6 })
  })

  it('are told apart where they are uploaded file by file', async () => {
    const app = await template.open()
    await insist(app, [...(await uploaded(app, under('x', first))), ...(await uploaded(app, under('x', second)))])
  })

  it('do not take the name of another that is numbered already', async () => {
    const app = await template.open()
    const folder = folderOf({ 'x (2)/n.md': 'a', 'a/x/n.md': 'b', 'b/x/n.md': 'c', 'c/x/m.md': 'd' })
    const paths = ['x (2)', 'a/x', 'b/x', 'c/x'].map((one) => `${folder}/${one}`)
    const { import: id } = await bring(app, app.app.files.offer(paths))
    const { files, counts } = await outcome(app, id)
    expect(Object.keys(files)).toEqual(['x (2)/n.md', 'x/n.md', 'x (3)/n.md', 'x (4)/m.md'])
    expect(counts).toMatchObject({ added: 4, failed: 0 })
  })
})
