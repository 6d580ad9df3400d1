import { describe, expect, it } from 'vitest'
import { message, openLibrary } from './support.ts'

describe('smoke', () => {
  it('works', async () => {
    const { library, add, all, acts, db, events } = await openLibrary()
    expect(
      await add([
        message({
          people: [{ name: 'Ada', address: 'ada@example.org', role: 'from' }],
          tags: ['sea'],
          attachments: [{ name: 'a.txt', media: 'text/plain', content: Buffer.from('hello') }],
        }),
        message(),
        message({ same: 'b', body: 'other' }),
      ]),
    ).toEqual(['added', 'duplicate', 'added'])
    expect(await add([message({ body: 'New' })])).toEqual(['changed'])
    const note = library.writeNote({ title: 'A', body: 'text' })
    expect(library.list({ filter: {}, offset: 0, limit: 10 }).total).toBe(3)
    const got = library.get(all().find((r) => r.excerpt === 'New')?.id ?? '')
    console.log(got, all(), acts())
    const t = library.trash({ which: { filter: {} } })
    expect(all()).toEqual([])
    library.undo(t.change ?? 0)
    expect(all().length).toBe(3)
    library.undo(note.change ?? 0)
    expect(all().length).toBe(2)
    console.log(events, library.versions(got.id), library.people('ada', 5))
    db.exec("INSERT INTO words (words) VALUES ('integrity-check')")
  })
})
