// The vault from the command line, on real vaults in folders of their own.
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aList } from '../../contract/matchers.ts'
import {
  type Ended,
  anotherPassphrase,
  cliArguments,
  createPlace,
  runCli,
  startCli,
  ended,
  strongPassphrase,
} from './spawn-cli.ts'

const errorIn = ({ stderr }: Ended): unknown => JSON.parse(stderr)

describe('where there is no vault', () => {
  const place = createPlace()
  afterAll(place.remove)

  it('status says so and makes nothing', async () => {
    const { status, stdout } = await runCli({ place, args: ['status'] })
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `There is no vault in ${place.folder} yet. Create one with "mindkeep create".\n`,
    })
    expect(existsSync(join(place.folder, 'vault.keys'))).toBe(false)
  })

  it.each(['passphrase', 'recover'])('%s refuses with NO_VAULT before it asks for anything', async (verb) => {
    const refused = await runCli({ place, args: [verb, '--json'] })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(errorIn(refused)).toMatchObject({ error: { code: 'NO_VAULT' } })
  })

  it('create refuses a passphrase that is too easy, and makes nothing', async () => {
    const file = place.file('weak', 'password1\n')
    const refused = await runCli({ place, args: ['create', '--json', '--passphrase-file', file] })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(errorIn(refused)).toMatchObject({ error: { code: 'WEAK_PASSPHRASE' } })
    expect(existsSync(join(place.folder, 'vault.keys'))).toBe(false)
  })

  it.each(['password1\n', '', '\n'])('create shows no words for the passphrase %j, which it refuses', async (weak) => {
    const file = place.file('weak', weak)
    const refused = await runCli({ place, args: ['create', '--passphrase-file', file] })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(refused.stderr).toContain('too easy to guess')
  })

  it.each(['', '   ', 'n'.repeat(400), 'Desk\nState', '\u001b[2J', '\u202eksed'])(
    'create refuses the name %j in a sentence of its own, and shows no words',
    async (name) => {
      const file = place.file('strong', strongPassphrase)
      const refused = await runCli({ place, args: ['create', '--passphrase-file', file, name] })
      expect(refused).toEqual({
        status: 2,
        stdout: '',
        stderr: 'That name cannot be used. A name has 1 to 80 characters, all on one line.\n',
      })
    },
  )

  it('create says how to give a passphrase when nobody can be asked', async () => {
    const refused = await runCli({ place, args: ['create'] })
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('--passphrase-file FILE')
  })

  it('create makes no vault when nobody can read the words', async () => {
    const file = place.file('strong', strongPassphrase)
    const child = startCli({ place, args: ['create', '--passphrase-file', file] })
    child.stdout?.destroy()
    const { status } = await ended(child)
    expect(status).toBe(1)
    expect(existsSync(join(place.folder, 'vault.keys'))).toBe(false)
  })

  it('create says so when a script gave up before it could read the words, and what to do', async () => {
    const file = place.file('strong', strongPassphrase)
    const child = startCli({ place, args: ['create', '--json', '--passphrase-file', file] })
    child.stdout?.destroy()
    const unread = await ended(child)
    expect(unread.status).toBe(1)
    expect(errorIn(unread)).toMatchObject({ error: { code: 'WORDS_UNREAD' } })
    expect((await runCli({ place, args: ['delete', 'My vault'] })).status).toBe(0)
  })
})

describe.runIf(existsSync('/dev/full'))('where nothing can be written to', () => {
  const place = createPlace()
  afterAll(place.remove)
  const intoNothing = async (...args: readonly string[]) => {
    const full = openSync('/dev/full', 'w')
    try {
      return await ended(spawn(process.execPath, cliArguments({ place, args }), { stdio: ['ignore', full, 'pipe'] }))
    } finally {
      closeSync(full)
    }
  }

  it('a result that is lost is no success, and is said in a sentence', async () => {
    const lost = await intoNothing('status')
    expect(lost.status).toBe(1)
    expect(lost.stderr.trim().split('\n')).toEqual([expect.stringContaining('could not be written')])
  })

  it('create says that nobody has the words', async () => {
    const lost = await intoNothing('create', '--json', '--passphrase-file', place.file('strong', strongPassphrase))
    expect(lost.status).toBe(1)
    expect(errorIn(lost)).toMatchObject({ error: { code: 'WORDS_UNREAD' } })
  })
})

describe('a command that is told to stop', () => {
  const place = createPlace()
  afterAll(place.remove)

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s ends with CANCELLED and leaves no vault', async (signal) => {
    // It waits for a passphrase on standard input, which never comes.
    const child = startCli({ place, args: ['create', '--json', '--passphrase-file', '-'] })
    const end = ended(child)
    await vi.waitFor(() => expect(existsSync(place.folder)).toBe(true), { timeout: 20_000 })
    child.kill(signal)
    const stopped = await end
    expect(stopped).toMatchObject({ status: 1, stdout: '' })
    expect(errorIn(stopped)).toMatchObject({ error: { code: 'CANCELLED' } })
    expect(existsSync(join(place.folder, 'vault.keys'))).toBe(false)
    rmSync(place.folder, { recursive: true })
  })
})

describe('a vault made by a script', () => {
  const place = createPlace()
  let made: Ended
  beforeAll(async () => {
    const file = place.file('passphrase', `${strongPassphrase}\n`)
    made = await runCli({ place, args: ['--json', '--passphrase-file', file, 'create', 'Field notes'] })
  })
  afterAll(place.remove)

  const words = () => (JSON.parse(made.stdout) as { words: string[] }).words

  it('answers one JSON value with its name, words and folder', () => {
    expect(made).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(made.stdout)).toEqual({ name: 'Field notes', words: aList, folder: place.folder })
    expect(words()).toHaveLength(24)
  })

  it('belongs to its owner alone', () => {
    expect(statSync(place.folder).mode & 0o077).toBe(0)
    for (const name of ['vault.db', 'vault.keys']) expect(statSync(join(place.folder, name)).mode & 0o077).toBe(0)
  })

  it('is described without a passphrase', async () => {
    const { status, stdout } = await runCli({ place, args: ['status', '--json'] })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ state: 'locked', name: 'Field notes', folder: place.folder })
    const told = await runCli({ place, args: ['status'] })
    expect(told.stdout).toContain('Vault    Field notes\nState    locked\n')
  })

  it('is not made a second time', async () => {
    const file = place.file('passphrase', strongPassphrase)
    const refused = await runCli({ place, args: ['create', '--json', '--passphrase-file', file] })
    expect(refused.status).toBe(1)
    expect(errorIn(refused)).toMatchObject({ error: { code: 'VAULT_EXISTS' } })
  })

  it('changes its passphrase with the two lines of a file, and the old one is refused afterwards', async () => {
    const pair = place.file('pair', `${strongPassphrase}\n${anotherPassphrase}\n`)
    expect(await runCli({ place, args: ['passphrase', '--passphrase-file', pair] })).toEqual({
      status: 0,
      stdout: 'The passphrase is changed.\n',
      stderr: '',
    })
    const refused = await runCli({ place, args: ['passphrase', '--json', '--passphrase-file', pair] })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(errorIn(refused)).toMatchObject({ error: { code: 'WRONG_PASSPHRASE' } })
  })

  it('asks for two lines where the file has one', async () => {
    const one = place.file('one', anotherPassphrase)
    const refused = await runCli({ place, args: ['passphrase', '--passphrase-file', one] })
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('two lines')
  })

  it('names the words that are none', async () => {
    const typed = words().with(4, 'qwertz').join(' ')
    const refused = await runCli({
      place,
      args: [
        'recover',
        '--json',
        '--words-file',
        place.file('words', typed),
        '--passphrase-file',
        place.file('p', strongPassphrase),
      ],
    })
    expect(refused.status).toBe(1)
    expect(errorIn(refused)).toMatchObject({ error: { code: 'NOT_RECOVERY_WORDS' } })
  })

  it.each([
    ['too few of them', () => words().slice(0, 3), 'You gave 3 of 24 words.'],
    ['one that is none', () => words().with(4, 'qwertz'), 'Word 5 is not a recovery word.'],
    ['two that are none', () => words().with(4, 'qwertz').with(9, 'zzz'), 'Words 5, 10 are not recovery words.'],
  ])('tells a person what is wrong with the words: %s', async (_what, typed, sentence) => {
    const files = [
      '--words-file',
      place.file('words', typed().join(' ')),
      '--passphrase-file',
      place.file('p', strongPassphrase),
    ]
    const refused = await runCli({ place, args: ['recover', ...files] })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(refused.stderr).toContain(sentence)
    expect(refused.stderr).not.toMatch(/qwertz|zzz|\(/)
  })

  it('opens with the words, written as on the kit, and takes a new passphrase from standard input', async () => {
    const typed = `${words().join('\n')}\n`
    const args = ['recover', '--words-file', place.file('words', typed), '--passphrase-file', '-']
    const recovered = await runCli({ place, args, input: `${strongPassphrase}\n` })
    expect(recovered).toMatchObject({ status: 0, stderr: '' })
    const unlocked = await runCli({
      place,
      args: ['call', 'settings.get', '--json', '--passphrase-file', '-'],
      input: strongPassphrase,
    })
    expect(unlocked).toMatchObject({ status: 0, stderr: '' })
  })

  it('refuses to read words and passphrase from the same standard input', async () => {
    const refused = await runCli({ place, args: ['recover', '--words-file', '-', '--passphrase-file', '-'] })
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('not both')
  })
})

describe('a vault made by hand without --json', () => {
  const place = createPlace()
  afterAll(place.remove)

  it('prints the words once, numbered, on standard output and nowhere else', async () => {
    const file = place.file('passphrase', strongPassphrase)
    const { status, stdout, stderr } = await runCli({ place, args: ['create', '--passphrase-file', file] })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const numbered = [...stdout.matchAll(/(\d+)\. ([a-z]+)/g)]
    expect(numbered.map(([, at]) => Number(at)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 24 }, (_, at) => at + 1),
    )
    expect(stdout).toContain(`Created "My vault" in ${place.folder}.`)
  })
})
