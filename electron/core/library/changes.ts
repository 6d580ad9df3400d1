// What a person did, and taking it back. Each act is one transaction, in which triggers keep what it touches as it was
// before (migration 0020); taking it back puts that in place again, and is an act of the same kind: taken back in turn, it
// is done again. It refuses where something else has happened to the same things since.
import { z } from 'zod'
import type { Act } from '../../../shared/api/ledger.ts'
import { changeActs } from '../../../shared/api/library.ts'
import { AppError } from '../../../shared/errors.ts'
import { codeOf } from '../failures.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Counts } from './counts.ts'
import type { Names } from './names.ts'
import { putRowsBack } from './putting-back.ts'
import type { Words } from './words.ts'

export type ActName = (typeof changeActs)[number]

interface ChangeParts {
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly clock: Clock
  readonly words: Words
  readonly counts: Counts
  readonly names: Names
  /** After the commit. */
  readonly changed: () => void
}

export interface Made {
  /** How many items it did something to. */
  readonly items: number
}

interface Doing<T> {
  readonly act: ActName
  readonly change: () => T
  /** What the log is told of it, if anything. */
  readonly told?: (made: T) => Act
}

export type Kept<T> = T & { readonly change: number | null }

const changeRow = z.object({ act: z.string(), root: z.int().nullable(), undone: z.int() }).optional()
const idList = z.array(z.int())
const lastRows = z.array(z.object({ change: z.int(), act: z.enum(changeActs), at: z.int() }))
/** Of the newest changes, so many are looked at for one that nothing has happened to since. */
const mostLookedAt = 50

/** Of an act that an import did to something the person may have changed: it stands in the way, and is never taken back. */
const byImport = 'import'
const told: readonly string[] = ['note', 'version', 'level', 'trash', 'untrash'] satisfies ActName[]
const inTheWay = new Set<string | undefined>([
  'SQLITE_CONSTRAINT_FOREIGNKEY',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_UNIQUE',
])

export function createChanges({ prepare, ledger, clock, words, counts, names, changed }: ChangeParts) {
  const add = (act: string, root: number | null): number =>
    Number(
      prepare('INSERT INTO changes (at, act, root) VALUES (?, ?, ?)').run(clock.now().getTime(), act, root)
        .lastInsertRowid,
    )

  /** In a transaction. */
  const keeping = <T extends Made>(act: string, root: number | null, change: () => T): Kept<T> => {
    const number = add(act, root)
    prepare('INSERT INTO change_now (change) VALUES (?)').run(number)
    const made = change()
    prepare('DELETE FROM change_now').run()
    const isAny = prepare('SELECT 1 FROM change_rows WHERE change = ? LIMIT 1').get(number) !== undefined
    if (!isAny) prepare('DELETE FROM changes WHERE id = ?').run(number)
    return { ...made, change: isAny ? number : null }
  }

  const perform = <T extends Made>({ act, change, told: tell }: Doing<T>): Kept<T> => {
    const made = ledger.record(
      (result: Kept<T>) => (result.change === null || tell === undefined ? [] : tell(result)),
      () => keeping(act, null, change),
    )
    if (made.change !== null) changed()
    return made
  }

  const hasHappenedSince = (change: number): boolean => {
    // An act and its undo cancel each other out, and so does any even number of a chain of them.
    const since = prepare(`
      SELECT 1 FROM (
        SELECT later.change FROM change_rows AS mine
        CROSS JOIN change_rows AS later ON later.item = mine.item AND later.change > mine.change
        WHERE mine.change = @change
          AND (later.part = mine.part AND later.row = mine.row OR mine.part = 'items' AND mine.did = 'added')
        UNION
        SELECT later.change FROM change_rows AS mine
        CROSS JOIN change_rows AS later
          ON later.item IS NULL AND later.part = mine.part AND later.row = mine.row AND later.change > mine.change
        WHERE mine.change = @change AND mine.item IS NULL
      ) AS since CROSS JOIN changes ON changes.id = since.change
      GROUP BY coalesce(changes.root, changes.id) HAVING count(*) % 2 = 1 LIMIT 1
    `).get({ change })
    return since !== undefined
  }

  const itemsWhere = (condition: string, change: number): number[] =>
    idList.parse(
      prepare(`SELECT DISTINCT item FROM change_rows WHERE change = ? AND part = 'items' AND ${condition}`)
        .pluck()
        .all(change),
    )

  const collectionsOf = (change: number): number[] => {
    const sql = "SELECT row ->> 'id' FROM change_rows WHERE change = ? AND part = 'collections'"
    return idList.parse(prepare(sql).pluck().all(change))
  }

  const putAllBack = (change: number): Made => {
    const said = new Set(itemsWhere("did IN ('added', 'removed', 'said')", change))
    const moved = new Set(itemsWhere("did = 'trashed'", change).filter((item) => !said.has(item)))
    const judged = itemsWhere("did = 'level'", change).filter((item) => !said.has(item) && !moved.has(item))
    words.following([...said], () =>
      counts.following([...moved], () =>
        counts.followingKinds(judged, () => {
          putRowsBack(prepare, change)
          // What the person had filled is the import's again, which may be gone from it since.
          names.dropEmptied(collectionsOf(change))
        }),
      ),
    )
    const { items } = z
      .object({ items: z.int() })
      .parse(prepare('SELECT count(DISTINCT item) AS items FROM change_rows WHERE change = ?').get(change))
    return { items }
  }

  return {
    perform,

    /** In a transaction of an import: what it does to this item from here on stands in the way of taking back earlier acts. */
    markImported(item: number, within: { change?: number }) {
      const change = (within.change ??= add(byImport, null))
      prepare(
        "INSERT INTO change_rows (change, part, did, item, row, before) VALUES (?, 'items', 'said', ?, ?, '{}')",
      ).run(change, item, JSON.stringify({ id: item }))
    },

    undo(change: number): Kept<Made> & { readonly act: ActName } {
      const found = changeRow.parse(prepare('SELECT act, root, undone FROM changes WHERE id = ?').get(change))
      const isAny = prepare('SELECT 1 FROM change_rows WHERE change = ? LIMIT 1').get(change) !== undefined
      if (found === undefined || !isAny || found.act === byImport) throw new AppError('NO_SUCH_CHANGE')
      const { root, undone } = found
      if (undone === 1) throw new AppError('NO_SUCH_CHANGE')
      const act = z.enum(changeActs).parse(found.act)
      const taking = (): Kept<Made> => {
        if (hasHappenedSince(change)) throw new AppError('CHANGED_SINCE')
        prepare('UPDATE changes SET undone = 1 WHERE id = ?').run(change)
        return keeping(act, root ?? change, () => putAllBack(change))
      }
      const again = root !== null && isEven(prepare, root)
      const tell = ({ items }: Made): Act[] => (told.includes(act) ? [{ act: 'change.undone', items, again }] : [])
      try {
        return { ...ledger.record(tell, taking), act }
      } catch (error) {
        // What it needs is not there any more: a tag's place was taken, an item is gone.
        if (inTheWay.has(codeOf(error))) throw new AppError('CHANGED_SINCE', {}, { cause: error })
        throw error
      } finally {
        changed()
      }
    },

    /** What `undo` takes back next for somebody who remembers nothing. What was taken back is not done again by it. */
    last() {
      const newest = lastRows.parse(
        prepare(`
          SELECT id AS change, act, at FROM changes
          WHERE undone = 0 AND act <> '${byImport}' AND EXISTS (SELECT 1 FROM change_rows WHERE change = changes.id) AND (
            SELECT count(*) FROM changes AS other
            WHERE other.id = coalesce(changes.root, changes.id) OR other.root = coalesce(changes.root, changes.id)
          ) % 2 = 1
          ORDER BY id DESC LIMIT ${mostLookedAt}
        `).all(),
      )
      const found = newest.find(({ change }) => !hasHappenedSince(change))
      return found === undefined ? null : { ...found, at: new Date(found.at).toISOString() }
    },

    /** For items that go for good, with everything that was kept of them. */
    forget(items: readonly number[]) {
      const given = JSON.stringify(items)
      const named = 'item IN (SELECT value FROM json_each(?))'
      const touched = z
        .array(z.object({ change: z.int() }))
        .parse(prepare(`SELECT DISTINCT change FROM change_rows WHERE ${named}`).all(given))
      prepare(`DELETE FROM change_rows WHERE ${named}`).run(given)
      // The name of a tag or a collection can say as much as a text: where an act gave or took it on these items alone, it
      // goes with them.
      for (const [part, one] of [
        ['tags', 'tag'],
        ['collections', 'collection'],
      ] as const) {
        prepare(`
          DELETE FROM change_rows WHERE part = '${part}' AND item IS NULL
            AND change IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (
              SELECT 1 FROM change_rows AS other
              WHERE other.change = change_rows.change AND other.part = 'item_${part}'
                AND other.row ->> '${one}' = change_rows.row ->> 'id'
            )
        `).run(JSON.stringify(touched.map(({ change }) => change)))
      }
    },

    /** Nothing done before then can be taken back any more. */
    forgetBefore(at: number) {
      prepare('DELETE FROM changes WHERE at < ?').run(at)
    },
  }
}
export type Changes = ReturnType<typeof createChanges>

/** Whether what began with `root` is taken back at the moment. */
function isEven(prepare: Prepare, root: number): boolean {
  const { count } = z
    .object({ count: z.int() })
    .parse(prepare('SELECT count(*) AS count FROM changes WHERE id = @root OR root = @root').get({ root }))
  return count % 2 === 0
}
