import { describe, expect, it } from 'vitest'
import { createNarrow } from '../../../electron/core/library/filter.ts'
import type { ItemFilter } from '../../../shared/api/items.ts'
import { AppError } from '../../../shared/errors.ts'
import { plansOf } from '../support.ts'
import { importFile, message, openLibrary } from './support.ts'
import { titles, withItems } from './five-items.ts'

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
