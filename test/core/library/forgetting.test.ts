// What files are called that held what was erased: the names go with the last of it, and not before an import that can go on
// has given back what it reads.
import { describe, expect, it } from 'vitest'
import { erased } from '../../../shared/api/library.ts'
import { jobEnded } from '../../support/jobs.ts'
import { plansOf } from '../support.ts'
import { type TestLibrary, everything, message, openLibrary } from './support.ts'

/** Files as one import has read them; it can go on where it still knows where they came from. */
function imported({ db }: TestLibrary, uid: string, paths: readonly string[], sources: readonly unknown[] = []) {
  const handed = new Set(paths.map((path) => path.split('/')[0]))
  const made = db
    .prepare(
      "INSERT INTO imports (uid, name, more, state, at, options, sources) VALUES (?, ?, ?, 'done', 't', '{}', ?)",
    )
    .run(uid, [...handed][0], handed.size - 1, JSON.stringify(sources))
  const file = db.prepare("INSERT INTO import_files (import, path, bytes, state) VALUES (?, ?, 7, 'done')")
  return {
    id: Number(made.lastInsertRowid),
    files: paths.map((path) => Number(file.run(made.lastInsertRowid, path).lastInsertRowid)),
  }
}

async function erase(opened: TestLibrary, body: string) {
  const id = opened.all().find(({ excerpt }) => excerpt === body)?.id ?? ''
  const { job } = opened.library.erase({ which: { ids: [id] } })
  return erased.parse((await jobEnded(opened.jobs.list, job)).result)
}

const importRows = ({ db }: TestLibrary) => db.prepare('SELECT name, more FROM imports ORDER BY id').all()
const paths = ({ db }: TestLibrary) => db.prepare('SELECT path FROM import_files ORDER BY id').pluck().all()

describe('the files that what was erased came in', () => {
  it('are named nowhere, once nothing else of them is left, wherever they were read', async () => {
    const opened = await openLibrary()
    const [alone] = imported(opened, 'one', ['quux.md']).files
    const [again] = imported(opened, 'again', ['quux.md']).files
    const [chat] = imported(opened, 'chat', ['talk with quux.txt']).files
    await opened.add([message({ same: 'alone', body: 'Alone' })], alone)
    await opened.add([message({ same: 'alone', body: 'Alone' })], again)
    await opened.add([message({ same: 'first', body: 'First' }), message({ same: 'second', body: 'Later then' })], chat)
    await erase(opened, 'Alone')
    expect(everything(opened)).not.toContain('quux.md')
    await erase(opened, 'First')
    expect(everything(opened)).toContain('talk with quux')
    await erase(opened, 'Later then')
    expect(everything(opened)).not.toContain('quux')
    expect(importRows(opened)).toEqual([])
  })

  it('are found by their names, without a look at all that was ever read', async () => {
    const opened = await openLibrary()
    const { files } = imported(opened, 'one', ['quux.md'])
    await opened.add([message({ body: 'Alone' })], files[0])
    const plans = await plansOf(opened.db, () => erase(opened, 'Alone'))
    const ofFiles = plans.filter(({ sql }) => sql.includes('import_files'))
    expect(ofFiles.length).toBeGreaterThan(3)
    for (const { sql, steps } of ofFiles) {
      expect(
        steps.filter((step) => /^SCAN (?:import_files|file|gone)\b/u.test(step)),
        sql,
      ).toEqual([])
    }
  })

  it('take the archives with them that hold nothing else', async () => {
    const opened = await openLibrary()
    const inner = 'quux.zip/inner.zip/letter.md'
    const { files } = imported(opened, 'one', ['quux.zip', 'quux.zip/inner.zip', inner, 'quux.zip/other.md'])
    await opened.add([message({ body: 'Letter' })], files[2])
    await opened.add([message({ same: '2', body: 'Other' })], files[3])
    await erase(opened, 'Letter')
    expect(paths(opened)).toEqual(['quux.zip', 'quux.zip/other.md'])
    await erase(opened, 'Other')
    expect(everything(opened)).not.toContain('quux')
  })

  it('give the import another name, where it was called by one of them', async () => {
    const opened = await openLibrary()
    const { files } = imported(opened, 'one', ['quux.md', 'Diary/a.md', 'Diary/b.md', 'late.md'])
    for (const [at, file] of files.entries()) await opened.add([message({ same: `${at}`, body: `Text ${at}` })], file)
    expect(importRows(opened)).toEqual([{ name: 'quux.md', more: 2 }])
    await erase(opened, 'Text 0')
    expect(importRows(opened)).toEqual([{ name: 'Diary', more: 1 }])
    await erase(opened, 'Text 1')
    expect(importRows(opened)).toEqual([{ name: 'Diary', more: 1 }])
    await erase(opened, 'Text 3')
    expect(importRows(opened)).toEqual([{ name: 'Diary', more: 0 }])
    expect(everything(opened)).not.toMatch(/quux|late/)
  })

  it('stay listed while the import can go on, which the result tells of, and go when it has given them back', async () => {
    const opened = await openLibrary()
    const kept = { name: { first: 'quux.md', more: 1, isSample: false }, until: '2026-02-14T00:00:00.000Z' }
    opened.uploads.push(kept)
    const { id, files } = imported(opened, 'one', ['quux.md', 'bar.md', 'never.md'], [{ upload: 'u' }])
    await opened.add([message({ body: 'Quux' })], files[0])
    await opened.add([message({ same: '2', body: 'Bar' })], files[1])
    opened.library.writeNote({ title: 'Mine', body: 'Own words' })
    expect((await erase(opened, 'Own words')).uploads).toEqual([])
    expect((await erase(opened, 'Quux')).uploads).toEqual([kept])
    expect(paths(opened)).toEqual(['quux.md', 'bar.md', 'never.md'])
    opened.db.prepare("UPDATE imports SET sources = '[]'").run()
    opened.library.forgetErasedFiles([id])
    // What brought nothing, and of which nothing was erased, is part of the report.
    expect(paths(opened)).toEqual(['bar.md', 'never.md'])
    expect(importRows(opened)).toEqual([{ name: 'bar.md', more: 1 }])
  })
})
