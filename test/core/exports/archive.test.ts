import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createArchive } from '../../../electron/core/exports/archive.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { filesIn } from './support.ts'

const archive = () => createArchive({ at: new Date('2026-03-01T12:00:00Z'), push: () => undefined })

describe('an archive', () => {
  it('is given up before its first file without waiting for one', async () => {
    expect(await archive().close()).toBeUndefined()
  })

  it('is given up between two files', async () => {
    const begun = archive()
    await begun.add('first', [Buffer.from('words')])
    expect(await begun.close()).toBeUndefined()
  })

  it('has every file in it, in the order in which they came, however many there are', async () => {
    const parts: Uint8Array[] = []
    const made = createArchive({
      at: new Date('2026-03-01T12:00:00Z'),
      push: (bytes) => void parts.push(Buffer.from(bytes)),
    })
    const names = Array.from({ length: 2000 }, (_, at) => `${at % 7}/of ${at}`)
    for (const [at, name] of names.entries())
      await made.add(name, [Buffer.from(`what ${name} says`)], { packed: at % 2 === 0 })
    await made.end()
    await made.close()
    const path = join(temporaryFolder(), 'made.zip')
    writeFileSync(path, Buffer.concat(parts))
    const files = await filesIn(path)
    expect([...files.keys()]).toEqual(names)
    expect([...files].filter(([name, content]) => content.toString() !== `what ${name} says`)).toEqual([])
    expect(made.files.map((file) => file.path)).toEqual(names)
  })

  it('says why it is at its end to the file that is being written, and to each one after it', async () => {
    const full = Object.assign(new Error('no room'), { code: 'ENOSPC' })
    const begun = createArchive({
      at: new Date('2026-03-01T12:00:00Z'),
      push() {
        throw full
      },
    })
    const endless = async function* () {
      for (;;) yield Buffer.alloc(64 * 1024, 'x')
    }
    await expect(begun.add('first', endless())).rejects.toBe(full)
    await expect(begun.add('second', [Buffer.from('words')])).rejects.toBe(full)
    await begun.close()
  })
})
