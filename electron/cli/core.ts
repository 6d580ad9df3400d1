// One core for the length of one command: opened, used through the api alone, and closed again whatever happens,
// Ctrl-C included.
import { randomUUID } from 'node:crypto'
import type { Input, MethodName, Output, Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { AppError } from '../../shared/errors.ts'
import { type App, createApp } from '../core/app.ts'
import type { Folders } from '../core/folders.ts'
import { onEnding } from '../core/ending.ts'
import { createPlainPorts } from '../core/ports.ts'
import { UsageError } from './usage-error.ts'
import { version } from '../core/version.ts'

export interface Core {
  /** Calls a method and returns its value; a refusal is thrown as the AppError it was. */
  readonly ask: <M extends MethodName>(method: M, input: Input<M>) => Promise<Output<M>>
  /** Any method by name, for `call`: the reply as it is. */
  readonly dispatch: (method: string, input: unknown) => Promise<Reply>
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
  /** Hands over files and folders of this computer, and answers what the api knows them by. */
  readonly offer: App['files']['offer']
  /** Fetches what goes out, once. */
  readonly take: App['files']['take']
  /** Run before everything is closed when the command is told to stop. The returned function takes it back. */
  readonly beforeStop: (act: () => Promise<unknown>) => () => void
}

interface CoreOptions {
  /** Makes the vault's folder at once, as `create` does. Any other command needs what is in it, and makes none that was mistyped. */
  readonly makesFolder?: boolean
}

export async function withCore<T>(
  folders: Folders,
  use: (core: Core) => Promise<T>,
  { makesFolder = false }: CoreOptions = {},
): Promise<T> {
  const ports = createPlainPorts(folders)
  const acts = new Set<() => Promise<unknown>>()
  const interruption = watchSignals(async () => {
    await Promise.allSettled([...acts].map((act) => act()))
  })
  // The core's own timers keep no process alive, and a command is not done before it has answered.
  const alive = setInterval(() => {}, 60_000)
  try {
    const app = await createApp(ports, { host: 'cli', version: version(), makesFolder, ...folders })
    try {
      return await Promise.race([use(coreOf(app, acts)), interruption.interrupted])
    } finally {
      await app.close()
    }
  } catch (error) {
    if (error instanceof AppError || error instanceof UsageError) throw error
    const reference = randomUUID()
    ports.log.write('cli.failed', { reference, kind: error instanceof Error ? error.name : typeof error })
    throw new AppError('INTERNAL', { reference }, { cause: error })
  } finally {
    clearInterval(alive)
    interruption.stop()
  }
}

const coreOf = ({ dispatch, onEvent, files }: App, acts: Set<() => Promise<unknown>>): Core => ({
  async ask(method, input) {
    return unwrap(await dispatch(method, input)) as Output<typeof method>
  },
  dispatch,
  onEvent,
  offer: files.offer,
  take: files.take,
  beforeStop(act) {
    acts.add(act)
    return () => void acts.delete(act)
  },
})

export function unwrap(reply: Reply): unknown {
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.details)
  return reply.value
}

/** Lets go of the vault when the command is told to stop, where the default would drop everything as it stands. */
function watchSignals(stopWork: () => Promise<void>) {
  const { promise: interrupted, reject } = Promise.withResolvers<never>()
  // It may come while the core is still opening, before anybody waits for it.
  interrupted.catch(() => {})
  const end = async () => {
    await stopWork()
    reject(new AppError('CANCELLED'))
  }
  return { interrupted, stop: onEnding(() => void end()) }
}
