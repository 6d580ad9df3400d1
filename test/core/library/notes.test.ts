import { describe, expect, it } from 'vitest'
import { failure, plansOf } from '../support.ts'
import { message, openLibrary } from './support.ts'

const refused = (act: () => unknown) => failure(Promise.resolve().then(act)).then(({ code }) => code)

describe('notes', () => {
  it('are written, changed and put back as they were, and every version stays', async () => {
    const { library, acts } = await openLibrary()
    const { id } = library.writeNote({ title: 'Plan', body: 'one' })
    library.writeNote({ id, title: 'Plan', body: 'two' })
    expect(library.writeNote({ id, title: 'Plan', body: 'two' })).toEqual({ change: null, items: 0, id })
    library.restoreVersion({ id, version: 1 })
    expect(library.versions(id).map(({ version, body, by }) => [version, body, by])).toEqual([
      [3, 'one', 'person'],
      [2, 'two', 'person'],
      [1, 'one', 'person'],
    ])
    expect(acts().map(({ act }) => act)).toEqual(['version.restored', 'note.written', 'note.written'])
    expect(await refused(() => library.restoreVersion({ id, version: 9 }))).toBe('NO_SUCH_VERSION')
  })

  it('are judged again when they say something else, unless the person has said how private they are', async () => {
    const { library } = await openLibrary()
    const { id } = library.writeNote({ title: '', body: 'nothing much' })
    library.writeNote({ id, title: '', body: 'password: hunter22' })
    expect(library.get(id)).toMatchObject({ level: 'secret', levelReasons: ['password'], levelBy: 'rule' })
    library.setLevel({ which: { ids: [id] }, level: 'ordinary' })
    library.writeNote({ id, title: '', body: 'password: hunter23' })
    expect(library.get(id)).toMatchObject({ level: 'ordinary', levelReasons: ['person'], levelBy: 'person' })
  })

  it('a draft waits until its note is written, and costs no version', async () => {
    const { library } = await openLibrary()
    library.saveDraft({ name: 'new', title: 'Half', body: 'a sent' })
    library.saveDraft({ name: 'new', title: 'Half', body: 'a sentence' })
    expect(library.drafts()).toEqual([
      { name: 'new', title: 'Half', body: 'a sentence', at: '2026-01-15T09:00:00.000Z' },
    ])
    const { id } = library.writeNote({ title: 'Half', body: 'a sentence.' })
    expect(library.drafts()).toEqual([])
    library.saveDraft({ name: id, title: '', body: '' })
    library.dropDraft({ name: id })
    expect(library.drafts()).toEqual([])
    expect(library.versions(id)).toHaveLength(1)
  })

  it('are all that can be written here', async () => {
    const { library, add, all } = await openLibrary()
    await add([message()])
    const id = all()[0]?.id ?? ''
    expect(await refused(() => library.writeNote({ id, title: '', body: 'Not what they said' }))).toBe('NOT_A_NOTE')
    expect(library.get(id).body).toBe('See you at the harbour')
  })
})

describe('links between notes', () => {
  const openWith = async () => {
    const opened = await openLibrary()
    const { library } = opened
    const leadsTo = (id: string) => library.get(id).links.map(({ title }) => title)
    return { ...opened, leadsTo }
  }

  it('lead to the note of that title, whatever its case and folder, and from there back', async () => {
    const { library, leadsTo } = await openWith()
    const roses = library.writeNote({ title: 'Roses', body: '' }).id
    const body = 'See [[roses]], [[garden/Roses.md#pruning|them]], [[nowhere]] and `[[Plan]]`'
    const plan = library.writeNote({ title: 'Plan', body }).id
    expect(leadsTo(plan)).toEqual(['Roses'])
    expect(library.get(roses).linkedFrom).toMatchObject([{ item: plan, kind: 'mentions' }])
  })

  it('follow what the note says, also to an older version, and undo takes them back', async () => {
    const { library, leadsTo } = await openWith()
    for (const title of ['Roses', 'Tulips']) library.writeNote({ title, body: '' })
    const { id } = library.writeNote({ title: 'Plan', body: '[[Roses]]' })
    const { change } = library.writeNote({ id, title: 'Plan', body: '[[Tulips]]' })
    expect(leadsTo(id)).toEqual(['Tulips'])
    const undone = library.undo(change ?? 0)
    expect(leadsTo(id)).toEqual(['Roses'])
    library.undo(undone.change ?? 0)
    expect(leadsTo(id)).toEqual(['Tulips'])
    library.restoreVersion({ id, version: 1 })
    expect(leadsTo(id)).toEqual(['Roses'])
  })

  it('wait for a note that is yet to be written or named, and that is taken back with it', async () => {
    const { library, leadsTo } = await openWith()
    const { id } = library.writeNote({ title: 'Plan', body: 'First [[Roses]], then [[Tulips]]' })
    const roses = library.writeNote({ title: 'Roses', body: '' })
    const other = library.writeNote({ title: 'Other', body: '' })
    library.writeNote({ id: other.id, title: 'Tulips', body: '' })
    expect(leadsTo(id).toSorted()).toEqual(['Roses', 'Tulips'])
    library.undo(roses.change ?? 0)
    expect(leadsTo(id)).toEqual(['Tulips'])
  })

  it('that wait are found by the title they name, and no other note is read for it', async () => {
    const { db, library, leadsTo } = await openWith()
    const plans = await plansOf(db, () => {
      const { id } = library.writeNote({ title: 'Plan', body: 'First [[beds/ROSES.md|them]]' })
      library.writeNote({ title: 'Roses', body: '' })
      expect(leadsTo(id)).toEqual(['Roses'])
    })
    const steps = plans.filter(({ sql }) => sql.startsWith('SELECT')).flatMap((plan) => plan.steps)
    expect(steps).toEqual(expect.arrayContaining([expect.stringMatching(/links USING .*links_by_target/u)]))
    expect(
      steps.filter((step) => /^(?:SCAN|SEARCH) items/u.test(step) && !/items_called|PRIMARY KEY|\(uid=/u.test(step)),
    ).toEqual([])
  })

  it('of a note that came from a folder of notes stay where its files led', async () => {
    const { library, add, all, leadsTo } = await openWith()
    const link = { kind: 'mentions', same: 'markdown:far', label: 'far away' } as const
    const note = { type: 'note', source: 'markdown', when: { day: '2025-01-01' } } as const
    await add([message({ ...note, same: 'markdown:near', title: 'Near', body: '[far away](x/far.md)', links: [link] })])
    await add([message({ ...note, same: 'markdown:far', title: 'Far' })])
    const id = all().find(({ title }) => title === 'Near')?.id ?? ''
    library.writeNote({ id, title: 'Near', body: 'Still [far away](x/far.md)' })
    expect(leadsTo(id)).toEqual(['Far'])
    library.writeNote({ id, title: 'Near', body: 'No more' })
    expect(leadsTo(id)).toEqual([])
  })
})

describe('people', () => {
  it.each([
    ['Straße', 'strasse'],
    ['Łukasz', 'luk'],
    ['Ｊürgen', 'jurg'],
    ['שָׁלוֹם', 'שלום'],
  ])('%s is found by %s, as the search finds them', async (name, typed) => {
    const { library, add } = await openLibrary()
    await add([message({ people: [{ name, role: 'from' }] })])
    expect(library.people(typed, 9).map((person) => person.name)).toEqual([name])
  })
})

describe('what is not there', () => {
  it('is said to be missing, each by its name', async () => {
    const { library } = await openLibrary()
    const id = 'ab'.repeat(16)
    expect(await refused(() => library.get(id))).toBe('NO_SUCH_ITEM')
    expect(await refused(() => library.versions(id))).toBe('NO_SUCH_ITEM')
    expect(await refused(() => library.trash({ which: { ids: [id] } }))).toBe('NO_SUCH_ITEM')
    expect(await refused(() => library.openAttachment(id))).toBe('NO_SUCH_ATTACHMENT')
    expect(await refused(() => library.dropCollection({ id }))).toBe('NO_SUCH_COLLECTION')
    expect(await refused(() => library.undo(1))).toBe('NO_SUCH_CHANGE')
  })
})

describe('an item', () => {
  it('is shown with what it leads to and what leads to it, whichever came first', async () => {
    const { library, add, all } = await openLibrary()
    await add([message({ same: 'part', title: 'part', links: [{ kind: 'part', same: 'whole' }] })])
    await add([message({ same: 'whole', title: 'whole', type: 'conversation' })])
    const [whole, part] = all()
    const shown = (row: typeof whole, kind: string) => [{ item: row?.id, type: row?.type, title: row?.title, kind }]
    expect(library.get(part?.id ?? '').links).toEqual(shown(whole, 'part'))
    expect(library.get(whole?.id ?? '').linkedFrom).toEqual(shown(part, 'part'))
  })
})

describe('telling of changes', () => {
  it('a burst of them is told at its beginning and at its end', async () => {
    const { library, events, clock } = await openLibrary()
    const told = () => events.filter(({ event }) => event === 'library.changed').length
    for (let n = 0; n < 20; n += 1) library.writeNote({ title: `${n}`, body: '' })
    expect(told()).toBe(1)
    await clock.advance(1000)
    expect(told()).toBe(2)
    await clock.advance(10_000)
    expect(told()).toBe(2)
  })
})
