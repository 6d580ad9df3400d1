import { rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

it('a state folder that cannot be written is said: an old vault put back would go unnoticed', async () => {
  const { app, folder, stateFolder } = await template.open()
  await app.close()
  rmSync(stateFolder, { recursive: true })
  writeFileSync(stateFolder, 'a file')
  const again = await openTestApp({ folder, stateFolder })
  expect((await again.call('vault.unlock', { passphrase })).notices).toMatchObject([{ kind: 'unwitnessed' }])
  await again.call('vault.dismissNotice', { kind: 'unwitnessed' })
  rmSync(stateFolder)
  await again.call('vault.lock')
  expect((await again.call('vault.unlock', { passphrase })).notices).toEqual([])
})
