// Starts a built core process as Electron would, on plain Node, with a port in place of Electron's.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { RunningCore } from '../double/world.ts'

export interface RealCore extends RunningCore {
  readonly isOver: () => boolean
}

interface RealCoreParts {
  readonly modulePath: string
  readonly hear: (message: unknown) => void
  readonly onExit: () => void
}

export function runCore({ modulePath, hear, onExit }: RealCoreParts): RealCore {
  const shim = join(import.meta.dirname, 'parent-port.ts')
  const child = fork(modulePath, [], { execArgv: ['--import', shim], serialization: 'advanced' })
  child.on('message', hear)
  child.once('exit', onExit)
  return {
    post: (message) => void child.send(message as object),
    kill: () => void child.kill('SIGKILL'),
    isOver: () => child.exitCode !== null || child.signalCode !== null,
  }
}
