// All that can write: models on this computer, each in a process of its own, and other programs that have some.
import type { Writer } from '../../../../shared/api/writing.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Network } from '../../network/network.ts'
import type { Clock, StartProcess } from '../../ports.ts'
import type { Generator } from './generator.ts'
import { type LocalWriter, createLocalWriter } from './local.ts'
import { createServerWriter, modelsAt } from './server.ts'
import { type FoundServer, type UsualPlace, findServers, usualPlaces } from './servers.ts'

interface WritingParts {
  readonly startProcess: StartProcess
  readonly clock: Clock
  readonly ask: Network['ask']
  /** Where a model lies that was installed, and is as it came. */
  readonly folderOf: (model: string) => Promise<string>
  readonly places?: readonly UsualPlace[]
}

interface Speed {
  readonly tokens: number
  readonly firstMs: number
  readonly perSecond: number | null
}

export interface Writing {
  readonly findServers: () => Promise<readonly FoundServer[]>
  readonly modelsAt: (server: string) => Promise<readonly string[]>
  readonly measure: (writer: Writer) => Promise<Speed>
  /** The vault was locked: what was said to a model goes with it. */
  readonly end: () => Promise<void>
}

/** Of nobody's life. */
const trial = {
  messages: [{ role: 'user', content: 'Write the numbers from one to forty in words.' }],
  maxTokens: 48,
  temperature: 0,
  seed: 1,
} as const
const longestTrialMs = 60_000

export function createWriting(parts: WritingParts): Writing {
  const { startProcess, clock, ask, folderOf, places = usualPlaces } = parts
  /** One at a time: each holds as much memory as its files are long. */
  let local: { readonly model: string; readonly writer: LocalWriter } | undefined

  const writerIn = async (model: string): Promise<LocalWriter> => {
    if (local?.model === model) return local.writer
    const writer = createLocalWriter({ startProcess, clock, folder: await folderOf(model) })
    const before = local
    local = { model, writer }
    await before?.writer.end()
    return writer
  }
  const generatorOf = async (writer: Writer): Promise<Generator> =>
    'server' in writer
      ? createServerWriter({ ask, clock, base: writer.server, model: writer.model })
      : await writerIn(writer.model)

  return {
    findServers: () => findServers(ask, places),
    modelsAt: (server) => modelsAt(ask, server),
    async measure(writer) {
      const generator = await generatorOf(writer)
      const limit = new AbortController()
      const cancel = clock.after(longestTrialMs, () => limit.abort())
      try {
        const { tokens, ms, firstMs } = await generator.write(trial, { onText: () => {}, signal: limit.signal })
        if (tokens === 0) throw new AppError('MODEL_STOPPED')
        const after = ms - firstMs
        return { tokens, firstMs, perSecond: tokens > 1 && after > 0 ? ((tokens - 1) * 1000) / after : null }
      } finally {
        cancel()
      }
    },
    async end() {
      const before = local
      local = undefined
      await before?.writer.end()
    },
  }
}
