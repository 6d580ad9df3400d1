// The hidden questions at a real terminal. `script` of util-linux makes one; terminal.test.ts holds the same claims on
// streams where it is missing.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lockedByPkware } from '../../core/imports/reader/archives/locked-zips.ts'
import { type Place, cliArguments, createPlace, runCli, strongPassphrase } from './spawn-cli.ts'

const terminalMaker = 'script'
const probe = spawnSync(terminalMaker, ['--version'], { encoding: 'utf8' })
const hasScript = probe.status === 0 && probe.stdout.includes('util-linux')
const quoted = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')

interface Exchange {
  /** Typed once this has been shown since the last answer. */
  readonly when: RegExp
  readonly type: string | ((shown: string, match: RegExpExecArray) => string)
}

interface TerminalRun {
  readonly place: Place
  readonly args: readonly string[]
  readonly talk: readonly Exchange[]
}

/** Everything the terminal showed, and the exit status of the command. */
async function atTerminal({ place, args, talk }: TerminalRun): Promise<{ shown: string; status: number | null }> {
  const command = quoted([process.execPath, ...cliArguments({ place, args })])
  const child = spawn(terminalMaker, ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const left = [...talk]
  let shown = ''
  let read = 0
  child.stdin.on('error', () => {})
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (part: string) => {
    shown += part
    const [next] = left
    const match = next?.when.exec(shown.slice(read))
    if (next === undefined || match === null || match === undefined) return
    left.shift()
    read = shown.length
    child.stdin.write(typeof next.type === 'string' ? next.type : next.type(shown, match))
  })
  const status = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  return { shown, status }
}

/** The word asked for, looked up in the table shown before. */
function answer(shown: string, [, at = '']: RegExpExecArray): string {
  return `${new RegExp(`\\b${at}\\. ([a-z]+)`).exec(shown)?.[1] ?? ''}\r`
}

describe.skipIf(!hasScript)('at a real terminal (needs "script" of util-linux)', () => {
  const place = createPlace()
  afterAll(place.remove)

  it('leaves no vault behind when Ctrl-C is pressed in the middle of the questions', async () => {
    const { shown, status } = await atTerminal({
      place,
      args: ['create'],
      talk: [
        { when: /New passphrase: /, type: `${strongPassphrase}\r` },
        { when: /The same again: /, type: '\u0003' },
      ],
    })
    expect(status).toBe(1)
    expect(shown).toContain('Stopped, as you asked.')
    expect(shown).not.toContain('violet')
    expect(existsSync(join(place.folder, 'vault.keys'))).toBe(false)
  })

  it('makes a vault after a weak passphrase, a mistyped one and a wrong word, showing no passphrase', async () => {
    const { shown, status } = await atTerminal({
      place,
      args: ['create', 'Desk'],
      talk: [
        { when: /New passphrase: /, type: 'qwertyui\r' },
        { when: /New passphrase: /, type: `${strongPassphrase}\r` },
        { when: /The same again: /, type: 'something else\r' },
        { when: /New passphrase: /, type: `${strongPassphrase}\r` },
        { when: /The same again: /, type: `${strongPassphrase}\r` },
        { when: /Type word \d+: /, type: 'zzz\r' },
        { when: /Type word (\d+): /, type: answer },
        { when: /Type word (\d+): /, type: answer },
      ],
    })
    expect(shown).toContain('Created "Desk"')
    expect(status).toBe(0)
    expect(shown).toContain('Those two differ.')
    for (const secret of ['qwertyui', 'violet', 'something else']) expect(shown).not.toContain(secret)
  })

  it('opens what is locked with a passphrase asked for on the spot', async () => {
    const { shown, status } = await atTerminal({
      place,
      args: ['call', 'settings.get'],
      talk: [{ when: /Passphrase: /, type: `${strongPassphrase}\r` }],
    })
    expect({ status, secret: shown.includes('violet') }).toEqual({ status: 0, secret: false })
    expect(shown).toContain('"autoLockMinutes": 10')
  })

  it('asks again where nothing was typed', async () => {
    const { shown, status } = await atTerminal({
      place,
      args: ['call', 'settings.get'],
      talk: [
        { when: /Passphrase: /, type: '\r' },
        { when: /Nothing was typed[^]*Passphrase: /, type: `${strongPassphrase}\r` },
      ],
    })
    expect({ status, form: shown.includes('not in the form') }).toEqual({ status: 0, form: false })
  })

  it('asks for the password of a locked archive, again where it is wrong, and for a word before it erases', async () => {
    const zip = place.file('locked.zip', lockedByPkware)
    const { shown, status } = await atTerminal({
      place,
      args: ['import', zip],
      talk: [
        { when: /Passphrase: /, type: `${strongPassphrase}\r` },
        { when: /Locked with a password: [^]*Password: /, type: 'not the one\r' },
        { when: /That password does not open: [^]*Password: /, type: 'open sesame\r' },
      ],
    })
    expect(shown).toContain('1 added · 0 already here · 0 could not be read')
    expect({ status, secret: /sesame|not the one/.test(shown) }).toEqual({ status: 0, secret: false })

    const passphrase = place.file('passphrase', strongPassphrase)
    const { stdout } = await runCli({ place, args: ['items', '--json', '--passphrase-file', passphrase] })
    const { rows } = JSON.parse(stdout) as { rows: { id: string }[] }
    const kept = await atTerminal({
      place,
      args: ['erase', rows[0]?.id ?? '', '--passphrase-file', passphrase],
      talk: [{ when: /for good\? Type erase to go on: /, type: 'no\r' }],
    })
    expect(kept).toMatchObject({ status: 1, shown: expect.stringContaining('Stopped, as you asked.') as unknown })
    const gone = await atTerminal({
      place,
      args: ['erase', rows[0]?.id ?? '', '--passphrase-file', passphrase],
      talk: [{ when: /for good\? Type erase to go on: /, type: 'erase\r' }],
    })
    expect(gone).toMatchObject({ status: 0, shown: expect.stringContaining('It is erased.') as unknown })
  })

  it('says that the current passphrase is wrong before a new one is asked for', async () => {
    const { shown, status } = await atTerminal({
      place,
      args: ['passphrase'],
      talk: [{ when: /Current passphrase: /, type: 'not the one\r' }],
    })
    expect(status).toBe(1)
    expect(shown).toContain('That is not the passphrase.')
    expect(shown).not.toContain('New passphrase')
  })

  it('goes on asking until it has 24 recovery words, and asks for no passphrase before that', async () => {
    const { shown, status } = await atTerminal({
      place,
      args: ['recover'],
      talk: [
        { when: /Recovery words: /, type: 'able about\r' },
        { when: /22 more: /, type: '\r' },
        { when: /22 more: /, type: `${'able '.repeat(23)}\r` },
      ],
    })
    expect(status).toBe(1)
    expect(shown).toContain('You gave 25 of 24 words.')
    expect(shown).not.toContain('New passphrase')
  })

  it('leaves the passphrase as it was when the change is broken off', async () => {
    const { status } = await atTerminal({
      place,
      args: ['passphrase'],
      talk: [
        { when: /Current passphrase: /, type: `${strongPassphrase}\r` },
        { when: /New passphrase: /, type: '\u0003' },
      ],
    })
    expect(status).toBe(1)
    const file = place.file('passphrase', strongPassphrase)
    const unlocked = await runCli({ place, args: ['call', 'settings.get', '--passphrase-file', file] })
    expect(unlocked.status).toBe(0)
  })
})
