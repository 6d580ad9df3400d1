// Lets one install happen at a time: a folder that whoever installs makes, touches every second, and removes. It holds the
// numbers of the programs at work, so that one left behind by a power cut or a kill does not keep everyone waiting.
import fs from 'fs'
import { join } from 'path'
import { root } from './node.mjs'
import { Refusal, say } from './refusal.mjs'

const guard = join(root, '.install-lock')
const beatMs = 1000
/** As long as an install usually takes, for an npm that goes on without its launcher. */
const staleMs = 120000

/** Whoever comes second waits for the first, then finds its work done. */
export async function oneAtATime(work) {
  await takeGuard()
  const beat = setInterval(touchGuard, beatMs)
  const release = () => {
    clearInterval(beat)
    fs.rmSync(guard, { recursive: true, force: true })
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.removeListener('exit', release)
  }
}

async function takeGuard() {
  let waited = false
  while (!tryGuard()) {
    if (!guardIsHeld()) {
      fs.rmSync(guard, { recursive: true, force: true })
      continue
    }
    if (!waited) say('Another start is installing Mindkeep; waiting for it …')
    waited = true
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function tryGuard() {
  try {
    fs.mkdirSync(guard)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new Refusal(
      `Mindkeep cannot write to its own folder (${error.code}); run it from a folder that belongs to you.`,
    )
  }
  holdGuard(process.pid)
  return true
}

/** npm holds it too: when only the launcher is ended, npm goes on, and two of them would undo each other's work. */
export const holdGuard = (pid) => fs.writeFileSync(join(guard, String(pid)), '')

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
export function guardIsHeld() {
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
