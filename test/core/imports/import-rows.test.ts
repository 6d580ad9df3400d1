// What the vault knows of imports: asked for in steps that do not grow with their files, and counted right whoever writes.
import { describe, expect, it } from 'vitest'
import {
  addFile,
  addProblem,
  addRecords,
  beginFile,
  couldBeHelped,
  endFile,
  listFiles,
  listProblems,
  noCounts,
  reopenFiles,
  unlistedProblems,
} from '../../../electron/core/imports/file-rows.ts'
import {
  addImport,
  importNamed,
  leftSince,
  listImports,
  markUndoing,
  setState,
} from '../../../electron/core/imports/import-rows.ts'
import { openLibrary } from '../library/support.ts'
import { plansOf } from '../support.ts'

async function withImports() {
  const { db } = await openLibrary()
  const prepare = (sql: string) => db.prepare(sql)
  const begin = (uid: string, { at = '2026-01-01', locked = false } = {}) => {
    const name = { first: uid, more: 0, isSample: false }
    return addImport(prepare, { uid, name, at, options: { locked }, sources: [{ name: 'in', path: '/in' }] })
  }
  const file = (id: number, path: string) => addFile(prepare, id, { path, bytes: 1 }) ?? 0
  return { db, prepare, begin, file }
}

describe('how an import stands', () => {
  it('is kept, and files and problems are read page by page, without a look at all of them', async () => {
    const { db, prepare, begin, file } = await withImports()
    const id = begin('one')
    for (const path of ['a', 'b'])
      endFile(prepare, file(id, path), { as: 'failed', problem: { why: 'needs-password' } })
    const page = { offset: 0, limit: 1 }
    const plans = await plansOf(db, () => {
      expect(importNamed(prepare, 'one')).toMatchObject({ summary: { files: 2, failed: 2 }, problems: 2 })
      expect(listImports(prepare)).toHaveLength(1)
      expect(listFiles(prepare, id, page)).toHaveLength(1)
      expect(listProblems(prepare, id, page)).toHaveLength(1)
      expect(couldBeHelped(prepare, id)).toBe(true)
      expect(unlistedProblems(prepare, id)).toBe(0)
    })
    expect(plans).toHaveLength(6)
    const steps = plans.flatMap(({ steps: all }) => all)
    expect(steps.filter((step) => /TEMP B-TREE|^SCAN (?!i\b)/u.test(step))).toEqual([])
    // Of files and problems, only those of one page, and one that failed for each reason.
    const touched = steps.filter((step) => /import_files|import_problems|\b[fp]\b/u.test(step))
    const few =
      /import_files_of \(import=\?\)|import_files_failed \(import=\? AND why=\?\)|import_problems_of \(import=\?\)|import_files_broken \(import=\?\)|SEARCH f USING INTEGER PRIMARY KEY/u
    expect(touched.filter((step) => !few.test(step))).toEqual([])
    expect(touched.length).toBeGreaterThan(4)
  })

  it('is what its files come to, whatever was read, read again or dropped', async () => {
    const { db, prepare, begin, file } = await withImports()
    const [one, other] = [begin('one'), begin('other')]
    const sums = () => db.prepare('SELECT * FROM import_sums ORDER BY import').raw().all()
    const anew = () =>
      db
        .prepare(`
          SELECT i.id, count(f.id), coalesce(sum(added), 0), coalesce(sum(changed), 0), coalesce(sum(duplicate), 0),
            coalesce(sum(skipped), 0), coalesce(sum(failed), 0),
            (SELECT count(*) FROM import_problems AS p JOIN import_files AS g ON g.id = p.file WHERE g.import = i.id)
          FROM imports AS i LEFT JOIN import_files AS f ON f.import = i.id GROUP BY i.id ORDER BY i.id
        `)
        .raw()
        .all()
    const [a, b, c] = [file(one, 'a'), file(one, 'b'), file(other, 'a')]
    for (const each of [a, c]) {
      beginFile(prepare, each, { format: 'csv', unit: 'records' })
      addRecords(prepare, each, { ...noCounts(), added: 5, changed: 4, duplicate: 3, skipped: 2, failed: 1 })
      addProblem(prepare, each, { why: 'damaged', at: 7 })
      endFile(prepare, each, { as: 'done' })
    }
    endFile(prepare, b, { as: 'failed', problem: { why: 'gone' } })
    expect(sums()).toEqual([
      [one, 2, 5, 4, 3, 2, 2, 2],
      [other, 1, 5, 4, 3, 2, 1, 1],
    ])
    expect(sums()).toEqual(anew())
    reopenFiles(prepare, one)
    expect(sums()[0]).toEqual([one, 2, 5, 4, 3, 2, 1, 1])
    expect(sums()).toEqual(anew())
    db.prepare('DELETE FROM import_files WHERE id = ?').run(a)
    db.prepare('DELETE FROM imports WHERE id = ?').run(other)
    expect(sums()).toEqual([[one, 1, 0, 0, 0, 0, 0, 0]])
    expect(sums()).toEqual(anew())
  })
})

describe('the files of an import that nobody goes on with', () => {
  it('are given back after a time where it waits for the person, and never where it goes on by itself', async () => {
    const { prepare, begin } = await withImports()
    const [before, after] = ['2026-01-01', '2026-02-01']
    const ended = (state: 'done' | 'stopped', at: string) => setState(prepare, begin(`${state} ${at}`), state, at)
    for (const at of [before, after]) for (const state of ['done', 'stopped'] as const) ended(state, at)
    for (const at of [before, after]) {
      begin(`goes on ${at}`, { at })
      begin(`locked ${at}`, { at, locked: true })
      markUndoing(prepare, begin(`half undone ${at}`, { at }), 'stopped')
      setState(prepare, begin(`cut short ${at}`, { at }), 'interrupted', null)
    }
    const names = new Map(listImports(prepare).map(({ id }) => [importNamed(prepare, id).id, id]))
    const left = new Set(leftSince(prepare, '2026-01-15').map((id) => names.get(id)))
    const waiting = ['cut short', 'done', 'half undone', 'locked', 'stopped']
    expect(left).toEqual(new Set(waiting.map((one) => `${one} ${before}`)))
  })
})
