// Reads what waits to be understood, the newest first, a few items at a time: each is wholly in or not at all, and what was
// cut short goes on where it was. An item that brings the model down costs that item.
import type { JobResults } from '../../../../shared/api/jobs.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { JobContext } from '../../jobs/jobs.ts'
import type { Runtime } from '../../models/models.ts'
import type { Codes } from './codes.ts'
import type { Kept, KeptPassage, Waiting } from './kept.ts'

interface UnderstandingParts {
  readonly kept: Kept
  readonly inOne: <T>(act: () => T) => T
  readonly runtime: Runtime
  readonly embedder: number
  readonly codes: Codes
  /** Others are at the database and would be slowed down: it is their turn. */
  readonly shouldGiveWay: () => boolean
}

/** Batches grow while nobody needs the model: from what is done in a moment to what is done best. */
const fewest = 8
const most = 256
const lettersAtOnce = 400_000
const triesAlone = 2

export async function understandAll(
  { kept, inOne, runtime, embedder, codes, shouldGiveWay }: UnderstandingParts,
  { progress, pace, signal }: Pick<JobContext, 'progress' | 'pace' | 'signal'>,
): Promise<JobResults['understand']> {
  const keep = (waiting: Waiting, passages: readonly KeptPassage[], isKnown: boolean) =>
    inOne(() => {
      // Changed since: it waits again, as it is now.
      if (!kept.isSame(waiting)) return
      const { came, gone } = kept.keep(waiting.item, embedder, passages)
      if (!isKnown) kept.fail(waiting.item, embedder, 'other-language')
      for (const passage of gone) codes.drop(passage)
      for (const { passage, code } of came) codes.add(passage, waiting.item, code)
    })

  const read = async (batch: readonly Waiting[]): Promise<void> => {
    const passages: KeptPassage[][] = batch.map(() => [])
    const texts = batch.map(({ item, title, body }) => ({ title, body, known: kept.known(item, embedder) }))
    const known = await runtime.understand(texts, {
      signal,
      onPart: ({ text, passages: some }) => void passages[text]?.push(...some),
    })
    // In one: so many transactions would each be flushed.
    inOne(() => {
      for (const [at, waiting] of batch.entries()) keep(waiting, passages[at] ?? [], known[at] ?? false)
    })
  }

  const readAlone = async (waiting: Waiting): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await read([waiting])
      } catch (error) {
        if (error instanceof AppError) throw error
        if (tries < triesAlone) continue
        inOne(() => kept.fail(waiting.item, embedder, 'model-failed'))
        return
      }
    }
  }

  const { waits, items: all } = kept.counts(embedder)
  let done = all - waits
  let atOnce = fewest
  progress(done, all)
  while (!shouldGiveWay()) {
    await pace()
    const batch = kept.waiting(embedder, atOnce, lettersAtOnce)
    if (batch.length === 0) {
      inOne(() => kept.makeWhole(embedder))
      break
    }
    try {
      await read(batch)
      atOnce = Math.min(most, atOnce * 2)
    } catch (error) {
      if (error instanceof AppError) throw error
      // One of them is to blame, or the computer: each is tried by itself.
      for (const waiting of batch) await readAlone(waiting)
      atOnce = fewest
    }
    done += batch.length
    progress(done, Math.max(done, all))
  }
  const { failed, items, waits: left } = kept.counts(embedder)
  return { understood: items - left - failed, items, failed }
}
