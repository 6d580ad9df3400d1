// Ends a program that the launcher starts when the launcher itself is told to end, and exactly once.
import fs from 'fs'

/**
 * Begun before the program is there: a signal in between would end the launcher and leave it behind. `stop` answers whether
 * there was anything to pass.
 */
export function passSignals() {
  const fromTerminal = process.stdin.isTTY === true || process.stderr.isTTY === true
  let child
  let any = false
  const pass = (signal) => {
    any = true
    // A Ctrl-C at a terminal reaches the whole group by itself; passing it on as well would press it twice.
    if (signal !== 'SIGINT' || !fromTerminal) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  return {
    to(program) {
      child = program
    },
    stop() {
      for (const signal of signals) process.removeListener(signal, pass)
      return any
    },
  }
}

/**
 * Ending npm ends only the shell between npm and us, or not even that; the task is stopped here, or it would run on unseen.
 * Whose child that shell is, only Linux says.
 */
export function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return
  const above = () => `${process.ppid} ${parentOf(process.ppid)}`
  const before = above()
  const watch = setInterval(() => {
    if (above() === before) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 500)
  watch.unref()
}

function parentOf(pid) {
  try {
    // After the name, which may hold anything: state, then parent (proc_pid_stat(5)).
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1]
  } catch {
    return undefined
  }
}
