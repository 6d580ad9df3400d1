// Erasing for good, as a job: rows, words, what was said before, files, and what undo remembers. Then the log of the
// database is emptied and the files go, so that no copy of it stays in this folder; what still holds it, is said.
import { z } from 'zod'
import type { Backup } from '../../../shared/api/backups.ts'
import type { Which } from '../../../shared/api/items.ts'
import type { erased } from '../../../shared/api/library.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Blobs, NoteCutShort } from '../vault/vault.ts'
import type { Forgetting } from './forgetting.ts'
import type { List } from './list.ts'
import type { Remove } from './removing.ts'
import type { Words } from './words.ts'

type Erased = z.infer<typeof erased>
type Why = Extract<Act, { act: 'items.erased' }>['why']

interface Wish {
  readonly which: Which
  readonly why: Why
  /** Where only what lies in the Trash is meant, and has lain there since then. */
  readonly trashedBy: number | undefined
}

export interface ErasingParts {
  /** Whether nothing stands in the log of the database any more. */
  readonly emptyLog: () => boolean
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
  readonly blobs: Pick<Blobs, 'sweep'>
  /** With the day until which each is kept; null where it stays until somebody removes it. */
  readonly backups: () => Promise<(Pick<Backup, 'id' | 'at'> & { readonly until: string | null })[]>
  /** Of the whole vault, from before. */
  readonly copies: () => Erased['copies']
  /** What these imports were given, as far as it lies in the folder of the vault. */
  readonly keptUploads: (imports: readonly number[]) => Erased['uploads']
  readonly list: List
  readonly remove: Remove
  readonly forgetting: Forgetting
  readonly words: Words
  readonly changed: () => void
  readonly noteCutShort: NoteCutShort
}

/** Told in the log piece by piece, so that what is gone is recorded wherever it is cut short. Nobody waits long for one. */
const atOnce = 250
/** A backup that reads the log at this moment keeps it from being emptied; so it is tried again, for ten seconds. */
const waitMs = 250
const mostTries = 40

const addedRow = z.object({ added: z.int().nullable() })

export function createErasing(parts: ErasingParts) {
  const { emptyLog, prepare, ledger, jobs, clock, blobs, backups, copies, keptUploads } = parts
  const { list, remove, forgetting, words, changed, noteCutShort } = parts

  /** Whether it could be, while the person waits. Where not, whoever keeps house does it once it can be done. */
  const emptyLogSoon = async ({ pace }: JobContext): Promise<boolean> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (emptyLog()) return true
      await new Promise<void>((resolve) => void clock.after(waitMs, resolve))
      await pace()
    }
    return false
  }

  const firstAdded = (items: readonly number[]): number => {
    const sql = 'SELECT min(added) AS added FROM items WHERE id IN (SELECT value FROM json_each(?))'
    return addedRow.parse(prepare(sql).get(JSON.stringify(items))).added ?? 0
  }

  /** Put back where it was while others were being erased, it stays. */
  const stillInTrash = (items: readonly number[], since: number): number[] => {
    const sql = 'SELECT id FROM items WHERE id IN (SELECT value FROM json_each(?)) AND trashed <= ?'
    return z.array(z.int()).parse(prepare(sql).pluck().all(JSON.stringify(items), since))
  }

  const eraseAll = async ({ which, why, trashedBy }: Wish, context: JobContext): Promise<Erased> => {
    const items = list.chosen(which)
    const since = firstAdded(items)
    const readBy = new Set<number>()
    let erased = 0
    const item = 'ids' in which && which.ids.length === 1 ? (which.ids[0] ?? null) : null
    for (let done = 0; done < items.length; done += atOnce) {
      await context.pace()
      const chosen = items.slice(done, done + atOnce)
      const some = trashedBy === undefined ? chosen : stillInTrash(chosen, trashedBy)
      if (some.length === 0) continue
      ledger.record({ act: 'items.erased', items: some.length, item, why }, () => {
        const files = forgetting.filesOf(some)
        remove(some)
        for (const id of forgetting.forget(files)) readBy.add(id)
      })
      erased += some.length
      changed()
      // They name titles and files.
      jobs.forgetResults(['import', 'import-preview'])
      context.progress(done + chosen.length, items.length)
    }
    await words.settle(context.pace)
    const logEmptied = await emptyLogSoon(context)
    blobs.sweep()
    const all = (await backups()).map(({ id, at, until }) => ({ id, at, until }))
    const isSince = ({ at }: { readonly at: string }) => Date.parse(at) >= since
    return {
      items: erased,
      backups: all.filter(isSince),
      // It may have come before, and been taken back.
      earlier: all.filter((backup) => !isSince(backup)),
      copies: copies(),
      uploads: keptUploads([...readBy]),
      logEmptied,
    }
  }

  const start = (wish: Wish): { readonly job: string } =>
    jobs.start('erase', (context) => eraseAll(wish, context), {
      // The Trash is emptied again by itself.
      onCutShort: wish.why === 'person' ? () => noteCutShort('erase-stopped') : undefined,
    })

  return {
    erase({ which }: { readonly which: Which }) {
      const fromTrash = 'filter' in which && which.filter.trashed === true
      return start({ which, why: 'person', trashedBy: fromTrash ? clock.now().getTime() : undefined })
    },

    /** Of what has lain in it since before then. */
    emptyTrash(before: number) {
      const sql = 'SELECT lower(hex(uid)) AS uid FROM items WHERE trashed < ? LIMIT 100000'
      const old = z
        .array(z.object({ uid: z.string() }))
        .parse(prepare(sql).all(before))
        .map(({ uid }) => uid)
      if (old.length > 0) start({ which: { ids: old }, why: 'trash-emptied', trashedBy: before - 1 })
    },
  }
}
