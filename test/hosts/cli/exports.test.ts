// Everything out and back from a terminal, by the real command line.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { aNumber, aText } from '../../contract/matchers.ts'
import { prepareVault } from '../../contract/prepared-vault.ts'
import { cliArguments, createPlace, ended, runCli, startCli } from './spawn-cli.ts'

const place = createPlace()
const files = join(place.root, 'files')
const lock = 'walnut cipher meadow eleven trumpet'
let vaultAlone = ''
let both = ''
beforeAll(async () => {
  const { passphrase } = await prepareVault(place)
  vaultAlone = place.file('passphrase', `${passphrase}\n`)
  both = place.file('both', `${passphrase}\n${lock}\n`)
  mkdirSync(files)
  writeFileSync(join(files, 'boat.md'), '# The boat\n\nA blue hull, seen from the quay.\n')
  expect((await runCli({ place, args: ['import', files, '--passphrase-file', vaultAlone] })).status).toBe(0)
})
afterAll(place.remove)

const ask = async (...args: string[]): Promise<unknown> => {
  const { status, stdout, stderr } = await runCli({ place, args: [...args, '--json'] })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout)
}
const refused = async (...args: string[]) => {
  const { status, stderr } = await runCli({ place, args: [...args, '--json'] })
  return { status, code: (JSON.parse(stderr) as { error: { code: string } }).error.code }
}

describe('export, open-export and restore', () => {
  it('put everything into a folder, readable, and bring it back from there', async () => {
    const to = join(place.root, 'out')
    expect(await ask('export', to, '--passphrase-file', vaultAlone)).toEqual({
      file: aText,
      bytes: aNumber,
      items: 1,
      files: aNumber,
    })
    expect(readdirSync(to)).toHaveLength(1)
    expect(await ask('restore', to, '--passphrase-file', vaultAlone)).toEqual({ added: 0, changed: 0, duplicate: 1 })
  })

  it('lock it with a passphrase of its own, and open it without the vault', async () => {
    const to = join(place.root, 'locked')
    const { file } = (await ask('export', to, '--locked', '--passphrase-file', both)) as { file: string }
    expect(readFileSync(file).includes('blue hull')).toBe(false)
    const elsewhere = { ...place, folder: join(place.root, 'no-vault'), stateFolder: join(place.root, 'no-state') }
    const lockFile = place.file('lock', `${lock}\n`)
    const opened = join(place.root, 'opened')
    const args = ['open-export', file, '--to', opened, '--passphrase-file', lockFile, '--json']
    const { status, stdout, stderr } = await runCli({ place: elsewhere, args })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({ folder: opened, items: 1, files: aNumber })
    expect(readFileSync(join(opened, 'records/items.ndjson'), 'utf8')).toContain('blue hull')
    expect(existsSync(elsewhere.folder) || existsSync(elsewhere.stateFolder)).toBe(false)
    expect(await ask('restore', file, '--passphrase-file', both)).toEqual({ added: 0, changed: 0, duplicate: 1 })
    expect(await ask('restore', opened, '--passphrase-file', both)).toEqual({ added: 0, changed: 0, duplicate: 1 })
  })

  it.runIf(process.platform === 'linux')('leave nothing behind where there is no room for it', async () => {
    const letter = place.file('letter.eml', withPicture('noise', randomBytes(12 * 1024 * 1024)))
    expect(await ask('import', letter, '--passphrase-file', vaultAlone)).toMatchObject({ added: 1 })
    const to = join(place.root, 'no-room')
    const args = cliArguments({ place, args: ['export', to, '--passphrase-file', vaultAlone, '--json'] })
    // No file may grow beyond 8 MB, which the vault itself does not need: the system refuses as for a full disk.
    const child = spawn('bash', ['-c', 'ulimit -f 8192 && exec "$0" "$@"', process.execPath, ...args])
    const { status, stderr } = await ended(child)
    expect({ status, code: (JSON.parse(stderr) as { error: { code: string } }).error.code }).toEqual({
      status: 1,
      code: 'DISK_FULL',
    })
    expect(readdirSync(to)).toEqual([])
    expect(readdirSync(join(place.folder, 'outgoing'))).toEqual([])
  })

  it.runIf(process.platform !== 'win32')('leave no half of it where it is stopped while it is put there', async () => {
    const letter = place.file('letter.eml', withPicture('sea', randomBytes(12 * 1024 * 1024)))
    expect(await ask('import', letter, '--passphrase-file', vaultAlone)).toMatchObject({ added: 1 })
    const to = join(place.root, 'stopped')
    mkdirSync(to)
    const child = startCli({ place, args: ['export', to, '--passphrase-file', vaultAlone, '--json'] })
    const end = ended(child)
    const seen = await new Promise<string | null>((resolve) => {
      const watcher = watch(to, (_, name) => {
        child.kill('SIGINT')
        watcher.close()
        resolve(name)
      })
      onTestFinished(() => watcher.close())
    })
    const { status, stderr } = await end
    expect(seen).toMatch(/\.part$/)
    expect({ status, code: (JSON.parse(stderr) as { error: { code: string } }).error.code }).toEqual({
      status: 1,
      code: 'CANCELLED',
    })
    expect(readdirSync(to)).toEqual([])
  })

  it('say what is wrong', async () => {
    const file = place.file('nothing.zip', 'nothing')
    expect(await refused('open-export', file, '--to', join(place.root, 'x'))).toEqual({
      status: 1,
      code: 'EXPORT_DAMAGED',
    })
    expect(existsSync(join(place.root, 'x'))).toBe(false)
    expect(await refused('restore', files, '--passphrase-file', vaultAlone)).toEqual({
      status: 1,
      code: 'NOT_AN_EXPORT',
    })
    // Before the vault is asked for anything: there is no such passphrase file.
    expect(await refused('export', file, '--passphrase-file', 'nowhere')).toEqual({ status: 1, code: 'FILE_NOT_SAVED' })
    expect(await refused('export', '--passphrase-file', vaultAlone)).toEqual({ status: 2, code: 'WRONG_USAGE' })
    expect(await refused('open-export', file)).toEqual({ status: 2, code: 'WRONG_USAGE' })
    // What is in the clear does not lie in the vault, whichever way leads there, and no folder is made for it.
    symlinkSync(place.root, join(place.root, 'way'))
    for (const [verb, inside] of [
      [['export'], 'vault/deep/out'],
      [['export'], 'way/state'],
      [['open-export', file, '--to'], 'way/vault/out'],
    ] as const) {
      const args = [...verb, join(place.root, inside), '--passphrase-file', vaultAlone]
      expect(await refused(...args)).toEqual({ status: 2, code: 'WRONG_USAGE' })
    }
    expect(existsSync(join(place.folder, 'deep')) || existsSync(join(place.folder, 'out'))).toBe(false)
    // A path where nothing is says so, and is not taken for a file of another kind.
    for (const verb of [['open-export', '--to', join(place.root, 'x')], ['restore']]) {
      const { status, stderr } = await runCli({ place, args: [...verb, join(place.root, 'gone.zip')] })
      expect([status, stderr]).toEqual([2, expect.stringContaining('There is no file or folder')])
    }
    // A folder is none that can be opened, though it can be brought back.
    expect(await refused('open-export', files, '--to', join(place.root, 'x'))).toEqual({
      status: 2,
      code: 'WRONG_USAGE',
    })
  })
})

const withPicture = (name: string, bytes: Buffer) =>
  [
    'From: Ada <ada@example.org>',
    'Subject: A picture',
    'Date: Mon, 2 Jun 2025 10:00:00 +0200',
    `Message-ID: <${name}@example.org>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: image/x-raw',
    'Content-Disposition: attachment; filename="picture.raw"',
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
    '--b--',
    '',
  ].join('\r\n')
