// The index holds what the items say and nothing else. It is looked at from outside, too: through its vocabulary, and in the
// bytes of the tables that FTS5 keeps under it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutOutAtMost } from '../../../electron/core/search/word-index.ts'
import { jobEnded } from '../../support/jobs.ts'
import { openSearch, type TestSearch } from './support.ts'

const vocabulary = ({ db }: TestSearch) => db.prepare('SELECT count(*) FROM words_seen').pluck().get()

/** FTS5 keeps words shortened by what they share with the one before: a planted one is known by its rare middle. */
const heldInBytes = ({ db }: TestSearch, planted: string): boolean =>
  (db.prepare('SELECT block FROM words_data').pluck().all() as Buffer[]).some((block) => block.includes(planted))

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é', 'ß', 'ñ'), minLength: 1, maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('東', '京', '都', '港', '区', 'の', '駅'), minLength: 1, maxLength: 5 }),
  fc.constantFrom(
    'שָׁלוֹם',
    'مَدْرَسَةٌ',
    'Ёлка',
    'ﬁsh',
    'İzmir',
    '12.5',
    'e-mail',
    "don't",
    '서울에서',
    'हिन्दी',
    'สวัสดี',
    'x²',
  ),
)

describe('the index', () => {
  it('finds an item by every word of it, as it is written there', async () => {
    const opened = await openSearch()
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), fc.boolean(), async (words, inTitle) => {
        const text = words.join(' ')
        const [id = 0] = await opened.add(inTitle ? { title: text } : { body: text })
        const uid = opened.uidOf(id)
        for (const typed of [...words, `"${text}"`])
          expect(opened.find(`${typed} `).hits.map((hit) => hit.id)).toContain(uid)
        opened.search.drop([id])
        opened.db.prepare('DELETE FROM items WHERE id = ?').run(id)
      }),
      { numRuns: 150 },
    )
    expect(vocabulary(opened)).toBe(0)
  })

  it('keeps no word of what was dropped, one item at a time', async () => {
    const opened = await openSearch()
    const kept = Array.from({ length: 300 }, (_, index) => ({ title: `kept ${index}`, body: 'some ordinary words' }))
    await opened.add(...kept)
    const before = vocabulary(opened)
    const people = [{ name: 'Qzxwv Qjkqz', address: 'vqzxj@example.org', role: 'from' as const }]
    const ids = await opened.add(
      ...Array.from({ length: 10 }, (_, index) => ({ title: `plantedqq${index}`, body: 'secretzz 秘密文書', people })),
    )
    for (const planted of ['lantedqq', 'ecretzz', '密文', 'jkqz', 'qzxj'])
      expect(heldInBytes(opened, planted), planted).toBe(true)
    for (const id of ids) opened.search.drop([id])
    expect(vocabulary(opened)).toBe(before)
    for (const planted of ['lantedqq', 'ecretzz', '密文', 'jkqz', 'qzxj'])
      expect(heldInBytes(opened, planted), planted).toBe(false)
    expect(opened.find('ordinary ').total).toBe(300)
  })

  it('keeps no word of many that were dropped at once, after it was settled', async () => {
    const opened = await openSearch()
    await opened.add(...Array.from({ length: 300 }, () => ({ body: 'some ordinary words' })))
    const before = vocabulary(opened)
    const ids = await opened.add(
      ...Array.from({ length: cutOutAtMost * 4 }, () => ({ title: 'plantedqq', body: 'secretzz' })),
    )
    await opened.add({ body: 'added after' })
    opened.db.transaction(() => opened.search.drop(ids))()
    expect(opened.find('secretzz ').total).toBe(0)
    expect(heldInBytes(opened, 'ecretzz')).toBe(true)
    await opened.search.settle(async () => {})
    for (const planted of ['lantedqq', 'ecretzz']) expect(heldInBytes(opened, planted)).toBe(false)
    expect(vocabulary(opened)).toBe(Number(before) + 2)
    expect(opened.find('ordinary ').total).toBe(300)
  })

  it('is as it was when an act that changed it is taken back', async () => {
    const opened = await openSearch()
    const ids = await opened.add({ title: 'first' }, { title: 'second' })
    const act = opened.db.transaction(() => {
      opened.search.drop(ids)
      throw new Error('taken back')
    })
    expect(act).toThrow('taken back')
    expect(opened.titles('second ')).toEqual(['second'])
    opened.search.drop(ids)
    expect(vocabulary(opened)).toBe(0)
  })
})

describe('an index whose words were prepared otherwise', () => {
  const older = async () => {
    const opened = await openSearch()
    await opened.add(...Array.from({ length: 450 }, (_, index) => ({ title: `entry ${index}` })))
    await opened.add({ title: 'one more', people: [{ name: 'Łukasz', role: 'from' }] })
    opened.db.exec("UPDATE people SET folded = 'otherwise'")
    opened.db.exec('UPDATE words_progress SET version = 0')
    return opened
  }
  const ended = async ({ jobs }: TestSearch, state: string) => {
    expect(await jobEnded(jobs.list, jobs.list().at(-1)?.id ?? '')).toMatchObject({ kind: 'index-words', state })
  }

  it('is made anew when the vault is opened, once', async () => {
    const opened = await older()
    opened.search.goOn()
    await ended(opened, 'done')
    expect(opened.find('entry ').total).toBe(450)
    // Names are compared as words are.
    expect(opened.db.prepare('SELECT folded FROM people').pluck().all()).toEqual(['lukasz'])
    opened.search.goOn()
    expect(opened.jobs.list()).toHaveLength(1)
  })

  it('goes on where it was stopped, with what was changed, added and erased meanwhile', async () => {
    const opened = await older()
    const { db, search, jobs } = opened
    search.goOn()
    const reached = () => Number(db.prepare('SELECT done FROM words_progress').pluck().get())
    while (reached() < 100) await new Promise((done) => setImmediate(done))
    for (const job of jobs.list()) jobs.cancel(job.id)
    await ended(opened, 'cancelled')
    expect(reached()).toBeLessThan(450)

    for (const [id, title] of [
      [1, 'changed early'],
      [449, 'changed late'],
    ] as const) {
      search.drop([id])
      db.prepare('UPDATE items SET title = ? WHERE id = ?').run(title, id)
      search.put([id])
    }
    search.drop([2, 450])
    db.exec('DELETE FROM items WHERE id IN (2, 450)')
    await opened.add({ title: 'entry added' })

    search.goOn()
    await ended(opened, 'done')
    expect(opened.find('entry ').total).toBe(447)
    expect(opened.titles('changed').toSorted()).toEqual(['changed early', 'changed late'])
    expect(opened.titles('entry added')).toEqual(['entry added'])
    const all = db.prepare('SELECT id FROM items').pluck().all() as number[]
    for (let from = 0; from < all.length; from += cutOutAtMost) search.drop(all.slice(from, from + cutOutAtMost))
    expect(vocabulary(opened)).toBe(0)
  })
})
