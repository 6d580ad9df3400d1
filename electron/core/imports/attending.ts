// Has everything read: gives a reader what it needs, and starts a fresh one where a reader ends before its time. It goes on
// after what is kept; a file that ends readers over and over is said to have failed, and reading goes on after that.
import { AppError } from '../../../shared/errors.ts'
import type { Helper } from '../asking.ts'
import { HelperFailure } from '../talk.ts'
import type { Kept, Part, Problem, Question, Want } from './protocol.ts'
import { createSupply } from './supply.ts'
import type { Source } from './walk.ts'

export type Reader = Helper<Question, null, Part, Want>

interface Attending {
  readonly createReader: () => Reader
  readonly sources: readonly Source[]
  /** Where what has to be unpacked may lie, sealed. */
  readonly folder: string
  readonly question: Omit<Question, 'again' | 'careful'>
  /** Whether anything was read before. */
  readonly again: boolean
  /** How far each of these files is read by now. */
  readonly kept: (paths: readonly string[]) => (Kept | undefined)[]
  readonly take: (part: Part) => Promise<void>
  readonly fail: (path: string, why: Problem['why']) => void
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

const whyOf = { silent: 'too-slow', 'out-of-memory': 'out-of-memory', crashed: 'reader-failed' } as const

/** A computer may be too busy to start one, and not be so any more a moment later. */
const mostFalseStarts = 3
/** However far each of them comes: every one reads what is kept once more. */
const mostReadersOfOneFile = 8

export async function attend(attending: Attending): Promise<void> {
  const { createReader, sources, folder, question, kept, take, fail, onProgress, signal } = attending
  const isToBlame = createJudge()
  let careful = false
  for (let falseStarts = 0; ; ) {
    const supply = createSupply({ sources, folder, kept })
    const reader = createReader()
    let taking = Promise.resolve()
    try {
      const asked = reader.ask(
        { ...question, again: attending.again || careful, careful },
        {
          signal,
          onProgress,
          onPart: (part) => (taking = take(part)),
          onWant: supply.answer,
        },
      )
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
      // The vault may have been locked meanwhile, and opened again.
      if (signal.aborted) throw new AppError('CANCELLED')
      const path = supply.standing()
      falseStarts += 1
      if (path !== undefined) {
        falseStarts = 0
        careful = true
        if (isToBlame(path, kept([path])[0])) fail(path, whyOf[error.why])
      } else if (falseStarts === mostFalseStarts) throw error
    } finally {
      await reader.end()
      supply.close()
    }
  }
}

/**
 * Whether it is the file's doing. A reader is also ended by a computer that is short of memory, that was asleep, or that was
 * asked to end it: the next one goes on after what is kept, and a file that ends two of them at one place ends all of them.
 */
function createJudge() {
  let last: { readonly path: string; readonly kept: Kept | undefined; readonly readers: number } | undefined
  return (path: string, kept: Kept | undefined): boolean => {
    const before = last?.path === path ? last : undefined
    last = { path, kept, readers: (before?.readers ?? 0) + 1 }
    return (before !== undefined && before.kept === kept) || last.readers >= mostReadersOfOneFile
  }
}
