// Runs npm, and puts what went wrong with it into one sentence.
import { spawn } from 'child_process'
import { basename } from 'path'
import { holdGuard } from './guard.mjs'
import { root } from './node.mjs'
import { Refusal } from './refusal.mjs'
import { passSignals } from './signals.mjs'

/** npm itself where npm started us (the same version, whatever PATH says), otherwise the one on PATH. */
function npmCommand() {
  const given = process.env.npm_execpath
  if (given !== undefined && basename(given) === 'npm-cli.js') return { program: process.execPath, first: [given] }
  return { program: 'npm', first: [] }
}

/** Answers how npm ended: its status, its code for what was wrong, and whether somebody stopped it. */
export function runNpm(args, until) {
  const { program, first } = npmCommand()
  return new Promise((resolve, reject) => {
    const passing = passSignals()
    const child = spawn(program, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
    })
    passing.to(child)
    if (child.pid !== undefined) holdGuard(child.pid)
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-100000)
    })
    if (until !== undefined) until.addEventListener('abort', () => child.kill())
    child.once('error', () => {
      passing.stop()
      reject(new Refusal('npm was not found; install Node from https://nodejs.org, which brings it along.'))
    })
    child.once('close', (status, signal) => {
      const passed = passing.stop()
      resolve({ status, stopped: passed || signal !== null, code: codeIn(errors) })
    })
  })
}

const codeIn = (errors) => (/^npm (?:error|ERR!) code (\w+)/m.exec(errors) || [])[1] || 'no code'

const networkCode =
  /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED/

/** The code of what is wrong with the connection. A registry that answers anything at all, even a refusal, is there. */
export async function whyUnreachable() {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), 15000)
  const args = ['ping', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=500']
  const { status, code } = await runNpm(args, patience.signal)
  clearTimeout(timer)
  if (patience.signal.aborted) return 'ETIMEDOUT'
  return status !== 0 && networkCode.test(code) ? code : undefined
}

export function explain(code) {
  if (networkCode.test(code)) {
    return `The npm registry cannot be reached (${code}), and the first start needs it once; connect to the network and run the same command again.`
  }
  if (code === 'ENOSPC') return 'The disk is full; free about 1 GB and run the same command again.'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return `npm may not write where it has to (${code}); check that this folder and your home directory (HOME) exist and belong to you.`
  }
  return `Installing did not work (npm says ${code}); run "npm ci" in this folder to see why.`
}
