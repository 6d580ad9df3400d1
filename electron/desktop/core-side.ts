// The core process's side of the bridge: makes the app when told its folders, runs calls, and turns the app's ports into
// questions to the main process.
import type { Reply } from '../../shared/api/api.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import type { App, AppConfig } from '../core/app.ts'
import { createFileLog } from '../core/log.ts'
import type { Clock, Log, Ports, StartProcess } from '../core/ports.ts'
import { createFlows } from './flows.ts'
import { type Port, createStarted } from './started.ts'
import { type Answer, type FromCore, type Question, type ToCore, toCore } from './messages.ts'

interface CoreSideParts {
  readonly createApp: (ports: Ports, config: AppConfig) => Promise<App>
  readonly clock: Clock
  readonly post: (message: FromCore) => void
  readonly listen: (hear: (message: unknown, port?: Port) => void) => void
}

export function serveCore({ createApp, clock, post, listen }: CoreSideParts): void {
  const questions = createQuestions(post)
  const flows = createFlows(post)
  const processes = createStarted(post)
  /** Set by the first message; everything after it waits for the app without losing its order. */
  let app: Promise<App | undefined> = Promise.resolve(undefined)
  let log: Log | undefined

  const begin = async (config: AppConfig, ports: Ports): Promise<App | undefined> => {
    try {
      const made = await createApp(ports, config)
      made.onEvent((event) => post({ kind: 'event', event }))
      post({ kind: 'ready' })
      return made
    } catch (error) {
      post({ kind: 'failed', error: (error instanceof AppError ? error : new AppError('INTERNAL')).toShape() })
      return undefined
    }
  }

  const act = async (message: ToCore, port: Port | undefined): Promise<void> => {
    switch (message.kind) {
      case 'start':
        log = createFileLog({ stateFolder: message.config.stateFolder, clock })
        app = begin(message.config, lend({ ask: questions.ask, startProcess: processes.start, clock, log }))
        return
      case 'call': {
        const reply = (await (await app)?.dispatch(message.method, message.input)) ?? notStarted()
        return post({ kind: 'reply', id: message.id, reply })
      }
      case 'upload': {
        const { id, name, bytes, changed } = message
        const handle = await (await app)?.files.receive({ name, bytes, changed }, flows.receive(id))
        return post({ kind: 'reply', id, reply: handle === undefined ? notStarted() : { ok: true, value: { handle } } })
      }
      case 'take': {
        const { id } = message
        const file = (await app)?.files.take(message.ticket)
        if (file === undefined) throw new AppError('NO_SUCH_FILE')
        const { name, media, bytes, chunks, over } = file
        flows.send(id, { chunks: chunks(), over })
        return post({ kind: 'reply', id, reply: { ok: true, value: { name, media, bytes } } })
      }
      case 'more':
      case 'piece':
      case 'end':
      case 'stop':
        return flows.hear(message)
      case 'processStarted':
      case 'processWeighs':
      case 'processEnded':
        return processes.hear(message, port)
      case 'suspend':
        return await (await app)?.suspend()
      case 'close':
        await (await app)?.close()
        return post({ kind: 'closed' })
      case 'answer':
        return questions.settle(message.id, ({ resolve }) => resolve(message.answer))
      case 'refusal':
        return questions.settle(message.id, ({ reject }) => reject(new AppError(message.code satisfies ErrorCode)))
    }
  }

  /** Nobody waits for what becomes of a message: a failure is noted here, and whoever waits for an answer still gets one. */
  const hear = async (raw: unknown, port: Port | undefined): Promise<void> => {
    const message = toCore.safeParse(raw).data
    if (message === undefined) return log?.write('core.refused', { reason: 'unknown-message' })
    try {
      await act(message, port)
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'INTERNAL'
      // Files come and go outside of dispatch, and what is wrong with them is an answer like any other.
      const isFile = message.kind === 'upload' || message.kind === 'take'
      if (isFile) post({ kind: 'reply', id: message.id, reply: failed(code) })
      if (isFile && error instanceof AppError) return
      log?.write('core.failed', { kind: message.kind, code })
      if (message.kind === 'call') post({ kind: 'reply', id: message.id, reply: failed('INTERNAL') })
      if (message.kind === 'close') post({ kind: 'closed' })
    }
  }

  listen((message, port) => void hear(message, port))
}

const failed = (code: ErrorCode): Reply => ({ ok: false, error: new AppError(code).toShape() })
const notStarted = (): Reply => ({ ok: false, error: new AppError('CORE_STOPPED').toShape() })

interface Asked {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: AppError) => void
}

interface Questions {
  readonly ask: (question: Question) => Promise<Answer>
  readonly settle: (id: number, how: (asked: Asked) => void) => void
}

function createQuestions(post: (message: FromCore) => void): Questions {
  const asked = new Map<number, Asked>()
  let lastId = 0
  return {
    ask(question: Question): Promise<Answer> {
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject })
        post({ kind: 'ask', id, question })
      })
    },
    settle(id: number, how: (asked: Asked) => void): void {
      const found = asked.get(id)
      asked.delete(id)
      if (found !== undefined) how(found)
    },
  }
}

interface LendParts {
  readonly ask: (question: Question) => Promise<Answer>
  readonly startProcess: StartProcess
  readonly clock: Clock
  readonly log: Log
}

function lend({ ask, startProcess, clock, log }: LendParts): Ports {
  const yesOrNo = async (question: Question): Promise<boolean> => (await ask(question)) === true
  const bytes = async (question: Question): Promise<Uint8Array> => {
    const answer = await ask(question)
    if (!(answer instanceof Uint8Array)) throw new AppError('DEVICE_KEY_FAILED')
    return answer
  }
  return {
    clock,
    log,
    startProcess,
    secretStore: {
      usable: () => yesOrNo({ port: 'secret.usable' }),
      seal: (secret) => bytes({ port: 'secret.seal', secret }),
      open: (sealed) => bytes({ port: 'secret.open', sealed }),
    },
    saveFile: (name, text) => yesOrNo({ port: 'saveFile', name, text }),
    async pickFiles(what) {
      const answer = await ask({ port: 'pickFiles', what })
      return Array.isArray(answer) ? answer : []
    },
  }
}
