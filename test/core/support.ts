// A real core over a real vault in a folder of its own, with a clock the test moves. Only the passphrase check is lighter
// than a person's would be; the tests of passphrase.ts run the real calibration.
import { cpSync, readFileSync } from 'node:fs'
import { onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import { type App, type AppConfig, createApp } from '../../electron/core/app.ts'
import type { Log, Ports } from '../../electron/core/ports.ts'
import type { Db } from '../../electron/core/vault/db.ts'
import type { Input, MethodName, Output } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import type { Job } from '../../shared/api/jobs.ts'
import { AppError } from '../../shared/errors.ts'
import { type FakeClock, createFakeClock } from '../support/fake-clock.ts'
import { jobEnded } from '../support/jobs.ts'
import { lightStretching } from '../support/light-stretching.ts'
import { keptFolder, temporaryFolder } from '../support/temporary-folder.ts'

export const passphrase = 'lantern orbit velvet thirteen canoe'

export interface TestApp {
  readonly app: App
  readonly clock: FakeClock
  readonly folder: string
  readonly stateFolder: string
  readonly events: AppEvent[]
  readonly logged: string[]
  /** The value of a method, or its AppError thrown. */
  readonly call: <M extends MethodName>(
    method: M,
    ...input: Record<string, never> extends Input<M> ? [Input<M>?] : [Input<M>]
  ) => Promise<Output<M>>
  /** Waits for a job that was started, whatever comes of it. */
  readonly finished: (started: { job: string }) => Promise<Job>
}

interface TestAppOptions {
  readonly folder: string
  readonly stateFolder: string
  readonly clock?: FakeClock
  readonly host?: AppConfig['host']
  readonly makesFolder?: boolean
  readonly ports?: Partial<Ports>
}

/** Closed when the test ends. */
export async function openTestApp(options: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const opened = await startTestApp({
    ...options,
    folder: options.folder ?? temporaryFolder(),
    stateFolder: options.stateFolder ?? temporaryFolder(),
  })
  onTestFinished(opened.app.close)
  return opened
}

async function startTestApp(options: TestAppOptions): Promise<TestApp> {
  const { clock = createFakeClock(), folder, stateFolder, host = 'cli', makesFolder = true } = options
  const logged: string[] = []
  const log: Log = { write: (event, fields) => void logged.push(JSON.stringify({ event, ...fields })) }
  const app = await createApp(
    { clock, log, ...options.ports },
    { host, version: '1.2.3', folder, stateFolder, stretching: lightStretching, makesFolder },
  )
  const events: AppEvent[] = []
  app.onEvent((event) => events.push(event))

  const call: TestApp['call'] = async (method, ...[input = {}]) => {
    const reply = await app.dispatch(method, input)
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.details)
    return reply.value as Output<typeof method>
  }

  const finished: TestApp['finished'] = ({ job }) => jobEnded(() => call('jobs.list'), job)

  return { app, clock, folder, stateFolder, events, logged, call, finished }
}

/** The words of a kit, and the proof that it was kept. */
export async function draftKit({ call }: TestApp) {
  const { draft, words, ask } = await call('vault.draftKit')
  return { draft, words, retyped: ask.map((at) => ({ at, word: words[at - 1] ?? '' })) }
}

interface Template {
  readonly folder: string
  readonly stateFolder: string
  readonly words: string[]
}

/** Made once for a test file, the way a person makes it; each test then opens a copy of its own. */
export function vaultTemplate(): {
  readonly make: () => Promise<void>
  readonly open: (
    options?: Omit<Partial<TestAppOptions>, 'folder' | 'stateFolder'>,
  ) => Promise<TestApp & { words: string[] }>
  readonly remove: () => void
} {
  const kept = [keptFolder(), keptFolder()] as const
  let template: Template | undefined

  return {
    async make() {
      const [{ path: folder }, { path: stateFolder }] = kept
      const opened = await startTestApp({ folder, stateFolder })
      const { draft, words, retyped } = await draftKit(opened)
      await opened.call('vault.create', { name: 'Ada', passphrase, draft, retyped })
      await opened.app.close()
      template = { folder, stateFolder, words }
    },
    async open(options = {}) {
      if (template === undefined) throw new Error('make the template in beforeAll')
      const folder = temporaryFolder()
      const stateFolder = temporaryFolder()
      cpSync(template.folder, folder, { recursive: true })
      cpSync(template.stateFolder, stateFolder, { recursive: true })
      const opened = await openTestApp({ ...options, folder, stateFolder })
      await opened.call('vault.unlock', { passphrase })
      return { ...opened, words: template.words }
    },
    remove() {
      for (const folder of kept) folder.remove()
    },
  }
}

interface Plan {
  readonly sql: string
  /** As EXPLAIN QUERY PLAN words them. */
  readonly steps: readonly string[]
}

/** How the database goes about every statement that `act` prepares: the real ones, so that none is asserted by heart. */
export async function plansOf(db: Db, act: () => unknown): Promise<Plan[]> {
  const prepared = vi.spyOn(db, 'prepare')
  try {
    await act()
    const statements = new Set(prepared.mock.calls.map(([sql]) => sql.trim()))
    prepared.mockRestore()
    return [...statements].map((sql) => ({ sql, steps: stepsOf(db, sql) }))
  } finally {
    prepared.mockRestore()
  }
}

const step = z.object({ detail: z.string() })

function stepsOf(db: Db, sql: string): string[] {
  const bare = sql.replaceAll(/'[^']*'|--.*$/gmu, '')
  const unnamed = Array.from(bare.matchAll(/\?/gu), () => null)
  const named: Readonly<Record<string, null>> = Object.fromEntries(
    Array.from(bare.matchAll(/[@:$](\w+)/gu), ([, name]) => [name ?? '', null]),
  )
  const values = Object.keys(named).length === 0 ? unnamed : [...unnamed, named]
  return z
    .array(step)
    .parse(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values))
    .map(({ detail }) => detail)
}

/** A file of the vault's that is in the clear. */
export function readJson<T>(path: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

export async function failure(promise: Promise<unknown>): Promise<{ code: string; details: unknown }> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, details: error.details }
    throw error
  }
  throw new Error('it did not fail')
}
