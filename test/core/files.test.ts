import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  makeFolder,
  readIfPresent,
  removeTemporaries,
  shred,
  stage,
  writeAtomically,
} from '../../electron/core/files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { failure } from './support.ts'

describe('folders', () => {
  it('are made with all above them, and again without complaint', () => {
    const folder = join(temporaryFolder(), 'a', 'b', 'c')
    makeFolder(folder)
    makeFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('are refused in a sentence where a file stands in the way', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect((await failure((async () => makeFolder(join(folder, 'file', 'deeper')))())).code).toBe('FOLDER_UNUSABLE')
  })

  it.runIf(process.platform === 'linux')('are refused at once where the system takes no new names', async () => {
    expect((await failure((async () => makeFolder('/proc/mindkeep/vault'))())).code).toBe('FOLDER_UNUSABLE')
  })
})

describe('a small file', () => {
  it('is replaced whole, readable by its owner alone, and leaves no temporary neighbour', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'keys')
    writeAtomically(path, 'first')
    writeAtomically(path, 'second')
    expect(readFileSync(path, 'utf8')).toBe('second')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keys'])
  })

  it('stays as it was when the new content cannot be put in its place', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'taken'))
    expect(() => writeAtomically(join(folder, 'taken'), 'content')).toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  it('that is not there is nothing to read and nothing to shred', () => {
    const path = join(temporaryFolder(), 'nothing')
    expect(readIfPresent(path)).toBeUndefined()
    shred(path)
    expect(existsSync(path)).toBe(false)
  })

  it('left half written by a crash is cleared away', () => {
    const folder = temporaryFolder()
    stage(join(folder, 'keys'), 'half')
    writeFileSync(join(folder, 'keys'), 'whole')
    const others = ['thesis.tmp', 'keys.0011.tmp', 'thesis.00112233aabb.tmp']
    for (const name of others) writeFileSync(join(folder, name), 'of somebody else')
    removeTemporaries(folder, ['keys'])
    expect(readdirSync(folder)).toEqual([...others, 'keys'].toSorted())
  })
})
