// Everything out, and back into another vault: nothing is lost on the way, and nothing comes twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordTypeNames, recordTypes } from '../../../electron/core/exports/record-types.ts'
import { bring, outcome } from '../imports/support.ts'
import { openLibrary } from '../library/support.ts'
import { failure, passphrase, vaultTemplate } from '../support.ts'
import { columnsNotExported, notExported } from './not-exported.ts'
import { bringBack, fill, fillEveryField, lock, recordsIn, takeOut } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const dayMs = 86_400_000

const namesOf = (column: string): string[] => {
  const others: Readonly<Record<string, string[]>> = {
    uid: ['id', 'import'],
    import_file: ['from'],
    is_sample: ['isSample'],
    level_by: ['levelBy'],
    made_by: ['madeBy'],
    made_in: ['madeIn'],
    body_is: ['bodyIs'],
  }
  return [column, ...(others[column] ?? [])]
}

describe('an export', () => {
  it('has every table and every column in it, but those that are named with the reason why not', async () => {
    const { db } = await openLibrary()
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
      .map(String)
    const missing = tables.filter((table) => !(table in recordTypes) && !(table in notExported))
    expect(missing).toEqual([])
    // A reason why something stays is the reason of one table, which is there and does not go out as well.
    expect(Object.keys(notExported).filter((table) => table in recordTypes || !tables.includes(table))).toEqual([])
    for (const type of recordTypeNames) {
      expect(tables).toContain(type)
      const fields = Object.keys(recordTypes[type].shape)
      const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(type).map(String)
      const forgotten = columns.filter(
        (column) =>
          columnsNotExported[type]?.[column] === undefined && !namesOf(column).some((name) => fields.includes(name)),
      )
      expect({ type, forgotten }).toEqual({ type, forgotten: [] })
      const gone = Object.keys(columnsNotExported[type] ?? {}).filter((column) => !columns.includes(column))
      expect({ type, gone }).toEqual({ type, gone: [] })
      // Nor may one field stand for two columns: the second would be forgotten.
      const fieldOf = (column: string) => namesOf(column).find((name) => fields.includes(name)) ?? column
      const told = columns.filter((column) => columnsNotExported[type]?.[column] === undefined).map(fieldOf)
      expect({ type, told: told.toSorted() }).toEqual({ type, told: [...new Set(told)].toSorted() })
    }
  })

  it('that comes back long after is equal in every field of every type of record', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fillEveryField(from)
    const out = await takeOut(from)
    const before = await recordsIn(out.path)
    // A field that is forgotten on the way would be what a new row has by itself: nothing, or the present.
    const says = (value: unknown) =>
      !['null', '0', 'false', '""', '[]', '{}', undefined].includes(JSON.stringify(value))
    for (const type of recordTypeNames) {
      const all = (before[type] ?? []).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      const silent = Object.keys(recordTypes[type].shape).filter((field) => !all.some((record) => says(record[field])))
      expect({ type, silent }).toEqual({ type, silent: [] })
    }
    await to.clock.advance(90 * dayMs)
    await to.call('vault.unlock', { passphrase })
    await bringBack(to, out.path)
    expect(await recordsIn((await takeOut(to)).path)).toEqual(before)
  })

  it.each([{ kind: 'readable' as const }, { kind: 'locked' as const, passphrase: lock }])(
    'that comes back into a fresh vault is equal, over every type of record ($kind)',
    async (wish) => {
      const [from, to] = [await template.open(), await template.open()]
      await fill(from)
      const out = await takeOut(from, wish)
      const result = await bringBack(to, out.path, wish.passphrase)
      expect(result).toEqual({ added: out.result.items, changed: 0, duplicate: 0 })

      const before = await recordsIn((await takeOut(from)).path)
      for (const type of recordTypeNames)
        expect({ type, some: before[type]?.length !== 0 }).toEqual({ type, some: true })
      expect(await recordsIn((await takeOut(to)).path)).toEqual(before)
      // The index of words is made anew.
      expect((await to.call('search.find', { query: 'quicksilver hedgehog' })).hits).toHaveLength(1)
    },
  )

  it('that comes back a second time adds nothing', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fill(from)
    const out = await takeOut(from)
    await bringBack(to, out.path)
    const once = await recordsIn((await takeOut(to)).path)
    expect(await bringBack(to, out.path)).toEqual({ added: 0, changed: 0, duplicate: out.result.items })
    expect(await bringBack(from, out.path)).toEqual({ added: 0, changed: 0, duplicate: out.result.items })
    expect(await recordsIn((await takeOut(to)).path)).toEqual(once)
  })

  it('joins what a vault has already: the newer words are what it says, the older ones stay as a version', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fill(from)
    const first = await takeOut(from)
    await bringBack(to, first.path)
    const [note] = (await from.call('library.list', { filter: { tags: ['Mine'] } })).rows
    const id = note?.id ?? ''
    await from.clock.advance(60_000)
    await from.call('library.writeNote', { id, title: 'Own', body: 'Written last' })
    await to.call('library.writeNote', { id, title: 'Own', body: 'Written before' })

    const newer = await takeOut(from)
    expect(await bringBack(to, newer.path)).toEqual({ added: 0, changed: 1, duplicate: first.result.items - 1 })
    expect((await to.call('library.get', { id })).body).toBe('Written last')
    const bodies = (await to.call('library.versions', { id })).map(({ body }) => body)
    expect(bodies.slice(0, 2)).toEqual(['Written last', 'Written before'])

    const older = await takeOut(to)
    await bringBack(from, older.path)
    expect((await from.call('library.get', { id })).body).toBe('Written last')
    expect((await from.call('library.versions', { id })).map(({ body }) => body)).toContain(
      'Second quicksilver-hedgehog, *better*',
    )
    expect(await bringBack(to, newer.path)).toEqual({ added: 0, changed: 0, duplicate: first.result.items })

    // Taking back what only joined takes nothing away, and says of nothing that the person kept it.
    const joined = (await to.call('imports.list')).find(({ changed }) => changed === 1)
    const undone = await to.finished(await to.call('imports.undo', { id: joined?.id ?? '' }))
    expect(undone.result).toEqual({ removed: 0, restored: 0, kept: 0, handedOver: 0 })
    expect((await to.call('library.get', { id })).body).toBe('Written last')
  })

  it('that came back is taken back like an import: exactly what it added goes, and nothing else', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fill(from)
    const own = await to.call('library.writeNote', { title: 'Here before', body: 'and stays' })
    const before = await recordsIn((await takeOut(to)).path)
    const out = await takeOut(from)
    await bringBack(to, out.path)
    const [listed, ...others] = await to.call('imports.list')
    expect(others).toHaveLength(2)
    expect(listed).toMatchObject({
      name: { first: out.result.name, more: 0 },
      state: 'done',
      added: out.result.items,
      job: null,
    })
    const id = listed?.id ?? ''
    expect((await to.call('imports.get', { id })).summary).toEqual(listed)
    // What it added is shown by its number, as of any import.
    const filter = { import: id }
    const [lying, trashed] = [await to.call('library.list', { filter }), { ...filter, trashed: true }]
    expect(lying.total + (await to.call('library.list', { filter: trashed })).total).toBe(out.result.items)
    expect(lying.total).toBeGreaterThan(0)
    expect((await to.call('search.find', { query: 'quicksilver hedgehog', filter })).hits).toHaveLength(1)
    expect((await to.call('search.find', { query: 'stays', filter })).hits).toEqual([])

    const job = await to.finished(await to.call('imports.undo', { id }))
    expect(job.result).toEqual({ removed: out.result.items, restored: 0, kept: 0, handedOver: 0 })
    expect(await recordsIn((await takeOut(to)).path)).toEqual(before)
    expect((await to.call('imports.list')).map(({ state }) => state)).toEqual(['undone'])
    expect((await to.call('search.find', { query: 'quicksilver hedgehog' })).hits).toEqual([])
    expect((await to.call('library.get', { id: own.id })).body).toBe('and stays')
    expect((await failure(to.call('imports.undo', { id }))).code).toBe('IMPORT_UNDONE')
    // And may come again.
    expect(await bringBack(to, out.path)).toMatchObject({ added: out.result.items })
  })

  it('that is taken back leaves what the person has changed since, unless asked for that too', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fill(from)
    const out = await takeOut(from)
    await bringBack(to, out.path)
    const [note] = (await to.call('library.list', { filter: { tags: ['Mine'] } })).rows
    await to.call('library.tag', { which: { ids: [note?.id ?? ''] }, add: ['touched'] })
    const id = (await to.call('imports.list'))[0]?.id ?? ''
    const undo = async (changedToo: boolean) =>
      (await to.finished(await to.call('imports.undo', { id, changedToo }))).result
    expect(await undo(false)).toEqual({ removed: out.result.items - 1, restored: 0, kept: 1, handedOver: 0 })
    expect((await to.call('library.list')).rows.map((row) => row.id)).toEqual([note?.id])
  })

  it('that is stopped while it comes back is known of, is taken back, or comes again to its end', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fill(from)
    for (let n = 0; n < 150; n += 1) await from.call('library.writeNote', { title: `Note ${n}`, body: 'more' })
    const out = await takeOut(from)
    const [handle = ''] = to.app.files.offer([out.path])
    const started = await to.call('exports.restore', { handle })
    while ((await to.call('library.list')).total === 0) await new Promise((resolve) => setImmediate(resolve))
    await to.call('jobs.cancel', { id: started.job })
    expect((await to.finished(started)).state).toBe('cancelled')
    const stopped = (await to.call('imports.list')).find(({ name }) => name.first === out.result.name)
    expect(stopped).toMatchObject({ of: 'export', state: 'stopped', canGoOn: false })
    expect(stopped?.added).toBeLessThan(out.result.items)
    expect((await to.call('library.list')).total).toBeGreaterThan(0)

    await to.finished(await to.call('imports.undo', { id: stopped?.id ?? '' }))
    expect((await to.call('library.list')).total).toBe(0)
    expect(await bringBack(to, out.path)).toMatchObject({ added: out.result.items })
  })

  it('is known for one where it is brought in among other files, and is not taken apart', async () => {
    const from = await template.open()
    await fill(from)
    for (const wish of [{ kind: 'readable' as const }, { kind: 'locked' as const, passphrase: lock }]) {
      const { path } = await takeOut(from, wish)
      const brought = await bring(from, from.app.files.offer([path]))
      const { counts, problems } = await outcome(from, brought.import)
      expect({ added: counts.added, problems: Object.values(problems) }).toEqual({ added: 0, problems: ['is-export'] })
    }
  })

  it('is in the record, and so is what came back', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fill(from)
    const out = await takeOut(from)
    expect((await from.call('ledger.list')).entries[0]?.act).toEqual({
      act: 'export.made',
      kind: 'readable',
      items: out.result.items,
    })
    await bringBack(to, out.path)
    expect((await to.call('ledger.list')).entries[0]?.act).toMatchObject({
      act: 'export.restored',
      added: out.result.items,
    })
  })

  it('has each setting that comes and goes with it in the record', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await from.call('settings.set', { autoLockMinutes: 25, singleKeyShortcuts: true, searchRecency: 7 })
    await to.call('settings.set', { searchRecency: 9 })
    await bringBack(to, (await takeOut(from)).path)
    const changes = async () =>
      (await to.call('ledger.list')).entries.flatMap(({ act }) =>
        act.act === 'settings.changed' ? [[act.setting, act.from, act.to]] : [],
      )
    const came = ['autoLockMinutes', 10, 25]
    expect(await changes()).toEqual([came, ['searchRecency', 50, 9]])
    const [{ id } = { id: '' }] = await to.call('imports.list')
    await to.finished(await to.call('imports.undo', { id }))
    expect(await changes()).toEqual([['autoLockMinutes', 25, 10], came, ['searchRecency', 50, 9]])
    expect(await to.call('settings.get')).toMatchObject({ autoLockMinutes: 10, searchRecency: 9 })
  })

  it('that brings a collection and nothing else is seen to have done so, and to have taken it along', async () => {
    const [from, to] = [await template.open(), await template.open()]
    const { id: note } = await from.call('library.writeNote', { title: 'Note', body: '' })
    await from.call('library.collect', { which: { ids: [note] }, add: [{ name: 'Trips' }] })
    await from.finished(await from.call('library.erase', { which: { ids: [note] } }))
    const names = async () => (await to.call('library.collections')).map(({ name }) => name)
    expect(await names()).toEqual([])
    await bringBack(to, (await takeOut(from)).path)
    expect(await names()).toEqual(['Trips'])
    // A page that asks in the middle of it is told anew at the end.
    to.app.onEvent(({ event }) => void (event === 'job.changed' && names()))
    const [{ id } = { id: '' }] = await to.call('imports.list')
    await to.finished(await to.call('imports.undo', { id }))
    expect(await names()).toEqual([])
  })
})
