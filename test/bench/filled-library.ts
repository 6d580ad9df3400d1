// A library of made-up items in the encrypted database: the first hundred thousand come in the way an import brings them, a
// few thousand at a time, and what is beyond is copied from these to later days, since it is only ever read here. The same
// in every run: a vocabulary of 5,000 words, some of them in nearly every item and most in few.
import type { NewItem } from '../../electron/core/library/library.ts'
import type { Search } from '../../electron/core/search/search.ts'
import { type Db, emptyLog } from '../../electron/core/vault/db.ts'
import { openBenchLibrary } from './bench-library.ts'

const itemsAtOnce = 5000
const addedAtMost = 100_000
const firstDay = Date.UTC(2015, 0, 1)
const days = 4000
const dayMs = 86_400_000

export async function fillLibrary(folder: string, count: number) {
  const opened = await openBenchLibrary(folder)
  const { db, search, add } = opened
  const words = makeWords()
  const item = (number: number): NewItem => ({
    same: `bench/${number}`,
    type: number % 50 === 0 ? 'note' : 'message',
    title: words(5),
    body: words(40),
    when: { at: firstDay + Math.floor((number / count) * days) * dayMs, offset: 0 },
    source: number % 7 === 0 ? 'telegram' : 'whatsapp',
    people: [{ name: `Friend ${number % 997}`, role: 'from' }],
    ...(number % 20 === 0 && { tags: [`tag ${number % 300}`] }),
  })
  const began = performance.now()
  const added = Math.min(count, addedAtMost)
  for (let from = 0; from < added; from += itemsAtOnce) {
    const items = Array.from({ length: Math.min(itemsAtOnce, added - from) }, (_, index) => item(from + index))
    await add(items)
  }
  copyToLaterDays({ db, search }, { added, count })
  emptyLog(db)
  const seconds = (performance.now() - began) / 1000
  console.error(`Filled with ${count} items in ${seconds.toFixed(1)} s.`)
  return opened
}

interface Amounts {
  readonly added: number
  readonly count: number
}

/** All that an item is in the tables: the rows in a few statements, its words by the index itself. */
export function copyToLaterDays(
  { db, search }: { readonly db: Db; readonly search: Search },
  { added, count }: Amounts,
) {
  const copies = count / added
  const daysOfAll = days / copies
  if (!Number.isInteger(copies) || !Number.isInteger(daysOfAll))
    throw new Error(`${count} items cannot be copied together`)
  const last = new Date(firstDay + (daysOfAll - 1) * dayMs).toISOString().slice(0, 10)
  for (let copy = 1; copy < copies; copy += 1) {
    const shift = { added, plus: copy * added, days: copy * daysOfAll, last }
    db.transaction(() => {
      for (const sql of copying) db.prepare(sql).run(shift)
    })()
    for (let from = 1; from <= added; from += itemsAtOnce) {
      const ids = Array.from({ length: Math.min(itemsAtOnce, added - from + 1) }, (_, at) => shift.plus + from + at)
      db.transaction(() => search.put(ids))()
    }
  }
  db.prepare('UPDATE people SET items = items * ?').run(copies)
}

const laterDay = "date(day, '+' || CAST(@days AS INTEGER) || ' days')"
const copying = [
  `INSERT INTO items (id, uid, same, brought, type, at, ends, east, timing, day, source, level, level_by, added, changed,
      made_by, body_is, title, facts, body)
    SELECT id + @plus, randomblob(16), randomblob(16), brought, type, at + @days * ${dayMs}, ends, east, timing, ${laterDay},
      source, level, level_by, added, changed, made_by, body_is, title, facts, body
    FROM items WHERE id <= @added ORDER BY id`,
  `INSERT INTO item_people (item, person, role, name)
    SELECT item + @plus, person, role, name FROM item_people WHERE item <= @added`,
  'INSERT INTO item_tags (item, tag) SELECT item + @plus, tag FROM item_tags WHERE item <= @added',
  `INSERT INTO passages (item, key, starts, ends)
    SELECT item + @plus, key, starts, ends FROM passages WHERE item <= @added ORDER BY id`,
  ...[
    'codes (passage, embedder, item, code) SELECT made.id, kept.embedder, made.item, kept.code',
    'vectors (passage, embedder, vector) SELECT made.id, kept.embedder, kept.vector',
  ].map(
    (
      copied,
    ) => `INSERT INTO ${copied} FROM passages AS was JOIN passages AS made ON made.item = was.item + @plus AND made.key = was.key
      JOIN ${copied.split(' ')[0]} AS kept ON kept.passage = was.id WHERE was.item <= @added`,
  ),
  // What was understood is copied, and what was not is no more than that here.
  'DELETE FROM unread WHERE item > @added',
  `INSERT INTO counts (day, type, source, level, items)
    SELECT ${laterDay}, type, source, level, items FROM counts WHERE day <= @last`,
]

export type FilledLibrary = Awaited<ReturnType<typeof fillLibrary>>

export function wordAt(rank: number): string {
  const signs = 'bdfgklmnprst'
  const vowels = 'aeiou'
  let rest = rank * 7919 + 104_729
  let word = ''
  while (rest > 0) {
    word += (signs[rest % 12] ?? '') + (vowels[Math.floor(rest / 12) % 5] ?? '')
    rest = Math.floor(rest / 60)
  }
  return word
}

function makeWords(): (count: number) => string {
  const all = Array.from({ length: 5000 }, (_, rank) => wordAt(rank))
  let state = 1
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return (count) => Array.from({ length: count }, () => all[Math.floor(next() ** 4 * 5000)]).join(' ')
}
