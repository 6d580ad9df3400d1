// What is tidied up by itself while the vault is open.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { message, openLibrary } from './support.ts'

const picture = { name: 'sea.png', media: 'image/png', content: Buffer.from('not really a picture') }

describe('files that a crash left behind', () => {
  it('go a while after the vault was opened; what is in use, about to be, or somebody else’s stays', async () => {
    const { add, blobs, clock, folder, library } = await openLibrary()
    await add([message({ attachments: [picture] })])
    const staged = await blobs.stage([Buffer.from('about to be named')])
    const inUse = readdirSync(join(folder, 'blobs'))
    const lost = ['ab'.repeat(16), `${'cd'.repeat(16)}.tmp`]
    for (const name of [...lost, 'readme.txt']) writeFileSync(join(folder, 'blobs', name), 'left')
    library.begin()
    await clock.advance(59_000)
    expect(readdirSync(join(folder, 'blobs'))).toHaveLength(inUse.length + 3)
    await clock.advance(2_000)
    expect(readdirSync(join(folder, 'blobs')).toSorted()).toEqual([...inUse, 'readme.txt'].toSorted())
    // Once for each opening: what comes later is for whoever erases.
    writeFileSync(join(folder, 'blobs', lost[0] ?? ''), 'left')
    await clock.advance(2 * 3_600_000)
    expect(readdirSync(join(folder, 'blobs'))).toContain(lost[0])
    library.end()
    library.begin()
    await clock.advance(61_000)
    expect(readdirSync(join(folder, 'blobs'))).not.toContain(lost[0])
    staged.drop()
    library.end()
  })
})
