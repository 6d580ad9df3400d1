import { describe, expect, it } from 'vitest'
import { openSearch } from './support.ts'

describe('filters', () => {
  const mail = async () => {
    const opened = await openSearch()
    const ada = { name: 'Ada Lovelace', address: 'ada@example.org', role: 'from' } as const
    await opened.add(
      { title: 'mail', type: 'mail', source: 'mbox', day: '2025-03-15', people: [ada], tags: ['Work', 'very old'] },
      { title: 'chat', type: 'message', source: 'google-takeout', day: '2025-12-31', people: [{ ...ada, role: 'to' }] },
      { title: 'note', day: '2024-02-29', level: 'secret', body: 'Ada said so' },
    )
    return opened
  }
  it.each([
    ['from:ada ', ['mail']],
    ['from:"Ada Lovelace"', ['mail']],
    ['from:lovelace ', ['mail']],
    ['from:ada@example.org ', ['mail']],
    ['from:lov', ['mail']],
    ['from:"Lovelace Ada"', []],
    ['to:ada ', ['chat']],
    ['person:ada ', ['chat', 'mail']],
    ['-from:ada ', ['chat', 'note']],
    ['type:mail', ['mail']],
    ['type:emails', ['mail']],
    ['-type:mail', ['chat', 'note']],
    ['in:mbox', ['mail']],
    ['source:google-takeout', ['chat']],
    ['tag:work', ['mail']],
    ['tag:"very old"', ['mail']],
    ['-tag:work', ['chat', 'note']],
    ['level:secret', ['note']],
    ['-level:secret', ['chat', 'mail']],
    ['before:2025', ['note']],
    ['after:2025', ['chat', 'mail']],
    ['-after:2025', ['note']],
    ['on:2025-03', ['mail']],
    ['on:"march 2025"', ['mail']],
    ['on:march 2025 type:mail', ['mail']],
    ['-on:2025', ['note']],
    ['-on:2025-03', ['chat', 'note']],
    ['-on:2024 -on:2025-03', ['chat']],
    ['on:2025 -on:2025-03', ['chat']],
    ['after:2025-03-16', ['chat']],
    ['before:2025-03-16 after:15.3.2025', ['mail']],
    ['before:yesterday', ['chat', 'mail', 'note']],
    ['ada type:note', ['note']],
    ['FROM:ada TYPE:mail', ['mail']],
  ])('%s', async (query, expected) => {
    const { titles } = await mail()
    expect(titles(query).toSorted()).toEqual(expected)
  })

  it('stand beside the query, too', async () => {
    const { titles, db } = await mail()
    const ada = Number(db.prepare("SELECT id FROM people WHERE same = 'mail:ada@example.org'").pluck().get())
    const all = 'after:1000'
    expect(titles(all, { filter: { types: ['note', 'mail'] } })).toEqual(['mail', 'note'])
    expect(titles(all, { filter: { people: [ada] } })).toEqual(['chat', 'mail'])
    expect(titles(all, { filter: { sources: ['mbox', 'google-takeout'] } })).toEqual(['chat', 'mail'])
    expect(titles(all, { filter: { tags: ['work', 'unheard'] } })).toEqual(['mail'])
    expect(titles(all, { filter: { levels: ['secret'] } })).toEqual(['note'])
    expect(titles(all, { filter: { from: '2024-02-29', to: '2025-03-15' } })).toEqual(['mail', 'note'])
  })

  it('with nothing in them narrow nothing', async () => {
    const { titles } = await mail()
    const filter = { types: [], sources: [], people: [], levels: [], tags: [] }
    expect(titles('after:1000', { filter })).toEqual(['chat', 'mail', 'note'])
  })

  it('by days find only what has a day', async () => {
    const { add, titles } = await openSearch()
    await add({ title: 'dated', day: '2026-01-11' }, { title: 'undated', when: null })
    expect(titles('dated* ')).toEqual(['dated'])
    expect(titles('type:note').toSorted()).toEqual(['dated', 'undated'])
    for (const query of [
      'on:2026',
      'after:2026',
      'before:2027',
      'after:0000',
      '-on:2025',
      '-before:2026',
      '-after:2027',
    ])
      expect(titles(query), query).toEqual(['dated'])
    for (const filter of [{ from: '2026-01-01' }, { to: '2026-12-31' }, { from: '0000-01-01' }])
      expect(titles('type:note', { filter }), JSON.stringify(filter)).toEqual(['dated'])
  })

  it('that mean nothing are said back as they were typed', async () => {
    const { find } = await mail()
    expect(find('mail before:soon type:spaceship level:high')).toMatchObject({
      total: 1,
      notUnderstood: ['before:soon', 'type:spaceship', 'level:high'],
    })
    expect(find('before:3/4/2025').notUnderstood).toEqual(['before:3/4/2025'])
  })

  it('that no item has find nothing, and are named', async () => {
    const { find } = await mail()
    expect(find('from:nobody tag:none in:nowhere before:soon')).toMatchObject({
      total: 0,
      notUnderstood: ['before:soon'],
      unmet: ['from:nobody', 'tag:none', 'in:nowhere'],
    })
    expect(find('mail -from:nobody')).toMatchObject({ total: 1, unmet: [] })
    expect(find('zeppelin -from:nobody')).toMatchObject({ total: 0, unmet: [] })
  })

  // What every object has by these names is neither a date nor a type.
  it.each(['on:__proto__', 'before:constructor', 'type:constructor', 'type:__proto__', 'level:toString', 'on:valueOf'])(
    '%s means nothing',
    async (query) => {
      const { find } = await mail()
      expect(find(query)).toMatchObject({ total: 0, notUnderstood: [query] })
    },
  )
})
