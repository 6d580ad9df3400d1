// A process killed while the database is written anew under a fresh key, by a deep erase or a restore: the vault opens
// afterwards, as it was or as it was to become, with everything acknowledged.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyFiles } from '../../electron/core/vault/keys/keyfile.ts'
import { databasePath, stagedPath } from '../../electron/core/vault/replace.ts'
import type { ActKind } from './support/acts.ts'
import { readKeys } from './support/beside.ts'
import { killOverAndOver, preparedVault } from './support/kills.ts'
import { wrongWith } from './support/kept.ts'
import { say, seedOf, sized } from '../support/random.ts'
import { readFolder, scratchFolder, writeFolder } from './support/scratch.ts'
import { foldersOf, openSubject } from './support/subject.ts'

const suite = 'rekey'
const base = scratchFolder()
const seed = seedOf(suite)

const erasing: readonly ActKind[] = ['erase', 'settings', 'blob']
const restoring: readonly ActKind[] = ['restore', 'settings', 'blob']

describe('a process killed while it rewrites the vault under a fresh key', () => {
  it('leaves a vault that opens with everything acknowledged', async () => {
    const kills = sized({ small: 30, large: 1000 })
    const round = (kill: number) =>
      kill % 4 < 2
        ? { kinds: erasing, longestMs: 400, after: kill % 2 }
        : { kinds: restoring, longestMs: 1200, after: kill % 2 }
    const { wrong, acknowledged } = await killOverAndOver({ base, seed, kills, round })
    say(suite, `${kills} kills, ${acknowledged} acknowledged acts`)
    expect(wrong).toEqual([])
    expect(acknowledged).toBeGreaterThan(kills / 4)
  })

  /** The files of a vault before a deep erase, and the database and salt after it. */
  const rewritten = async (folder: string) => {
    const kept = await preparedVault(folder)
    const before = readFolder(folder)
    const subject = await openSubject({ base: folder })
    await subject.call('vault.unlockWithDevice', {})
    await subject.finish('vault.deepErase')
    await subject.close()
    const database = readFileSync(databasePath(foldersOf(folder).folder))
    return { kept, before, database, salt: readKeys(folder).databaseSalt }
  }

  it('finishes a replacement that was announced and not carried out', async () => {
    const folder = join(base, 'announced')
    const { kept, before, database, salt } = await rewritten(folder)
    writeFolder(folder, before)
    writeFileSync(stagedPath(foldersOf(folder).folder), database)
    createKeyFiles(foldersOf(folder)).write({ ...readKeys(folder), nextDatabaseSalt: salt })
    expect(await wrongWith({ base: folder, kept })).toEqual([])
    expect(readKeys(folder)).toMatchObject({ databaseSalt: salt, nextDatabaseSalt: null })
  })

  it('would notice a loss: a rewritten file put in place that no key file announced does not open', async () => {
    const folder = join(base, 'unannounced')
    const { kept, before, database } = await rewritten(folder)
    writeFolder(folder, new Map([...before, ['vault/vault.db', database]]))
    expect(await wrongWith({ base: folder, kept })).toEqual(['it does not open: VAULT_DAMAGED'])
  })
})
