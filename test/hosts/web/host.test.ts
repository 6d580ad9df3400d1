// The browser host as a process: what it prints, how it ends, and one plain sentence for each thing that keeps it from
// starting.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { delimiter, dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../../electron/core/app.ts'
import { systemClock } from '../../../electron/core/ports.ts'
import { errorMessages } from '../../../shared/errors.ts'
import { buildRenderer } from '../../../tools/renderer-build.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { ask, goodCall, goodSignIn, replyIn, signIn, withBody } from './support/served.ts'

const root = resolve(import.meta.dirname, '../../..')
const entry = join(root, 'electron/web/main.ts')

interface Started {
  readonly process: ChildProcessWithoutNullStreams
  readonly out: () => string
  readonly complaints: () => string
  readonly ended: Promise<number | null>
}

interface StartParts {
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly nodeArgs?: readonly string[]
}

function start({ args = [], env = process.env, nodeArgs = [] }: StartParts = {}): Started {
  const child = spawn(process.execPath, [...nodeArgs, entry, ...args], { env, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const texts = { out: '', complaints: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.complaints += text))
  const ended = once(child, 'close').then(() => child.exitCode)
  return { process: child, out: () => texts.out, complaints: () => texts.complaints, ended }
}

const inFolder = (folder: string): readonly string[] => [
  '--vault',
  join(folder, 'vault'),
  '--state',
  join(folder, 'state'),
]

const tokenIn = (link: string): string => new URL(link).hash.slice('#start='.length)
const linksIn = (text: string): readonly string[] => text.match(/http:\/\/\S+#start=\S+/g) ?? []

beforeAll(() => buildRenderer({ root }))

describe('the browser host', () => {
  it('prints one line of JSON for scripts and nothing else', async () => {
    const host = start({ args: ['--json', ...inFolder(temporaryFolder())] })
    await expect.poll(host.out, { timeout: 20_000 }).toContain('\n')
    const { address, link } = JSON.parse(host.out()) as { address: string; link: string }
    expect(address).toMatch(/^http:\/\/[0-9a-f]{20}\.localhost:\d+$/)
    expect(link).toMatch(new RegExp(`^${address}/#start=[\\w-]{43}$`))
    host.process.kill('SIGTERM')
    expect(await host.ended).toBe(0)
    expect(host.out().split('\n')).toHaveLength(2)
    expect(host.complaints()).toBe('')
  })

  it('prints a link, another one for each Enter, and each works once', async () => {
    const host = start({ args: inFolder(temporaryFolder()) })
    await expect.poll(host.out, { timeout: 20_000 }).toContain('Press Enter')
    host.process.stdin.write('\n')
    await expect.poll(() => linksIn(host.out()).length).toBe(2)
    const [first = '', second = ''] = linksIn(host.out())
    expect(first).not.toBe(second)
    const { host: name, port } = new URL(first)
    for (const [link, status] of [
      [first, 200],
      [second, 200],
      [first, 401],
    ] as const) {
      expect((await ask(Number(port), goodSignIn(name, tokenIn(link)))).status).toBe(status)
    }
    host.process.kill('SIGINT')
    expect(await host.ended).toBe(0)
  })

  it('locks the vault and lets go of it when it is stopped', async () => {
    const folder = temporaryFolder()
    const host = start({ args: ['--json', ...inFolder(folder)] })
    await expect.poll(host.out, { timeout: 20_000 }).toContain('\n')
    const link = new URL((JSON.parse(host.out()) as { link: string }).link)
    const at = { host: link.host, port: Number(link.port) }
    const keys = await signIn(at, tokenIn(link.href))
    const call = async (method: string, input: unknown = {}) => {
      const request = { ...goodCall({ ...at, ...keys }), line: `POST /api/${method} HTTP/1.1` }
      return replyIn(await ask(at.port, withBody(request, JSON.stringify(input))))
    }
    const kit = (await call('vault.draftKit')).value as { draft: string; words: string[]; ask: number[] }
    const passphrase = 'orbit lantern gravel whisper tundra'
    const retyped = kit.ask.map((number) => ({ at: number, word: kit.words[number - 1] }))
    const created = await call('vault.create', { name: 'Mine', passphrase, draft: kit.draft, retyped })
    expect(created).toMatchObject({ ok: true, value: { state: 'unlocked' } })
    host.process.kill('SIGTERM')
    expect(await host.ended).toBe(0)

    expect(readdirSync(join(folder, 'vault')).filter((name) => name.endsWith('-wal'))).toEqual([])
    const ports = { clock: systemClock, log: { write() {} } }
    const places = { folder: join(folder, 'vault'), stateFolder: join(folder, 'state') }
    const next = await createApp(ports, { host: 'cli', version: '0.0.0', ...places })
    onTestFinished(() => next.close())
    expect(await next.dispatch('vault.status', {})).toMatchObject({ ok: true, value: { state: 'locked' } })
    expect(await next.dispatch('vault.unlock', { passphrase })).toMatchObject({ ok: true })
    const log = readdirSync(join(folder, 'state')).filter((name) => name.endsWith('.log'))
    for (const name of log) expect(readFileSync(join(folder, 'state', name), 'utf8')).not.toContain(passphrase)
  })

  it('leaves nothing that others can read', async () => {
    const folder = temporaryFolder()
    const host = start({ args: ['--json', ...inFolder(folder)] })
    await expect.poll(host.out, { timeout: 20_000 }).toContain('\n')
    const { host: name, port } = new URL((JSON.parse(host.out()) as { address: string }).address)
    await ask(Number(port), goodSignIn(name, 'A'.repeat(43)))
    host.process.kill('SIGTERM')
    await host.ended
    const made = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(made).toContain(join('state', 'mindkeep.log'))
    expect(made.filter((path) => (statSync(join(folder, path)).mode & 0o077) !== 0)).toEqual([])
  })
})

describe('opening a browser', () => {
  it.runIf(process.platform === 'linux')(
    'prints the link where the file with the link cannot be written, and ends when told to (on Linux)',
    async () => {
      const folder = temporaryFolder()
      mkdirSync(join(folder, 'state', 'open-mindkeep.html'), { recursive: true })
      const host = start({ args: ['--open', ...inFolder(folder)], env: withOpener(folder, 'exit 0') })
      await expect.poll(host.out, { timeout: 20_000 }).toContain('No browser could be opened')
      host.process.kill('SIGTERM')
      expect(await host.ended).toBe(0)
    },
  )

  it.runIf(process.platform === 'linux')(
    'prints the link where the system refuses the state folder itself (on Linux)',
    async () => {
      const folder = temporaryFolder()
      const args = ['--open', '--vault', join(folder, 'vault'), '--state', '/proc/mindkeep/state']
      const host = start({ args, env: withOpener(folder, 'exit 0') })
      await expect.poll(host.out, { timeout: 20_000 }).toContain('No browser could be opened')
      host.process.kill('SIGTERM')
      expect(await host.ended).toBe(0)
    },
  )

  it.skipIf(process.platform !== 'linux')(
    'hands over a file only its owner can read, never the link itself (on Linux)',
    async () => {
      const folder = temporaryFolder()
      const seen = join(folder, 'seen')
      const env = withOpener(
        folder,
        `echo "$@" > ${seen}.args; stat -c %a "$1" > ${seen}.mode; cp "$1" ${seen}.html; touch ${seen}`,
      )
      const host = start({ args: ['--open', ...inFolder(folder)], env })
      await expect.poll(host.out, { timeout: 20_000 }).toContain('open in your browser')
      expect(linksIn(host.out())).toEqual([])

      const page = join(folder, 'state', 'open-mindkeep.html')
      expect(readFileSync(`${seen}.args`, 'utf8').trim()).toBe(page)
      expect(readFileSync(`${seen}.mode`, 'utf8').trim()).toBe('600')
      const link = /url=(http:\/\/[^"]+)"/.exec(readFileSync(`${seen}.html`, 'utf8'))?.[1] ?? ''
      const { host: name, port } = new URL(link)
      expect((await ask(Number(port), goodSignIn(name, tokenIn(link)))).status).toBe(200)

      host.process.kill('SIGTERM')
      expect(await host.ended).toBe(0)
      expect(readdirSync(join(folder, 'state'))).not.toContain('open-mindkeep.html')
    },
  )

  it.skipIf(process.platform !== 'linux')(
    'prints the link where the browser cannot be opened, and leaves no file behind (on Linux)',
    async () => {
      const folder = temporaryFolder()
      const host = start({ args: ['--open', ...inFolder(folder)], env: withOpener(folder, 'exit 3') })
      await expect.poll(host.out, { timeout: 20_000 }).toContain('No browser could be opened')
      expect(linksIn(host.out())).toHaveLength(1)
      expect(readdirSync(join(folder, 'state'))).not.toContain('open-mindkeep.html')
    },
  )

  it.skipIf(process.platform !== 'linux')('prints the link where there is no display (on Linux)', async () => {
    const folder = temporaryFolder()
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = withOpener(folder, 'exit 0')
    const host = start({ args: ['--open', ...inFolder(folder)], env })
    await expect.poll(host.out, { timeout: 20_000 }).toContain('No browser could be opened')
  })
})

describe('what keeps it from starting is one plain sentence', () => {
  it('a port that is taken', async () => {
    const taken = createServer()
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const args = ['--port', String(port), ...inFolder(temporaryFolder())]
    expect(await refused({ args })).toEqual({ code: 1, said: `${errorMessages.PORT_TAKEN}\n` })
  })

  it('no home folder', async () => {
    const { XDG_DATA_HOME: _data, XDG_STATE_HOME: _state, APPDATA: _appData, ...rest } = process.env
    const env = { ...rest, HOME: '/nowhere/at/all', USERPROFILE: 'Z:\\nowhere' }
    expect(await refused({ env })).toEqual({ code: 1, said: `${errorMessages.NO_HOME_FOLDER}\n` })
  })

  it('a Node that is too old', async () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '22.1.0' })"
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`]
    expect(await refused({ nodeArgs })).toEqual({ code: 1, said: `${errorMessages.NODE_TOO_OLD}\n` })
  })

  it('a vault folder that cannot be one', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'vault'), 'a file')
    expect(await refused({ args: inFolder(folder) })).toEqual({ code: 1, said: `${errorMessages.FOLDER_UNUSABLE}\n` })
  })

  it.each([
    { name: 'a port that is no number', args: ['--port', 'home'], says: '--port takes a number' },
    { name: 'a port too high', args: ['--port', '65536'], says: '--port takes a number' },
    { name: 'an option nobody knows', args: ['--listen-on-everything'], says: 'listen-on-everything' },
    { name: 'a word too many', args: ['now'], says: 'now' },
  ])('$name', async ({ args, says }) => {
    const { code, said } = await refused({ args })
    expect(code).toBe(2)
    expect(said).toContain(says)
    expect(said).toContain('Usage:')
  })
})

it.each(['--help', '-h'])('answers %s with the command that people type, and starts nothing', (asked) => {
  const start = join(root, 'tools/start.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [start, asked], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('Usage: npm start -- [--web] [--vault DIR]')
  expect(stdout).not.toContain('main.ts')
})

/** A stand-in for xdg-open on this test's PATH: it notes what it was given and what lay in there. */
function withOpener(folder: string, script: string): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, 'xdg-open'), 0o755)
  return {
    ...process.env,
    DISPLAY: ':0',
    PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
  }
}

async function refused(parts: StartParts): Promise<{ readonly code: number | null; readonly said: string }> {
  const host = start(parts)
  const code = await host.ended
  expect(host.out()).toBe('')
  return { code, said: host.complaints() }
}
