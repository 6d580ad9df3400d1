// Starts a built core process as Electron would, on plain Node, with a port in place of Electron's.
import { fork } from 'node:child_process'
import { basename, join } from 'node:path'
import type { MessagePortMain } from 'electron'
import type { RunningCore } from '../double/world.ts'

export interface RealCore extends RunningCore {
  /** The file that it runs: the core itself, or one of the processes it starts. */
  readonly program: string
  readonly isOver: () => boolean
}

/** To its parent, or out at a port that was handed over. */
type FromChild = { readonly data: unknown } | { readonly port: number; readonly data: unknown }

interface RealCoreParts {
  readonly modulePath: string
  readonly hear: (message: unknown) => void
  readonly onExit: () => void
}

export function runCore({ modulePath, hear, onExit }: RealCoreParts): RealCore {
  const shim = join(import.meta.dirname, 'parent-port.ts')
  const child = fork(modulePath, [], { execArgv: ['--import', shim], serialization: 'advanced' })
  const ports = new Map<number, MessagePortMain>()
  child.on('message', (message: FromChild) => {
    if ('port' in message) ports.get(message.port)?.postMessage(message.data)
    else hear(message.data)
  })
  child.once('exit', onExit)
  // What is said to one that is gone goes nowhere, as with Electron's.
  const send = (message: object) => child.connected && child.send(message, () => {})
  const handOver = (port: MessagePortMain): number => {
    const number = ports.size
    ports.set(number, port)
    port.on('message', ({ data }) => void send({ port: number, data: data as unknown }))
    return number
  }
  return {
    program: basename(modulePath),
    post(message, handed = []) {
      send({ data: message, ports: handed.map(handOver) })
      for (const port of handed) port.start()
    },
    kill: () => void child.kill('SIGKILL'),
    isOver: () => child.exitCode !== null || child.signalCode !== null,
  }
}
