// Older copies of the whole vault: named where something is erased, and gone after a deep erase.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepReplaced, settleReplaced } from '../../../electron/core/vault/backups/replaced.ts'
import { listCopies } from '../../../electron/core/vault/copies.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { failure, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

it('older copies of the vault are named with their dates, and a deep erase removes them', async () => {
  const { call, finished, folder } = await template.open()
  expect(listCopies(folder)).toEqual([])
  mkdirSync(join(folder, 'replaced'))
  for (const name of ['vault.db.before-10', 'replaced/vault.db', 'vault.db.before-christmas'])
    writeFileSync(join(folder, name), 'pages')
  const at: unknown = expect.stringMatching(/^20\d\d-.*Z$/u)
  expect(listCopies(folder)).toEqual([
    { what: 'before-update', at },
    { what: 'replaced', at },
  ])
  expect((await finished(await call('vault.deepErase'))).state).toBe('done')
  expect(listCopies(folder)).toEqual([])
})

it.each(['next', 'whole', 'moving'] as const)(
  'a restore cut short while the replaced vault lay in %s leaves one whole copy of the two',
  (stage) => {
    const folder = temporaryFolder()
    const put = (inFolder: string, ...names: readonly string[]) => {
      mkdirSync(join(folder, inFolder), { recursive: true })
      for (const name of names) writeFileSync(join(folder, inFolder, name), inFolder)
    }
    const gathered = `replaced.mindkeep-${stage}`
    // When its files are being moved, the one before it has gone already.
    if (stage !== 'moving') put('replaced', 'vault.db', 'vault.db-wal', 'vault.keys')
    put(gathered, 'vault.db', 'vault.keys')
    settleReplaced(folder)
    expect(readdirSync(folder)).toEqual(['replaced'])
    const kept = readdirSync(join(folder, 'replaced'))
    const from = new Set(kept.map((name) => readFileSync(join(folder, 'replaced', name), 'utf8')))
    expect([...from]).toEqual([stage === 'next' ? 'replaced' : gathered])
    expect(kept).toEqual(stage === 'next' ? ['vault.db', 'vault.db-wal', 'vault.keys'] : ['vault.db', 'vault.keys'])
  },
)

it('a vault that was replaced is kept, one at most: the one before goes only when this one is whole', async () => {
  const folder = temporaryFolder()
  const keep = async (content: string) => {
    for (const name of ['vault.db', 'vault.keys']) writeFileSync(join(folder, name), content)
    keepReplaced(folder, [])
  }
  const kept = () => readFileSync(join(folder, 'replaced', 'vault.db'), 'utf8')
  await keep('first')
  // Nothing can be gathered where a file is in the way.
  writeFileSync(join(folder, 'replaced.mindkeep-next'), 'mine')
  expect((await failure(keep('second'))).code).toBe('FOLDER_UNUSABLE')
  expect(kept()).toBe('first')
  rmSync(join(folder, 'replaced.mindkeep-next'))
  await keep('second')
  expect(kept()).toBe('second')
  expect(readdirSync(folder)).not.toContain('replaced.mindkeep-next')
})
