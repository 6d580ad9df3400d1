// What is shown at a terminal cannot command it, wherever it came from.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { oneLine, printable } from '../../../electron/cli/printable.ts'
import { createPlace, runCli, strongPassphrase } from './spawn-cli.ts'

const place = createPlace()
afterAll(place.remove)

/** Clears the screen, hides text, turns the direction of writing, begins a new line in two ways. */
const commands = '\u001b[2J\u009b8m\u202e\u2066\u200f\u2028\u0007\r\t\u007f'
const dangerous = /[^\P{Cc}\n]|[\p{Bidi_Control}\p{Zl}\p{Zp}]/u

describe('text for people', () => {
  it('is written out where it would command the terminal', () => {
    expect(dangerous.test(commands)).toBe(true)
    expect(printable(commands)).toBe(String.raw`\u001b[2J\u009b8m\u202e\u2066\u200f\u2028\u0007\u000d\u0009\u007f`)
  })

  it('stays as it is otherwise, line breaks of our own included', () => {
    const plain = 'Größe – 人生 – حياة – 👩‍👩‍👧\n  second line'
    expect(printable(plain)).toBe(plain)
  })

  it('begins no line of its own where it came from elsewhere', () => {
    expect(oneLine('Desk\nState    unlocked')).toBe(String.raw`Desk\u000aState    unlocked`)
  })

  it.each([['help', commands], [commands], ['status', `--${commands}`], ['create', 'Desk', commands]])(
    'is written out in what is said of the command line %j',
    async (...args) => {
      const { status, stdout, stderr } = await runCli({ place, args })
      expect(status).toBe(2)
      expect(stdout + stderr).toContain(String.raw`\u001b[2J`)
      expect(stdout + stderr).not.toMatch(dangerous)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    },
  )

  it('is written out in the name of a folder', async () => {
    const folder = join(place.root, `a\n${commands}`)
    const { status, stdout } = await runCli({ place: { ...place, folder }, args: ['status'] })
    expect(status).toBe(0)
    expect(stdout).not.toMatch(dangerous)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })

  it('means the same to a script that reads JSON', async () => {
    const folder = join(place.root, `b\n${commands}`)
    const { stdout } = await runCli({ place: { ...place, folder }, args: ['status', '--json'] })
    expect(stdout).not.toMatch(dangerous)
    expect(JSON.parse(stdout)).toMatchObject({ folder })
  })
})

describe('a key file whose second copy repaired it', () => {
  it('is spoken of once the vault is open, beside the result, and not to a script', async () => {
    const file = place.file('passphrase', strongPassphrase)
    const args = ['--passphrase-file', file]
    expect(await runCli({ place, args: [...args, 'create'] })).toMatchObject({ status: 0, stderr: '' })
    const keys = join(place.folder, 'vault.keys')
    writeFileSync(keys, readFileSync(keys).subarray(0, 40))
    const opened = await runCli({ place, args: [...args, 'call', 'settings.get'] })
    expect(opened).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(
        /^Notice: The key file was damaged .*\n {2}Seen to\? mindkeep call vault\.dismissNotice .*\n$/,
      ),
    })
    expect(JSON.parse(opened.stdout)).toMatchObject({ autoLockMinutes: 10 })
    expect(await runCli({ place, args: [...args, '--json', 'call', 'settings.get'] })).toMatchObject({ stderr: '' })
  })
})
