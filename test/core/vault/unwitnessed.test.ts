import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

it('a state folder that cannot be written is said for as long as it is so: an old vault put back would go unnoticed', async () => {
  const { app, folder, stateFolder } = await template.open()
  await app.close()
  rmSync(stateFolder, { recursive: true })
  writeFileSync(stateFolder, 'a file')
  const again = await openTestApp({ folder, stateFolder })
  expect((await again.call('vault.unlock', { passphrase })).notices).toMatchObject([{ kind: 'unwitnessed' }])
  rmSync(stateFolder)
  await again.call('vault.lock')
  expect((await again.call('vault.unlock', { passphrase })).notices).toEqual([])
})

it('a witness that cannot be removed stops no restore that has happened already', async () => {
  const { call, finished, stateFolder, logged } = await template.open()
  const { result } = await finished(await call('backups.create'))
  const heads = join(stateFolder, 'heads')
  const [witness = ''] = readdirSync(heads)
  rmSync(join(heads, witness))
  mkdirSync(join(heads, witness, 'in-the-way'), { recursive: true })
  const id = result !== null && 'backup' in result ? result.backup : ''
  expect((await finished(await call('backups.restore', { id, passphrase }))).state).toBe('done')
  expect((await call('vault.status')).state).toBe('unlocked')
  expect(logged.some((line) => line.includes('witness.unforgotten'))).toBe(true)
})
