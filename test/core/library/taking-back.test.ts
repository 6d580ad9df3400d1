// What several imports have brought of the same things, when one of them is taken back: nothing of it stays, and what
// another one brought does not go with it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NewItem } from '../../../electron/core/library/library.ts'
import { plansOf } from '../support.ts'
import { type TestLibrary, importFile, message, openLibrary, takenBack } from './support.ts'

const picture = { name: 'sea.png', media: 'image/png', content: Buffer.from('not really a picture') }

/** Imports of one file each, which bring the same thing one after another. */
async function brought(versions: readonly Partial<NewItem>[]): Promise<TestLibrary> {
  const vault = await openLibrary()
  for (const [index, changes] of versions.entries()) {
    await vault.add([message({ position: 7, ...changes })], importFile(vault, index + 1))
  }
  return vault
}

const itemOf = ({ library, all }: TestLibrary) => library.get(all()[0]?.id ?? '')

describe('what a later import brought anew', () => {
  it('keeps the files that both brought', async () => {
    const vault = await brought([{ attachments: [picture] }, { body: 'Newer', attachments: [picture] }])
    expect(takenBack(vault, 1)).toMatchObject({ handedOver: 1 })
    const [kept] = itemOf(vault).attachments
    expect(Buffer.concat([...vault.library.openAttachment(kept?.id ?? '').chunks()])).toEqual(picture.content)
    expect(takenBack(vault, 2)).toMatchObject({ removed: 1 })
    expect(readdirSync(join(vault.folder, 'blobs'))).toEqual([])
  })

  it('keeps them where the one before it is taken back, too', async () => {
    const vault = await brought([{}, { body: 'B', attachments: [picture] }, { body: 'C', attachments: [picture] }])
    takenBack(vault, 2)
    expect(itemOf(vault)).toMatchObject({ body: 'C', attachments: [{ name: picture.name }] })
    expect(takenBack(vault, 3)).toMatchObject({ restored: 1 })
    expect(itemOf(vault)).toMatchObject({ body: message().body, attachments: [] })
  })

  it('stands in its file where nobody has noted', async () => {
    const vault = await brought([{}, { body: 'Newer' }])
    expect(itemOf(vault).origin).toMatchObject({ import: 'uid-1', position: 7 })
    takenBack(vault, 1)
    expect(itemOf(vault).origin).toMatchObject({ import: 'uid-2', position: null })
  })

  it('belongs to the next one that brought it, and only then to the last', async () => {
    const vault = await brought([{}, { body: 'B' }, { body: 'C' }])
    expect(takenBack(vault, 1)).toMatchObject({ handedOver: 1 })
    expect(takenBack(vault, 3)).toMatchObject({ restored: 1, removed: 0 })
    expect(itemOf(vault).body).toBe('B')
    expect(takenBack(vault, 2)).toMatchObject({ removed: 1 })
    expect(vault.all()).toEqual([])
  })

  it('is its own where another file of the first import changed it once more', async () => {
    const vault = await brought([{}, { body: 'B' }])
    const file = vault.db.prepare("INSERT INTO import_files (import, path, bytes, state) VALUES (1, 'more', 9, 'done')")
    await vault.add([message({ body: 'A again' })], Number(file.run().lastInsertRowid))
    expect(takenBack(vault, 1)).toEqual({ removed: 0, restored: 1, kept: 0, handedOver: 1 })
    expect(itemOf(vault).body).toBe('B')
  })
})

it('tags and collections of a version that lay between two others go with the later one', async () => {
  const vault = await brought([
    {},
    { body: 'B', tags: ['b'], collections: ['Of B'] },
    { body: 'C', tags: ['c'], collections: ['Of C'] },
  ])
  takenBack(vault, 2)
  expect(itemOf(vault)).toMatchObject({ body: 'C', tags: expect.arrayContaining(['c']) })
  takenBack(vault, 3)
  expect(itemOf(vault)).toMatchObject({ body: message().body, tags: [], collections: [] })
  expect(vault.library.collections()).toEqual([])
})

it('every version goes that one of its files brought, however often it names the same thing', async () => {
  const vault = await openLibrary()
  const bodies = ['A', 'B', 'B again', 'B once more', 'C']
  const files = [1, 2, 3].map((id) => importFile(vault, id))
  for (const [index, file] of [0, 1, 1, 1, 2].entries()) {
    const items = Array.from({ length: 67 }, (_, number) => message({ same: `${number}`, body: bodies[index] ?? '' }))
    await vault.add(items, files[file])
  }
  takenBack(vault, 2)
  for (const { id } of vault.all()) expect(vault.library.versions(id).map(({ body }) => body)).toEqual(['C', 'A'])
})

it('frees the disk of the files that went', async () => {
  const vault = await brought([{ attachments: [picture] }])
  expect(readdirSync(join(vault.folder, 'blobs'))).toHaveLength(1)
  takenBack(vault, 1)
  expect(readdirSync(join(vault.folder, 'blobs'))).toEqual([])
})

it('takes back many files in few pieces, and looks for nothing twice', async () => {
  const vault = await openLibrary()
  const add = vault.db.prepare("INSERT INTO import_files (import, path, bytes, state) VALUES (1, ?, 9, 'done')")
  const first = importFile(vault, 1)
  const files = [first, ...Array.from({ length: 449 }, (_, index) => Number(add.run(`${index}.json`).lastInsertRowid))]
  for (const file of files) await vault.add([message({ same: `of ${file}` })], file)
  const many = Array.from({ length: 450 }, (_, index) => message({ same: `in one ${index}` }))
  await vault.add(many, first)
  const later = importFile(vault, 2)
  await vault.add([message({ same: `of ${first}`, body: 'Newer' })], later)

  const pieces: number[] = []
  const takeSome = vault.library.takeBack(1, { changedToo: false })
  const plans = await plansOf(vault.db, () => {
    for (let taken = takeSome(); taken !== undefined; taken = takeSome()) pieces.push(taken.removed + taken.handedOver)
    takenBack(vault, 2)
  })
  expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(900)
  expect(pieces.filter((piece) => piece > 0).length).toBeLessThanOrEqual(5)
  const walks = plans.filter(({ sql }) => /@after/u.test(sql)).map(({ steps }) => steps[0] ?? '')
  expect(walks.toSorted()).toEqual([
    expect.stringMatching(/^SEARCH items USING INDEX items_made_in \(made_in=\? AND rowid>\?\)/u),
    expect.stringMatching(/^SEARCH items USING INDEX items_of_file \(import_file=\? AND rowid>\?\)/u),
    expect.stringMatching(/^SEARCH versions USING COVERING INDEX versions_made_in \(made_in=\? AND item>\?\)/u),
  ])
  for (const { sql, steps } of plans) {
    expect(
      steps.filter((step) => /^SCAN (?:items|versions|attachments)\b/u.test(step)),
      sql,
    ).toEqual([])
  }
})
