// Processes that the core asks for, on the core's side: the main process is asked to start one, and a channel to it comes back.
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProcessEvents, StartProcess } from '../core/ports.ts'
import type { FromCore, ToCore } from './messages.ts'

/** What is needed of a port that was handed over. */
export interface Port {
  readonly postMessage: (message: unknown) => void
  readonly on: (event: 'message', hear: (message: { readonly data: unknown }) => void) => unknown
  readonly start: () => void
  readonly close: () => void
}

interface Running {
  readonly events: ProcessEvents
  readonly waiting: unknown[]
  port?: Port
  bytes?: number
}

type Told = Extract<ToCore, { readonly kind: 'processStarted' | 'processWeighs' | 'processEnded' }>

export function createStarted(post: (message: FromCore) => void) {
  const running = new Map<number, Running>()
  let lastId = 0

  const start: StartProcess = ({ module, heapMiB }, events) => {
    lastId += 1
    const id = lastId
    const started: Running = { events, waiting: [] }
    running.set(id, started)
    post({ kind: 'startProcess', id, name: basename(fileURLToPath(module)).replace(/\.[jt]s$/, ''), heapMiB })
    return {
      post(message) {
        if (started.port === undefined) started.waiting.push(message)
        else started.port.postMessage(message)
      },
      kill: () => post({ kind: 'killProcess', id }),
      memory: () => started.bytes,
    }
  }

  return {
    start,
    hear(message: Told, port: Port | undefined): void {
      const started = running.get(message.id)
      if (started === undefined) return
      switch (message.kind) {
        case 'processStarted':
          if (port === undefined) return
          started.port = port
          port.on('message', ({ data }) => started.events.message(data))
          port.start()
          for (const waiting of started.waiting.splice(0)) port.postMessage(waiting)
          return
        case 'processWeighs':
          started.bytes = message.bytes
          return
        case 'processEnded':
          running.delete(message.id)
          started.port?.close()
          started.events.ended(message.isFull)
      }
    },
  }
}
