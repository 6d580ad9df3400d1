// Has an import's files read in a process of their own and keeps what they hold, part by part: the items, how far their file is
// read and what went wrong are one transaction, so that a reader or a whole process may end at any moment and the next one
// goes on after the last record that is kept.
import type { DatesGuessed, ImportOptions } from '../../../shared/api/imports.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Library } from '../library/library.ts'
import type { Prepare } from '../prepared.ts'
import { type Reader, attend } from './attending.ts'
import { createCameAlong } from './came-along.ts'
import type { Ended, Found, Part, Problem } from './protocol.ts'
import {
  type Counts,
  type FileProgress,
  addFile,
  addProblem,
  addRecords,
  beginFile,
  endFile,
  findFile,
  hasFiles,
  isListed,
  keptOfFile,
  noCounts,
  openFiles,
  reopenFiles,
} from './file-rows.ts'
import type { Source } from './walk.ts'

type Add = Parameters<Parameters<Awaited<ReturnType<Library['stage']>>['batch']>[0]>[0]
type Outcomes = ReturnType<Add>

export interface RunnerParts {
  readonly prepare: Prepare
  /** Runs `act` as one transaction. */
  readonly inTransaction: (act: () => void) => void
  readonly stage: Library['stage']
  readonly createReader: () => Reader
  readonly now: () => Date
  readonly zone: string
  /** Where what has to be unpacked may lie, sealed. */
  readonly folder: string
}

interface ToRead {
  readonly id: number
  /** Called in each transaction that keeps something. */
  readonly onKept: () => void
  readonly sources: readonly Source[]
  readonly options: ImportOptions
}

/** Files of which it is told what was guessed of them. */
const mostGuesses = 200
const filesAtOnce = 1000

export function createRunner(parts: RunnerParts) {
  const { prepare, inTransaction, stage, createReader, now, zone, folder } = parts

  return async (
    { id, sources, options, onKept }: ToRead,
    { signal, pace, progress }: JobContext,
  ): Promise<DatesGuessed[]> => {
    const again = hasFiles(prepare, id)
    inTransaction(() => reopenFiles(prepare, id))
    /** Files that were named before and that a reader has named again: what is left of the others is gone. */
    const stillThere = new Set<number>()

    const fileOf = (path: string): FileProgress => {
      const file = findFile(prepare, id, path)
      if (file === undefined) throw new Error('a reader told of a file that it had not named')
      return file
    }

    const list = (file: { readonly path: string; readonly bytes: number }) => {
      const added = addFile(prepare, id, file)
      if (again) stillThere.add(added ?? fileOf(file.path).id)
    }

    const keepFound = (path: string, found: readonly Found[], take: (file: number, count: number) => Outcomes) => {
      const { id: file, failed } = fileOf(path)
      const counts: Counts = noCounts()
      const outcomes = take(file, found.filter((one) => 'item' in one).length)
      for (const outcome of outcomes) counts[outcome] += 1
      for (const one of found) {
        if ('problem' in one) {
          counts.failed += 1
          if (isListed({ failed: failed + counts.failed })) addProblem(prepare, file, one.problem)
        } else if ('skipped' in one) counts.skipped += 1
      }
      addRecords(prepare, file, counts)
    }

    const cameAlong = createCameAlong(prepare, id)
    const end = (event: Ended) => {
      const { id: file } = fileOf(event.ended)
      endFile(prepare, file, event.problem?.why === 'not-recognised' && cameAlong(file) ? { as: 'skipped' } : event)
    }

    const keep = (part: Part, add: Add) => {
      let from = 0
      for (const event of part) {
        if ('listed' in event) for (const file of event.listed) list(file)
        else if ('begun' in event) beginFile(prepare, fileOf(event.begun).id, event)
        else if ('found' in event) {
          keepFound(event.of, event.found, (file, count) => {
            const outcomes = add(file, from, count)
            from += count
            return outcomes
          })
        } else if ('ended' in event) end(event)
      }
    }

    const take = async (part: Part): Promise<void> => {
      await pace()
      const items = part.flatMap((event) =>
        'found' in event ? event.found.flatMap((one) => ('item' in one ? [one.item] : [])) : [],
      )
      const staged = await stage(items)
      try {
        // The vault may have been locked meanwhile, and opened again.
        if (signal.aborted) throw new AppError('CANCELLED')
        inTransaction(() => {
          staged.batch((add) => keep(part, add))
          if (part.some((event) => 'found' in event || 'ended' in event)) onKept()
        })
      } finally {
        staged.drop()
      }
    }

    const fail = (path: string, why: Problem['why']) => {
      inTransaction(() => {
        const file = findFile(prepare, id, path)?.id ?? addFile(prepare, id, { path, bytes: 0 })
        if (file !== undefined) endFile(prepare, file, { as: 'failed', problem: { why } })
      })
    }

    const guessed: DatesGuessed[] = []
    const noteGuesses = (part: Part) => {
      for (const event of part) {
        if (!('asks' in event) || event.asks.for !== 'date-order' || guessed.length === mostGuesses) continue
        const { path, example, assumed } = event.asks
        guessed.push({ path, example, assumed })
      }
    }

    /** Whatever a reader says: what was not read to its end is not done with. A file may be gone since it was begun. */
    const failWhatIsLeft = async () => {
      const left = () => openFiles(prepare, id, { atOnce: filesAtOnce })
      for (let some = left(); some.length > 0; some = left()) {
        await pace()
        inTransaction(() => {
          for (const file of some) {
            const why = again && !stillThere.has(file) ? 'gone' : 'reader-failed'
            endFile(prepare, file, { as: 'failed', problem: { why } })
          }
        })
      }
    }

    let detail: string | null = null
    await attend({
      createReader,
      sources,
      folder,
      question: { options, zone, now: now().getTime() },
      again,
      kept: (paths) => paths.map((path) => keptOfFile(prepare, id, path)),
      take(part) {
        detail = lastBegun(part) ?? detail
        noteGuesses(part)
        return take(part)
      },
      fail,
      onProgress: (done, total) => progress(done, total, detail),
      signal,
    })
    // Its reader may have ended as the vault was locked.
    await pace()
    await failWhatIsLeft()
    return guessed
  }
}

export type Run = ReturnType<typeof createRunner>

const lastBegun = (part: Part): string | undefined =>
  part.findLast((event): event is Extract<typeof event, { begun: string }> => 'begun' in event)?.begun
