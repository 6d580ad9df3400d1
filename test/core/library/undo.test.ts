import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sized } from '../../support/random.ts'
import { levels } from '../../../shared/api/items.ts'
import { AppError } from '../../../shared/errors.ts'
import type { NewItem } from '../../../electron/core/library/library.ts'
import { type TestLibrary, contentOf, countsOf, importFile, message, openLibrary } from './support.ts'

/** What undo itself remembers, and the record, go on; everything else is as it was. */
const memory = ['changes', 'change_rows', 'ledger', 'drafts']
const five = ['a', 'b', 'c', 'd', 'e']

async function withItems() {
  const opened = await openLibrary()
  await opened.add(
    five.map((same) =>
      message({
        same,
        body: `Words of ${same}`,
        tags: [same < 'c' ? 'old' : 'other'],
        people: [{ name: `Friend of ${same < 'd' ? 'a' : same}`, role: 'from' }],
      }),
    ),
  )
  opened.library.collect({
    which: { filter: { tags: ['old'] } },
    add: [{ name: 'There already' }, { name: 'And another' }],
    remove: [],
  })
  return opened
}

/** Numbers say which item, tag or collection is meant; an act on nothing is no act. */
const acts = {
  note: ({ library }: TestLibrary, n: number) =>
    library.writeNote({ title: `Note ${n % 4}`, body: `New words, as in [[note ${(n + 1) % 4}]]` }),
  edit: ({ library }: TestLibrary, n: number, text: string) => {
    const { rows } = library.list({ filter: { types: ['note'] }, offset: 0, limit: 9 })
    const id = rows[n % rows.length]?.id
    return id === undefined ? undefined : library.writeNote({ id, title: text, body: `${text} [[Note ${n % 4}]]` })
  },
  version: ({ library }: TestLibrary, n: number) => {
    const { rows } = library.list({ filter: { types: ['note'] }, offset: 0, limit: 9 })
    const id = rows[n % rows.length]?.id ?? ''
    const old = id === '' ? undefined : library.versions(id)[1]
    return old === undefined ? undefined : library.restoreVersion({ id, version: old.version })
  },
  level: (one: TestLibrary, n: number) =>
    one.library.setLevel({ which: someOf(n), level: levels[n % levels.length] ?? 'secret' }),
  tag: (one: TestLibrary, n: number) =>
    one.library.tag({ which: someOf(n), add: [`tag ${n % 3}`], remove: [n % 2 === 0 ? 'old' : `tag ${n % 4}`] }),
  rename: (one: TestLibrary, n: number) => {
    const id = boxOf(one, n)
    return id === undefined ? undefined : one.library.renameCollection({ id, name: `Box ${n} of ${id.slice(0, 8)}` })
  },
  dropCollection: (one: TestLibrary, n: number) => {
    const id = boxOf(one, n)
    return id === undefined ? undefined : one.library.dropCollection({ id })
  },
  collect: (one: TestLibrary, n: number) => {
    const [box, other] = [boxOf(one, n), boxOf(one, n + 1)]
    const add = box === undefined || n % 3 === 0 ? [{ name: `Box ${n}` }] : [{ id: box }]
    return one.library.collect({
      which: someOf(n),
      add,
      remove: other === undefined || n % 2 === 0 ? [] : [{ id: other }],
    })
  },
  trash: (one: TestLibrary, n: number) => one.library.trash({ which: someOf(n) }),
  untrash: ({ library }: TestLibrary) => library.untrash({ which: { filter: { trashed: true } } }),
} as const

const someOf = (n: number) =>
  n % 4 === 0 ? { filter: {} } : { filter: { tags: [['old', 'other', 'tag 1'][n % 3] ?? 'old'] } }

const boxOf = ({ library }: TestLibrary, n: number) => {
  const boxes = library.collections()
  return boxes[n % boxes.length]?.id
}

/** It has said something else before, of somebody else. */
const withVersions = async () => {
  const opened = await withItems()
  const note = (body: string, name: string): NewItem =>
    message({ same: 'f', type: 'note', body, people: [{ name, role: 'from' }], links: [{ kind: 'part', same: name }] })
  await opened.add([note('First', 'Ada')])
  await opened.add([note('Then', 'Bob')])
  return opened
}

const names = Object.keys(acts) as (keyof typeof acts)[]
const anyActs = fc.array(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 30 }), fc.string({ maxLength: 12 })), {
  minLength: 1,
  maxLength: 12,
})

describe('taking back what was done', () => {
  it('any acts, taken back from the last to the first, leave everything as it was; again, and all is done again', async () => {
    const opened = await withVersions()
    const undo = (change: number) => opened.library.undo(change).change ?? expect.fail('nothing was taken back')
    fc.assert(
      fc.property(anyActs, (steps) => {
        const before = contentOf(opened, memory)
        const done: number[] = []
        for (const [name, n, text] of steps) {
          const made = acts[name](opened, n, text)
          if (made?.change !== undefined && made.change !== null) done.push(made.change)
        }
        const after = contentOf(opened, memory)
        const counts = countsOf(opened)
        expect(counts.kept).toEqual(counts.anew)
        const undone = done.toReversed().map(undo)
        expect(contentOf(opened, memory)).toEqual(before)
        const redone = undone.toReversed().map(undo)
        expect(contentOf(opened, memory)).toEqual(after)
        redone.toReversed().forEach(undo)
        expect(contentOf(opened, memory)).toEqual(before)
      }),
      { numRuns: sized({ small: 25, large: 2000 }) },
    )
    expect(opened.db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(opened.db.pragma('foreign_key_check')).toEqual([])
  })

  const refusal = (act: () => unknown) => {
    try {
      act()
    } catch (error) {
      if (error instanceof AppError) return error.code
      throw error
    }
    return 'done'
  }

  it('what it said before names whom it named and leads where it led, and so does what it says when that is undone', async () => {
    const opened = await withVersions()
    const { library } = opened
    const note = () => library.list({ filter: { types: ['note'] }, offset: 0, limit: 1 }).rows[0]
    const { id = '' } = note() ?? {}
    const foundBy = (name: string) => {
      const person = library.people(name, 1)[0]?.id
      return person === undefined ? 0 : library.list({ filter: { people: [person] }, offset: 0, limit: 9 }).total
    }
    const leadsTo = () => opened.db.prepare('SELECT lower(hex(target)) FROM links').pluck().all().map(String)
    const led = leadsTo()
    const { change } = library.restoreVersion({ id, version: 1 })
    expect([note()?.excerpt, note()?.people]).toEqual(['First', ['Ada']])
    expect([foundBy('Ada'), foundBy('Bob')]).toEqual([1, 0])
    expect(leadsTo()).not.toEqual(led)
    const undone = library.undo(change ?? 0)
    expect([note()?.excerpt, note()?.people]).toEqual(['Then', ['Bob']])
    expect([foundBy('Ada'), foundBy('Bob')]).toEqual([0, 1])
    expect(leadsTo()).toEqual(led)
    library.undo(undone.change ?? 0)
    expect([note()?.people, foundBy('Ada')]).toEqual([['Ada'], 1])
  })

  it('an act answers with no change where it changed nothing', async () => {
    const { library, all } = await withItems()
    const which = { ids: [all()[0]?.id ?? ''] }
    expect(library.untrash({ which })).toEqual({ change: null, items: 0 })
    expect(library.tag({ which, add: [], remove: ['never there'] })).toEqual({ change: null, items: 0 })
  })

  it('is refused where something else has happened to the same since, and changes nothing then', async () => {
    const opened = await withItems()
    const { library, all } = opened
    const written = library.writeNote({ title: 'One', body: '1' })
    const again = library.writeNote({ id: written.id, title: 'Two', body: '2' })
    const before = contentOf(opened)
    expect(refusal(() => library.undo(written.change ?? 0))).toBe('CHANGED_SINCE')
    expect(contentOf(opened)).toEqual(before)
    library.undo(again.change ?? 0)
    library.undo(written.change ?? 0)
    expect(all().filter(({ type }) => type === 'note')).toEqual([])
  })

  it('is refused for a new note that was tagged since, and for a collection that was filled since', async () => {
    const { library } = await withItems()
    const note = library.writeNote({ title: 'One', body: '1' })
    library.tag({ which: { ids: [note.id] }, add: ['mine'], remove: [] })
    expect(refusal(() => library.undo(note.change ?? 0))).toBe('CHANGED_SINCE')
    const box = library.collect({ which: { ids: [note.id] }, add: [{ name: 'Box' }], remove: [] })
    library.collect({ which: { filter: {} }, add: [{ name: 'Box' }], remove: [] })
    expect(refusal(() => library.undo(box.change ?? 0))).toBe('CHANGED_SINCE')
  })

  it('is refused where an import has brought something newer', async () => {
    const opened = await openLibrary()
    await opened.add([message({ type: 'note', source: 'obsidian' })])
    const id = opened.all()[0]?.id
    const mine = opened.library.writeNote({ id, title: 'Mine', body: 'mine' })
    await opened.add([message({ type: 'note', source: 'obsidian', body: 'Newer' })], importFile(opened, 1))
    expect(refusal(() => opened.library.undo(mine.change ?? 0))).toBe('CHANGED_SINCE')
    expect(opened.all()[0]?.excerpt).toBe('Newer')
  })

  it('of a new collection leaves neither it nor anything in it, and one that nothing is to be in is not made', async () => {
    const { library } = await withItems()
    const before = library.collections()
    const put = library.collect({ which: { filter: { tags: ['other'] } }, add: [{ name: 'Trips' }], remove: [] })
    expect(put.items).toBe(3)
    expect(library.collections()).toContainEqual({ id: expect.any(String) as string, name: 'Trips', items: 3 })
    library.undo(put.change ?? 0)
    expect(library.collections()).toEqual(before)
    const none = { filter: { tags: ['never there'] } }
    expect(library.collect({ which: none, add: [{ name: 'Trips' }], remove: [] })).toEqual({ change: null, items: 0 })
    expect(library.collections()).toEqual(before)
  })

  it('leaves a tag to those who have it since', async () => {
    const { library, all } = await withItems()
    const [one, other] = all().map(({ id }) => id)
    const first = library.tag({ which: { ids: [one ?? ''] }, add: ['sea'], remove: [] })
    library.tag({ which: { ids: [other ?? ''] }, add: ['sea'], remove: [] })
    library.undo(first.change ?? 0)
    expect(library.list({ filter: { tags: ['sea'] }, offset: 0, limit: 9 }).rows.map(({ id }) => id)).toEqual([other])
  })

  it('happens once, and not at all to what nobody did', async () => {
    const { library } = await withItems()
    const { change } = library.trash({ which: { filter: {} } })
    library.undo(change ?? 0)
    expect(refusal(() => library.undo(change ?? 0))).toBe('NO_SUCH_CHANGE')
    expect(refusal(() => library.undo(4711))).toBe('NO_SUCH_CHANGE')
  })

  it('what an act could not finish is not there at all, and no later act is taken for a part of it', async () => {
    const opened = await withItems()
    const before = contentOf(opened)
    const [other] = opened.library.collections()
    const rename = () => opened.library.renameCollection({ id: other?.id ?? '', name: 'there ALREADY' })
    expect(refusal(rename)).toBe('NAME_TAKEN')
    expect(contentOf(opened)).toEqual(before)
    expect(opened.db.prepare('SELECT count(*) FROM change_now').pluck().get()).toBe(0)
  })
})

describe('the last change', () => {
  it('is what was done last and not taken back, and is named, for whoever remembers nothing', async () => {
    const opened = await openLibrary()
    const { library, clock } = opened
    expect(library.lastChange()).toBeNull()
    const { id } = library.writeNote({ title: 'One', body: '' })
    await clock.advance(1000)
    const { change } = library.trash({ which: { ids: [id] } })
    const trashing = { change, act: 'trash', at: clock.now().toISOString() }
    expect(library.lastChange()).toEqual(trashing)
    const undone = library.undo(change ?? 0)
    // What was taken back is not done again by it, and what was done again is.
    expect(library.lastChange()).toMatchObject({ act: 'note' })
    const redone = library.undo(undone.change ?? 0)
    expect(library.lastChange()).toMatchObject({ act: 'trash', change: redone.change })
    library.undo(redone.change ?? 0)
    library.undo(library.lastChange()?.change ?? 0)
    expect(library.lastChange()).toBeNull()
  })

  it('is none that something has happened to since', async () => {
    const opened = await openLibrary()
    const { library, add, all } = opened
    await add([message({ same: 'a', type: 'note', source: 'markdown', body: 'old' }), message({ same: 'b' })])
    const [a = '', b = ''] = ['note', 'message'].map((type) => all().find((row) => row.type === type)?.id)
    library.tag({ which: { ids: [b] }, add: ['sea'], remove: [] })
    library.writeNote({ id: a, title: 'A', body: 'mine' })
    expect(library.lastChange()).toMatchObject({ act: 'note' })
    await add([message({ same: 'a', type: 'note', source: 'markdown', body: 'renewed' })])
    expect(library.lastChange()).toMatchObject({ act: 'tag' })
  })
})
