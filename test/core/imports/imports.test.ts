// Bringing files in, from the handle to the items in the vault, and out again.
import { readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, vaultTemplate } from '../support.ts'
import { lockedByPkware } from './reader/archives/locked-zips.ts'
import { bring, calendar, folderOf, note, outcome, previewed, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('an import', () => {
  it('keeps what its files hold, says what became of each, and is in the record', async () => {
    const app = await template.open()
    const handles = await uploaded(app, {
      'Diary/one.md': note(1),
      'Diary/cal.ics': calendar(3),
      'x.bin': '\0\u0001\u0002',
    })
    const brought = await bring(app, handles)
    expect(brought.job.state).toBe('done')
    expect(await outcome(app, brought.import)).toEqual({
      state: 'done',
      counts: { added: 4, changed: 0, duplicate: 0, skipped: 0, failed: 1 },
      files: { 'Diary/one.md': 'done', 'Diary/cal.ics': 'done', 'x.bin': 'failed' },
      problems: { 'x.bin': 'not-recognised' },
    })
    const { rows } = await app.call('library.list')
    expect(rows.map(({ title }) => title).toSorted()).toEqual(['Note 1', 'Tea 0', 'Tea 1', 'Tea 2'])
    const { entries } = await app.call('ledger.list')
    expect(entries[0]?.act).toEqual({
      act: 'import.finished',
      import: brought.import,
      added: 4,
      changed: 0,
      duplicate: 0,
      failed: 1,
    })
  })

  it('of the same thing again adds nothing, under whatever name it comes', async () => {
    const app = await template.open()
    await bring(app, await uploaded(app, { 'cal.ics': calendar(30), 'a.md': note(1) }))
    const again = await bring(app, await uploaded(app, { 'other.ics': calendar(30), 'a.md': note(1) }))
    expect((await outcome(app, again.import)).counts).toEqual({
      added: 0,
      changed: 0,
      duplicate: 31,
      skipped: 0,
      failed: 0,
    })
  })

  it('reads a folder of this computer, and follows no link out of it', async () => {
    const app = await template.open()
    const folder = folderOf({ 'deep/er/one.md': note(1), '.DS_Store': 'x', 'empty.txt': '' })
    symlinkSync('/etc', join(folder, 'out'))
    const brought = await bring(app, app.app.files.offer([folder]))
    const { problems, counts } = await outcome(app, brought.import)
    const name = folder.split('/').at(-1)
    expect(counts).toMatchObject({ added: 1, failed: 1 })
    expect(problems).toEqual({ [`${name}/out`]: 'link', [`${name}/empty.txt`]: 'empty' })
  })

  it('says of what is gone by then that it is gone', async () => {
    const app = await template.open()
    const brought = await bring(app, app.app.files.offer(['/nowhere/at/all.md']))
    expect((await outcome(app, brought.import)).problems).toEqual({ 'all.md': 'gone' })
  })

  it('is shown with what it only renewed, in lists and where one searches', async () => {
    const app = await template.open()
    await bring(app, await uploaded(app, { 'a.ics': calendar(2) }))
    const renewed = calendar(2).replace('SUMMARY:Tea 1', 'SUMMARY:Cocoa 1')
    const { import: id } = await bring(app, await uploaded(app, { 'a.ics': renewed }))
    expect((await outcome(app, id)).counts).toMatchObject({ added: 0, changed: 1 })
    expect(await app.call('library.list', { filter: { import: id } })).toMatchObject({ rows: [{ title: 'Cocoa 1' }] })
    expect((await app.call('search.find', { query: 'cocoa', filter: { import: id } })).total).toBe(1)
  })

  it('lists every problem of a file up to very many, and says how many more it only counted', async () => {
    const app = await template.open()
    const broken = (count: number) => calendar(count).replaceAll(/DTSTART:.*/gu, 'DTSTART:never')
    const paths = [folderOf({ 'few.ics': broken(300) }), folderOf({ 'many.ics': broken(1203) })]
    const { import: id } = await bring(app, app.app.files.offer(paths))
    const told = await app.call('imports.get', { id, offset: 1200, limit: 200 })
    expect(told).toMatchObject({ summary: { failed: 1503 }, problemsInAll: 1300, problemsUnlisted: 203 })
    expect(told.problems).toHaveLength(100)
    const looked = await previewed(app, app.app.files.offer(paths))
    expect(looked.problems.length + looked.problemsUnlisted).toBe(1503)
  })

  it('leaves no title or file of what was erased since among the jobs that have ended', async () => {
    const app = await template.open()
    const secret = { 'Divorce.ics': calendar(1).replaceAll('Tea 0', 'Meet the lawyer') }
    await previewed(app, await uploaded(app, secret))
    await bring(app, await uploaded(app, secret))
    const told = async () => JSON.stringify(await app.call('jobs.list'))
    expect(await told()).toContain('Meet the lawyer')
    await app.finished(await app.call('library.erase', { which: { filter: {} } }))
    expect(await told()).not.toMatch(/lawyer|Divorce/u)
  })

  it('says what it needs, whatever page of its files and problems is asked for', async () => {
    const app = await template.open()
    const broken = calendar(101).replaceAll(/DTSTART:.*/gu, 'DTSTART:never')
    const paths = [folderOf({ 'cal.ics': broken }), folderOf({ 'zip.zip': lockedByPkware })]
    const started = await bring(app, app.app.files.offer(paths))
    const needs = async (offset: number) =>
      (await app.call('imports.get', { id: started.import, offset, limit: 100 })).summary.needs
    const first = await app.call('imports.get', { id: started.import, limit: 100 })
    expect(first).toMatchObject({ summary: { needs: 'password', failed: 102, files: 3 }, problemsInAll: 102 })
    expect(first.problems.map(({ why }) => why)).not.toContain('needs-password')
    expect(await needs(100)).toBe('password')
    const resume = async (password: string) =>
      app.finished(await app.call('imports.resume', { id: started.import, options: { password } }))
    await resume('not this one')
    expect([await needs(0), (await app.call('imports.list'))[0]?.needs]).toEqual(['other-password', 'other-password'])
    await resume('open sesame')
    expect(await needs(0)).toBeNull()

    const gone = await bring(app, app.app.files.offer(['/nowhere/at/all.md']))
    expect((await app.call('imports.get', { id: gone.import })).summary).toMatchObject({ needs: 'again', failed: 1 })
  })

  it('is called by the first of what was handed in, and how many more there are', async () => {
    const app = await template.open()
    const named = async (files: readonly string[]) => {
      const handles: string[] = []
      for (const name of files) handles.push(...(await uploaded(app, { [name]: note(1) })))
      const { import: id } = await bring(app, handles)
      return (await app.call('imports.get', { id })).summary.name
    }
    expect(await named(['one.md'])).toMatchObject({ first: 'one.md', more: 0 })
    const many = Array.from({ length: 28 }, (_, at) => `${at}.md`)
    expect(await named(['Denver.md', ...many])).toMatchObject({ first: 'Denver.md', more: 28 })
    // Two of one name are two; a folder is one, whatever stands in it.
    expect(await named(['one.md', 'one.md', 'Diary/a.md', 'Diary/b.md'])).toMatchObject({ first: 'one.md', more: 2 })
    // It is what it says, whoever called it so.
    expect(await named(['a and 3 more.md'])).toMatchObject({ first: 'a and 3 more.md', more: 0 })
  })

  it('says where in a file something stands, and what is counted there', async () => {
    const app = await template.open()
    const broken =
      'BEGIN:VEVENT\r\nUID:none@example.org\r\nDTSTART:never\r\nSUMMARY:Nothing\r\nEND:VEVENT\r\nEND:VCALENDAR'
    const files = {
      'cal.ics': calendar(1).replace('END:VCALENDAR', broken),
      'table.csv': 'name,when\nTea,2024-01-05\n',
    }
    const placed = { path: 'cal.ics', why: 'not-a-date', at: 8, unit: 'lines' }
    expect((await previewed(app, await uploaded(app, files))).problems).toMatchObject([placed])
    const { import: id } = await bring(app, await uploaded(app, files))
    expect((await app.call('imports.get', { id })).problems).toMatchObject([placed])
    const { rows } = await app.call('library.list')
    const origins = await Promise.all(rows.map(async (row) => (await app.call('library.get', { id: row.id })).origin))
    const units = origins.map((origin) => `${origin?.path} in ${origin?.unit}`)
    expect(units.toSorted()).toEqual(['cal.ics in lines', 'table.csv in records'])
  })

  it('refuses handles that nobody was given, and each of them twice', async () => {
    const app = await template.open()
    expect((await failure(app.call('imports.start', { handles: ['0'.repeat(32)] }))).code).toBe('NO_SUCH_FILE')
    const handles = await uploaded(app, { 'a.md': note(1) })
    await bring(app, handles)
    expect((await failure(app.call('imports.start', { handles }))).code).toBe('NO_SUCH_FILE')
  })

  it('leaves no upload on the disk when it is over', async () => {
    const app = await template.open()
    await bring(app, await uploaded(app, { 'a.md': note(1) }))
    expect(readdirSync(join(app.folder, 'incoming'))).toEqual([])
  })
})

describe('a preview', () => {
  it('counts what stands in two files of one drop once', async () => {
    const app = await template.open()
    const handles = await uploaded(app, { 'a.ics': calendar(3), 'b.ics': calendar(5) })
    expect(await previewed(app, handles)).toMatchObject({ added: 5, duplicate: 3 })
  })

  it('says what is there and what is new, and keeps nothing', async () => {
    const app = await template.open()
    await bring(app, await uploaded(app, { 'cal.ics': calendar(2) }))
    const handles = await uploaded(app, { 'cal.ics': calendar(5), 'a.md': note(1) })
    const seen = await previewed(app, handles)
    expect(seen).toMatchObject({ added: 4, duplicate: 2, failed: 0, types: { event: 5, note: 1 }, from: '2024-01-10' })
    expect((await app.call('library.list')).total).toBe(2)
    expect(await app.call('imports.list')).toHaveLength(1)
    // What was looked at can be brought in afterwards.
    expect((await outcome(app, (await bring(app, handles)).import)).counts.added).toBe(4)
  })

  it('asks whether the day comes first where no date of a file tells, and does as it is told', async () => {
    const app = await template.open()
    const open = { 'open.csv': 'date,title\n03/04/2024,Tea\n03/05/2024,Cake\n' }
    const clear = { 'clear.csv': 'date,title\n04/05/2024,Bread\n04/25/2024,Salt\n' }
    const handles = await uploaded(app, { ...open, ...clear })
    const ask = { path: 'open.csv', example: '03/04/2024', assumed: expect.stringMatching(/^(?:day|month)-first$/) }
    expect((await previewed(app, handles)).asks).toEqual([{ for: 'date-order', ...ask }])
    const told = await previewed(app, handles, { dateOrder: 'day-first' })
    expect(told).toMatchObject({ asks: [], from: '2024-04-03', to: '2024-05-03' })
    expect(await previewed(app, handles, { dateOrder: 'month-first' })).toMatchObject({ asks: [], from: '2024-03-04' })

    expect((await bring(app, handles, { dateOrder: 'day-first' })).job.result).toMatchObject({ guessed: [] })
    const { rows } = await app.call('library.list')
    expect(Object.fromEntries(rows.map(({ title, at }) => [title, at?.slice(0, 10)]))).toEqual({
      Tea: '2024-04-03',
      Cake: '2024-05-03',
      Bread: '2024-04-05',
      Salt: '2024-04-25',
    })
    const guessed = await bring(app, await uploaded(app, open))
    expect(guessed.job.result).toMatchObject({ guessed: [ask] })
  })

  it('asks which column is which where a table does not say', async () => {
    const app = await template.open()
    const rows = ['17;red;4', '18;blue;5', '19;green;6'].join('\n')
    const seen = await previewed(app, await uploaded(app, { 'odd.csv': `k;c;n\n${rows}\n` }))
    expect(seen.asks).toMatchObject([{ for: 'columns', path: 'odd.csv' }])
  })
})

describe('undoing an import', () => {
  it('removes exactly what it added and brings back what it changed', async () => {
    const app = await template.open()
    await bring(app, await uploaded(app, { 'first.ics': calendar(5) }))
    const before = await everything(app)
    const second = calendar(8)
      .replace('VERSION:2.0', 'VERSION:2.0\r\nX-WR-CALNAME:Work')
      .replace('SUMMARY:Tea 3', 'SUMMARY:Coffee after all')
      .replaceAll(/SUMMARY:(?:Coffee.*|Tea [567])/gu, '$&\r\nATTENDEE;CN=Ben:mailto:ben@example.org')
    const brought = await bring(app, await uploaded(app, { 'second.ics': second }))
    expect((await outcome(app, brought.import)).counts).toMatchObject({ added: 3, changed: 1, duplicate: 4 })
    const between = await everything(app)
    expect(between.collections).toMatchObject([{ name: 'Work', items: 4 }])
    expect(between.facets.people).toMatchObject([{ value: { name: 'Ben' }, count: 4 }])
    const undone = await app.finished(await app.call('imports.undo', { id: brought.import }))
    expect([undone.state, undone.result]).toEqual(['done', { removed: 3, restored: 1, kept: 0, handedOver: 0 }])
    expect(await everything(app)).toEqual(before)
    expect((await outcome(app, brought.import)).state).toBe('undone')
    expect((await app.call('ledger.list')).entries[0]?.act).toMatchObject({ act: 'import.undone', removed: 3 })
    expect((await failure(app.call('imports.undo', { id: brought.import }))).code).toBe('IMPORT_UNDONE')
  })
})

async function everything(app: Awaited<ReturnType<typeof template.open>>) {
  const { rows } = await app.call('library.list', { limit: 200 })
  return {
    items: await Promise.all(rows.map(({ id }) => app.call('library.get', { id }))),
    versions: await Promise.all(rows.map(({ id }) => app.call('library.versions', { id }))),
    collections: await app.call('library.collections'),
    people: await app.call('library.people', { like: '' }),
    facets: await app.call('library.facets', {}),
  }
}
