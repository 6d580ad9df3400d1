// The real library over a real encrypted database in a folder of its own, with a record, blobs and an index of words.
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { onTestFinished } from 'vitest'
import type { WholeItem } from '../../../electron/core/exports/exports.ts'
import { createJobs } from '../../../electron/core/jobs/jobs.ts'
import { createLedger } from '../../../electron/core/ledger/ledger.ts'
import { type NewItem, createLibrary } from '../../../electron/core/library/library.ts'
import { createModels } from '../../../electron/core/models/models.ts'
import { systemClock } from '../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../electron/core/processes.ts'
import { createSearch } from '../../../electron/core/search/search.ts'
import { createBlobs } from '../../../electron/core/vault/blobs.ts'
import { emptyLog, openDatabase } from '../../../electron/core/vault/db.ts'
import { migrate } from '../../../electron/core/vault/migrate.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

export const key = Buffer.alloc(32, 9)

export async function openLibrary(folder = temporaryFolder(), startProcess = startNodeProcess) {
  await sodium.ready
  const path = join(folder, 'vault.db')
  const db = openDatabase({ path, key, cipher: 'aegis', create: true })
  migrate(db, path)
  onTestFinished(() => void db.close())
  const open = { vault: 'a-vault', db, master: Buffer.alloc(32, 1), witnessKey: Buffer.alloc(32, 2) }
  const openVault = () => open
  const clock = createFakeClock()
  const events: AppEvent[] = []
  const emit = (event: AppEvent) => void events.push(event)
  const log = { write: () => {} }
  const ledger = createLedger({ openVault, clock, log, stateFolder: temporaryFolder(), emit })
  const blobs = createBlobs({ openVault, folder: join(folder, 'blobs'), clock })
  const jobs = createJobs({ clock, log, emit, onFailure: () => {} })
  const wishes = { searchRecency: 50, searchHalfLifeDays: 180 }
  // A real process, started when a test first asks it.
  const { understanding } = createModels({ startProcess, clock: systemClock })
  onTestFinished(() => understanding.runtime.end())
  const search = createSearch({ openVault, clock, jobs, log, understanding, staysOpen: true, wishes: () => wishes })
  const backups: { id: string; at: string; until: string | null }[] = []
  const copies: { what: 'before-update' | 'replaced'; at: string }[] = []
  const uploads: { name: { first: string; more: number; isSample: boolean }; until: string | null }[] = []
  const library = createLibrary({
    openVault,
    ledger,
    jobs,
    clock,
    log,
    blobs,
    backups: async () => backups,
    copies: () => copies,
    keptUploads: (imports) => (imports.length === 0 ? [] : uploads),
    emptyLog: () => emptyLog(db),
    noteCutShort: () => {},
    search,
    emit,
  })

  /** As an import does: the files first, then one transaction. */
  const add = async (items: readonly NewItem[], file: number | null = null) => {
    const staged = await library.stage(items)
    try {
      return db.transaction(() => staged.batch((keep) => keep(file, 0, items.length)))()
    } finally {
      staged.drop()
    }
  }
  const acts = () => ledger.list({ limit: 100 }).entries.map(({ act }) => act)
  const all = () => library.list({ filter: {}, offset: 0, limit: 200 }).rows
  return {
    folder,
    db,
    clock,
    events,
    ledger,
    blobs,
    jobs,
    backups,
    copies,
    uploads,
    search,
    wishes,
    library,
    add,
    acts,
    all,
  }
}
export type TestLibrary = Awaited<ReturnType<typeof openLibrary>>

/** All of an import, piece by piece as its job does it. */
export function takenBack({ library }: TestLibrary, id: number, changedToo = false) {
  const done = { removed: 0, restored: 0, kept: 0, handedOver: 0 }
  const takeSome = library.takeBack(id, { changedToo })
  for (let taken = takeSome(); taken !== undefined; taken = takeSome()) {
    done.removed += taken.removed
    done.restored += taken.restored
    done.kept += taken.kept
    done.handedOver += taken.handedOver
  }
  return done
}

/** A message unlike any other, unless told what is in it. */
export const message = (changes: Partial<NewItem> = {}): NewItem => ({
  same: 'chat/1',
  type: 'message',
  title: '',
  body: 'See you at the harbour',
  when: { at: Date.UTC(2025, 5, 1, 12) },
  source: 'telegram',
  ...changes,
})

/** As an export holds an item with one file. */
export function wholeWith(
  file: Pick<WholeItem['attachments'][number], 'name' | 'media' | 'bytes' | 'content'>,
): WholeItem {
  const [id, same, attachment] = ['a1'.repeat(16), 'b2'.repeat(16), 'c3'.repeat(16)]
  const at = Date.UTC(2025, 0, 1)
  return {
    item: {
      ...{ id, same, type: 'note', source: 'test', level: 'ordinary', levelBy: 'rule', added: at, trashed: null },
      ...{ from: null, position: null, version: 1, changed: at, madeBy: 'person', madeIn: null, brought: null },
      ...{ at, ends: null, east: 0, timing: 'moment', day: '2025-01-01', bodyIs: 'text', title: 'Whole', facts: {} },
      body: '',
    },
    ...{ versions: [], people: [], tags: [], collections: [], links: [] },
    attachments: [{ ...file, item: id, id: attachment, file: 'attachments/a.txt', from: null }],
  }
}

/** Every row of every table, as one text. */
export const everything = ({ db }: Pick<TestLibrary, 'db'>) =>
  db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'words%' AND name NOT LIKE 'stems%'",
    )
    .pluck()
    .all()
    .map((table) => JSON.stringify(db.prepare(`SELECT * FROM ${String(table)}`).all()))
    .join('\n')

/** Everything the tables hold, and every word of the index; in an order of its own. */
export function contentOf({ db }: Pick<TestLibrary, 'db'>, without: readonly string[] = []): Record<string, unknown[]> {
  const tables = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'words%' AND name NOT LIKE 'stems%'",
    )
    .pluck()
    .all()
    .map(String)
  return Object.fromEntries(
    [...tables, 'words_seen']
      .filter((table) => !without.includes(table))
      .map((table) => [
        table,
        db
          .prepare(`SELECT * FROM ${table}`)
          .all()
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ]),
  )
}

/** The row of a file of an import, as core/imports keeps it. */
export function importFile({ db }: Pick<TestLibrary, 'db'>, id: number): number {
  const columns = '(id, uid, name, state, at, options, sources)'
  db.prepare(`INSERT INTO imports ${columns} VALUES (?, ?, 'Import', 'done', '2026-01-15', '{}', '[]')`).run(
    id,
    `uid-${id}`,
  )
  const file = db.prepare("INSERT INTO import_files (import, path, bytes, state) VALUES (?, 'chat.json', 9, 'done')")
  return Number(file.run(id).lastInsertRowid)
}

/** What is counted as things change, and the same counted anew. */
export function countsOf({ db }: Pick<TestLibrary, 'db'>): { readonly kept: unknown; readonly anew: unknown } {
  const all = (sql: string) => db.prepare(sql).raw().all()
  const kinds = `SELECT iif(timing = 'none', '', day) AS filed, type, source, level, count(*) FROM items
    WHERE trashed IS NULL GROUP BY filed, type, source, level ORDER BY filed, type, source, level`
  const people = `SELECT people.id, (
      SELECT count(DISTINCT item) FROM item_people JOIN items ON items.id = item WHERE person = people.id AND trashed IS NULL
    ) FROM people ORDER BY people.id`
  return {
    kept: [
      all('SELECT day, type, source, level, items FROM counts ORDER BY day, type, source, level'),
      all('SELECT id, items FROM people ORDER BY id'),
    ],
    anew: [all(kinds), all(people)],
  }
}
