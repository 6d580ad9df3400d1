// A library of made-up items in the encrypted database, filled the way an import fills it, a few thousand at a time. The
// same in every run: a vocabulary of 5,000 words, some of them in nearly every item and most in few.
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { createJobs } from '../../electron/core/jobs/jobs.ts'
import { createLedger } from '../../electron/core/ledger/ledger.ts'
import { type NewItem, createLibrary } from '../../electron/core/library/library.ts'
import { type Clock, systemClock } from '../../electron/core/ports.ts'
import { createSearch } from '../../electron/core/search/search.ts'
import { createBlobs } from '../../electron/core/vault/blobs.ts'
import { emptyLog } from '../../electron/core/vault/db.ts'
import { migrate } from '../../electron/core/vault/migrate.ts'
import { defaultSettings } from '../../shared/api/settings.ts'
import { openEncrypted } from './plain-database.ts'

const itemsAtOnce = 5000
const firstDay = Date.UTC(2015, 0, 1)
const days = 4000
const dayMs = 86_400_000

/** No timer of the library may fall into what is measured. */
const clock: Clock = { now: systemClock.now, after: () => () => {} }

export async function fillLibrary(folder: string, count: number) {
  await sodium.ready
  const path = join(folder, 'vault.db')
  const db = openEncrypted(path)
  migrate(db, path)
  const open = { vault: 'bench', db, master: Buffer.alloc(32, 1), witnessKey: Buffer.alloc(32, 2) }
  const openVault = () => open
  const log = { write: () => {} }
  const emit = () => {}
  const jobs = createJobs({ clock, log, emit, onFailure: () => {} })
  const search = createSearch({ openVault, clock, jobs, wishes: () => defaultSettings })
  const library = createLibrary({
    openVault,
    ledger: createLedger({ openVault, clock, log, stateFolder: folder, emit }),
    jobs,
    clock,
    log,
    blobs: createBlobs({ openVault, folder: join(folder, 'blobs'), clock }),
    backups: async () => [],
    copies: () => [],
    emptyLog: () => emptyLog(db),
    search,
    emit,
  })

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
  for (let from = 0; from < count; from += itemsAtOnce) {
    const items = Array.from({ length: Math.min(itemsAtOnce, count - from) }, (_, index) => item(from + index))
    const staged = await library.stage(items)
    db.transaction(() => staged.batch((keep) => keep(null, 0, items.length)))()
    staged.drop()
  }
  db.pragma('wal_checkpoint(TRUNCATE)')
  const seconds = (performance.now() - began) / 1000
  console.error(`Filled with ${count} items in ${seconds.toFixed(1)} s.`)
  return { db, search, library }
}
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
