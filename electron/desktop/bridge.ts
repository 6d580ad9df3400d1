// The main process's side of the core process: calls out, answers back, questions answered. When the core dies, whoever
// was waiting is told so and a new one is started, with the vault locked; one that keeps dying is not started again.
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { AppError, type ErrorCode, type ErrorShape } from '../../shared/errors.ts'
import type { AppConfig } from '../core/app.ts'
import type { Clock } from '../core/ports.ts'
import { createDeathCount } from './deaths.ts'
import { type Answer, type Question, type ToCore, fromCore } from './messages.ts'

/** What is needed of Electron's UtilityProcess. */
export interface CoreChild {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
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
  readonly config: AppConfig
  readonly clock: Clock
  readonly answer: (question: Question) => Promise<Answer>
  readonly onEvent: (event: AppEvent) => void
  readonly onEnding: (ending: Ending) => void
  /** The core could not start at all. */
  readonly onFailure: (error: ErrorShape) => void
}

export interface Bridge {
  readonly dispatch: (method: string, input: unknown) => Promise<Reply>
  readonly suspend: () => void
  /** Locks the vault and ends the process; one that does not answer is ended all the same. Asked twice, it ends once. */
  readonly close: () => Promise<void>
}

const patienceMs = 5_000

export function createBridge(parts: BridgeParts): Bridge {
  const { fork, config, clock, answer, onEvent, onEnding, onFailure } = parts
  const waiting = new Map<number, (reply: Reply) => void>()
  let lastId = 0
  const isOneTooMany = createDeathCount({ clock })
  let hasDied = false
  let child: CoreChild | undefined
  let closing: Promise<void> | undefined
  let closed = (): void => undefined

  const post = (message: ToCore): void => child?.postMessage(message)

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
        void answerQuestion(speaker, message.id, message.question)
        return
      case 'closed':
        speaker.kill()
    }
  }

  const buried = (dead: CoreChild): void => {
    if (dead !== child) return
    child = undefined
    for (const resolve of waiting.values()) resolve(stopped())
    waiting.clear()
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
    dispatch(method, input) {
      if (child === undefined || closing !== undefined) return Promise.resolve(stopped())
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        post({ kind: 'call', id, method, input })
      })
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
