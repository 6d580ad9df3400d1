import { describe, expect, it } from 'vitest'
import { createArchive } from '../../../electron/core/exports/archive.ts'

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
})
