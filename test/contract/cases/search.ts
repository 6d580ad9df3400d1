// Search, as every transport gives it.
import { type Case, refusal, step, value } from '../case.ts'
import { aList, aNumber, like } from '../matchers.ts'

const nothing = {
  hits: [],
  sought: [],
  withAll: 0,
  others: 0,
  total: 0,
  counted: true,
  instead: null,
  notUnderstood: [],
  unmet: [],
  meaning: 'asked',
}

export const searchCases: readonly Case[] = [
  {
    name: 'what is written is found, by its words and with what it is',
    start: 'unlocked',
    steps: () => [
      step(
        'search.find',
        { query: 'lighthouse' },
        value({ ...nothing, sought: [{ words: ['lighthouse'], goesOn: true }] }),
      ),
      step('library.writeNote', { title: 'Café', body: 'Down by the lighthouse' }, value(like({ items: 1 }))),
      step(
        'search.find',
        { query: 'cafe type:note' },
        value({
          ...nothing,
          sought: [{ words: ['cafe'], goesOn: false }],
          withAll: 1,
          total: 1,
          hits: [
            like({
              type: 'note',
              title: [{ text: 'Café', found: true }],
              snippet: [{ text: 'Down by the lighthouse', found: false }],
              level: 'personal',
              people: [],
              attachments: 0,
              why: like({ words: aNumber, recency: aNumber, forgiven: false }),
            }),
          ],
        }),
      ),
      step(
        'search.find',
        { query: 'lighthosue before:sometime' },
        value(
          like({ total: 1, instead: 'lighthouse before:sometime', notUnderstood: ['before:sometime'], hits: aList }),
        ),
      ),
      step('search.find', { query: '"NEAR( OR * -' }, value(like({ total: 0 }))),
    ],
  },
  {
    name: 'how much is understood is told, and going on can be asked for',
    start: 'unlocked',
    steps: () => [
      step('search.understand', {}, value({})),
      step(
        'search.understood',
        {},
        value(like({ model: 'mindkeep-table', state: like({ failed: 0 }), stopped: false })),
      ),
      step('search.notUnderstood', {}, value({ rows: [], total: 0 })),
      step('search.notUnderstood', { limit: 0 }, refusal('INVALID_INPUT', { fields: ['limit'] })),
    ],
  },
  {
    name: 'a query beyond its bounds is refused',
    start: 'unlocked',
    steps: () => [
      step('search.find', { query: 'x'.repeat(1001) }, refusal('INVALID_INPUT', { fields: ['query'] })),
      step('search.find', { query: 'x', limit: 101 }, refusal('INVALID_INPUT', { fields: ['limit'] })),
      step(
        'search.find',
        { query: 'x', filter: { from: '2025-02-30' } },
        refusal('INVALID_INPUT', { fields: ['filter.from'] }),
      ),
    ],
  },
]
