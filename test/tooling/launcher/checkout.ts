// A checkout as `git clone` leaves it, with the real launcher and one dependency, the Node that Mindkeep carries; a registry
// on loopback that offers it; and the launcher started there with the real npm. The full install of the real lockfile is
// not part of these suites; it takes too long.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { keptFolder, temporaryFolder } from '../../support/temporary-folder.ts'

const root = resolve(import.meta.dirname, '../../..')
export const carried = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
export const canCarry = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)

/** What the launcher started, said by itself: which Node, with what, first on which PATH, and where. */
const task = `
const [first] = process.env.PATH.split(':')
const viaCarried = process.env.CARRIED === 'yes'
console.log(JSON.stringify({ args: process.argv.slice(2), viaCarried, first, cwd: process.cwd() }))
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

const integrityOf = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

interface LaunchParts {
  readonly folder: string
  readonly args?: readonly string[]
  readonly node?: string
  readonly env?: NodeJS.ProcessEnv
}

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export async function openRegistry() {
  const kept = keptFolder()
  const tarball = packCarriedNode(kept.path)
  let downloads = 0
  const registry = createServer((request, response) => {
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

  /** How the launcher is called there, on a Node that says it is `node`. */
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

  /** npm takes seconds each time, so what it leaves behind is made once and copied: nothing in it names its place. */
  let installedOnce: Promise<string> | undefined
  async function install(): Promise<string> {
    const folder = checkout(integrityOf(tarball))
    const { status, stderr } = await start({ folder }).ended
    if (status !== 0) throw new Error(stderr)
    cpSync(folder, join(kept.path, 'installed'), { recursive: true })
    return join(kept.path, 'installed')
  }

  return {
    /** How often the package was fetched. */
    downloads: () => downloads,
    checkout: () => checkout(integrityOf(tarball)),
    async installed(): Promise<string> {
      const folder = temporaryFolder()
      cpSync(await (installedOnce ??= install()), folder, { recursive: true })
      return folder
    },
    prepare,
    start,
    launch: (parts: LaunchParts): Promise<Ended> => start(parts).ended,
    close() {
      registry.close()
      kept.remove()
    },
  }
}

/** A script in the place of Node's program, which says who it is and hands over to the Node that runs the tests. */
function packCarriedNode(folder: string): Buffer {
  write(folder, 'package/package.json', JSON.stringify({ name: carried, version: '24.0.0' }))
  write(folder, 'package/bin/node', `#!/bin/sh\nCARRIED=yes exec "${process.execPath}" "$@"\n`)
  chmodSync(join(folder, 'package/bin/node'), 0o755)
  const { status } = spawnSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder })
  if (status !== 0) throw new Error('the package could not be packed')
  return readFileSync(join(folder, 'package.tgz'))
}

function checkout(integrity: string): string {
  const folder = temporaryFolder()
  for (const path of ['launch.mjs', 'launch']) cpSync(join(root, path), join(folder, path), { recursive: true })
  for (const name of ['start', 'check']) write(folder, `tools/${name}.ts`, task)
  const manifest = {
    name: 'small',
    version: '1.0.0',
    type: 'module',
    scripts: { start: 'node launch.mjs start', check: 'node launch.mjs check' },
    optionalDependencies: { [carried]: '24.0.0' },
  }
  write(folder, 'package.json', JSON.stringify(manifest))
  const packages = {
    '': { name: 'small', version: '1.0.0', optionalDependencies: { [carried]: '24.0.0' } },
    [`node_modules/${carried}`]: { version: '24.0.0', integrity, optional: true },
  }
  write(folder, 'package-lock.json', JSON.stringify({ name: 'small', lockfileVersion: 3, requires: true, packages }))
  return folder
}
