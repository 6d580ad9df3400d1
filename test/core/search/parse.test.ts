import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate } from '../../../electron/core/search/dates.ts'
import { parse } from '../../../electron/core/search/parse.ts'
import { day, type ItemFilter, itemFilter, itemTypes, levels } from '../../../shared/api/items.ts'
import { openSearch } from './support.ts'

const today = '2026-01-15'

describe('a date', () => {
  it.each([
    ['2025', '2025-01-01', '2025-12-31'],
    ['2025-03', '2025-03-01', '2025-03-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025/3/9', '2025-03-09', '2025-03-09'],
    ['15.3.2025', '2025-03-15', '2025-03-15'],
    ['3/15/2025', '2025-03-15', '2025-03-15'],
    ['March 2025', '2025-03-01', '2025-03-31'],
    ['15. März 2025', '2025-03-15', '2025-03-15'],
    ['march 15, 2025', '2025-03-15', '2025-03-15'],
    ['décembre 1999', '1999-12-01', '1999-12-31'],
    ['december', '2025-12-01', '2025-12-31'],
    // As a file's dates may spell them, in the form beside a day, too.
    ['5 marca 2025', '2025-03-05', '2025-03-05'],
    ['květen 2025', '2025-05-01', '2025-05-31'],
    ['7 июля 2025', '2025-07-07', '2025-07-07'],
    ['january', '2026-01-01', '2026-01-31'],
    ['yesterday', '2026-01-14', '2026-01-14'],
    ['heute', '2026-01-15', '2026-01-15'],
    ['last week', '2026-01-05', '2026-01-11'],
    ['this week', '2026-01-12', '2026-01-18'],
    ['last month', '2025-12-01', '2025-12-31'],
    ['last year', '2025-01-01', '2025-12-31'],
    ['0000', '0000-01-01', '0000-12-31'],
    ['9999-12', '9999-12-01', '9999-12-31'],
  ])('%s is from %s to %s', (text, first, last) => {
    expect(readDate(text, today)).toEqual({ first, last })
  })

  it.each(['', '3/4/2025', '2025-02-30', '2025-13', '32 march 2025', 'march 2025 2026', 'soon', '20255', '1 2 3'])(
    '"%s" is none',
    (text) => {
      expect(readDate(text, today)).toBeUndefined()
    },
  )
})

/** What people type, and what means something to FTS5, in any order. */
const pieces = fc.constantFrom(
  ...[
    'from:',
    'to:',
    'before:',
    'after:',
    'on:',
    'tag:',
    'type:',
    'level:',
    'in:',
    '-',
    '"',
    '“',
    '*',
    '^',
    '(',
    ')',
    '+',
  ],
  ...[
    'NEAR(',
    ' OR ',
    ' AND ',
    ' NOT ',
    '{title}:',
    'rowid:',
    'words',
    "'",
    ';',
    '--',
    '\0',
    '\ue000',
    '\ue001note',
    '\ud800',
  ],
  ...['letter', 'café', '東京', 'ٱ', '2025', 'march', ' ', ' ', ':', '\u202e', '🙂'],
  // What every object has by these names is no date, no type and no filter.
  ...Object.getOwnPropertyNames(Object.prototype),
)
const query = fc.oneof(
  fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 30 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 })
const aDay = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(([year, ...rest]) =>
    [String(year).padStart(4, '0'), ...rest.map((part) => String(part).padStart(2, '0'))].join('-'),
  )
  .filter((text) => day.safeParse(text).success)
const filterParts = {
  types: some(fc.constantFrom(...itemTypes)),
  sources: some(fc.oneof(fc.constantFrom('test', 'a'), fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }))),
  levels: some(fc.constantFrom(...levels)),
  people: some(fc.integer({ min: 1, max: 3 })),
  tags: some(fc.constantFrom('sea', 'work', '__proto__')),
  collection: fc.constant('00'.repeat(16)),
  import: fc.constantFrom('none', 'constructor'),
  from: aDay,
  to: aDay,
  trashed: fc.boolean(),
}
/** Any that the api lets through; of a few parts, so that something is found. */
const filter: fc.Arbitrary<ItemFilter> = fc
  .tuple(fc.record(filterParts), fc.subarray(Object.keys(filterParts), { maxLength: 3 }))
  .map(([whole, parts]) =>
    itemFilter.parse(Object.fromEntries(Object.entries(whole).filter(([part]) => parts.includes(part)))),
  )

describe('any input', () => {
  it('is parsed, and every part says where it stood', () => {
    fc.assert(
      fc.property(query, (typed) => {
        for (const part of parse(typed, today).parts) expect(typed.indexOf(part.typed.split(' ')[0] ?? '')).not.toBe(-1)
      }),
      { numRuns: 2000 },
    )
  })

  it('is answered, and means nothing to FTS5', async () => {
    const { add, find } = await openSearch()
    await add({ title: 'letter', body: 'café 東京 2025' }, { title: 'note', type: 'message' })
    fc.assert(
      fc.property(query, (typed) => {
        const { hits, total } = find(typed.slice(0, 1000))
        expect(hits).toHaveLength(total)
      }),
      { numRuns: 1000 },
    )
  })

  it('is answered beside any filter, and what is found is what a list under that filter has', async () => {
    const { add, find, library } = await openSearch()
    await add(
      { title: 'letter', tags: ['sea'], people: [{ name: 'Ada', role: 'from' }], when: null },
      { title: 'letter', type: 'message', level: 'secret' },
      { title: 'letter', source: 'a', day: '1999-12-31' },
    )
    fc.assert(
      fc.property(query, filter, (typed, narrowed) => {
        const listed = library.list({ filter: narrowed, offset: 0, limit: 10 }).rows.map(({ id }) => id)
        const ids = (text: string) => find(text, { filter: narrowed }).hits.map(({ id }) => id)
        expect(ids('letter').toSorted()).toEqual(listed.toSorted())
        for (const id of ids(typed.slice(0, 1000))) expect(listed).toContain(id)
      }),
      { numRuns: 300 },
    )
  })

  it('cannot reach what the index keeps about items', async () => {
    const { add, find } = await openSearch()
    await add({ title: 'letter', type: 'mail', people: [{ name: 'Ada', role: 'from' }] })
    for (const typed of ['\ue000', '\ue001mail', '"\ue001mail"', 'title:x OR x', 'x OR zzz', 'NEAR(x)', '^x'])
      expect(find(`${typed} `).total).toBe(0)
    expect(find('letter').total).toBe(1)
  })

  it('is either before a day or from that day on', async () => {
    const { add, find } = await openSearch()
    await add({ day: '2024-12-31' }, { day: '2025-01-01' }, { day: '2025-12-31' }, { day: '2026-01-01' })
    for (const date of ['2025', '2025-01-01', '2025-12', 'yesterday', '"last year"', 'december'])
      expect(find(`before:${date}`).total + find(`after:${date}`).total).toBe(4)
  })
})
