// What this vault knows of the exports that were brought back into it: which items each added, and what else, so that it can
// be taken back as an import can. The rows are written in the transactions that bring the things themselves; a restore that
// was killed in the middle has told of everything it brought.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type ImportSummary, importStates } from '../../../shared/api/imports.ts'
import type { Prepare } from '../prepared.ts'

type State = (typeof importStates)[number]
/** Taking something back has begun and is not done: of what the person has not changed, of all, or it was stopped on the way. */
export type Undoing = 'unchanged' | 'all' | 'stopped'
/** What an export brings besides items and what belongs to them. */
export type OtherPart = 'imports' | 'collections' | 'drafts' | 'settings'

const restoreRow = z.object({
  number: z.int(),
  id: z.string(),
  name: z.string(),
  state: z.enum(importStates),
  at: z.string(),
  endedAt: z.string().nullable(),
  added: z.int(),
  changed: z.int(),
  duplicate: z.int(),
})
const select =
  'SELECT id AS number, uid AS id, name, state, at, ended AS endedAt, added, changed, duplicate FROM restores'
const idRows = z.array(z.int())
const unfinishedRows = z.array(z.object({ uid: z.string(), undoing: z.enum(['unchanged', 'all']) }))

/** A file that brought what an item says, and that did not come back with the export itself. */
const fromElsewhere = `EXISTS (
    SELECT 1 FROM import_files AS f JOIN imports ON imports.id = f.import WHERE f.id = items.made_in AND NOT EXISTS (
      SELECT 1 FROM restored_others AS o WHERE o.restore = @id AND o.part = 'imports' AND o.name = imports.uid
    )
  )`

export function createRestores({ prepare }: { readonly prepare: Prepare }) {
  const summaryOf = (row: z.infer<typeof restoreRow>): Omit<ImportSummary, 'job'> => {
    const { number: _, name: first, ...summary } = row
    const name = { first, more: 0, isSample: false }
    return { ...summary, name, of: 'export', files: 1, skipped: 0, failed: 0, canGoOn: false, needs: null }
  }

  return {
    begin(name: string, at: string): { readonly id: number; readonly uid: string } {
      const uid = randomUUID()
      const sql = "INSERT INTO restores (uid, name, state, at) VALUES (?, ?, 'running', ?)"
      return { id: Number(prepare(sql).run(uid, name, at).lastInsertRowid), uid }
    },

    markUndoing(uid: string, undoing: Undoing | null) {
      prepare('UPDATE restores SET undoing = ? WHERE uid = ?').run(undoing, uid)
    },

    /** Whose taking back was cut short. */
    unfinishedUndos: () =>
      unfinishedRows.parse(
        prepare("SELECT uid, undoing FROM restores WHERE state <> 'undone' AND undoing IN ('unchanged', 'all')").all(),
      ),

    setState(id: number, state: State, ended: string | null) {
      prepare('UPDATE restores SET state = ?, ended = ? WHERE id = ?').run(state, ended, id)
    },

    /** In the transaction that brings them. */
    brought(id: number, items: readonly number[], counts: Pick<ImportSummary, 'added' | 'changed' | 'duplicate'>) {
      const known =
        'INSERT INTO restored_items (item, restore, version) SELECT id, @id, version FROM items WHERE id = @item'
      for (const item of items) prepare(known).run({ id, item })
      prepare(`
        UPDATE restores SET added = added + @added, changed = changed + @changed, duplicate = duplicate + @duplicate
        WHERE id = @id
      `).run({ ...counts, id })
    },

    broughtOther(id: number, part: OtherPart, name: string, said: string) {
      const sql = 'INSERT OR IGNORE INTO restored_others (restore, part, name, said) VALUES (?, ?, ?, ?)'
      prepare(sql).run(id, part, name, said)
    },

    find(uid: string) {
      const row = restoreRow.optional().parse(prepare(`${select} WHERE uid = ?`).get(uid))
      return row === undefined ? undefined : { id: row.number, summary: summaryOf(row) }
    },

    list: (): Omit<ImportSummary, 'job'>[] => z.array(restoreRow).parse(prepare(select).all()).map(summaryOf),

    /** What nobody works at any more was cut short. */
    interrupt() {
      prepare("UPDATE restores SET state = 'interrupted' WHERE state = 'running'").run()
    },

    /** Some of the items it added; those the person has changed since only where these are asked for, too. */
    someOf(id: number, { changedToo, atOnce }: { readonly changedToo: boolean; readonly atOnce: number }): number[] {
      const untouched = changedToo ? '' : 'AND touched = 0'
      const sql = `SELECT item FROM restored_items WHERE restore = ? ${untouched} ORDER BY item LIMIT ?`
      return idRows.parse(prepare(sql).pluck().all(id, atOnce))
    },

    /**
     * What came in a newer form since, from another import or another export, and is no part of it from here on: so many, and
     * which of them belong to that import now. In the caller's transaction.
     */
    handOver(id: number, { atOnce }: { readonly atOnce: number }) {
      const newer = idRows.parse(
        prepare(`
          SELECT item FROM restored_items AS r JOIN items ON items.id = r.item
          WHERE r.restore = @id AND items.version > r.version AND (r.touched = 0 OR ${fromElsewhere})
          ORDER BY item LIMIT @atOnce
        `)
          .pluck()
          .all({ id, atOnce }),
      )
      const given = JSON.stringify(newer)
      const theirs = `SELECT id FROM items WHERE id IN (SELECT value FROM json_each(@given)) AND ${fromElsewhere}`
      const imported = idRows.parse(prepare(theirs).pluck().all({ id, given }))
      prepare('DELETE FROM restored_items WHERE item IN (SELECT value FROM json_each(?))').run(given)
      return { count: newer.length, imported }
    },

    left: (id: number): number =>
      z.int().parse(prepare('SELECT count(*) FROM restored_items WHERE restore = ?').pluck().get(id)),

    /** Those it brought and nobody has changed since. */
    collectionsOf: (id: number): number[] =>
      idRows.parse(
        prepare(`
          SELECT collections.id FROM collections JOIN restored_others AS r ON r.name = lower(hex(uid))
          WHERE r.restore = ? AND r.part = 'collections'
        `)
          .pluck()
          .all(id),
      ),

    /** What else it brought goes where nothing needs it and nobody has changed it since. In the caller's transaction. */
    takeOthersBack(id: number) {
      const given = (part: OtherPart) => `FROM restored_others AS r WHERE r.restore = ? AND r.part = '${part}'`
      prepare(`
        DELETE FROM imports WHERE uid IN (SELECT r.name ${given('imports')})
          AND NOT EXISTS (
            SELECT 1 FROM import_files AS f WHERE f.import = imports.id AND (
              EXISTS (SELECT 1 FROM items WHERE import_file = f.id) OR EXISTS (SELECT 1 FROM items WHERE made_in = f.id)
            )
          )
      `).run(id)
      prepare(`DELETE FROM drafts WHERE (name, at) IN (SELECT r.name, r.said ${given('drafts')})`).run(id)
      prepare(`DELETE FROM settings WHERE (key, value) IN (SELECT r.name, r.said ${given('settings')})`).run(id)
      prepare(`
        DELETE FROM people WHERE items = 0 AND NOT EXISTS (SELECT 1 FROM item_people WHERE person = people.id)
          AND NOT EXISTS (SELECT 1 FROM version_people WHERE person = people.id)
      `).run()
      prepare('DELETE FROM restored_others WHERE restore = ?').run(id)
      prepare('DELETE FROM restored_items WHERE restore = ?').run(id)
    },
  }
}
export type Restores = ReturnType<typeof createRestores>
