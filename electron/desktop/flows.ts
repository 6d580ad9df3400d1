// Bytes on their way between the main process and the core process: a piece at a time, and the next one only when the other
// side asks for it, so that nothing piles up before somebody who reads slowly. Both sides use it; it knows no file.
import { AppError } from '../../shared/errors.ts'
import type { FlowMessage } from './messages.ts'

export interface Flow {
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Called once, however it ends. */
  readonly over?: (() => void) | undefined
}

export interface Flows {
  /** Hands a piece over whenever the other side asks. */
  readonly send: (id: number, flow: Flow) => void
  /** No longer hands anything over. */
  readonly stop: (id: number) => void
  /** Fails where the other side cannot go on. */
  readonly receive: (id: number) => AsyncGenerator<Uint8Array, void>
  readonly hear: (message: FlowMessage) => void
  /** The other side is gone: whoever waits for a piece is told. */
  readonly breakAll: () => void
}

type Asked = ReturnType<typeof Promise.withResolvers<Uint8Array | undefined>>

interface Sending {
  readonly pieces: AsyncGenerator<Uint8Array, void>
  readonly over: Flow['over']
}

export function createFlows(post: (message: FlowMessage) => void): Flows {
  const sending = new Map<number, Sending>()
  const asked = new Map<number, Asked>()

  const stop = (id: number): void => {
    const flow = sending.get(id)
    sending.delete(id)
    // It may be in the middle of a piece, and ends after it; nobody waits for that.
    const close = async (): Promise<unknown> => await flow?.pieces.return()
    close().catch(() => undefined)
    flow?.over?.()
  }

  const next = async (id: number): Promise<void> => {
    const flow = sending.get(id)
    if (flow === undefined) return post({ kind: 'end', id, whole: false })
    const message = await following(id, flow)
    // Stopped in the middle of a piece, which nobody waits for any more.
    if (sending.get(id) !== flow) return
    if (message.kind === 'end') stop(id)
    post(message)
  }

  const settle = (id: number, how: (waiting: Asked) => void): void => {
    const waiting = asked.get(id)
    asked.delete(id)
    if (waiting !== undefined) how(waiting)
  }

  return {
    send: (id, { chunks, over }) => void sending.set(id, { pieces: copied(chunks), over }),
    stop,
    async *receive(id) {
      try {
        for (;;) {
          const answer: Asked = Promise.withResolvers()
          asked.set(id, answer)
          post({ kind: 'more', id })
          const piece = await answer.promise
          if (piece === undefined) return
          yield piece
        }
      } finally {
        post({ kind: 'stop', id })
      }
    },
    hear(message) {
      switch (message.kind) {
        case 'more':
          return void next(message.id)
        case 'stop':
          return stop(message.id)
        case 'piece':
          return settle(message.id, ({ resolve }) => resolve(message.bytes))
        case 'end':
          return settle(message.id, ({ resolve, reject }) => (message.whole ? resolve(undefined) : reject(brokenOff())))
      }
    },
    breakAll() {
      for (const id of asked.keys()) settle(id, ({ reject }) => reject(brokenOff()))
    },
  }
}

async function following(id: number, { pieces }: Sending): Promise<FlowMessage> {
  try {
    const { done, value } = await pieces.next()
    return done === true ? { kind: 'end', id, whole: true } : { kind: 'piece', id, bytes: value }
  } catch {
    // Why is this side's own matter; the other one learns that the rest does not come.
    return { kind: 'end', id, whole: false }
  }
}

/** A piece may be a view of a larger buffer, and a message carries the whole buffer over. */
async function* copied(chunks: Flow['chunks']): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) yield new Uint8Array(chunk)
}

const brokenOff = (): AppError => new AppError('CANCELLED')
