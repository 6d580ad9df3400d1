// What becomes of a vault whose files were emptied, cut or replaced by something else: a name for it, and nothing written.
import { readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('a vault.db', () => {
  it.each([0, 1, 100, 4095])(
    'cut to %i bytes is damaged, is not taken for a new vault, and stays as it is',
    async (bytes) => {
      const { call, finished, folder } = await template.open()
      await call('settings.set', { autoLockMinutes: 42 })
      await finished(await call('backups.create'))
      await call('vault.lock')
      const path = join(folder, 'vault.db')
      truncateSync(path, bytes)
      const before = { content: readFileSync(path), mtime: statSync(path).mtimeMs }
      expect((await failure(call('vault.unlock', { passphrase }))).code).toBe('VAULT_DAMAGED')
      expect({ content: readFileSync(path), mtime: statSync(path).mtimeMs }).toEqual(before)
      const [backup] = await call('backups.list')
      const restored = await finished(await call('backups.restore', { id: backup?.id ?? '', passphrase }))
      expect(restored.state).toBe('done')
      expect((await call('settings.get')).autoLockMinutes).toBe(42)
    },
  )
})
