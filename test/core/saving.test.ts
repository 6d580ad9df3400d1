// Claims about files that a host saves where a person chose. The desktop's own claims say the same of what the window saves.
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { saveWhole } from '../../electron/core/saving.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const scene = () => {
  const folder = mkdtempSync(join(temporaryFolder(), 'saved-'))
  return { folder, path: join(folder, 'export.zip') }
}
const piece = (text: string) => Buffer.from(text)

async function* locking(): AsyncGenerator<Uint8Array> {
  yield piece('half')
  throw new Error('the vault was locked')
}

describe('a file that is saved', () => {
  it.each(['no-folder/export.zip', 'a-file/export.zip'])('names no path where it cannot be: %s', async (name) => {
    const { folder } = scene()
    writeFileSync(join(folder, 'a-file'), '')
    const error: unknown = await saveWhole(join(folder, name), [piece('x')]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'FILE_NOT_SAVED' })
    expect(inspect(error)).not.toContain(folder)
  })

  it('is what came, piece by piece, for its owner alone', async () => {
    const { folder, path } = scene()
    await saveWhole(path, [piece('one '), piece('two')])
    expect(readFileSync(path, 'utf8')).toBe('one two')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['export.zip'])
  })

  it('is not there at all when it did not come whole', async () => {
    const { folder, path } = scene()
    await expect(saveWhole(path, locking())).rejects.toMatchObject({ code: 'FILE_NOT_SAVED' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes the place of an older one only when it is all there', async () => {
    const { folder, path } = scene()
    writeFileSync(path, 'last week')
    await expect(saveWhole(path, locking())).rejects.toMatchObject({ code: 'FILE_NOT_SAVED' })
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['last week', ['export.zip']])
    let seen = ''
    const looking = function* () {
      yield piece('to')
      seen = readFileSync(path, 'utf8')
      yield piece('day')
    }
    await saveWhole(path, looking())
    expect([seen, readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['last week', 'today', ['export.zip']])
  })
})
