// Runs the window's program to its end. Chromium takes one signal as a wish to quit and dies at the next, in the middle of
// locking the vault; so the program stands outside our group, and hears of the end from here alone, once.
import { spawn } from 'node:child_process'

interface WindowParts {
  readonly program: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** A closed terminal and a Ctrl-C come again from whoever passes them on; this much later it is the person again. */
const againAfter = 1000

/** Answers the exit status of the program. */
export function runWindow({ program, args, env }: WindowParts): Promise<number> {
  return new Promise((resolve, reject) => {
    const apart = process.platform !== 'win32'
    let passedAt = -Infinity
    const pass = (signal: NodeJS.Signals) => {
      // Windows tells everyone at the console by itself, and passing a signal on would end the program where it stands.
      if (!apart) return
      const first = passedAt === -Infinity
      if (!first && (signal !== 'SIGINT' || performance.now() - passedAt < againAfter)) return
      passedAt = performance.now()
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    // Before the program is there: a signal in between would end us, and leave it behind.
    for (const signal of signals) process.on(signal, pass)
    const child = spawn(program, args, { env, stdio: 'inherit', detached: apart })
    const stop = () => {
      for (const signal of signals) process.removeListener(signal, pass)
    }
    child.once('error', (error) => {
      stop()
      reject(error)
    })
    child.once('exit', (status) => {
      stop()
      resolve(status ?? 1)
    })
  })
}
