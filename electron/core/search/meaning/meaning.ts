// Meaning beside words: what each item says, as vectors that a model on this computer makes of its passages, kept in the
// vault, and what is nearest to what somebody looks for. Without it, or in a language the model does not know, words remain.
import { toAppError } from '../../failures.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import type { Description, Runtime } from '../../models/models.ts'
import type { Log } from '../../ports.ts'
import type { Prepare } from '../../prepared.ts'
import type { OpenVault } from '../../vault/vault.ts'
import { type Codes, createCodes } from './codes.ts'
import { createKept } from './kept.ts'
import { type Meaning, createMeaningOf, floorAmong } from './nearest.ts'
import { understandAll } from './understanding.ts'

interface MeaningParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly prepare: Prepare
  readonly jobs: Jobs
  readonly log: Log
  readonly runtime: Runtime
  /** What the model is called. */
  readonly model: string
  /** A command answers and ends; nothing is begun that it would have to wait for. */
  readonly staysOpen: boolean
}

/** For as long as one vault is open. */
interface Opened {
  readonly embedder: number
  readonly codes: Codes
  readonly description: Description
}

/** What a search is told when it asks for meaning. */
export type Asked =
  | { readonly meaning: Meaning; readonly why: 'asked' }
  | { readonly meaning: undefined; readonly why: 'no-model' | 'other-language' | 'no-words' }

const codesAtOnce = 10_000
/** Work on many items, which is slow enough without this. */
const goFirst = ['import', 'import-undo', 'export-restore', 'erase', 'index-words'] as const

export function createMeaning({ openVault, prepare, jobs, log, runtime, model, staysOpen }: MeaningParts) {
  const kept = createKept({ prepare })
  const inOne = <T>(act: () => T): T => openVault().db.transaction(act).immediate()
  let opening: Promise<Opened | undefined> | undefined
  let isStopped = false

  const open = async (isStill: () => boolean): Promise<Opened | undefined> => {
    const description = await runtime.describe()
    if (!isStill()) return undefined
    const { id: embedder } = inOne(() => kept.embedder(model, description.stamp))
    const codes = createCodes(description.width)
    for (let after = 0; isStill(); ) {
      const some = kept.codes(embedder, after, codesAtOnce)
      for (const { passage, item, code } of some) codes.add(passage, item, code)
      if (some.length < codesAtOnce) break
      after = some.at(-1)?.passage ?? after
      await new Promise((resolve) => setImmediate(resolve))
    }
    return isStill() ? { embedder, codes, description } : undefined
  }

  /** Once for each time the vault is open; a model that cannot be used costs the meaning, and nothing else. */
  const opened = (): Promise<Opened | undefined> => {
    if (opening !== undefined) return opening
    const begun: Promise<Opened | undefined> = open(() => opening === begun).catch((error: unknown) => {
      log.write('meaning.unusable', { code: toAppError(error)?.code ?? 'unknown' })
      return undefined
    })
    opening = begun
    return begun
  }

  const goOn = async (): Promise<void> => {
    if (!staysOpen || isStopped) return
    const ready = await opened()
    if (ready === undefined || opening === undefined) return
    if (jobs.isRunning('understand') || jobs.isAtWork(goFirst) || !kept.hasWaiting(ready.embedder)) return
    start(ready)
  }

  const start = ({ embedder, codes }: Opened): { readonly job: string } =>
    jobs.start(
      'understand',
      (context) => {
        const shouldGiveWay = () => jobs.isAtWork(goFirst)
        // By the person, and not by a lock.
        const { signal } = context
        signal.addEventListener('abort', () => (isStopped = toAppError(signal.reason)?.code === 'CANCELLED'))
        return understandAll({ kept, inOne, runtime, embedder, codes, shouldGiveWay }, context)
      },
      { pausable: true },
    )

  return {
    /** When the vault is opened, items have changed, or something is over that went first. */
    goOn(): void {
      void goOn().catch((error: unknown) => {
        // Locked meanwhile.
        log.write('meaning.waits', { code: toAppError(error)?.code ?? 'unknown' })
      })
    },
    /** When the vault is locked: nothing of it stays in memory here or there. */
    end(): void {
      opening = undefined
      isStopped = false
      void runtime.end()
    },
    /** Because the person says so, after they had stopped it. */
    async resume(): Promise<void> {
      isStopped = false
      const ready = await opened()
      if (ready !== undefined && !jobs.isRunning('understand')) start(ready)
    },
    async asked(text: string): Promise<Asked> {
      if (text === '') return { meaning: undefined, why: 'no-words' }
      const ready = await opened()
      if (ready === undefined) return { meaning: undefined, why: 'no-model' }
      try {
        const { meaning: sought, known } = await runtime.embed(text)
        if (sought === null || !known) return { meaning: undefined, why: 'other-language' }
        const { embedder, codes, description } = ready
        const { alpha, floors } = description
        const floor = floorAmong(codes.size(), floors)
        return { meaning: createMeaningOf({ sought, codes, kept, embedder, alpha, floor }), why: 'asked' }
      } catch (error) {
        log.write('meaning.unasked', { code: toAppError(error)?.code ?? 'unknown' })
        return { meaning: undefined, why: 'no-model' }
      }
    },
    async state() {
      const ready = await opened()
      if (ready === undefined) return { model, state: null, stopped: isStopped }
      const { waits, failed, items } = kept.counts(ready.embedder)
      return { model, state: { understood: Math.max(0, items - waits - failed), items, failed }, stopped: isStopped }
    },
    async notUnderstood(page: { readonly offset: number; readonly limit: number }) {
      const ready = await opened()
      if (ready === undefined) return { rows: [], total: 0 }
      return { rows: kept.listFailed(ready.embedder, page), total: kept.counts(ready.embedder).failed }
    },
  }
}
