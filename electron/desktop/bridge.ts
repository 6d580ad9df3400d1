// The main process's side of the core process: calls out, answers back, questions answered. When the core dies, whoever
// was waiting is told so and a new one is started, with the vault locked; one that keeps dying is not started again.
import type { MessagePortMain } from 'electron'
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { AppError, type ErrorCode, type ErrorShape } from '../../shared/errors.ts'
import type { AppConfig } from '../core/app.ts'
import type { Clock } from '../core/ports.ts'
import { type StartChild, createChildren } from './children.ts'
import { createDeathCount } from './deaths.ts'
import { type Flow, createFlows } from './flows.ts'
import { type Answer, type Question, type ToCore, fromCore, outgoing } from './messages.ts'

/** What is needed of Electron's UtilityProcess. */
export interface CoreChild {
  postMessage(message: unknown, transfer?: MessagePortMain[]): void
  on(event: 'message' | 'error', listener: (message: unknown) => void): unknown
  once(event: 'exit', listener: () => void): unknown
  kill(): boolean
}

export type Ending =
  /** It died and a new one has taken over; the vault is locked. */
  | 'restarted'
  /** It died too often to be started again. */
  | 'gave-up'

interface BridgeParts {
  readonly fork: () => CoreChild
  /** Starts what the core asks for. */
  readonly startChild: StartChild
  readonly config: AppConfig
  readonly clock: Clock
  readonly answer: (question: Question) => Promise<Answer>
  readonly onEvent: (event: AppEvent) => void
  readonly onEnding: (ending: Ending) => void
  /** The core could not start at all. */
  readonly onFailure: (error: ErrorShape) => void
}

/** A file that comes from the core; `over` says that the rest of it is not wanted. */
export interface Arriving {
  readonly name: string
  readonly media: string
  readonly bytes: number
  readonly chunks: AsyncGenerator<Uint8Array, void>
  readonly over: () => void
}

export interface Bridge {
  readonly dispatch: (method: string, input: unknown) => Promise<Reply>
  /** Hands a file to the core. Answers its handle; reads no further than the core asks. */
  readonly receive: (announced: Announced, chunks: Flow['chunks']) => Promise<Reply>
  /** Undefined where the ticket is good for nothing. */
  readonly take: (ticket: string) => Promise<Arriving | undefined>
  readonly suspend: () => void
  /** Locks the vault and ends the process; one that does not answer is ended all the same. Asked twice, it ends once. */
  readonly close: () => Promise<void>
}

interface Announced {
  readonly name: string
  readonly bytes: number
  readonly changed?: number | undefined
}

const patienceMs = 5_000

export function createBridge(parts: BridgeParts): Bridge {
  const { fork, startChild, config, clock, answer, onEvent, onEnding, onFailure } = parts
  const waiting = new Map<number, (reply: Reply) => void>()
  let lastId = 0
  const isOneTooMany = createDeathCount({ clock })
  let hasDied = false
  let child: CoreChild | undefined
  let closing: Promise<void> | undefined
  let closed = (): void => undefined

  const post = (message: ToCore, transfer?: MessagePortMain[]): void => child?.postMessage(message, transfer)
  const children = createChildren({ start: startChild, clock, post })
  const flows = createFlows(post)

  /** Numbers a message that is answered with a reply. */
  const ask = (messageWith: (id: number) => ToCore): Promise<Reply> => {
    if (child === undefined || closing !== undefined) return Promise.resolve(stopped())
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      post(messageWith(id))
    })
  }

  const answerQuestion = async (asker: CoreChild, id: number, question: Question): Promise<void> => {
    let message: ToCore
    try {
      message = { kind: 'answer', id, answer: await answer(question) }
    } catch (error) {
      message = { kind: 'refusal', id, code: codeFor(error, question) }
    }
    // Never to a successor: its questions have the same numbers.
    if (asker === child) post(message)
  }

  const hear = (speaker: CoreChild, raw: unknown): void => {
    const parsed = fromCore.safeParse(raw)
    if (speaker !== child || !parsed.success) return
    const message = parsed.data
    switch (message.kind) {
      case 'ready':
        if (hasDied) onEnding('restarted')
        return
      case 'failed':
        return onFailure(message.error)
      case 'reply':
        waiting.get(message.id)?.(message.reply)
        waiting.delete(message.id)
        return
      case 'event':
        return onEvent(message.event)
      case 'ask':
        return void answerQuestion(speaker, message.id, message.question)
      case 'more':
      case 'piece':
      case 'end':
      case 'stop':
        return flows.hear(message)
      case 'startProcess':
      case 'killProcess':
        return children.hear(message)
      case 'closed':
        speaker.kill()
    }
  }

  const buried = (dead: CoreChild): void => {
    if (dead !== child) return
    child = undefined
    for (const resolve of waiting.values()) resolve(stopped())
    waiting.clear()
    flows.breakAll()
    children.endAll()
    if (closing !== undefined) return closed()
    hasDied = true
    if (isOneTooMany()) onEnding('gave-up')
    else start()
  }

  const start = (): void => {
    const started = fork()
    child = started
    started.on('message', (message) => hear(started, message))
    started.once('exit', () => buried(started))
    // Its end follows and says the same; unheard, it could end this process too.
    started.on('error', () => undefined)
    post({ kind: 'start', config })
  }

  const end = (): Promise<void> =>
    new Promise((resolve) => {
      const ending = child
      if (ending === undefined) return resolve()
      const callOff = clock.after(patienceMs, () => ending.kill())
      closed = () => {
        callOff()
        resolve()
      }
      post({ kind: 'close' })
    })

  start()

  return {
    dispatch: (method, input) => ask((id) => ({ kind: 'call', id, method, input })),
    async receive({ name, bytes, changed }, chunks) {
      let sent: number | undefined
      const reply = await ask((id) => {
        sent = id
        flows.send(id, { chunks })
        return { kind: 'upload', id, name, bytes, changed }
      })
      // A core that refuses has not read to the end.
      if (sent !== undefined) flows.stop(sent)
      return reply
    },
    async take(ticket) {
      let taken = 0
      const reply = await ask((id) => {
        taken = id
        return { kind: 'take', id, ticket }
      })
      if (!reply.ok) return undefined
      return {
        ...outgoing.parse(reply.value),
        chunks: flows.receive(taken),
        over: () => post({ kind: 'stop', id: taken }),
      }
    },
    suspend: () => post({ kind: 'suspend' }),
    close: () => (closing ??= end()),
  }
}

const stopped = (): Reply => ({ ok: false, error: new AppError('CORE_STOPPED').toShape() })

function codeFor(error: unknown, { port }: Question): ErrorCode {
  if (error instanceof AppError) return error.code
  return port === 'saveFile' ? 'FILE_NOT_SAVED' : 'DEVICE_KEY_FAILED'
}
