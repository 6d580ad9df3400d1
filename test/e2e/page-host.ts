// The real core and the real web server in this process, so that a test can move the clock. Key stretching is set to its
// lightest: these suites are about the page, and the first-run suite goes through the real one.
import { join, resolve } from 'node:path'
import { type App, createApp } from '../../electron/core/app.ts'
import type { HostName } from '../../shared/api/about.ts'
import { type Clock, type Ports, type SecretStore, systemClock } from '../../electron/core/ports.ts'
import { readPageFiles } from '../../electron/web/files.ts'
import { createWebServer } from '../../electron/web/server.ts'
import { buildRenderer } from '../../tools/renderer-build.ts'
import { keptFolder } from '../support/temporary-folder.ts'

const root = resolve(import.meta.dirname, '../..')

interface PageHostOptions {
  readonly clock?: Clock
  /** As a desktop would lend it. */
  readonly secretStore?: SecretStore
  readonly saveFile?: NonNullable<Ports['saveFile']>
  /** A built page other than the production one. */
  readonly page?: string
}

interface Core {
  readonly call: (method: string, input?: unknown) => Promise<unknown>
  readonly stop: () => Promise<void>
}

export interface PageHost extends Core {
  readonly startLink: () => string
  readonly folder: string
  /** Hands files in as the page does, and imports them to the end. */
  readonly bring: (files: Readonly<Record<string, string | Uint8Array>>) => Promise<void>
  /** Another Mindkeep on the same vault. */
  readonly beside: (other: HostName) => Promise<Core>
}

export async function startPageHost({
  clock = systemClock,
  secretStore,
  saveFile,
  page,
}: PageHostOptions = {}): Promise<PageHost> {
  if (page === undefined) await buildRenderer({ root })
  const kept = keptFolder()
  const log = { write: () => undefined }
  const start = (named: HostName) =>
    createApp(
      {
        clock,
        log,
        ...(secretStore === undefined ? {} : { secretStore }),
        ...(saveFile === undefined ? {} : { saveFile }),
      },
      {
        host: named,
        version: '0.0.0',
        folder: join(kept.path, 'vault'),
        stateFolder: join(kept.path, 'state'),
        stretching: { memoryKiB: 19 * 1024, passes: 2 },
      },
    )
  const app = await start('web')
  const server = createWebServer({
    app,
    files: readPageFiles(page ?? join(root, 'out/renderer')),
    clock: systemClock,
    log,
  })
  await server.listen({ port: 0 })
  return {
    startLink: server.startLink,
    folder: kept.path,
    call: (method, input) => callOn(app, method, input),
    bring: (files) => bringIn(app, files),
    async beside(other) {
      const second = await start(other)
      return { call: (method, input) => callOn(second, method, input), stop: () => second.close() }
    },
    async stop() {
      await server.close()
      await app.close()
      kept.remove()
    },
  }
}

async function bringIn(app: App, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const handles: string[] = []
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    handles.push(await app.files.receive({ name, bytes: bytes.length }, inOne(bytes)))
  }
  const ended = Promise.withResolvers<void>()
  const stop = app.onEvent(({ event, payload }) => {
    if (event === 'job.changed' && payload.kind === 'import' && payload.endedAt !== null) ended.resolve()
  })
  try {
    await callOn(app, 'imports.start', { handles })
    await ended.promise
  } finally {
    stop()
  }
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes
}

async function callOn(app: App, method: string, input: unknown = {}): Promise<unknown> {
  const reply = await app.dispatch(method, input)
  if (!reply.ok) throw new Error(`${method} answered ${reply.error.code}`)
  return reply.value
}

export const passphrase = 'quarry lantern mosaic thunder violet'

/** Makes a vault without the page, and answers its recovery words. */
export async function createVault(host: PageHost, name = 'Plum Harbour'): Promise<readonly string[]> {
  const kit = (await host.call('vault.draftKit')) as { draft: string; words: string[]; ask: number[] }
  const retyped = kit.ask.map((at) => ({ at, word: kit.words[at - 1] }))
  await host.call('vault.create', { name, passphrase, draft: kit.draft, retyped })
  return kit.words
}
