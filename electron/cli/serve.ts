// `serve`: starts the web host as a process of its own and stands aside. Hosts never import each other; this one passes
// on what is printed and the signals that end it.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { heapFlags } from '../core/ports.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import { UsageError } from './usage-error.ts'

const webHost = fileURLToPath(new URL('../web/main.ts', import.meta.url))

export const serve: Command = {
  summary: 'serve the app as a page on this computer and print its address',
  operands: '',
  mostOperands: 0,
  options: ['port', 'open'],
  help: ['Runs until it is stopped with Ctrl-C. The link works once; press Enter for a fresh one.'],
  run: async (context) => {
    const args = [...heapFlags({}), webHost, ...webArguments(context)]
    // Before the host is there: a signal in between would end us, and leave it behind.
    const stopPassing = passSignals({ kill: (signal) => void child.kill(signal), fromTerminal: context.canAsk })
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    try {
      return await new Promise<number>((resolve, reject) => {
        child.once('error', reject)
        child.once('exit', (status) => resolve(status ?? exitStatus.refused))
      })
    } finally {
      stopPassing()
    }
  },
}

function webArguments({ folders, values, output }: Context): string[] {
  const { port } = values
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new UsageError(`--port needs a number from 0 to 65535, and this is "${port}".`, { option: '--port' })
  }
  return [
    '--vault',
    folders.folder,
    '--state',
    folders.stateFolder,
    ...(port === undefined ? [] : ['--port', port]),
    ...(output.json ? ['--json'] : []),
    ...(values.open === true ? ['--open'] : []),
  ]
}

interface Passing {
  readonly kill: (signal: NodeJS.Signals) => void
  /** Ctrl-C at a terminal reaches both processes by itself; passing it on would press it twice. */
  readonly fromTerminal: boolean
}

function passSignals({ kill, fromTerminal }: Passing): () => void {
  const listeners = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const pass = () => {
      if (signal !== 'SIGINT' || !fromTerminal) kill(signal)
    }
    process.on(signal, pass)
    return () => process.removeListener(signal, pass)
  })
  return () => {
    for (const stop of listeners) stop()
  }
}
