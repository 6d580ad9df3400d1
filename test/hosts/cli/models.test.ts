// Models from a terminal: those that can be had, one that somebody has, and what a script is told.
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Model } from '../../../shared/api/models.ts'
import { createFarSide } from '../../contract/transports/far-side.ts'
import { prepareVault } from '../../contract/prepared-vault.ts'
import type { CommandLine } from '../../contract/transports/cli.ts'
import { type Ended, cliOptions, createPlace } from './spawn-cli.ts'

const place = createPlace()
const folder = resolve(import.meta.dirname, '../../fixtures/models/tiny-writer')
let passphrase = ''
beforeAll(async () => {
  const made = await prepareVault(place)
  passphrase = place.file('passphrase', `${made.passphrase}\n`)
})
const { ask: perform, end } = createFarSide<CommandLine, Ended>(
  new URL('../../contract/transports/cli.child.ts', import.meta.url),
)
afterAll(async () => {
  await end()
  place.remove()
})
const tell = (...args: string[]) =>
  perform({ args: [...cliOptions(place), ...args, '--passphrase-file', passphrase], input: '' })

describe('models', () => {
  it('are listed, brought in, checked and removed', async () => {
    const list = await tell('models')
    expect(list.stdout).toContain('minilm-l6-v2  all-MiniLM-L6-v2  understanding  Apache-2.0')
    const added = await tell('models', 'import', folder, '--json')
    expect(JSON.parse(added.stdout)).toMatchObject({ model: 'own-tiny-writer', name: 'tiny-writer' })
    const listed = JSON.parse((await tell('models', '--json')).stdout) as { models: Model[] }
    expect(listed.models.find(({ id }) => id === 'own-tiny-writer')?.installed?.files).toHaveLength(5)
    expect((await tell('models', 'check', 'own-tiny-writer')).stdout).toBe('Every file is what it was when it came.\n')
    expect(JSON.parse((await tell('models', 'remove', 'own-tiny-writer', '--json')).stdout)).toEqual({
      freed: expect.any(Number),
    })
    expect((await tell('models')).stdout).not.toContain('own-tiny-writer')
  })

  it('are not fetched while the network is off, and the refusal says so', async () => {
    await tell('call', 'settings.set', '{"network":false}')
    const { status, stderr } = await tell('models', 'get', 'smollm2-360m-instruct', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NETWORK_OFF' } })
    expect((await tell('network-log')).stdout).toBe('Nothing has left this device.\n')
  })

  it.each([
    [['models', 'fetch', 'x']],
    [['models', 'get']],
    [['models', 'get', '../x']],
    [['models', 'import', '/nowhere/at/all']],
  ])('is wrong usage as %j', async (args) => {
    expect((await tell(...args)).status).toBe(2)
  })
})
