// The launcher as a person meets it: a fresh folder, the real npm, and a registry on loopback that offers one package, the
// Node that Mindkeep carries. The full install of the real lockfile is not part of this suite; it takes too long.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oldestNode } from '../../shared/runtime.ts'
import { keptFolder, temporaryFolder } from '../support/temporary-folder.ts'

const root = resolve(import.meta.dirname, '../..')
const carried = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const canCarry = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)

/** What the launcher started, said by itself: which Node, with what, and first on which PATH. */
const task = `
const [first] = process.env.PATH.split(':')
console.log(JSON.stringify({ args: process.argv.slice(2), viaCarried: process.env.CARRIED === 'yes', first }))
process.exitCode = Number(process.env.TASK_STATUS ?? 0)
if (process.argv.includes('--count')) {
  let times = 0
  process.on('SIGTERM', () => {
    times += 1
    if (times === 1) setTimeout(() => { console.log('ended ' + times + ' time' + (times === 1 ? '' : 's')); process.exit() }, 1500)
  })
  setInterval(() => {}, 1000)
  console.log('waiting')
}
if (process.argv.includes('--wait')) {
  process.on('SIGTERM', () => { console.log('stopped'); process.exit(7) })
  setInterval(() => {}, 1000)
  console.log('waiting')
}
`

/** Lets the launcher believe in another Node; everything else about the process stays as it is. */
const pretend = (version: string): string[] => {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`]
}

const kept = keptFolder()
let tarball: Buffer
let registry: Server
let downloads = 0

beforeAll(async () => {
  const folder = join(kept.path, 'package')
  write(folder, 'package.json', JSON.stringify({ name: carried, version: '24.0.0' }))
  write(folder, 'bin/node', `#!/bin/sh\nCARRIED=yes exec "${process.execPath}" "$@"\n`)
  chmodSync(join(folder, 'bin/node'), 0o755)
  expect(spawnSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: kept.path }).status).toBe(0)
  tarball = readFileSync(join(kept.path, 'package.tgz'))
  registry = createServer((request, response) => {
    if (request.url === `/${carried}.tgz`) {
      downloads += 1
      return response.end(tarball)
    }
    if (request.url !== `/${carried}`) return response.end('{}')
    const dist = { tarball: `http://${request.headers.host}/${carried}.tgz`, integrity: integrityOf(tarball) }
    return response.end(
      JSON.stringify({ name: carried, versions: { '24.0.0': { name: carried, version: '24.0.0', dist } } }),
    )
  })
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done))
})

afterAll(() => {
  registry.close()
  kept.remove()
})

const integrityOf = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** A checkout as `git clone` leaves it: the real launcher, one dependency, nothing installed. */
function checkout(): string {
  const folder = temporaryFolder()
  cpSync(join(root, 'launch.mjs'), join(folder, 'launch.mjs'))
  write(folder, 'tools/start.ts', task)
  const manifest = { name: 'small', version: '1.0.0', type: 'module', optionalDependencies: { [carried]: '24.0.0' } }
  write(folder, 'package.json', JSON.stringify(manifest))
  const packages = {
    '': { name: 'small', version: '1.0.0', optionalDependencies: { [carried]: '24.0.0' } },
    [`node_modules/${carried}`]: { version: '24.0.0', integrity: integrityOf(tarball), optional: true },
  }
  write(folder, 'package-lock.json', JSON.stringify({ name: 'small', lockfileVersion: 3, requires: true, packages }))
  return folder
}

interface LaunchParts {
  readonly folder: string
  readonly args?: readonly string[]
  readonly node?: string
  readonly env?: NodeJS.ProcessEnv
}

function prepare({ folder, args = ['start'], node = '20.20.2', env = {} }: LaunchParts) {
  const { port } = registry.address() as AddressInfo
  const surroundings: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: join(folder, 'home'),
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: join(folder, 'cache'),
    ...env,
  }
  return { args: [...pretend(node), join(folder, 'launch.mjs'), ...args], env: surroundings }
}

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function start(parts: LaunchParts) {
  const { args, env } = prepare(parts)
  const child = spawn(process.execPath, args, { cwd: kept.path, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((done) => child.once('close', (status) => done({ status, stdout, stderr })))
  return { child, ended }
}

const launch = (parts: LaunchParts): Promise<Ended> => start(parts).ended

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

describe.runIf(canCarry)('the launcher, on Linux', () => {
  it('installs into a fresh checkout and runs the task with the Node it brought', async () => {
    const folder = checkout()
    const { status, stdout, stderr } = await launch({ folder, args: ['start', '--port', '0'] })
    expect(JSON.parse(stdout)).toEqual({
      args: ['--port', '0'],
      viaCarried: true,
      first: join(folder, 'node_modules', carried, 'bin'),
    })
    expect(lines(stderr)).toEqual([expect.stringMatching(/^Installing /)])
    expect(status).toBe(0)
    expect(readdirSync(folder)).not.toContain('.install-lock')
  })

  it('installs nothing the second time, and says nothing', async () => {
    const folder = checkout()
    await launch({ folder })
    const before = downloads
    const { status, stderr } = await launch({ folder, env: { npm_config_registry: 'http://127.0.0.1:9/' } })
    expect({ status, stderr, downloads }).toEqual({ status: 0, stderr: '', downloads: before })
  })

  it('uses the Node it runs on where that is new enough', async () => {
    const { stdout } = await launch({ folder: checkout(), node: process.versions.node })
    expect(JSON.parse(stdout)).toMatchObject({ viaCarried: false })
  })

  it('starts from Node 18 too', async () => {
    expect(await launch({ folder: checkout(), node: '18.20.8' })).toMatchObject({ status: 0 })
  })

  it('passes the exit status of the task through', async () => {
    expect(await launch({ folder: checkout(), env: { TASK_STATUS: '3' } })).toMatchObject({ status: 3 })
  })

  it('passes a signal on and waits for the task to end in its own way', async () => {
    const { child, ended } = start({ folder: checkout(), args: ['start', '--wait'] })
    let seen = ''
    child.stdout.on('data', (text: string) => {
      seen += text
      if (seen.includes('waiting')) child.kill('SIGTERM')
    })
    expect(await ended).toMatchObject({ status: 7, stdout: expect.stringContaining('stopped') })
  })

  it('installs again when the lockfile has changed since', async () => {
    const folder = checkout()
    await launch({ folder })
    const lock = join(folder, 'package-lock.json')
    // As after an update of the checkout: what lies in node_modules is of another version than the lockfile says.
    const record = join(folder, 'node_modules/.package-lock.json')
    writeFileSync(record, readFileSync(record, 'utf8').replace('24.0.0', '23.0.0'))
    writeFileSync(lock, `${readFileSync(lock, 'utf8')}\n`)
    expect((await launch({ folder })).stderr).toMatch(/^Installing /)
  })

  it('accepts what somebody installed by hand with npm ci', async () => {
    const folder = checkout()
    await launch({ folder })
    rmSync(join(folder, 'node_modules/.mindkeep-installed'))
    expect(await launch({ folder })).toMatchObject({ status: 0, stderr: '' })
  })

  it('makes an interrupted install again', async () => {
    const folder = checkout()
    await launch({ folder })
    // What an interruption leaves: folders, but neither the stamp nor the record that npm writes last.
    for (const file of ['.mindkeep-installed', '.package-lock.json']) rmSync(join(folder, 'node_modules', file))
    rmSync(join(folder, 'node_modules', carried, 'bin'), { recursive: true })
    expect(await launch({ folder })).toMatchObject({ status: 0, stderr: expect.stringMatching(/^Installing /) })
  })

  it('takes over from an installer that is gone', async () => {
    const folder = checkout()
    const gone = spawnSync(process.execPath, ['--eval', '']).pid
    write(folder, `.install-lock/${gone}`, '')
    expect(await launch({ folder })).toMatchObject({ status: 0 })
    expect(existsSync(join(folder, '.install-lock'))).toBe(false)
  })

  it('takes over from an installer that is long gone, whose number another program has by now', async () => {
    const folder = checkout()
    write(folder, `.install-lock/${process.pid}`, '')
    const before = new Date(Date.now() - 600_000)
    utimesSync(join(folder, '.install-lock'), before, before)
    expect(await launch({ folder })).toMatchObject({ status: 0 })
  })

  it('ends the task once, not again and again, when npm is ended', async () => {
    const folder = checkout()
    await launch({ folder })
    const { args, env } = prepare({ folder, args: ['start', '--count'] })
    // In npm's place: a shell that is gone after the first line, as one that was killed.
    const quoted = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", '%27')}'`).join(' ')
    const shell = spawn('sh', ['-c', `${quoted} & read line`], {
      cwd: kept.path,
      env: { ...env, npm_lifecycle_event: 'start' },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let seen = ''
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text
      if (seen.includes('waiting')) shell.stdin.end()
    })
    await once(shell, 'close')
    expect(lines(seen).at(-1)).toBe('ended 1 time')
  })

  it('uses the Node it runs on from the version on that the hosts ask for', async () => {
    const folder = checkout()
    const viaCarried = async (node: string): Promise<unknown> => JSON.parse((await launch({ folder, node })).stdout)
    expect(await viaCarried(`${oldestNode}.0.0`)).toMatchObject({ viaCarried: false })
    expect(await viaCarried(`${oldestNode - 1}.11.0`)).toMatchObject({ viaCarried: true })
  })

  it('installs once when two are started at the same moment', async () => {
    const folder = checkout()
    const before = downloads
    const ended = await Promise.all([launch({ folder }), launch({ folder })])
    expect(ended.map(({ status }) => status)).toEqual([0, 0])
    expect(downloads - before).toBe(1)
  })
})

describe('the launcher refuses in one plain sentence', () => {
  const refusal = async (parts: LaunchParts): Promise<string> => {
    const { status, stdout, stderr } = await launch(parts)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    const said = lines(stderr).filter((line) => !line.startsWith('Installing what'))
    expect(said).toHaveLength(1)
    return said[0] ?? ''
  }

  it('a Node that is too old to start with', async () => {
    expect(await refusal({ folder: checkout(), node: '16.20.2' })).toContain('needs Node 18 or newer')
  })

  it('a registry that cannot be reached', async () => {
    const env = { npm_config_registry: 'http://127.0.0.1:9/' }
    expect(await refusal({ folder: checkout(), env })).toContain('connect to the network')
  })

  it('a lockfile that does not belong to the manifest, naming what npm says', async () => {
    const folder = checkout()
    const manifest = { name: 'small', version: '1.0.0', dependencies: { absent: '1.0.0' } }
    write(folder, 'package.json', JSON.stringify(manifest))
    expect(await refusal({ folder })).toContain('run "npm ci"')
  })

  it('a home directory in which npm cannot keep anything', async () => {
    const folder = checkout()
    // Required here, because npm says nothing about an optional package that it could not keep.
    for (const file of ['package.json', 'package-lock.json'].map((name) => join(folder, name))) {
      const text = readFileSync(file, 'utf8').replace('optionalDependencies', 'dependencies')
      writeFileSync(file, text.replace(',"optional":true', ''))
    }
    write(folder, 'home', 'a file where a folder should be')
    expect(await refusal({ folder, env: { npm_config_cache: join(folder, 'home', '.npm') } })).toContain(
      'home directory',
    )
  })

  it('a task that does not exist', async () => {
    expect(await refusal({ folder: checkout(), args: ['strat'] })).toContain('start, test')
  })
})
