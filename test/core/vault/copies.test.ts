// Older copies of the whole vault: named where something is erased, and gone after a deep erase.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listCopies } from '../../../electron/core/vault/copies.ts'
import { vaultTemplate } from '../support.ts'

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
