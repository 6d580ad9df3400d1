// The list that a search answers with, over 100,000 items in the encrypted database, against the same over a plain one.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { createJobs } from '../../../electron/core/jobs/jobs.ts'
import type { Clock } from '../../../electron/core/ports.ts'
import { createSearch } from '../../../electron/core/search/search.ts'
import type { Db } from '../../../electron/core/vault/db.ts'
import { migrate } from '../../../electron/core/vault/migrate.ts'
import { searchApi } from '../../../shared/api/search.ts'
import { defaultSettings } from '../../../shared/api/settings.ts'
import type { Bench } from '../harness.ts'
import { openEncrypted, openPlain, vaultSettings } from '../plain-database.ts'
import { scratch, timed } from '../support.ts'

const itemCount = 100_000
const itemsAtOnce = 500
const firstDay = Date.UTC(2015, 0, 1)

const clock: Clock = { now: () => new Date('2025-12-01T12:00:00Z'), after: () => () => {} }

export const searching: Bench = {
  name: 'search',
  says: 'p95 of a mix of searches over 100,000 items, the list alone; baseline: the same in a plain database',
  unit: 'ms',
  better: 'lower',
  goal: 30,
  judged: 'figure',
  rounds: 5,
  async open() {
    await sodium.ready
    const folder = scratch()
    const values = vaultSettings(join(folder.path, 'settings.db'))
    const encrypted = filled(openEncrypted, join(folder.path, 'encrypted.db'))
    const plain = filled((path) => openPlain(path, values), join(folder.path, 'plain.db'))
    return {
      figure: () => slowest(encrypted),
      baseline: () => slowest(plain),
      async close() {
        encrypted.db.close()
        plain.db.close()
        folder.remove()
      },
    }
  },
}

function filled(open: (path: string) => Db, path: string) {
  const db = open(path)
  migrate(db, path)
  const jobs = createJobs({ clock, log: { write: () => {} }, emit: () => {}, onFailure: () => {} })
  const search = createSearch({ openVault: () => ({ db }), clock, jobs, wishes: () => defaultSettings })
  const words = makeWords()
  const add = db.prepare(
    `INSERT INTO items (uid, same, type, at, east, timing, day, source, level, level_by, added, changed, made_by, body_is,
       title, facts, body)
     VALUES (?, ?, ?, ?, 0, 'moment', ?, 'bench', ?, 'rule', 0, 0, 'import', 'text', ?, '{}', ?)`,
  )
  const addSome = db.transaction((from: number) => {
    const ids = Array.from({ length: itemsAtOnce }, (_, index) => {
      const number = from + index
      const at = firstDay + Math.floor((number / itemCount) * 4000) * 86_400_000
      const type = number % 50 === 0 ? 'note' : 'message'
      const day = new Date(at).toISOString().slice(0, 10)
      const level = number % 40 === 0 ? 3 : 0
      return Number(
        add.run(randomBytes(16), randomBytes(16), type, at, day, level, words(5), words(40)).lastInsertRowid,
      )
    })
    search.put(ids)
  })
  for (let from = 0; from < itemCount; from += itemsAtOnce) addSome(from)
  db.pragma('wal_checkpoint(TRUNCATE)')
  return { db, search }
}

/** Words a person looks for: common, rare, begun, mistyped, in a row and within filters. */
const queries = ['', ' ', 'x'].flatMap((end, round) =>
  Array.from({ length: 8 }, (_, index) => {
    const common = wordAt(index * 3 + round)
    const rare = wordAt(3000 + index * 200 + round)
    return [
      ...[common, rare, `${common} ${rare}`, `${rare}${end}`, `"${common} ${wordAt(index + 1)}"`, common.slice(0, 2)],
      ...[
        `${common} type:note`,
        `${common} before:2018`,
        `${common} level:secret`,
        `${common} -${rare}`,
        rare.slice(0, 3),
      ],
    ]
  }).flat(),
)

async function slowest({ search }: Pick<ReturnType<typeof filled>, 'search'>): Promise<number> {
  const took: number[] = []
  for (const query of queries)
    took.push(await timed(() => search.find(searchApi['search.find'].input.parse({ query }))))
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? Number.NaN
}

function wordAt(rank: number): string {
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

/** The same in every run: a vocabulary of 5,000, some of it in nearly every item and most in few. */
function makeWords(): (count: number) => string {
  let state = 1
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return (count) => Array.from({ length: count }, () => wordAt(Math.floor(next() ** 4 * 5000))).join(' ')
}
