// Has an import's files read in a process of their own and keeps what they hold, part by part: the items, how far their file is
// read and what went wrong are one transaction, so that a reader or a whole process may end at any moment and the next one
// goes on after the last record that is kept.
import type { DatesGuessed, ImportOptions } from '../../../shared/api/imports.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Library } from '../library/library.ts'
import type { Prepare } from '../prepared.ts'
import { type Reader, attend } from './attending.ts'
import type { Found, Part, Problem, Question } from './protocol.ts'
import {
  type Counts,
  type FileProgress,
  addFile,
  addProblem,
  addRecords,
  beginFile,
  endFile,
  isWorthAnotherTry,
  noCounts,
  progressOf,
  reopenFile,
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

/** More than this of one file's problems say nothing new; they are counted all the same. */
const mostProblems = 200
/** Files of which it is told what was guessed of them. */
const mostGuesses = 200

export function createRunner(parts: RunnerParts) {
  const { prepare, inTransaction, stage, createReader, now, zone, folder } = parts

  return async (
    { id, sources, options, onKept }: ToRead,
    { signal, pace, progress }: JobContext,
  ): Promise<DatesGuessed[]> => {
    const files = new Map<string, FileProgress>(progressOf(prepare, id))
    const problems = new Map<string, number>()
    reopen(files)

    const change = (path: string, changes: Partial<FileProgress>) => {
      const file = files.get(path)
      if (file !== undefined) files.set(path, { ...file, ...changes })
    }
    const fileOf = (path: string): FileProgress => {
      const file = files.get(path)
      if (file === undefined) throw new Error('a reader told of a file that it had not named')
      return file
    }

    const noteProblem = (path: string, file: number, problem: Problem) => {
      const count = (problems.get(path) ?? 0) + 1
      problems.set(path, count)
      if (count <= mostProblems) addProblem(prepare, file, problem)
    }

    const keepFound = (path: string, found: readonly Found[], take: (file: number, count: number) => Outcomes) => {
      const { id: file, records } = fileOf(path)
      const counts: Counts = noCounts()
      const outcomes = take(file, found.filter((one) => 'item' in one).length)
      for (const outcome of outcomes) counts[outcome] += 1
      for (const one of found) {
        if ('problem' in one) {
          counts.failed += 1
          noteProblem(path, file, one.problem)
        } else if ('skipped' in one) counts.skipped += 1
      }
      addRecords(prepare, file, counts)
      change(path, { records: records + found.length })
    }

    const keep = (part: Part, add: Add) => {
      let from = 0
      for (const event of part) {
        if ('listed' in event) {
          for (const file of event.listed) {
            if (files.has(file.path)) change(file.path, { isThere: true })
            else {
              const row = addFile(prepare, id, file)
              files.set(file.path, { id: row, records: 0, state: 'waiting', why: null, isThere: true })
            }
          }
        } else if ('begun' in event) {
          beginFile(prepare, fileOf(event.begun).id, event)
          change(event.begun, { state: 'reading' })
        } else if ('found' in event) {
          keepFound(event.of, event.found, (file, count) => {
            const outcomes = add(file, from, count)
            from += count
            return outcomes
          })
        } else if ('ended' in event) {
          endFile(prepare, fileOf(event.ended).id, event)
          change(event.ended, { state: event.as, why: event.problem?.why ?? null })
        }
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
        const known = files.get(path)
        const file = known?.id ?? addFile(prepare, id, { path, bytes: 0 })
        endFile(prepare, file, { as: 'failed', problem: { why } })
        files.set(path, { id: file, records: known?.records ?? 0, state: 'failed', why })
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
    const failWhatIsLeft = () => {
      for (const [path, file] of files) if (!isOver(file)) fail(path, file.isThere === true ? 'reader-failed' : 'gone')
    }

    let detail: string | null = null
    await attend({
      createReader,
      sources,
      folder,
      question: () => ({ options, zone, now: now().getTime(), kept: keptOf(files) }),
      take(part) {
        detail = lastBegun(part) ?? detail
        noteGuesses(part)
        return take(part)
      },
      fail,
      onProgress: (done, total) => progress(done, total, detail),
      signal,
    })
    failWhatIsLeft()
    return guessed
  }

  /** What failed and may go well now, and the archives it lies in, is read as if for the first time. */
  function reopen(files: Map<string, FileProgress>): void {
    const waiting = (path: string, file: FileProgress) => {
      if (file.state === 'failed') reopenFile(prepare, file.id)
      files.set(path, { ...file, state: 'waiting', why: null })
    }
    inTransaction(() => {
      for (const [path, file] of files) if (file.state === 'failed' && isWorthAnotherTry(file.why)) waiting(path, file)
      const around = archivesAround(files)
      for (const [path, file] of files) if (around.has(path)) waiting(path, file)
    })
  }
}

export type Run = ReturnType<typeof createRunner>

const lastBegun = (part: Part): string | undefined =>
  part.findLast((event): event is Extract<typeof event, { begun: string }> => 'begun' in event)?.begun

const isOver = ({ state }: FileProgress): boolean => state === 'done' || state === 'skipped' || state === 'failed'

/** The archives and folders of whatever is not done with. */
function archivesAround(files: ReadonlyMap<string, FileProgress>): Set<string> {
  const around = new Set<string>()
  for (const [path, file] of files) {
    if (isOver(file)) continue
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) around.add(path.slice(0, end))
  }
  return around
}

/** How far each file is read. An archive is done with when everything in it is. */
function keptOf(files: ReadonlyMap<string, FileProgress>): Question['kept'] {
  const around = archivesAround(files)
  const kept = new Map<string, number | 'done'>()
  for (const [path, file] of files) {
    if (isOver(file) && !around.has(path)) kept.set(path, 'done')
    else if (file.records > 0) kept.set(path, file.records)
  }
  return kept
}
