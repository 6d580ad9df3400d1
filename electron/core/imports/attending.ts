// Has everything read: gives a reader what it needs, and starts a fresh one where a reader ends before its time. What it was
// at is then said to have failed, and reading goes on after that.
import { HelperFailure, type Helper } from '../asking.ts'
import type { Problem } from './importer.ts'
import type { Part, Question, Source, Want } from './protocol.ts'
import { createSupply } from './reading/supply.ts'

export type Reader = Helper<Question, null, Part, Want>

interface Attending {
  readonly createReader: () => Reader
  readonly sources: readonly Source[]
  /** Where what has to be unpacked may lie, sealed. */
  readonly folder: string
  /** Asked anew of each reader: how far everything is read by now. */
  readonly question: () => Question
  readonly take: (part: Part) => Promise<void>
  readonly fail: (path: string, why: Problem['why']) => void
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

const whyOf = { silent: 'too-slow', 'out-of-memory': 'out-of-memory', crashed: 'reader-failed' } as const

/** A computer may be too busy to start one, and not be so any more a moment later. */
const mostFalseStarts = 3

export async function attend(attending: Attending): Promise<void> {
  const { createReader, sources, folder, question, take, fail, onProgress, signal } = attending
  for (let falseStarts = 0; ; ) {
    const supply = createSupply({ sources, folder })
    const reader = createReader()
    let taking = Promise.resolve()
    try {
      const asked = reader.ask(question(), {
        signal,
        onProgress,
        onPart: (part) => (taking = take(part)),
        onWant: supply.answer,
      })
      // Not only when the reader has started, which takes a moment.
      void supply.bytesAhead().then(
        (bytes) => signal.aborted || onProgress(0, bytes),
        () => undefined,
      )
      await asked
      return
    } catch (error) {
      // What was being taken when the reader ended is taken to its end before anybody else is asked.
      await taking.catch(() => undefined)
      if (!(error instanceof HelperFailure)) throw error
      const path = supply.standing()
      falseStarts += 1
      if (path !== undefined) {
        fail(path, whyOf[error.why])
        falseStarts = 0
      } else if (falseStarts === mostFalseStarts) throw error
    } finally {
      await reader.end()
      supply.close()
    }
  }
}
