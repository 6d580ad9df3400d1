// Backups from the command line: made, found on a computer that has nothing else, and put in the place of the vault; and the
// end of a vault.
import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlace, runCli, strongPassphrase } from './spawn-cli.ts'

const home = createPlace()
const file = home.file('passphrase', strongPassphrase)
const known = ['--passphrase-file', file]
afterAll(home.remove)

beforeAll(async () => {
  await runCli({ place: home, args: ['create', ...known, 'Ada'] })
  await runCli({ place: home, args: ['backup', ...known] })
}, 60_000)

/** A place that has, by the time of its tests, nothing but the backups. */
const newComputer = () => {
  const place = createPlace()
  beforeAll(() => cpSync(join(home.folder, 'backups'), join(place.folder, 'backups'), { recursive: true }))
  afterAll(place.remove)
  return place
}

describe('a new computer with nothing but backups', () => {
  const place = newComputer()

  it('says that they are there and how to go on, and becomes the vault', async () => {
    const { stdout } = await runCli({ place, args: ['status'] })
    expect(stdout).toContain('There is a backup in it. Restore the newest with "mindkeep restore-backup".')
    const wrong = place.file('wrong', 'not the passphrase')
    const refused = await runCli({ place, args: ['restore-backup', '--passphrase-file', wrong] })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    const restored = await runCli({ place, args: ['restore-backup', ...known] })
    expect(restored).toMatchObject({ status: 0, stderr: '' })
    const { stdout: found } = await runCli({ place, args: ['status', '--json'] })
    expect(JSON.parse(found)).toMatchObject({ state: 'locked', name: 'Ada', backups: 1 })
  }, 60_000)
})

describe('delete', () => {
  const place = newComputer()

  it('wants the name, and where nobody can know it that of the folder; then says what stays', async () => {
    await runCli({ place, args: ['restore-backup', ...known] })
    expect((await runCli({ place, args: ['delete'] })).status).toBe(2)
    expect(await runCli({ place, args: ['delete', 'Eve'] })).toMatchObject({ status: 1, stdout: '' })
    for (const name of ['vault.keys', 'vault.keys.bak']) writeFileSync(join(place.folder, name), 'noise')
    expect(await runCli({ place, args: ['delete', 'Ada'] })).toMatchObject({ status: 1, stdout: '' })
    const deleted = await runCli({ place, args: ['delete', basename(place.folder)] })
    expect(deleted).toMatchObject({ status: 0, stderr: '' })
    expect(deleted.stdout).toContain('Backups that are not its own, or not known to be, stay beside it: 1.')
    expect(existsSync(join(place.folder, 'vault.db'))).toBe(false)
  }, 60_000)

  it('takes the backups of a vault that can say which are its own', async () => {
    await runCli({ place, args: ['restore-backup', ...known] })
    const { stdout } = await runCli({ place, args: ['delete', 'Ada', '--json'] })
    expect(JSON.parse(stdout)).toEqual({ folder: place.folder, backups: [] })
  }, 60_000)
})
