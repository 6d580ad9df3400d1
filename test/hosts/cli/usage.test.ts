// What a person gets who asks for help, mistypes, or closes the pipe.
import { afterAll, describe, expect, it } from 'vitest'
import { createPlace, ended, runCli, startCli } from './spawn-cli.ts'

const place = createPlace()
afterAll(place.remove)

describe('help', () => {
  it('names every command', async () => {
    const { status, stdout, stderr } = await runCli({ place, args: ['help'] })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const verb of ['create', 'status', 'passphrase', 'recover', 'serve', 'call'])
      expect(stdout).toContain(`  ${verb} `)
  })

  it('explains one command, asked for in any of three ways', async () => {
    const asked = [
      ['help', 'recover'],
      ['recover', '--help'],
      ['-h', 'recover'],
    ]
    const answers = await Promise.all(asked.map((args) => runCli({ place, args })))
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1)
    expect(answers[0]?.stdout).toContain('--words-file FILE')
  })

  it.each([
    ['items', '200 at most'],
    ['search', '100 at most'],
  ])('says how much %s can list at once', async (command, says) => {
    expect((await runCli({ place, args: ['help', command] })).stdout).toContain(says)
  })

  it('says that the passphrase file of "passphrase" has two lines', async () => {
    const { stdout } = await runCli({ place, args: ['help', 'passphrase'] })
    expect(stdout).toContain('two lines')
  })

  it('names both folders that can be chosen, as the refusal does where none is to be found', async () => {
    const { stdout } = await runCli({ place, args: ['help'] })
    expect(stdout).toContain('--vault DIR')
    expect(stdout).toContain('--state DIR')
  })

  it('is suggested when nothing is asked for', async () => {
    const { status, stdout, stderr } = await runCli({ place, args: [] })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('mindkeep help')
  })
})

describe('the version', () => {
  it('is the one of package.json', async () => {
    const {
      default: { version },
    } = await import('../../../package.json', { with: { type: 'json' } })
    expect(await runCli({ place, args: ['--version'] })).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
    expect(await runCli({ place, args: ['--json', '--version'] })).toMatchObject({
      stdout: `{"version":"${version}"}\n`,
    })
  })
})

describe('a command line that is wrong', () => {
  it('ends with status 2 and one sentence that names the nearest command', async () => {
    expect(await runCli({ place, args: ['crate'] })).toEqual({
      status: 2,
      stdout: '',
      stderr: 'There is no command "crate". Did you mean "create"?\n',
    })
  })

  it('is answered in JSON when JSON was asked for, even where it could not be parsed', async () => {
    const { status, stdout, stderr } = await runCli({ place, args: ['--jason', 'status', '--json'] })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'WRONG_USAGE',
        message: 'There is no option --jason. Did you mean --json?',
        details: { typed: '--jason', suggestion: '--json' },
      },
    })
  })

  it('names an option that belongs to another command', async () => {
    const { status, stderr } = await runCli({ place, args: ['status', '--no-wait'] })
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: '"mindkeep status" has no option --no-wait. See "mindkeep help status".\n',
    })
  })

  it('is no command called like a property of every object', async () => {
    for (const typed of ['constructor', '__proto__', 'toString']) {
      expect(await runCli({ place, args: [typed] })).toMatchObject({ status: 2, stdout: '' })
    }
  })
})

describe('a reader that leaves early', () => {
  it('is no error', async () => {
    const child = startCli({ place, args: ['call', '--list', '--json'] })
    child.stdout?.destroy()
    expect(await ended(child)).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('of standard error neither', async () => {
    const child = startCli({ place, args: ['crate'] })
    child.stderr?.destroy()
    expect(await ended(child)).toMatchObject({ status: 2 })
  })
})
