import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { message, openLibrary, wholeWith } from './support.ts'

const content = Buffer.from('a picture')
const file = {
  ...{ name: 'a.png', media: 'image/png', bytes: content.length },
  content: createHash('sha256').update(content).digest('hex'),
}
const where = { file: () => null, collection: () => 0 }

describe('what an item said that is older than what it says here', () => {
  it('becomes a version that names whom it named, and leads where it led', async () => {
    const { library, db, add, all } = await openLibrary()
    const whole = wholeWith(file)
    await add([message({ people: [{ name: 'Bob', role: 'from' }] })])
    const [item] = all()
    db.prepare('UPDATE items SET same = unhex(?)').run(whole.item.same)
    const older = {
      ...whole,
      people: [{ item: whole.item.id, person: 'name:ada', role: 'from' as const, name: 'Ada' }],
      links: [{ item: whole.item.id, kind: 'part' as const, target: 'ab'.repeat(16), label: '' }],
      attachments: [],
    }
    const staged = await library.bringBack.stage([older], () => expect.fail('there is none'))
    db.transaction(() => staged.add(where))()
    expect(all()[0]?.people).toEqual(['Bob'])
    library.restoreVersion({ id: item?.id ?? '', version: 1 })
    expect(all()[0]).toMatchObject({ title: 'Whole', people: ['Ada'] })
    expect(db.prepare('SELECT lower(hex(target)) FROM links').pluck().all()).toEqual(['ab'.repeat(16)])
  })
})

describe('a file of an item that is brought back', () => {
  it('keeps its id, and the content that is here already is not kept twice', async () => {
    const { library, db, add, folder } = await openLibrary()
    await add([message({ attachments: [{ ...file, content }] })])
    const whole = wholeWith(file)
    const staged = await library.bringBack.stage([whole], () => expect.fail('it is here already'))
    db.transaction(() => staged.add(where))()
    staged.drop()
    expect(library.get(whole.item.id).attachments).toMatchObject([{ id: whole.attachments[0]?.id, name: 'a.png' }])
    expect(readdirSync(join(folder, 'blobs'))).toHaveLength(1)
  })

  it('is refused where it is another one than its record says, and nothing of it stays', async () => {
    const { library, folder } = await openLibrary()
    const staging = library.bringBack.stage([wholeWith(file)], () => [Buffer.from('another picture')])
    await expect(staging).rejects.toMatchObject({ code: 'EXPORT_DAMAGED' })
    expect(readdirSync(join(folder, 'blobs'))).toEqual([])
  })
})
