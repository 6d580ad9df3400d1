// Brings node_modules to what the lockfile says, once. It never takes half an install for a whole one.
import { createHash } from 'crypto'
import fs from 'fs'
import { join } from 'path'
import { guardIsHeld, oneAtATime } from './guard.mjs'
import { carrier, findNode, modules, platform, root } from './node.mjs'
import { explain, runNpm, whyUnreachable } from './npm.mjs'
import { Refusal, say } from './refusal.mjs'

const lockfile = join(root, 'package-lock.json')
/** Written last, so an interrupted install has none; it holds the lockfile's hash, so another's differs. */
const stamp = join(modules, '.mindkeep-installed')

export async function installIfNeeded() {
  if (isInstalled()) return
  await oneAtATime(async () => {
    if (!isStamped()) await install()
  })
}

const lockHash = () => createHash('sha256').update(fs.readFileSync(lockfile)).update(platform).digest('hex')
const isStamped = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lockHash()

function isInstalled() {
  if (guardIsHeld()) return false
  if (isStamped()) return true
  if (!holdsEveryPackage()) return false
  fs.writeFileSync(stamp, lockHash())
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
    if (found === undefined) return wanted.optional === true && !path.endsWith(`/${carrier}`)
    return found.version === wanted.version && fs.existsSync(join(root, path, 'package.json'))
  })
}

async function install() {
  say('Installing what Mindkeep needs, once (about 760 MB; usually less than two minutes) …')
  // Gone before the first file changes, so that whatever happens from here on, half an install never counts as one.
  fs.rmSync(stamp, { force: true })
  const hash = lockHash()
  // Asked first, because npm tries every single package several times before it gives up. What npm kept from an earlier
  // install may still be all that is needed.
  const unreachable = await whyUnreachable()
  const { status, stopped, code } = await runNpm([
    'ci',
    unreachable === undefined ? '--prefer-offline' : '--offline',
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
    throw new Refusal(explain(unreachable === undefined ? code : unreachable))
  }
  if (!arrived) {
    throw new Refusal('The Node that Mindkeep brings along did not arrive whole; run the same command again.')
  }
  fs.mkdirSync(modules, { recursive: true })
  fs.writeFileSync(stamp, hash)
}
