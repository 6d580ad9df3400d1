// The core in a process of its own, values crossing by structured clone: how the desktop's window reaches its core.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Folders } from '../../../electron/core/folders.ts'
import type { Reply } from '../../../shared/api/api.ts'
import { type Connection, type Transport, unlocked } from '../transport.ts'

const entry = fileURLToPath(new URL('./structured-clone.child.ts', import.meta.url))

export type Request =
  | { readonly do: 'open'; readonly folders: Folders }
  | { readonly do: 'call'; readonly method: string; readonly input: unknown }
  | { readonly do: 'close' }

export interface Question {
  readonly id: number
  readonly request: Request
}

export interface Answer {
  readonly id: number
  /** Null for what has no reply: opening and closing. */
  readonly reply: Reply | null
}

export const structuredClone: Transport = createTransport()

/** One process serves all cases; each opens a core of its own in it. */
function createTransport(): Transport {
  let child: ChildProcess | undefined
  let lastId = 0
  const waiting = new Map<number, (reply: Reply | null) => void>()

  const start = (): ChildProcess => {
    const started = fork(entry, { serialization: 'advanced', execArgv: [] })
    started.on('message', (message) => {
      const { id, reply } = message as Answer
      waiting.get(id)?.(reply)
      waiting.delete(id)
    })
    return started
  }

  const ask = (request: Request) =>
    new Promise<Reply | null>((resolve, reject) => {
      child ??= start()
      const question: Question = { id: ++lastId, request }
      waiting.set(question.id, resolve)
      child.send(question, (error) => {
        if (error !== null) reject(error)
      })
    })

  return {
    name: 'structured clone',
    host: 'desktop',
    oneProcess: true,
    async connect({ folder, stateFolder }, passphrase) {
      await ask({ do: 'open', folders: { folder, stateFolder } })
      const connection: Connection = {
        async call(method, input) {
          const reply = await ask({ do: 'call', method, input })
          if (reply === null) throw new Error('the core answered nothing')
          return reply
        },
        close: async () => void (await ask({ do: 'close' })),
      }
      return unlocked(connection, passphrase)
    },
    end: () =>
      new Promise((resolve) => {
        if (child === undefined) return resolve()
        child.once('exit', () => resolve())
        child.disconnect()
      }),
  }
}
