import { describe, expect, it } from 'vitest'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { NewItem } from '../../../electron/core/library/library.ts'
import { contentOf, countsOf, importFile, message, openLibrary, takenBack } from './support.ts'

const ada = { name: 'Ada', address: 'ada@example.org', role: 'from' } as const
const picture = { name: 'sea.png', media: 'image/png', content: Buffer.from('not really a picture') }

describe('adding to the library', () => {
  it('keeps what it is given, and the same again adds nothing', async () => {
    const library = await openLibrary()
    const item = message({ people: [ada], tags: ['sea'], collections: ['Trips'], attachments: [picture] })
    expect(await library.add([item, item, message({ same: 'chat/2' })])).toEqual(['added', 'duplicate', 'added'])
    const before = contentOf(library)
    expect(await library.add([item, message({ same: 'chat/2' })])).toEqual(['duplicate', 'duplicate'])
    expect(contentOf(library)).toEqual(before)
    expect(readdirSync(join(library.folder, 'blobs'))).toHaveLength(1)
  })

  it('keeps what it said before where its source says something new', async () => {
    const { add, all, library } = await openLibrary()
    await add([message()])
    expect(await add([message({ body: 'See you at the station' })])).toEqual(['changed'])
    const [row] = all()
    expect(library.versions(row?.id ?? '').map(({ version, body, by }) => ({ version, body, by }))).toEqual([
      { version: 2, body: 'See you at the station', by: 'import' },
      { version: 1, body: 'See you at the harbour', by: 'import' },
    ])
  })

  it('takes a changed time, fact or kind of text for news, and another place in the file for none', async () => {
    const { add } = await openLibrary()
    await add([message()])
    const outcomes = []
    const news: Partial<NewItem>[] = [
      { position: 9 },
      { when: { day: '2025-06-01' } },
      { facts: { edited: true } },
      { bodyIs: 'markdown' },
    ]
    for (const changes of news) outcomes.push(...(await add([message(changes)])))
    expect(outcomes).toEqual(['duplicate', 'changed', 'changed', 'changed'])
  })

  it('takes half a character in whatever a source says for what it is, and the rest as it stands', async () => {
    const { add, all, library } = await openLibrary()
    const half = '\ud83d'
    const broken = message({
      title: `A ${half} title`,
      body: half,
      facts: { place: `x${half}`, [`na${half}me`]: ['a', { b: half }] },
      people: [{ name: half, role: 'from' }],
      tags: [`t${half}`],
    })
    expect(library.comparison()([broken], 'chat.json')).toEqual(['added'])
    expect(await add([broken, message({ same: 'chat/2' })])).toEqual(['added', 'added'])
    expect(await add([broken])).toEqual(['duplicate'])
    const found = all()
      .map(({ id }) => library.get(id))
      .find(({ title }) => title.startsWith('A '))
    expect(found?.facts).toEqual({ place: 'x\ufffd', 'na\ufffdme': ['a', { b: '\ufffd' }] })
    expect(JSON.stringify(all())).not.toMatch(/\\ud83d/)
  })

  it('leaves what the person wrote alone where the source says nothing new', async () => {
    const { add, all, library } = await openLibrary()
    await add([message({ type: 'note', source: 'obsidian' })])
    library.writeNote({ id: all()[0]?.id, title: 'Mine', body: 'My own words' })
    expect(await add([message({ type: 'note', source: 'obsidian' })])).toEqual(['duplicate'])
    expect(all()[0]?.title).toBe('Mine')
  })

  it('adds a file that comes later, once, and keeps one content once', async () => {
    const { add, all, db, library } = await openLibrary()
    await add([message(), message({ same: 'chat/2', attachments: [picture] })])
    expect(await add([message({ attachments: [{ ...picture, name: 'again.png' }] })])).toEqual(['changed'])
    expect(await add([message({ attachments: [{ ...picture, name: 'again.png' }] })])).toEqual(['duplicate'])
    expect(all().map((row) => row.attachments)).toEqual([1, 1])
    expect(db.prepare('SELECT count(*) FROM blobs').pluck().get()).toBe(1)
    const { id = '' } = library.get(all()[0]?.id ?? '').attachments[0] ?? {}
    expect(Buffer.concat([...library.openAttachment(id).chunks()])).toEqual(picture.content)
  })

  it('what a transaction takes back leaves no file that anybody could read', async () => {
    const { db, library, blobs, folder } = await openLibrary()
    const staged = await library.stage([message({ attachments: [picture] })])
    const adding = db.transaction(() => {
      staged.batch((keep) => keep(null, 0, 1))
      throw new Error('half way')
    })
    expect(adding).toThrow('half way')
    staged.drop()
    blobs.sweep()
    expect(readdirSync(join(folder, 'blobs'))).toEqual([])
    expect(db.prepare('SELECT count(*) FROM items').pluck().get()).toBe(0)
  })

  it('knows a person by address, and learns a name that comes later', async () => {
    const { add, all, library } = await openLibrary()
    await add([
      message({ people: [{ name: 'ada@example.org', address: 'Ada@Example.org', role: 'from' }] }),
      message({ same: 'chat/2', people: [{ ...ada, name: 'Ada Lovelace' }] }),
      message({ same: 'chat/3', people: [{ name: 'Ada Lovelace', role: 'to' }] }),
    ])
    expect(all().map(({ people }) => people)).toEqual([['Ada Lovelace'], ['Ada Lovelace'], ['Ada Lovelace']])
    expect(library.people('LOVE', 10)).toHaveLength(2)
    expect(library.people('example', 10)).toHaveLength(1)
    // What tells them apart inside is no part of their names.
    for (const typed of ['mail', 'name', 'na', ':']) expect(library.people(typed, 10), typed).toEqual([])
  })

  it('files a thing under the day it was lived on, wherever that was', async () => {
    const { add, all } = await openLibrary()
    await add([
      message({ when: { at: Date.UTC(2025, 0, 1, 3), offset: -480 } }),
      message({ same: '2', when: { day: '2024-02-29' } }),
      message({ same: '3', when: undefined }),
    ])
    expect(all().map(({ timing, day }) => [timing, day])).toEqual([
      ['moment', '2024-12-31'],
      ['day', '2024-02-29'],
      ['none', '2026-01-15'],
    ])
    expect(all()[0]?.at).toBe('2024-12-31T19:00:00.000-08:00')
  })

  it.each([
    [{ at: Number.NaN }],
    [{ at: 8.64e15 }],
    [{ at: -1e15 }],
    [{ day: '0000-00-00' }],
    [{ day: '2025-02-30' }],
    [{ day: 'yesterday' }],
  ])('a time that is none, %j, is no time', async (when) => {
    const { add, all } = await openLibrary()
    expect(await add([message({ when })])).toEqual(['added'])
    expect(all()[0]).toMatchObject({ timing: 'none', day: '2026-01-15' })
  })

  it('takes names for tags and collections as they may be, and no name that is none', async () => {
    const { add, all, library } = await openLibrary()
    await add([
      message({ tags: ['a, b', '#x', ' ', '\u202E'], collections: ['Two\nlines'], title: 'A\0\u2028b\uD800' }),
    ])
    const [row] = all()
    expect(row).toMatchObject({ tags: ['a b', 'x'], title: 'A b\uFFFD' })
    expect(library.collections().map(({ name }) => name)).toEqual(['Two lines'])
  })

  it('compares without writing anything', async () => {
    const library = await openLibrary()
    await library.add([message()])
    const before = contentOf(library)
    const items = [message(), message({ body: 'New' }), message({ same: 'x' }), message({ attachments: [picture] })]
    const compare = library.library.comparison()
    expect(compare(items, 'chat.json')).toEqual(['duplicate', 'changed', 'added', 'changed'])
    // What it has met before is known to it, in an earlier batch too.
    const more = [message({ same: 'x' }), message({ same: 'x', body: 'New' })]
    expect(compare(more, 'chat.json')).toEqual(['duplicate', 'changed'])
    expect(contentOf(library)).toEqual(before)
  })
})

describe('taking an import back', () => {
  it('leaves the vault as it was before, to the last row', async () => {
    const library = await openLibrary()
    const first = importFile(library, 1)
    await library.add([message({ people: [ada], links: [{ kind: 'part', same: 'chat' }], tags: ['sea'] })], first)
    await library.add([message({ same: 'left alone' })], first)
    const second = importFile(library, 2)
    const before = contentOf(library)
    const bob = { name: 'Bob', role: 'with' } as const
    const changes = {
      body: 'Later',
      people: [bob],
      links: [],
      tags: ['new'],
      collections: ['Box'],
      attachments: [picture],
    }
    await library.add(
      [message(changes), message({ same: 'new', collections: ['Box'], attachments: [picture] })],
      second,
    )
    expect(library.db.prepare('SELECT name FROM people ORDER BY id').pluck().all()).toEqual(['Ada', 'Bob'])
    expect(library.library.people('a', 10)).toEqual([])
    await library.add([message({ same: 'left alone' })], second)
    expect(countsOf(library).kept).toEqual(countsOf(library).anew)
    expect(takenBack(library, 2)).toEqual({ removed: 1, restored: 1, kept: 0, handedOver: 0 })
    expect(countsOf(library).kept).toEqual(countsOf(library).anew)
    // These only say that something has happened.
    const without = ['changes', 'change_rows']
    expect(contentOf(library, without)).toEqual({
      ...Object.fromEntries(Object.entries(before).filter(([table]) => !without.includes(table))),
    })
  })

  it('leaves a name as it was known before, where a better one was learnt from what goes', async () => {
    const library = await openLibrary()
    const [first, second] = [importFile(library, 1), importFile(library, 2)]
    const byAddress = { ...ada, name: ada.address }
    await library.add([message({ people: [byAddress] }), message({ same: '2', people: [byAddress] })], first)
    const people = () => library.db.prepare('SELECT id, name, folded FROM people').all()
    const before = people()
    await library.add([message({ same: '3', people: [ada] }), message({ same: '4', people: [ada] })], second)
    await library.add([message({ body: 'Later', people: [{ ...ada, name: 'A. Lovelace' }] })], second)
    expect(people()).toMatchObject([{ name: 'A. Lovelace' }])
    expect(takenBack(library, 2)).toMatchObject({ removed: 2, restored: 1 })
    expect(people()).toEqual(before)
  })

  it('leaves a collection that the person has named, or put something into, and one that others fill', async () => {
    const library = await openLibrary()
    const [first, second] = [importFile(library, 1), importFile(library, 2)]
    await library.add([message({ collections: ['Left', 'Named', 'Filled', 'Shared'] })], first)
    await library.add([message({ same: '2', collections: ['Shared'] })], second)
    const own = library.library.writeNote({ title: 'Mine', body: '' }).id
    const idOf = (name: string) => library.library.collections().find((one) => one.name === name)?.id ?? ''
    library.library.renameCollection({ id: idOf('Named'), name: 'Named anew' })
    library.library.collect({ which: { ids: [own] }, add: [{ id: idOf('Filled') }], remove: [] })
    library.library.collect({ which: { ids: [own] }, add: [], remove: [{ id: idOf('Filled') }] })
    takenBack(library, 1)
    const names = () => library.library.collections().map(({ name, items }) => [name, items])
    expect(names()).toEqual([
      ['Filled', 0],
      ['Named anew', 0],
      ['Shared', 1],
    ])
    takenBack(library, 2)
    expect(names()).toEqual([
      ['Filled', 0],
      ['Named anew', 0],
    ])
  })

  it('leaves what the person has changed, unless asked for that too', async () => {
    const library = await openLibrary()
    const file = importFile(library, 1)
    await library.add([message({ type: 'note' }), message({ same: '2' }), message({ same: '3' })], file)
    const note = library.library.list({ filter: { types: ['note'] }, offset: 0, limit: 1 }).rows[0]?.id ?? ''
    library.library.writeNote({ id: note, title: 'Mine', body: 'now' })
    expect(takenBack(library, 1)).toEqual({ removed: 2, restored: 0, kept: 1, handedOver: 0 })
    expect(library.all()).toHaveLength(1)
    expect(takenBack(library, 1, true)).toEqual({ removed: 1, restored: 0, kept: 0, handedOver: 0 })
    expect(library.all()).toEqual([])
  })

  it('leaves what a later import brought in a newer form to that one', async () => {
    const library = await openLibrary()
    const [first, second] = [importFile(library, 1), importFile(library, 2)]
    await library.add([message()], first)
    await library.add([message({ body: 'Newer' })], second)
    // Nobody has changed anything: it is the other one's now.
    expect(takenBack(library, 1)).toEqual({ removed: 0, restored: 0, kept: 0, handedOver: 1 })
    expect(library.all()[0]?.excerpt).toBe('Newer')
    expect(takenBack(library, 2)).toEqual({ removed: 1, restored: 0, kept: 0, handedOver: 0 })
  })

  it('is one change for all that it makes as it was, not one for each', async () => {
    const library = await openLibrary()
    const [first, second] = [importFile(library, 1), importFile(library, 2)]
    await library.add([message(), message({ same: '2' }), message({ same: '3' })], first)
    await library.add(
      [message({ body: 'a' }), message({ same: '2', body: 'b' }), message({ same: '3', body: 'c' })],
      second,
    )
    const changes = () => Number(library.db.prepare('SELECT count(*) FROM changes').pluck().get())
    const before = changes()
    expect(takenBack(library, 2)).toEqual({ removed: 0, restored: 3, kept: 0, handedOver: 0 })
    expect(changes()).toBe(before + 1)
  })
})
