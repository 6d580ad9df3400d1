// How the database goes about what a search asks, whatever is in it: the index of words first, from its newest end, and of the
// items only those that it names.
import { expect, it } from 'vitest'
import { plansOf } from '../support.ts'
import { openSearch } from './support.ts'

const queries = [
  'the boat ',
  'bo',
  '"the boat" -red type:note in:test before:2030',
  'boat from:ada',
  'boat tag:work level:secret',
  'boat -tag:work',
  'baot ',
]

it('no search walks through all items, nor sorts what it found', async () => {
  const { db, add, find } = await openSearch()
  await add({ title: 'the boat', tags: ['work'], level: 'secret', people: [{ name: 'Ada', role: 'from' }] })
  const filter = { collection: '00'.repeat(16), import: 'none', levels: ['secret' as const] }
  const plans = await plansOf(db, () => {
    for (const query of queries) {
      find(query)
      find(query, { filter })
    }
  })
  expect(plans.length).toBeGreaterThan(10)
  for (const { sql, steps } of plans) {
    // What belongs to one of the rows that are shown: a handful.
    if (/WHERE item = \?/u.test(sql)) continue
    expect(
      steps.filter((step) => /^SCAN items|USE TEMP B-TREE/u.test(step)),
      sql,
    ).toEqual([])
    expect(
      steps.filter((step) => step.startsWith('SCAN words ') && !/VIRTUAL TABLE INDEX \d+:.*M/u.test(step)),
      sql,
    ).toEqual([])
  }
  const candidates = plans.find(({ sql }) => sql.startsWith('SELECT found.place') && sql.includes('JOIN items'))
  expect(candidates?.steps).toEqual(
    expect.arrayContaining([expect.stringMatching(/^SEARCH items USING INTEGER PRIMARY KEY/u)]),
  )
})

it('what is found by words alone is not read to learn whether it is in the Trash', async () => {
  const { db, add, find } = await openSearch()
  await add({ title: 'the boat' })
  const plans = await plansOf(db, () => find('boat'))
  const candidates = plans.find(({ sql }) => sql.startsWith('SELECT found.place'))
  const ofItems = candidates?.steps.filter((step) => step.includes(' items '))
  expect(ofItems).toEqual(['SEARCH items USING COVERING INDEX items_trashed_by_id (id=? AND trashed>?)'])
})
