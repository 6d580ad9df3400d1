// The core process's side of the bridge on a stage: the app is whatever a claim says it is, and the main process a list of
// what it was told.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reply } from '../../../../shared/api/api.ts'
import type { AppEvent } from '../../../../shared/api/events.ts'
import type { App, AppConfig } from '../../../../electron/core/app.ts'
import { type Ports, systemClock } from '../../../../electron/core/ports.ts'
import type { FromCore } from '../../../../electron/desktop/messages.ts'
import type { Port } from '../../../../electron/desktop/started.ts'
import { type Stage, settle } from '../double/target.ts'

export interface CoreScene {
  readonly tell: (message: unknown, port?: Port) => Promise<void>
  /** What was told to the main process, without the first word that it is ready. */
  readonly posted: FromCore[]
  /** What the desktop lent the app, and what it was told of its folders. */
  readonly lent: () => Ports
  readonly config: AppConfig
  readonly told: () => AppConfig
  /** The app tells something. */
  readonly emit: (event: AppEvent) => void
  /** Without the time. */
  readonly logged: () => readonly unknown[]
}

/** An app that answers everything with yes; a claim says where it does not. */
const willing: Partial<App> = {
  dispatch: async (): Promise<Reply> => ({ ok: true, value: true }),
  suspend: async () => undefined,
  close: async () => undefined,
}

export async function beginCore({ coreSide, folder }: Stage, made: Partial<App> | Error = {}): Promise<CoreScene> {
  const posted: FromCore[] = []
  const stateFolder = join(folder, `state-${Math.random()}`)
  const config: AppConfig = { host: 'desktop', version: '1', folder: join(folder, 'vault'), stateFolder }
  let hear = (_message: unknown, _port?: Port): void => undefined
  let emit = (_event: AppEvent): void => undefined
  let given: readonly [Ports, AppConfig] | undefined
  coreSide()({
    async createApp(...parts) {
      given = parts
      if (made instanceof Error) throw made
      const onEvent: App['onEvent'] = (listener) => {
        emit = listener
        return () => undefined
      }
      return { ...willing, onEvent, ...made } as App
    },
    clock: systemClock,
    post: (message) => void posted.push(message),
    listen: (listener) => (hear = listener),
  })
  const tell = async (message: unknown, port?: Port): Promise<void> => {
    hear(message, port)
    await settle()
  }
  await tell({ kind: 'start', config })
  if (!(made instanceof Error)) assert.deepEqual(posted.splice(0), [{ kind: 'ready' }])
  const theApp = () => given ?? assert.fail('no app was made')
  const log = join(stateFolder, 'mindkeep.log')
  return {
    tell,
    posted,
    config,
    lent: () => theApp()[0],
    told: () => theApp()[1],
    emit: (event) => emit(event),
    logged: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(withoutTime) : []),
  }
}

function withoutTime(line: string): unknown {
  const { at, ...rest } = JSON.parse(line) as Record<string, unknown>
  assert.equal(typeof at, 'string')
  return rest
}
