// A life of a vault in the terminal where there is no network at all, not even a loopback: a namespace of its own, with
// nothing in it. And what `network-log` says of it.
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleFolder } from '../../../electron/core/sample.ts'
import { prepareVault } from '../../contract/prepared-vault.ts'
import { cliArguments, createPlace } from './spawn-cli.ts'

const unshare = ['--user', '--map-root-user', '--net']
const canBeCutOff = spawnSync('unshare', [...unshare, 'true']).status === 0
const place = createPlace()
let passphrase = ''
beforeAll(async () => {
  const made = await prepareVault(place)
  passphrase = place.file('passphrase', `${made.passphrase}\n`)
})
afterAll(() => place.remove())

function cutOff(...args: string[]): {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
} {
  const node = [process.execPath, ...cliArguments({ place, args: [...args, '--passphrase-file', passphrase] })]
  return spawnSync('unshare', [...unshare, ...node], { encoding: 'utf8' })
}

describe.runIf(canBeCutOff)('a computer without any network', () => {
  it('is really without one here', () => {
    const run = spawnSync('unshare', [
      ...unshare,
      process.execPath,
      '-e',
      "require('node:net').connect(9, '127.0.0.1').on('error', ({ code }) => console.log(code))",
    ])
    expect(run.stdout.toString().trim()).toBe('ENETUNREACH')
  })

  it('has all of Mindkeep: adding, finding and taking out', () => {
    const added = cutOff('import', sampleFolder(), '--json')
    expect(added.status, added.stderr).toBe(0)
    const found = cutOff('search', 'harbour', '--json')
    expect((JSON.parse(found.stdout) as { total: number }).total).toBeGreaterThan(10)
    expect(cutOff('network-log').stdout).toBe('Nothing has left this device.\n')
    expect(JSON.parse(cutOff('network-log', '--json').stdout)).toEqual({ departures: [], total: 0, left: 0 })
  })
})
