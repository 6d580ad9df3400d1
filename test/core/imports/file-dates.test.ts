// Files that say no time themselves stand where the computer or the archive says that they were last changed.
import { execFileSync } from 'node:child_process'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../support/fake-clock.ts'
import { type TestApp, vaultTemplate } from '../support.ts'
import { zipOf } from './reader/archives/zips.ts'
import { bring, folderOf, outcome, previewed, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const spring = new Date(2019, 4, 4, 10, 30)
const autumn = new Date(2021, 9, 1, 8)
const notes = {
  'plain.txt': 'A list.\n',
  'own.md': '---\ndate: 2003-02-01\n---\n# Own\n\nDated.\n',
  'none.md': '# None\n',
}

const dated = (folder: string, when: Date) => {
  for (const name of Object.keys(notes)) utimesSync(join(folder, name), when, when)
  return folder
}

async function itemsOf(app: TestApp) {
  const { rows } = await app.call('library.list')
  const items = await Promise.all(rows.map(({ id }) => app.call('library.get', { id })))
  return Object.fromEntries(
    items.map(({ title, timing, at, facts }) => [title, { timing, at: Date.parse(at), fileDate: facts['fileDate'] }]),
  )
}

const undated = { timing: 'none', fileDate: undefined }
const ofSpring = { timing: 'moment', at: spring.getTime(), fileDate: spring.toISOString() }

describe('a file that says no time itself', () => {
  it('stands where it was last changed, and says so; one that does say keeps its own', async () => {
    const app = await template.open()
    const handles = app.app.files.offer([dated(folderOf(notes), spring)])
    expect((await previewed(app, handles)).to).toBe('2019-05-04')
    await bring(app, handles)
    const { Own: own, ...others } = await itemsOf(app)
    expect(own).toMatchObject({ timing: 'day', fileDate: undefined })
    expect(others).toEqual({ 'A list.': ofSpring, None: ofSpring })
  })

  it('stands there as well where a page has handed it in, and says of it what the page was told', async () => {
    const app = await template.open()
    await bring(app, await uploaded(app, notes, spring.getTime()))
    const { Own: own, ...others } = await itemsOf(app)
    expect(own).toMatchObject({ timing: 'day', fileDate: undefined })
    expect(others).toEqual({ 'A list.': ofSpring, None: ofSpring })
  })

  it('brings nothing new as a copy of another day, or of none', async () => {
    const app = await template.open()
    const folder = folderOf(notes)
    await bring(app, app.app.files.offer([dated(folder, spring)]))
    for (const handles of [app.app.files.offer([dated(folder, autumn)]), await uploaded(app, notes)]) {
      const { added, changed, duplicate } = (await outcome(app, (await bring(app, handles)).import)).counts
      expect([added, changed, duplicate]).toEqual([0, 0, 3])
    }
    expect(await itemsOf(app)).toMatchObject({ None: ofSpring })
  })

  it('stands where its archive says', async () => {
    const app = await template.open()
    const tar = execFileSync('tar', ['-cf', '-', '-C', dated(folderOf(notes), autumn), 'none.md'])
    const zip = zipOf([
      { name: 'plain.txt', content: notes['plain.txt'], changed: spring },
      { name: 'other.txt', content: 'Of no day.\n' },
    ])
    await bring(app, await uploaded(app, { 'a.zip': zip, 'b.tar': tar }))
    expect(await itemsOf(app)).toMatchObject({
      'A list.': ofSpring,
      'Of no day.': undated,
      None: { at: autumn.getTime() },
    })
  })

  it('has no time where nobody knows one, or where it is still to come', async () => {
    const app = await template.open()
    await bring(app, await uploaded(app, { 'plain.txt': notes['plain.txt'] }))
    const later = new Date(app.clock.now().getTime() + 3 * 86_400_000)
    await bring(app, app.app.files.offer([join(dated(folderOf(notes), later), 'none.md')]))
    expect(await itemsOf(app)).toMatchObject({ 'A list.': undated, None: undated })
  })

  it('has none in the sample, which was put on this computer whenever that was', async () => {
    const app = await template.open({
      clock: createFakeClock({ start: new Date(Date.now() + 86_400_000).toISOString() }),
    })
    await app.finished(await app.call('imports.addSample'))
    const { undated: count } = await app.call('library.timeline', { zoom: 'year' })
    expect(count).toBeGreaterThan(0)
    const { rows } = await app.call('library.list', { filter: { types: ['note'] }, limit: 200 })
    const facts = await Promise.all(rows.map(async ({ id }) => (await app.call('library.get', { id })).facts))
    expect(facts.filter((one) => 'fileDate' in one)).toEqual([])
  })
})
