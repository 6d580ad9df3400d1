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

/** Numbers of items that were not here before, and versions that it brought of those that were. */
interface Brought {
  readonly added: readonly number[]
  readonly renewed: readonly { readonly item: number; readonly version: number }[]
}

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
  undoing: z.string().nullable(),
})
const select =
  'SELECT id AS number, uid AS id, name, state, at, ended AS endedAt, added, changed, duplicate, undoing FROM restores'
const idRows = z.array(z.int())
const draftRows = z.array(z.object({ name: z.string(), at: z.string() }))
const settingRows = z.array(z.object({ key: z.string(), value: z.string() }))
const othersOf = (part: OtherPart) => `FROM restored_others WHERE restore = ? AND part = '${part}'`
const unfinishedRows = z.array(z.object({ uid: z.string(), undoing: z.enum(['unchanged', 'all']) }))

const restoredRow = z.object({
  item: z.int(),
  /** Up to this version the item came with the export. */
  version: z.int(),
  touched: z.int(),
  /** The first version of it that another export brought, and the first that an import did. */
  byExport: z.int().nullable(),
  byImport: z.int().nullable(),
})
export type Restored = z.infer<typeof restoredRow>

const someSql = `
  SELECT item, version, touched,
    (SELECT min(version) FROM restored_versions AS later WHERE later.item = r.item) AS byExport,
    (
      SELECT min(said.version) FROM (
        SELECT version, made_in FROM versions WHERE versions.item = r.item UNION ALL
        SELECT version, made_in FROM items WHERE items.id = r.item
      ) AS said
      JOIN import_files AS f ON f.id = said.made_in JOIN imports ON imports.id = f.import
      WHERE said.version > r.version AND NOT EXISTS (
        -- An import that came back with the export itself is part of it.
        SELECT 1 FROM restored_others AS o WHERE o.restore = @id AND o.part = 'imports' AND o.name = imports.uid
      )
    ) AS byImport
  FROM restored_items AS r WHERE restore = @id AND item > @after ORDER BY item LIMIT @atOnce`

export function createRestores({ prepare }: { readonly prepare: Prepare }) {
  const summaryOf = (row: z.infer<typeof restoreRow>): Omit<ImportSummary, 'job'> => {
    const { number: _, name: first, undoing, ...summary } = row
    const state = undoing !== null && summary.state !== 'undone' ? 'half-undone' : summary.state
    const name = { first, more: 0, isSample: false }
    return { ...summary, state, name, of: 'export', files: 1, skipped: 0, failed: 0, canGoOn: false, needs: null }
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
    brought(id: number, { added, renewed }: Brought, counts: Pick<ImportSummary, 'added' | 'changed' | 'duplicate'>) {
      const known =
        'INSERT INTO restored_items (item, restore, version) SELECT id, @id, version FROM items WHERE id = @item'
      for (const item of added) prepare(known).run({ id, item })
      for (const one of renewed) {
        // Of what the person or an import brought here nothing goes with an export.
        prepare(`
          INSERT OR REPLACE INTO restored_versions (item, version, restore)
          SELECT item, @version, @id FROM restored_items WHERE item = @item AND restore <> @id
        `).run({ ...one, id })
      }
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

    /** Some of the items it added, from one to the next. */
    someOf: (id: number, { after, atOnce }: { readonly after: number; readonly atOnce: number }): Restored[] =>
      z.array(restoredRow).parse(prepare(someSql).all({ id, after, atOnce })),

    /** What another export has brought in a newer form since is that one's from here on. In the caller's transaction. */
    handOver({ item, byExport: version }: Restored) {
      prepare(`
        UPDATE restored_items SET version = later.version, restore = later.restore FROM restored_versions AS later
        WHERE restored_items.item = @item AND later.item = @item AND later.version = @version
      `).run({ item, version })
      prepare('DELETE FROM restored_versions WHERE item = ? AND version = ?').run(item, version)
    },

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

    draftsOf: (id: number) => draftRows.parse(prepare(`SELECT name, said AS at ${othersOf('drafts')}`).all(id)),
    settingsOf: (id: number) =>
      settingRows.parse(prepare(`SELECT name AS key, said AS value ${othersOf('settings')}`).all(id)),

    /** When the rest of what it brought is gone: imports that nothing is from any more. In the caller's transaction. */
    takeOthersBack(id: number) {
      prepare(`
        DELETE FROM imports WHERE uid IN (SELECT name ${othersOf('imports')})
          AND NOT EXISTS (
            SELECT 1 FROM import_files AS f WHERE f.import = imports.id AND (
              EXISTS (SELECT 1 FROM items WHERE import_file = f.id) OR EXISTS (SELECT 1 FROM items WHERE made_in = f.id)
            )
          )
      `).run(id)
      prepare('DELETE FROM restored_others WHERE restore = ?').run(id)
      prepare('DELETE FROM restored_items WHERE restore = ?').run(id)
      prepare('DELETE FROM restored_versions WHERE restore = ?').run(id)
    },
  }
}
export type Restores = ReturnType<typeof createRestores>
