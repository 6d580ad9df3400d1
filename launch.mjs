// Stands behind every npm script, so that a fresh checkout needs no preparation: installs what is missing, finds a Node
// that can run Mindkeep, and starts the task with it. It and launch/ are plain JavaScript in old syntax on purpose, because
// any Node must be able to read them; they refuse to guess, and say in one sentence what a person has to do.
import { spawn } from 'child_process'
import { constants } from 'os'
import { delimiter, dirname, join } from 'path'
import { installIfNeeded } from './launch/install.mjs'
import { canLaunch, canRun, carrier, findNode, modules, oldestLauncher, oldestRuntime, root } from './launch/node.mjs'
import { Refusal, say } from './launch/refusal.mjs'
import { passSignals, stopWithNpm } from './launch/signals.mjs'

const tasks = {
  start: 'tools/start.ts',
  test: 'tools/test.ts',
  'test:faults': 'tools/faults.ts',
  'test:electron': 'tools/test-electron.ts',
  check: 'tools/check.ts',
  bench: 'tools/bench.ts',
  mindkeep: 'electron/cli/main.ts',
}

/** Those that have the vault open themselves, and are given paths. */
const holdsVault = ['start', 'mindkeep']
/** As `heapFlags` has it in electron/core/ports.ts. */
const heap = ['--max-semi-space-size=8', '--heap-growing-percent=30']

const needs = (version, where) =>
  `Mindkeep needs Node ${version} or newer ${where}, and this is Node ${process.versions.node}; get it from https://nodejs.org and run the same command again.`

async function main([name, ...args]) {
  if (!canLaunch()) throw new Refusal(needs(oldestLauncher, 'to start'))
  const task = Object.prototype.hasOwnProperty.call(tasks, name) ? tasks[name] : undefined
  if (task === undefined) throw new Refusal(`Say what to run, one of: ${Object.keys(tasks).join(', ')}.`)
  if (!canRun() && carrier === undefined) throw new Refusal(needs(oldestRuntime, 'on this kind of computer'))

  await installIfNeeded()
  const node = findNode()
  if (node === undefined) {
    throw new Refusal('The Node that Mindkeep brought along is gone; run "npm ci" in this folder.')
  }
  const script = [join(root, task), ...args]
  return holdsVault.includes(name) ? run(node, [...heap, ...script], whereTyped(name)) : run(node, script, root)
}

/** The folder that a path somebody types begins in. npm goes to the root before it starts us, and says where it was called. */
function whereTyped(name) {
  const { npm_lifecycle_event: script, INIT_CWD: called } = process.env
  return (script === name && called) || process.cwd()
}

function run(node, args, cwd) {
  return new Promise((resolve, reject) => {
    const path = [dirname(node), join(modules, '.bin'), process.env.PATH || ''].join(delimiter)
    // Node keeps what it made of the sources: a start takes half the time and a quarter less memory.
    const cache = join(modules, '.cache', 'node')
    const env = { NODE_COMPILE_CACHE: cache, ...process.env, PATH: path }
    const passing = passSignals()
    const child = spawn(node, args, { cwd, stdio: 'inherit', env })
    passing.to(child)
    stopWithNpm(child)
    child.once('error', () => {
      passing.stop()
      reject(
        new Refusal(
          `The Node that came with Mindkeep does not run here; get Node ${oldestRuntime} from https://nodejs.org.`,
        ),
      )
    })
    child.once('exit', (status, signal) => {
      passing.stop()
      resolve(signal === null ? status : 128 + constants.signals[signal])
    })
  })
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
