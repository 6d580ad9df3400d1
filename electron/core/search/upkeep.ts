// Work on the whole index, in steps that can stop anywhere and go on after a restart: making it anew when words are prepared
// in another way than they were, and taking out what was only marked as gone.
import { z } from 'zod'
import { foldWord } from '../../../shared/words.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { Prepare } from '../prepared.ts'
import type { OpenVault } from '../vault/vault.ts'
import { foldVersion } from './fold.ts'
import { type WordIndex, wordTables } from './word-index.ts'

interface UpkeepParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly prepare: Prepare
  readonly jobs: Jobs
  readonly index: WordIndex
}

const itemsAtOnce = 100
/** Pages of the index that one step of a merge writes. */
const pagesAtOnce = 64

const progress = z.object({ version: z.int(), done: z.int(), until: z.int(), marked: z.int() })

const people = z.array(z.object({ id: z.int(), name: z.string() }))

const sql = {
  progress: 'SELECT version, done, until, marked FROM words_progress',
  begin:
    'UPDATE words_progress SET version = ?, done = 0, until = (SELECT coalesce(max(id), 0) FROM items), marked = 0',
  people: 'SELECT id, name FROM people',
  fold: 'UPDATE people SET folded = ? WHERE id = ?',
  next: 'SELECT id FROM items WHERE id > ? AND id <= ? ORDER BY id LIMIT ?',
  reach: 'UPDATE words_progress SET done = ?',
  settled: 'UPDATE words_progress SET marked = 0 WHERE marked = ?',
  changes: 'SELECT total_changes()',
} as const

const empty = (table: string) => `INSERT INTO ${table} (${table}) VALUES ('delete-all')`
const merging = (table: string) => `INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`

export function createUpkeep({ openVault, prepare, jobs, index }: UpkeepParts) {
  const state = () => progress.parse(prepare(sql.progress).get())
  const inOne = <T>(act: () => T): T => openVault().db.transaction(act).immediate()

  const isDue = () => {
    const { version, done, until, marked } = state()
    return version !== foldVersion || done < until || marked > 0
  }

  const makeAnew = async ({ progress: tell, pace }: Pick<JobContext, 'progress' | 'pace'>): Promise<void> => {
    if (state().version !== foldVersion) {
      inOne(() => {
        for (const table of wordTables) prepare(empty(table)).run()
        prepare(sql.begin).run(foldVersion)
        for (const { id, name } of people.parse(prepare(sql.people).all())) prepare(sql.fold).run(foldWord(name), id)
      })
    }
    for (let { done, until } = state(); done < until; { done, until } = state()) {
      tell(done, until)
      await pace()
      inOne(() => {
        const items = z.array(z.int()).parse(prepare(sql.next).pluck().all(done, until, itemsAtOnce))
        const last = items.length < itemsAtOnce ? until : (items.at(-1) ?? until)
        // First, so that these count as reached.
        prepare(sql.reach).run(last)
        index.put(items)
      })
    }
  }

  /** Answers whether there was anything left to merge. */
  const merge = (table: string, pages: number): boolean =>
    inOne(() => {
      const changes = () => Number(prepare(sql.changes).pluck().get())
      const before = changes()
      prepare(merging(table)).run(pages)
      // FTS5, "The 'merge' command": fewer than two changes mean that there was nothing to do.
      return changes() - before >= 2
    })

  const settle = async (pace: () => Promise<void>): Promise<void> => {
    for (let { marked } = state(); marked > 0; { marked } = state()) {
      for (const table of wordTables) {
        for (let going = merge(table, -pagesAtOnce); going; going = merge(table, pagesAtOnce)) await pace()
      }
      prepare(sql.settled).run(marked)
    }
  }

  return {
    /** When the vault is opened: what was cut short goes on. */
    goOn(): void {
      if (jobs.isRunning('index-words') || !isDue()) return
      jobs.start(
        'index-words',
        async (context) => {
          await makeAnew(context)
          await settle(context.pace)
          return null
        },
        { pausable: true },
      )
    },

    /** After much was dropped for good: when it returns, no word of it is left in the index. */
    settle,
  }
}
