// The real core and the real web server in this process, so that a test can move the clock. Key stretching is set to its
// lightest: these suites are about the page, and the first-run suite goes through the real one.
import { cpSync } from 'node:fs'
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
  readonly pickFiles?: NonNullable<Ports['pickFiles']>
  /** Where hosts beyond this computer are played. */
  readonly outside?: NonNullable<Ports['outside']>
  /** A built page other than the production one. */
  readonly page?: string
  /** Holds the vault in `vault/` and the state in `state/`; made, and removed at the end, when left out. */
  readonly folder?: string
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
  pickFiles,
  outside,
  page,
  folder,
}: PageHostOptions = {}): Promise<PageHost> {
  if (page === undefined) await buildRenderer({ root })
  const own = folder === undefined ? keptFolder() : undefined
  const base = folder ?? own?.path ?? root
  const log = { write: () => undefined }
  const start = (named: HostName) =>
    createApp(
      {
        clock,
        log,
        ...(secretStore === undefined ? {} : { secretStore }),
        ...(saveFile === undefined ? {} : { saveFile }),
        ...(pickFiles === undefined ? {} : { pickFiles }),
        ...(outside === undefined ? {} : { outside }),
      },
      {
        host: named,
        version: '0.0.0',
        folder: join(base, 'vault'),
        stateFolder: join(base, 'state'),
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
    folder: base,
    call: (method, input) => callOn(app, method, input),
    bring: (files) => bringIn(app, files),
    async beside(other) {
      const second = await start(other)
      return { call: (method, input) => callOn(second, method, input), stop: () => second.close() }
    },
    async stop() {
      await server.close()
      await app.close()
      own?.remove()
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

export interface MadeVault {
  readonly name: string
  readonly words: readonly string[]
  readonly folder: string
  readonly remove: () => void
}

/** A vault that nobody has open, to be copied: making one takes three times as long as opening a copy. */
export async function makeVault(fill: (host: PageHost) => Promise<void> = async () => {}): Promise<MadeVault> {
  const { path: folder, remove } = keptFolder()
  const name = 'Plum Harbour'
  const host = await startPageHost({ folder })
  try {
    const words = await createVault(host, name)
    await fill(host)
    return { name, words, folder, remove }
  } finally {
    await host.stop()
  }
}

/** Puts a copy of a made vault where a host has none, and opens it. */
export async function openCopy(host: PageHost, made: MadeVault): Promise<void> {
  cpSync(made.folder, host.folder, { recursive: true })
  await host.call('vault.unlock', { passphrase })
}

export const passphrase = 'quarry lantern mosaic thunder violet'

/** Makes a vault without the page, and answers its recovery words. */
export async function createVault(host: PageHost, name = 'Plum Harbour'): Promise<readonly string[]> {
  const kit = (await host.call('vault.draftKit')) as { draft: string; words: string[]; ask: number[] }
  const retyped = kit.ask.map((at) => ({ at, word: kit.words[at - 1] }))
  await host.call('vault.create', { name, passphrase, draft: kit.draft, retyped })
  return kit.words
}
