// `call`: the api as scripts reach it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../../shared/api/api.ts'
import { logCheck } from '../../../shared/api/ledger.ts'
import { errorMessages } from '../../../shared/errors.ts'
import { aText } from '../../contract/matchers.ts'
import { createPlace, runCli, strongPassphrase } from './spawn-cli.ts'

const place = createPlace()
let passphrase = ''
beforeAll(async () => {
  passphrase = place.file('passphrase', `${strongPassphrase}\n`)
  await runCli({ place, args: ['create', '--json', '--passphrase-file', passphrase] })
})
afterAll(place.remove)

const unlocked = () => ['--json', '--passphrase-file', passphrase]

describe('calling a method', () => {
  it('prints the value as one line of JSON under --json, and indented otherwise', async () => {
    const bare = await runCli({ place, args: ['call', 'appearance.get', '--json'] })
    expect(bare).toEqual({ status: 0, stdout: '{"theme":"system","language":"system"}\n', stderr: '' })
    const told = await runCli({ place, args: ['call', 'appearance.get'] })
    expect(told.stdout).toBe('{\n  "theme": "system",\n  "language": "system"\n}\n')
  })

  it('reads the input from the command line or from standard input', async () => {
    const given = await runCli({ place, args: ['call', 'appearance.set', '{"theme":"dark"}', '--json'] })
    expect(JSON.parse(given.stdout)).toEqual({ theme: 'dark', language: 'system' })
    const piped = await runCli({ place, args: ['call', 'appearance.set', '-', '--json'], input: '{"theme":"light"}' })
    expect(JSON.parse(piped.stdout)).toEqual({ theme: 'light', language: 'system' })
  })

  it('answers the error of the api with status 1', async () => {
    const refused = await runCli({ place, args: ['call', 'appearance.set', '{"theme":"neon"}', '--json'] })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(JSON.parse(refused.stderr)).toEqual({
      error: { code: 'INVALID_INPUT', message: errorMessages.INVALID_INPUT, details: { fields: ['theme'] } },
    })
  })

  it('tells a person the same in one sentence that names the field', async () => {
    const { stderr } = await runCli({ place, args: ['call', 'appearance.set', '{"theme":"neon"}'] })
    expect(stderr).toMatch(/^That request .*theme\)\n$/)
  })

  it.each([
    ['an input that is not JSON', ['call', 'vault.status', '{'], 'not JSON'],
    ['no method', ['call'], 'Name a method'],
    ['a third operand', ['call', 'vault.status', '{}', 'more'], 'does not take "more"'],
    ['two readers of standard input', ['call', 'settings.get', '-', '--passphrase-file', '-'], 'not both'],
  ])('answers %s with status 2', async (_what, args, sentence) => {
    const refused = await runCli({ place, args })
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toContain(sentence)
  })

  it('answers an unknown method as every host does', async () => {
    const refused = await runCli({ place, args: ['call', 'vault.explode', '--json'] })
    expect(refused.status).toBe(1)
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'UNKNOWN_METHOD' } })
  })

  it('reaches what is locked only with the passphrase', async () => {
    const refused = await runCli({ place, args: ['call', 'settings.get', '--json'] })
    expect(refused.status).toBe(1)
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'VAULT_LOCKED' } })
    const allowed = await runCli({ place, args: ['call', 'settings.get', ...unlocked()] })
    expect(allowed).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(allowed.stdout)).toMatchObject({ autoLockMinutes: 10 })
  })

  it('waits for work it started and prints the result', async () => {
    const { status, stdout } = await runCli({ place, args: ['call', 'ledger.verify', ...unlocked()] })
    expect(status).toBe(0)
    expect(logCheck.parse(JSON.parse(stdout))).toMatchObject({ brokenAt: null, witness: 'agrees' })
  })

  it('waits as well where the method says more than the work it started', async () => {
    const { status, stdout } = await runCli({ place, args: ['call', 'imports.addSample', ...unlocked()] })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ import: aText, failed: 0 })
  })

  it('prints the id of that work under --no-wait, and still ends only when the work does', async () => {
    const { status, stdout } = await runCli({ place, args: ['call', 'backups.create', '--no-wait', ...unlocked()] })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ job: aText })
    const { stdout: listed } = await runCli({ place, args: ['call', 'backups.list', '--json'] })
    expect(JSON.parse(listed)).toHaveLength(1)
  })
})

describe('the list of methods', () => {
  it('names every row of the api with the form of its input', async () => {
    const { status, stdout } = await runCli({ place, args: ['call', '--list', '--json'] })
    expect(status).toBe(0)
    const rows = JSON.parse(stdout) as { method: string; input: { type?: string; oneOf?: { type: string }[] } }[]
    expect(rows.map(({ method }) => method)).toEqual(Object.keys(api).toSorted())
    expect(new Set(rows.flatMap(({ input: { type, oneOf = [] } }) => type ?? oneOf.map((one) => one.type)))).toEqual(
      new Set(['object']),
    )
  })
})
