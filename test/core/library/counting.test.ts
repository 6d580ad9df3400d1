// How much there is of what, and when it was.
import { describe, expect, it } from 'vitest'
import { plansOf } from '../support.ts'
import { message, openLibrary } from './support.ts'
import { withItems } from './five-items.ts'

describe('counts', () => {
  it('are made without the part they are for, so that a second value can be chosen', async () => {
    const { library } = await withItems()
    const facets = library.facets({ types: ['document'] })
    expect(facets.types).toEqual([
      { value: 'document', count: 2 },
      { value: 'message', count: 2 },
      { value: 'mail', count: 1 },
    ])
    expect(facets.sources).toEqual([{ value: 'pdf', count: 2 }])
    expect(facets.levels).toEqual([
      { value: 'ordinary', count: 1 },
      { value: 'secret', count: 1 },
    ])
    expect([facets.people, facets.tags]).toEqual([[], []])
    expect(library.facets({}).people).toEqual([{ value: { id: 1, name: 'Ada' }, count: 2 }])
    expect(library.facets({ types: ['mail'] }).tags).toEqual([{ value: 'sea', count: 1 }])
  })

  it('of collections and tags leave out what lies in the Trash, and keep a collection that holds nothing', async () => {
    const { library, add, all } = await openLibrary()
    await add(['1', '2', '3'].map((same) => message({ same, tags: ['sea'], collections: ['Ann'] })))
    const held = () => library.collections().map(({ name, items }) => [name, items])
    const tagged = () => library.facets({}).tags.map(({ value, count }) => [value, count])
    expect([held(), tagged()]).toEqual([[['Ann', 3]], [['sea', 3]]])
    const which = {
      ids: all()
        .slice(0, 2)
        .map(({ id }) => id),
    }
    library.trash({ which })
    expect([held(), tagged()]).toEqual([[['Ann', 1]], [['sea', 1]]])
    library.trash({ which: { filter: {} } })
    expect([held(), tagged()]).toEqual([[['Ann', 0]], []])
    library.untrash({ which })
    expect([held(), tagged()]).toEqual([[['Ann', 2]], [['sea', 2]]])
  })

  it('of collections are read from their own index, and only once until something changes', async () => {
    const { library, db, add } = await openLibrary()
    await add([message({ collections: ['Ann'] })])
    const [plan, ...more] = await plansOf(db, () => {
      library.collections()
    })
    expect(more).toEqual([])
    expect(plan?.steps).toEqual(
      expect.arrayContaining([expect.stringMatching(/SCAN item_collections USING COVERING INDEX/u)]),
    )
    expect(plan?.steps.filter((step) => /\bitems USING INTEGER PRIMARY KEY/u.test(step))).toEqual([])
    const first = library.collections()
    expect(library.collections()).toBe(first)
    library.writeNote({ title: 'new', body: '' })
    expect(library.collections()).not.toBe(first)
  })
})

describe('what has no time of its own', () => {
  it('stands after all that has one, the last added first, and tells when it was added', async () => {
    const opened = await withItems()
    await opened.clock.advance(60_000)
    await opened.add([message({ same: '6', title: 'added last', type: 'contact', when: undefined })])
    const { rows } = opened.library.list({ filter: {}, offset: 0, limit: 9 })
    expect(rows.map(({ title }) => title)).toEqual(['late', 'mail', 'secret', 'old', 'added last', 'undated'])
    const [, , , , last] = rows
    expect(last).toMatchObject({ timing: 'none', day: '2026-01-15' })
    expect(Date.parse(last?.at ?? '')).toBe(opened.clock.now().getTime())
    expect(opened.library.get(last?.id ?? '')).toMatchObject({ at: last?.at, timing: 'none' })
  })
})

describe('the timeline', () => {
  it.each([
    ['decade', ['1990', '2020']],
    ['year', ['1994', '2024', '2025']],
    ['month', ['1994-03', '2024-05', '2025-01']],
    ['day', ['1994-03-17', '2024-05-05', '2025-01-01', '2025-01-02']],
    ['hour', ['1994-03-17', '2024-05-05', '2025-01-01', '2025-01-02T00']],
  ] as const)('by %s, as it was lived', async (zoom, starts) => {
    const { library } = await withItems()
    const { buckets, undated } = library.timeline({ zoom, filter: {} })
    expect(buckets.map(({ start }) => start)).toEqual(starts)
    expect(undated).toBe(1)
  })

  it('within a span and under a filter', async () => {
    const { library } = await withItems()
    expect(library.timeline({ zoom: 'year', filter: { people: [1] }, from: '2000-01-01' })).toEqual({
      buckets: [{ start: '2025', count: 1, types: { message: 1 } }],
      undated: 0,
    })
    expect(library.timeline({ zoom: 'decade', filter: { types: ['document'] } }).undated).toBe(1)
  })

  it.each([{}, { types: ['mail' as const] }, { levels: ['secret' as const], sources: ['pdf'] }])(
    'of %j is read from what is counted already, and so are counts',
    async (filter) => {
      const { db, library } = await withItems()
      const plans = await plansOf(db, () => {
        library.timeline({ zoom: 'year', filter, from: '2020-01-01' })
        library.list({ filter, offset: 9, limit: 1 })
      })
      expect(plans.length).toBeGreaterThan(1)
      for (const { steps } of plans) expect(steps.filter((step) => /\bitems?\b/.test(step))).toEqual([])
    },
  )
})
