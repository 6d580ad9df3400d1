// Processes that the core asks for, on the main process's side. Only Electron's main process can start one; it starts nothing
// but our own modules, hands each end of a channel to the core and to the process, and hears nothing of what they say.
import type { MessagePortMain } from 'electron'
import type { Clock } from '../core/ports.ts'
import type { FromCore, ToCore } from './messages.ts'

/** What is needed of Electron's UtilityProcess and of a channel to it. */
export interface Child {
  readonly on: (event: 'error', listener: () => void) => unknown
  readonly once: (event: 'exit', listener: () => void) => unknown
  readonly kill: () => boolean
}

export interface Started {
  readonly child: Child
  /** The core's end of the channel. */
  readonly port: MessagePortMain
  /** What it holds in memory, as far as the system tells. */
  readonly bytes: () => number
}

export type StartChild = (program: { readonly name: string; readonly heapMiB: number }) => Started

interface ChildrenParts {
  readonly start: StartChild
  readonly clock: Clock
  readonly post: (message: ToCore, transfer?: MessagePortMain[]) => void
}

export interface Children {
  readonly hear: (message: Extract<FromCore, { readonly kind: 'startProcess' | 'killProcess' }>) => void
  /** When the core is gone: nobody is left that they could work for. */
  readonly endAll: () => void
}

const weighEveryMs = 100

export function createChildren({ start, clock, post }: ChildrenParts): Children {
  const running = new Map<number, Child>()

  const begin = (id: number, program: Parameters<StartChild>[0]) => {
    const { child, port, bytes } = start(program)
    running.set(id, child)
    let isFull = false
    let stopWeighing = () => {}
    const weigh = () => {
      post({ kind: 'processWeighs', id, bytes: bytes() })
      stopWeighing = clock.after(weighEveryMs, weigh)
    }
    // Told before its end, where V8 has no memory left.
    child.on('error', () => (isFull = true))
    child.once('exit', () => {
      stopWeighing()
      if (running.get(id) !== child) return
      running.delete(id)
      post({ kind: 'processEnded', id, isFull })
    })
    post({ kind: 'processStarted', id }, [port])
    weigh()
  }

  return {
    hear(message) {
      if (message.kind === 'killProcess') running.get(message.id)?.kill()
      else begin(message.id, message)
    },
    endAll() {
      const left = [...running.values()]
      running.clear()
      for (const child of left) child.kill()
    },
  }
}
