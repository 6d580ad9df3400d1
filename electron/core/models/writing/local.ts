// Writes with a model that lies on this computer, in a process that may die: the next question has a new one.
import { z } from 'zod'
import { AppError } from '../../../../shared/errors.ts'
import type { Helper } from '../../asking.ts'
import type { Clock, StartProcess } from '../../ports.ts'
import { createProcess } from '../../processes.ts'
import { HelperFailure } from '../../talk.ts'
import { threadsHere } from '../transformers/threads.ts'
import { type Weights, findWeights, memoryFor } from '../transformers/weights.ts'
import type { Generator } from './generator.ts'
import { type Answer, type Question, type Want, answer, want } from './protocol.ts'
import { createStops } from './stops.ts'
import { timed } from './timed.ts'

interface LocalParts {
  readonly startProcess: StartProcess
  readonly clock: Clock
  /** In the layout of the hub. */
  readonly folder: string
}

export interface LocalWriter extends Generator {
  /** What is being written is CANCELLED, and the memory goes back. */
  readonly end: () => Promise<void>
}

const module = new URL(`./writer.process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href
/** The list of pieces of a large model is read as JSON. */
const heapMiB = 1024
/** While it is loaded, and while it reads a part of a long question, nothing is heard of it. */
const patience = { startMs: 120_000, quietMs: 120_000 }
const idleMs = 300_000
/** It looks up after each word, and after each part of what it reads; while it is loaded, it cannot. */
const graceMs = 3000

const codeOf = { silent: 'MODEL_STOPPED', crashed: 'MODEL_STOPPED', 'out-of-memory': 'MODEL_TOO_LARGE' } as const

export function createLocalWriter({ startProcess, clock, folder }: LocalParts): LocalWriter {
  let helper: Helper<Question, Answer, never, Want> | undefined

  const begin = (weights: Weights) =>
    createProcess<Question, Answer, never, Want>({
      startProcess,
      program: { module, heapMiB, reads: [folder] },
      clock,
      idleMs,
      limits: { memoryMiB: memoryFor(weights), ...patience },
      says: { answer, part: z.never(), want },
    })

  return {
    async write({ messages, maxTokens, temperature, seed, stop = [] }, { onText, signal }) {
      const weights = findWeights(folder)
      if (weights === undefined) throw new AppError('MODEL_UNUSABLE')
      helper ??= begin(weights)
      const question = {
        messages,
        maxTokens,
        temperature,
        seed,
        model: { folder, dtype: weights.dtype, threads: threadsHere() },
      }
      const { hear, told } = timed(clock, onText)
      const stops = createStops(stop)
      const end = new AbortController()
      let failed: { readonly error: unknown } | undefined
      let tokens = 0
      let endGrace = () => {}
      const isCancelled = () => signal?.aborted === true
      const callOff = () => (endGrace = clock.after(graceMs, () => end.abort()))
      const goesOn = () => failed === undefined && !isCancelled() && !stops.found()
      const take = async (said: Want): Promise<boolean> => {
        tokens = said.tokens
        if (!goesOn()) return false
        try {
          await hear(stops.next(said.text))
        } catch (error) {
          failed = { error }
        }
        return goesOn()
      }
      signal?.addEventListener('abort', callOff, { once: true })
      try {
        if (isCancelled()) return told({ tokens, ended: 'cancelled' })
        const said = await helper.ask(question, { signal: end.signal, onWant: take })
        if (failed !== undefined) throw failed.error
        if (isCancelled()) return told({ tokens: said.tokens, ended: 'cancelled' })
        await hear(stops.rest())
        return told({ tokens: said.tokens, ended: said.ended === 'length' && !stops.found() ? 'length' : 'stop' })
      } catch (error) {
        if (end.signal.aborted) return told({ tokens, ended: 'cancelled' })
        if (error instanceof HelperFailure) throw new AppError(codeOf[error.why], {}, { cause: error })
        throw error
      } finally {
        endGrace()
        signal?.removeEventListener('abort', callOff)
      }
    },
    async end() {
      await helper?.end()
    },
  }
}
