// The thing under test: the real core over a real folder, called through its dispatcher as every host calls it. Only the
// passphrase is made cheap to check, and a stand-in for the computer's secret store opens the vault without it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type App, createApp } from '../../../electron/core/app.ts'
import { type Clock, type Log, type SecretStore, systemClock } from '../../../electron/core/ports.ts'
import type { Input, MethodName, Output, Reply } from '../../../shared/api/api.ts'
import type { Job } from '../../../shared/api/jobs.ts'
import { AppError } from '../../../shared/errors.ts'

export const stretching = { memoryKiB: 19 * 1024, passes: 2 } as const
export const vaultName = 'Planted vault'
export const firstPassphrase = 'orbit velvet cactus harbour sponge'

/** Keeps secrets as they are: here it only stands for "this computer opens the vault", quickly. */
export const openStore: SecretStore = {
  usable: async () => true,
  seal: async (secret) => secret,
  open: async (sealed) => sealed,
}

export const foldersOf = (base: string) => ({ folder: join(base, 'vault'), stateFolder: join(base, 'state') })

export interface Subject {
  readonly base: string
  readonly app: App
  readonly attempt: (method: string, input?: unknown) => Promise<Reply>
  /** The value, or the error thrown. */
  readonly call: <M extends MethodName>(method: M, input: Input<M>) => Promise<Output<M>>
  /** Starts a job and waits for its end; what went wrong is thrown. */
  readonly finish: (
    method: 'backups.create' | 'vault.deepErase' | 'ledger.verify' | 'backups.restore' | 'imports.start',
    input?: object,
  ) => Promise<Job>
  readonly close: () => Promise<void>
}

interface SubjectParts {
  readonly base: string
  readonly clock?: Clock
  readonly log?: Log
  readonly secretStore?: SecretStore | undefined
}

const silent: Log = { write: () => undefined }

export async function openSubject({
  base,
  clock = systemClock,
  log = silent,
  secretStore = openStore,
}: SubjectParts): Promise<Subject> {
  mkdirSync(base, { recursive: true, mode: 0o700 })
  const app = await createApp(
    { clock, log, secretStore },
    { host: 'web', version: '0', stretching, ...foldersOf(base) },
  )

  const call: Subject['call'] = async (method, input) => {
    const reply = await app.dispatch(method, input)
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.details)
    return reply.value as Output<typeof method>
  }

  const ended = (id: string) =>
    new Promise<Job>((resolve) => {
      const stop = app.onEvent((event) => {
        if (event.event !== 'job.changed' || event.payload.id !== id || event.payload.endedAt === null) return
        stop()
        resolve(event.payload)
      })
      void call('jobs.list', {}).then((jobs) => {
        const found = jobs.find((job) => job.id === id)
        if (found === undefined || found.endedAt === null) return
        stop()
        resolve(found)
      })
    })

  return {
    base,
    app,
    attempt: (method, input = {}) => app.dispatch(method, input),
    call,
    async finish(method, input = {}) {
      const { job } = (await call(method, input as never)) as { readonly job: string }
      const end = await ended(job)
      if (end.error !== null) throw new AppError(end.error.code, end.error.details)
      return end
    },
    close: app.close,
  }
}

interface NewVault {
  readonly name?: string
  readonly passphrase?: string
  /** Leaves out the device key, which costs another check of the passphrase. */
  readonly deviceKey?: 'on' | 'off'
}

/** Creates the vault as the screens do, and says its recovery words. */
export async function makeVault(
  { call }: Pick<Subject, 'call'>,
  { name = vaultName, passphrase = firstPassphrase, deviceKey = 'on' }: NewVault = {},
): Promise<readonly string[]> {
  const kit = await call('vault.draftKit', {})
  await call('vault.create', { name, passphrase, draft: kit.draft, retyped: retypedFrom(kit) })
  if (deviceKey === 'on') await call('vault.setDeviceKey', { passphrase, on: true })
  return kit.words
}

export const retypedFrom = ({ ask, words }: { readonly ask: readonly number[]; readonly words: readonly string[] }) =>
  ask.map((at) => ({ at, word: words[at - 1] ?? '' }))

/** The code a call was refused with, or 'fine'. */
export const codeOfReply = (reply: Reply): string => (reply.ok ? 'fine' : reply.error.code)
