import { describe, expect, it } from 'vitest'
import { createNarrow } from '../../../electron/core/library/filter.ts'
import type { ItemFilter } from '../../../shared/api/items.ts'
import { AppError } from '../../../shared/errors.ts'
import { plansOf } from '../support.ts'
import { type TestLibrary, importFile, message, openLibrary } from './support.ts'

const day = (day: string) => ({ when: { day } }) as const
const ada = { name: 'Ada', address: 'ada@example.org', role: 'from' } as const

async function withItems() {
  const opened = await openLibrary()
  const file = importFile(opened, 1)
  await opened.add(
    [
      message({ same: '1', title: 'old', ...day('1994-03-17'), people: [ada] }),
      message({ same: '2', title: 'mail', type: 'mail', source: 'mbox', ...day('2025-01-01'), tags: ['sea'] }),
      message({ same: '3', title: 'late', when: { at: Date.UTC(2025, 0, 1, 22, 30), offset: 120 }, people: [ada] }),
    ],
    file,
  )
  await opened.add([
    message({ same: '4', title: 'undated', type: 'document', source: 'pdf', when: undefined }),
    message({ same: '5', title: 'secret', type: 'document', source: 'pdf', ...day('2024-05-05'), body: 'PIN: 123456' }),
  ])
  return opened
}

const titles = ({ library }: TestLibrary, filter: ItemFilter) =>
  library.list({ filter, offset: 0, limit: 60 }).rows.map(({ title }) => title)

describe('lists', () => {
  it.each<[ItemFilter, string[]]>([
    [{}, ['late', 'mail', 'secret', 'old', 'undated']],
    [{ types: ['mail'] }, ['mail']],
    [{ types: ['mail', 'document'] }, ['mail', 'secret', 'undated']],
    [{ sources: ['pdf'], types: ['mail'] }, []],
    [{ levels: ['secret'] }, ['secret']],
    [{ from: '2025-01-01', to: '2025-01-01' }, ['mail']],
    [{ from: '2025-01-02' }, ['late']],
    [{ to: '1999-12-31' }, ['old']],
    [{ people: [1] }, ['late', 'old']],
    [{ people: [1], from: '2000-01-01' }, ['late']],
    [{ tags: ['SEA'] }, ['mail']],
    [{ tags: ['never there'] }, []],
    [{ import: 'uid-1' }, ['late', 'mail', 'old']],
    [{ import: 'uid-2' }, []],
    [{ collection: 'ab'.repeat(16) }, []],
    [{ trashed: true }, []],
  ])('narrowed by %j', async (filter, expected) => {
    const opened = await withItems()
    expect(titles(opened, filter)).toEqual(expected)
    expect(opened.library.list({ filter, offset: 0, limit: 1 }).total).toBe(expected.length)
  })

  it('give any page from either end, and nothing beyond it', async () => {
    const { library } = await withItems()
    const pages = [0, 1, 2, 3, 4, 5, 9].map((offset) =>
      library.list({ filter: {}, offset, limit: 2 }).rows.map(({ title }) => title),
    )
    expect(pages).toEqual([
      ['late', 'mail'],
      ['mail', 'secret'],
      ['secret', 'old'],
      ['old', 'undated'],
      ['undated'],
      [],
      [],
    ])
  })

  it('of the Trash show what was put there last first, and nothing else shows it', async () => {
    const opened = await withItems()
    const { library, clock } = opened
    library.trash({ which: { filter: { types: ['mail'] } } })
    await clock.advance(1000)
    library.trash({ which: { filter: { people: [1] } } })
    expect(titles(opened, { trashed: true })).toEqual(['late', 'old', 'mail'])
    expect(titles(opened, { trashed: true, types: ['mail'] })).toEqual(['mail'])
    expect(titles(opened, {})).toEqual(['secret', 'undated'])
    expect(library.facets({}).people).toEqual([])
  })

  it('are answered anew once something has changed', async () => {
    const opened = await withItems()
    expect(opened.library.list({ filter: {}, offset: 0, limit: 1 }).total).toBe(5)
    opened.library.writeNote({ title: 'new', body: '' })
    expect(opened.library.list({ filter: {}, offset: 0, limit: 1 }).total).toBe(6)
  })

  it.each<ItemFilter>([{ people: [1] }, { tags: ['sea'] }, { import: 'uid-1' }, { people: [1], import: 'uid-1' }])(
    'narrowed by %j are the same whether few items are named by it or many',
    async (filter) => {
      const { db } = await withItems()
      const [few, many] = [1000, 0].map((most) => {
        const narrow = createNarrow({ prepare: (sql) => db.prepare(sql), few: most })
        const { from, values } = narrow({ ...filter, from: '1990-01-01' })
        return { from, ids: db.prepare(`SELECT i.id ${from} ORDER BY i.id`).all(...values) }
      })
      expect(few?.from).not.toBe(many?.from)
      expect(few?.ids).toEqual(many?.ids)
      expect(few?.ids.length).toBeGreaterThan(0)
    },
  )

  it.each<[ItemFilter, RegExp]>([
    [{}, /COVERING INDEX items_listed/],
    [{ types: ['mail'] }, /COVERING INDEX items_by_type \(type=\?\)/],
    [{ sources: ['pdf'] }, /COVERING INDEX items_by_source \(source=\?\)/],
    [{ levels: ['secret'] }, /COVERING INDEX items_by_level \(level=\?\)/],
    [{ types: ['mail', 'note'] }, /COVERING INDEX items_listed/],
    [{ types: ['mail'], sources: ['mbox'] }, /COVERING INDEX items_listed/],
    [{ from: '2025-01-01', to: '2025-12-31' }, /COVERING INDEX items_listed \(at>\? AND at<\?\)/],
    [{ trashed: true }, /COVERING INDEX items_in_trash/],
  ])('narrowed by %j are read from one index, in order', async (filter, index) => {
    const { db, library } = await withItems()
    const plans = await plansOf(db, () => library.list({ filter, offset: 0, limit: 60 }))
    const pages = plans.filter(({ sql }) => sql.startsWith('SELECT i.id') || sql.includes('FROM items AS i'))
    expect(pages.length).toBeGreaterThan(0)
    for (const { steps } of pages) {
      expect(steps[0]).toMatch(index)
      expect(steps.join('\n')).not.toMatch(/TEMP B-TREE/)
    }
  })

  it.each<[ItemFilter, RegExp]>([
    [{ people: [1] }, /item_people USING COVERING INDEX item_people_by_person/],
    [{ tags: ['sea'] }, /item_tags USING COVERING INDEX item_tags_by_tag/],
    [{ import: 'uid-1' }, /items USING COVERING INDEX items_of_file/],
  ])('narrowed by %j to few begin with these', async (filter, index) => {
    const { db, library } = await withItems()
    const plans = await plansOf(db, () => library.list({ filter, offset: 0, limit: 60 }))
    const [page] = plans.filter(({ sql }) => sql.startsWith('SELECT i.id'))
    expect(page?.steps.join('\n')).toMatch(index)
    expect(page?.steps.join('\n')).toMatch(/SEARCH i USING INTEGER PRIMARY KEY/)
  })

  it('narrowed by an import hold what it changed as well, read from indexes alone', async () => {
    const opened = await openLibrary()
    const { db, library } = opened
    const [first, second, third] = [1, 2, 3].map((id) => importFile(opened, id))
    const both = (body: string) => ['one', 'two'].map((title) => message({ same: title, title, body }))
    await opened.add([...both('old'), message({ same: 'three', title: 'three' })], first)
    await opened.add(both('newer'), second)
    await opened.add([message({ same: 'two', title: 'two', body: 'newest' })], third)
    expect(titles(opened, { import: 'uid-1' }).toSorted()).toEqual(['one', 'three', 'two'])
    expect(titles(opened, { import: 'uid-2' }).toSorted()).toEqual(['one', 'two'])
    expect(titles(opened, { import: 'uid-3' })).toEqual(['two'])

    const filter = { import: 'uid-2' }
    for (const few of [1000, 0]) {
      const plans = await plansOf(db, () => {
        const { from, values } = createNarrow({ prepare: (sql) => db.prepare(sql), few })(filter)
        expect(db.prepare(`SELECT i.id ${from}`).all(...values)).toHaveLength(2)
      })
      const steps = plans.flatMap(({ steps: all }) => all)
      expect(steps.filter((step) => /^SCAN \w+$/u.test(step) && !/^SCAN chosen$/u.test(step))).toEqual([])
      expect(steps.join('\n')).toMatch(few === 0 ? /SCAN i USING COVERING INDEX items_listed/ : /INDEX items_made_in/)
    }
    expect(library.list({ filter, offset: 0, limit: 1 }).total).toBe(2)
  })

  it('never walk a table to read a row of a page, an item or its belongings', async () => {
    const { db, library } = await withItems()
    const plans = await plansOf(db, () => {
      const [row] = library.list({ filter: {}, offset: 0, limit: 60 }).rows
      library.get(row?.id ?? '')
      library.versions(row?.id ?? '')
    })
    const steps = plans.flatMap(({ steps: all }) => all)
    // An index that is walked in its own order is what a page is read from.
    expect(
      steps.filter((step) => step.startsWith('SCAN') && !/USING COVERING INDEX|CONSTANT ROW|^SCAN counts$/.test(step)),
    ).toEqual([])
  })
})

describe('what was added last', () => {
  it('comes the newest first, whatever time it is of, and without what lies in the Trash', async () => {
    const { library, clock, add } = await openLibrary()
    await add([message({ title: 'Long ahead', when: { day: '2090-01-01' } })])
    await clock.advance(1000)
    const { id } = library.writeNote({ title: 'Thrown away', body: 'x' })
    const last = library.writeNote({ title: 'Written last', body: 'y' })
    library.trash({ which: { ids: [id] } })
    const newest = library.newest(5)
    expect(newest.map(({ title }) => title)).toEqual(['Written last', 'Long ahead'])
    expect(newest[0]).toMatchObject({ id: last.id, addedAt: clock.now().toISOString() })
    expect(library.newest(1)).toHaveLength(1)
  })
})

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

describe('what the Library asks', () => {
  const filters: ItemFilter[] = [
    {},
    { types: ['mail'] },
    { types: ['mail', 'note'], sources: ['mbox'] },
    { levels: ['secret'], from: '2020-01-01' },
    { people: [1] },
    { tags: ['sea'], to: '2026-01-01' },
    { collection: 'ab'.repeat(16) },
    { import: 'uid-1' },
    { trashed: true },
    { trashed: true, tags: ['sea'] },
  ]

  it.each(filters)(
    'under %j never reads items one after another: every statement has an index or a number',
    async (filter) => {
      const { db, library } = await withItems()
      const plans = await plansOf(db, () => {
        library.list({ filter, offset: 0, limit: 60 })
        library.list({ filter, offset: 4, limit: 60 })
        library.facets(filter)
        for (const zoom of ['decade', 'hour'] as const) library.timeline({ zoom, filter, from: '1990-01-01' })
        library.people('ada', 10)
      })
      expect(plans.length).toBeGreaterThan(5)
      // Of these there are a few thousand at most: people, tags, and what is counted already.
      const small =
        /^SCAN (?:counts|people|tags|json_each|CONSTANT ROW|\(subquery|some|gone|named|counted|chosen|value)/u
      for (const { sql, steps } of plans) {
        const walked = steps.filter(
          (step) => step.startsWith('SCAN') && !small.test(step) && !/COVERING INDEX/u.test(step),
        )
        expect(walked, sql).toEqual([])
      }
    },
  )
})

describe('a row that is not as any act writes it', () => {
  it('is damage, and not taken for one that is not there', async () => {
    const { library, db, add, all } = await openLibrary()
    await add([message()])
    const [id = ''] = all().map((row) => row.id)
    db.pragma('ignore_check_constraints = ON')
    db.exec("UPDATE items SET type = 'boat'")
    const code = (act: () => unknown) => {
      try {
        return act()
      } catch (error) {
        return error instanceof AppError ? error.code : 'damaged'
      }
    }
    expect(code(() => library.get(id))).toBe('damaged')
    expect(code(all)).toBe('damaged')
    expect(code(() => library.get('ab'.repeat(16)))).toBe('NO_SUCH_ITEM')
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
