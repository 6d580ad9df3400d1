import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { erased } from '../../../shared/api/library.ts'
import { openDatabase } from '../../../electron/core/vault/db.ts'
import { jobEnded } from '../../support/jobs.ts'
import { type TestLibrary, everything, key, message, openLibrary, wholeWith } from './support.ts'

const finished = ({ jobs }: TestLibrary, { job }: { job: string }) => jobEnded(jobs.list, job)
const words = ({ db }: TestLibrary) => db.prepare('SELECT term FROM words_seen').pluck().all()
const dayMs = 86_400_000

describe('erasing', () => {
  it('leaves nothing of it: no text, word, version, draft, file, name or memory of undo', async () => {
    const opened = await openLibrary()
    const { library, add, all, db, folder } = opened
    const attachments = [{ name: 'quux.png', media: 'image/png', content: Buffer.from('quuxcontent') }]
    const people = [{ name: 'Quuxia', role: 'from' }] as const
    await add([
      message({ type: 'note', body: 'quuxbody', tags: ['quuxtag'], people, attachments, facts: { a: 'quuxfact' } }),
    ])
    await add([message({ same: 'stays', body: 'stays' })])
    const id = all().find(({ excerpt }) => excerpt === 'quuxbody')?.id ?? ''
    library.writeNote({ id, title: 'quuxtitle', body: 'quuxagain' })
    library.tag({ which: { ids: [id] }, add: ['quuxother'], remove: ['quuxtag'] })
    library.saveDraft({ name: id, title: 'quuxdraft', body: 'quuxdraft' })
    expect(everything(opened)).toMatch(/quux/i)

    const job = await finished(opened, library.erase({ which: { ids: [id] } }))
    expect(job.state).toBe('done')
    expect(everything(opened)).not.toMatch(/quux/i)
    expect(words(opened).join(' ')).not.toMatch(/quux/)
    expect(readdirSync(join(folder, 'blobs'))).toEqual([])
    // The log of the database is empty, so that what it held is gone from there as well.
    expect(statSync(join(folder, 'vault.db-wal')).size).toBe(0)
    expect(all().map(({ excerpt }) => excerpt)).toEqual(['stays'])
    expect(opened.acts()[0]).toEqual({ act: 'items.erased', items: 1, item: id, why: 'person' })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('leaves nobody whom only it named, now or before, and no collection that came with it', async () => {
    const opened = await openLibrary()
    await opened.add([message({ people: [{ name: 'Quuxia', role: 'from' }], collections: ['Quuxia'] })])
    await opened.add([message({ body: 'Later', people: [{ name: 'Ada', role: 'from' }] })])
    await opened.add([
      message({ same: '2', people: [{ name: 'q@quux.example', address: 'q@quux.example', role: 'to' }] }),
    ])
    await opened.add([message({ same: '3', people: [{ name: 'Quux Q', address: 'q@quux.example', role: 'to' }] })])
    const people = () => opened.db.prepare('SELECT name FROM people ORDER BY id').pluck().all()
    expect(people()).toEqual(['Quuxia', 'Ada', 'Quux Q'])
    const erase = async (person: string) => {
      const row = opened.all().find((one) => one.people.includes(person))
      await finished(opened, opened.library.erase({ which: { ids: [row?.id ?? ''] } }))
    }
    await erase('Ada')
    expect(people()).toEqual(['Quux Q'])
    expect(opened.library.collections()).toEqual([])
    const [named] = opened.db
      .prepare('SELECT lower(hex(uid)) FROM items WHERE id = (SELECT max(id) FROM items)')
      .pluck()
      .all()
    await finished(opened, opened.library.erase({ which: { ids: [String(named)] } }))
    expect(people()).toEqual(['q@quux.example'])
    expect(everything(opened)).not.toContain('Quux')
  })

  it('leaves no name of a collection that undo remembers for it', async () => {
    const opened = await openLibrary()
    const { library, add, all } = opened
    await add([message({ collections: ['Quux'] }), message({ same: '2', collections: ['Quuxia'] })])
    const own = library.writeNote({ title: 'Mine', body: '' }).id
    const [dropped, filled] = library.collections().map(({ id }) => id)
    library.dropCollection({ id: dropped ?? '' })
    const { change } = library.collect({ which: { ids: [own] }, add: [{ id: filled ?? '' }], remove: [] })
    const ids = all().flatMap(({ id, type }) => (type === 'message' ? [id] : []))
    await finished(opened, library.erase({ which: { ids } }))
    expect(everything(opened)).not.toMatch(/Quux"/u)
    expect(library.collections()).toMatchObject([{ name: 'Quuxia', items: 1 }])
    const undone = library.undo(change ?? 0)
    expect(library.collections()).toEqual([])
    library.undo(undone.change ?? 0)
    expect(library.collections()).toMatchObject([{ name: 'Quuxia', items: 1 }])
  })

  it('leaves a file, a tag and a person that others have, too', async () => {
    const opened = await openLibrary()
    const attachments = [{ name: 'a.txt', media: 'text/plain', content: Buffer.from('shared') }]
    const shared = { attachments, tags: ['sea'], people: [{ name: 'Ada', role: 'from' }] } as const
    await opened.add([
      message({ ...shared, tags: ['sea'], people: [...shared.people] }),
      message({ ...shared, tags: ['sea'], people: [...shared.people], same: '2' }),
    ])
    await finished(opened, opened.library.erase({ which: { ids: [opened.all()[0]?.id ?? ''] } }))
    const [left] = opened.all()
    expect(left).toMatchObject({ tags: ['sea'], people: ['Ada'], attachments: 1 })
    const { id = '' } = opened.library.get(left?.id ?? '').attachments[0] ?? {}
    expect(Buffer.concat([...opened.library.openAttachment(id).chunks()]).toString()).toBe('shared')
  })

  it('leaves a file that something about to be added counts on', async () => {
    const opened = await openLibrary()
    const content = Buffer.from('shared')
    const file = { name: 'a.txt', media: 'text/plain' }
    await opened.add([message({ attachments: [{ ...file, content }] })])
    const whole = wholeWith({
      ...file,
      bytes: content.length,
      content: createHash('sha256').update(content).digest('hex'),
    })
    const staged = await opened.library.bringBack.stage([whole], () => expect.fail('it is here already'))
    await finished(opened, opened.library.erase({ which: { filter: {} } }))
    const { outcomes } = opened.db.transaction(() => staged.add({ file: () => null, collection: () => 0 }))()
    staged.drop()
    expect(outcomes).toEqual(['added'])
    const { id = '' } = opened.library.get(whole.item.id).attachments[0] ?? {}
    expect(Buffer.concat([...opened.library.openAttachment(id).chunks()]).toString()).toBe('shared')
  })

  it('tells that the log could not be emptied while something reads it, and it is emptied once that is over', async () => {
    const opened = await openLibrary()
    const { library, clock, folder, jobs } = opened
    await opened.add([message({ body: 'quuxbody' })])
    library.begin()
    const reader = openDatabase({ path: join(folder, 'vault.db'), key, cipher: 'aegis' })
    reader.exec('BEGIN; SELECT count(*) FROM items')
    const { job: id } = library.erase({ which: { filter: {} } })
    const job = () => jobs.list().find((one) => one.id === id)
    while (job()?.state === 'running') await clock.advance(1000)
    expect(opened.all()).toEqual([])
    expect(job()).toMatchObject({ state: 'done', result: { items: 1, logEmptied: false } })
    const bytes = () => statSync(join(folder, 'vault.db-wal')).size
    await clock.advance(3_600_000)
    expect(bytes()).toBeGreaterThan(0)
    reader.exec('COMMIT')
    reader.close()
    await clock.advance(3_600_000)
    expect(bytes()).toBe(0)
  })

  it('names the backups that still hold it or may, and until when, and older copies of the vault', async () => {
    const opened = await openLibrary()
    await opened.add([message()])
    opened.backups.push(
      { id: 'after', at: '2026-01-16T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' },
      { id: 'before', at: '2026-01-14T00:00:00.000Z', until: null },
    )
    opened.copies.push(
      { what: 'replaced', at: '2026-01-14T00:00:00.000Z' },
      { what: 'before-update', at: '2026-01-16T00:00:00.000Z' },
    )
    const job = await finished(opened, opened.library.erase({ which: { filter: {} } }))
    expect(erased.parse(job.result)).toEqual({
      items: 1,
      backups: [opened.backups[0]],
      // It may have been here before, and gone again.
      earlier: [opened.backups[1]],
      copies: opened.copies,
      uploads: [],
      logEmptied: true,
    })
  })

  /** FTS5 keeps words shortened by what they share with the one before: a planted one is known by its rare middle. */
  const heldInIndex = ({ db }: TestLibrary, planted: string): boolean =>
    ['words_data', 'stems_data'].some((table) =>
      (db.prepare(`SELECT block FROM ${table}`).pluck().all() as Buffer[]).some((block) => block.includes(planted)),
    )
  const ordinary = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) =>
      message({
        same: `o${from + n}`,
        body: Array.from({ length: 40 }, (_word, at) => `some${((from + n) * 7919 * (at + 1)) % 9973}`).join(' '),
      }),
    )
  /** Late in the alphabet, which is where the merging of the index comes last. */
  const planted = (n: number) =>
    message({ same: `p${n}`, type: 'note', title: 'plantedqq', body: 'zzsecretzz 秘密文書' })

  it('of many is done only when no page of the index holds a word of them, and others are answered until then', async () => {
    const opened = await openLibrary()
    await opened.add([...ordinary(0, 800), ...Array.from({ length: 60 }, (_, n) => planted(n)), ...ordinary(800, 800)])
    const started = opened.library.erase({ which: { filter: { types: ['note'] } } })
    const isDone = () => opened.jobs.list().find(({ id }) => id === started.job)?.endedAt !== null
    let answered = 0
    while (!isDone()) {
      await new Promise((resolve) => setImmediate(resolve))
      const { total } = opened.library.list({ filter: {}, offset: 0, limit: 1 })
      if (total === 1600 && heldInIndex(opened, 'zsecretz')) {
        expect(isDone()).toBe(false)
        answered += 1
      }
    }
    expect(answered).toBeGreaterThan(0)
    for (const word of ['lantedqq', 'zsecretz', '密文']) expect(heldInIndex(opened, word), word).toBe(false)
    expect(statSync(join(opened.folder, 'vault.db-wal')).size).toBe(0)
  })

  it('that was stopped before its words were out of the index is gone on with by itself', async () => {
    const opened = await openLibrary()
    await opened.add([...ordinary(0, 800), ...Array.from({ length: 60 }, (_, n) => planted(n)), ...ordinary(800, 800)])
    opened.library.begin()
    const started = opened.library.erase({ which: { filter: { types: ['note'] } } })
    while (opened.acts().length === 0) await new Promise((resolve) => setImmediate(resolve))
    opened.jobs.cancel(started.job)
    expect((await finished(opened, started)).state).toBe('cancelled')
    expect(heldInIndex(opened, 'zsecretz')).toBe(true)
    await opened.clock.advance(3_600_000)
    const [, upkeep] = opened.jobs.list()
    expect(upkeep?.kind).toBe('index-words')
    expect((await finished(opened, { job: upkeep?.id ?? '' })).state).toBe('done')
    for (const word of ['lantedqq', 'zsecretz', '密文']) expect(heldInIndex(opened, word), word).toBe(false)
  })

  it('is told to the log piece by piece, and stops where it is stopped', async () => {
    const opened = await openLibrary()
    await opened.add(Array.from({ length: 2100 }, (_, n) => message({ same: `${n}` })))
    const started = opened.library.erase({ which: { filter: {} } })
    while (opened.acts().length === 0) await new Promise((resolve) => setImmediate(resolve))
    opened.jobs.cancel(started.job)
    expect((await finished(opened, started)).state).toBe('cancelled')
    const { total } = opened.library.list({ filter: {}, offset: 0, limit: 1 })
    expect(total).toBe(2100 - 250 * opened.acts().length)
    expect(total).toBeGreaterThan(0)
  })
})

describe('the Trash', () => {
  it('is emptied of what has lain in it for 30 days, and of nothing else', async () => {
    const opened = await openLibrary()
    const { library, add, all, clock, jobs } = opened
    await add([message(), message({ same: '2', body: 'later' }), message({ same: '3', body: 'never' })])
    const [never, later, first] = all().map(({ id }) => id)
    library.trash({ which: { ids: [first ?? ''] } })
    await clock.advance(2 * dayMs)
    const { change } = library.trash({ which: { ids: [later ?? ''] } })
    library.begin()
    await clock.advance(27 * dayMs)
    expect(library.list({ filter: { trashed: true }, offset: 0, limit: 9 }).total).toBe(2)
    await clock.advance(dayMs + 3_600_000)
    const [job] = jobs.list()
    await finished(opened, { job: job?.id ?? '' })
    expect(library.list({ filter: { trashed: true }, offset: 0, limit: 9 }).rows.map(({ id }) => id)).toEqual([later])
    expect(opened.acts()[0]).toEqual({ act: 'items.erased', items: 1, item: first, why: 'trash-emptied' })
    expect(library.undo(change ?? 0).items).toBe(1)
    expect(all().map(({ id }) => id)).toEqual([never, later])
  })

  it.each(['emptied', 'emptied by hand'])('%s leaves what is taken out of it meanwhile', async (how) => {
    const opened = await openLibrary()
    const { library, clock, jobs, acts } = opened
    await opened.add(Array.from({ length: 2100 }, (_, n) => message({ same: `${n}` })))
    const which = { filter: { trashed: true } }
    library.trash({ which: { filter: {} } })
    await clock.advance(31 * dayMs)
    if (how === 'emptied') {
      library.begin()
      void clock.advance(60_000)
    } else library.erase({ which })
    while (acts()[0]?.act !== 'items.erased') await new Promise((resolve) => setImmediate(resolve))
    const { total } = library.list({ ...which, offset: 0, limit: 1 })
    expect(total).toBeGreaterThan(0)
    library.untrash({ which })
    const job = await finished(opened, { job: jobs.list()[0]?.id ?? '' })
    expect([job.state, job.result]).toMatchObject(['done', { items: 2100 - total }])
    expect(library.list({ filter: {}, offset: 0, limit: 1 }).total).toBe(total)
  })

  it('is left alone once the vault is locked', async () => {
    const opened = await openLibrary()
    await opened.add([message()])
    opened.library.trash({ which: { filter: {} } })
    opened.library.begin()
    opened.library.end()
    await opened.clock.advance(40 * dayMs)
    expect(opened.jobs.list()).toEqual([])
  })
})

it('what is erased stands nowhere in the files of the vault, in the clear or not', async () => {
  const opened = await openLibrary()
  await opened.add([message({ body: 'quuxplain' })])
  const bytes = readdirSync(opened.folder)
    .filter((name) => name.startsWith('vault.db'))
    .map((name) => readFileSync(join(opened.folder, name)).toString('latin1'))
  expect(bytes.join('')).not.toContain('quuxplain')
})
