// Bringing files in: preview, import, resume, undo. It reads nothing by itself and writes no item: a process of its own
// reads (reader/), the library keeps. What it knows of an import outlives the process that began it. (Front door.)
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { AppEvent } from '../../../shared/api/events.ts'
import type { ImportName, ImportOptions, ImportSummary } from '../../../shared/api/imports.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { NewItem } from '../library/library.ts'
import type { Clock, Log, StartProcess } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Handed, Transfers } from '../transfers/transfers.ts'
import type { OpenVault } from '../vault/vault.ts'
import { createProcess } from '../processes.ts'
import type { Reader } from './attending.ts'
import { createPreview } from './preview.ts'
import { createQueue } from './queue.ts'
import { part, want } from './protocol.ts'
import {
  type Recorded,
  addImport,
  couldBeHelped,
  endedBefore,
  findImport,
  forgetSources,
  keepOptions,
  keptOf,
  listFiles,
  listImports,
  listProblems,
  markUndoing,
  setState,
  sourcesStillNeeded,
  unfinishedImports,
  unfinishedUndos,
  withoutPassword,
} from './records.ts'
import { type Keeper, type Outcome, createRunner } from './runner.ts'
import type { Source } from './walk.ts'

export type { Keeper, Outcome } from './runner.ts'

/** What the library does for imports. */
export interface ImportLibrary extends Keeper {
  /** What would become of each, were it kept now. */
  readonly comparison: () => (items: readonly NewItem[]) => Outcome[]
  /** Takes back some of what an import kept, in a transaction of its own; `left` says whether there is more. */
  readonly takeBack: (id: number, how: { readonly changedToo: boolean }) => TakenBack
}

export interface TakenBack {
  readonly removed: number
  /** Brought back to how they were before it. */
  readonly restored: number
  /** Changed by the person since, and left as they are. */
  readonly kept: number
  /** Brought in a newer form by a later import since, which has them from now on. */
  readonly handedOver: number
  readonly more: boolean
}

interface ImportsParts {
  readonly openVault: () => OpenVault
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
  readonly transfers: Transfers
  readonly library: ImportLibrary
  readonly startProcess: StartProcess
  /** Until somebody closes it: a command ends when it has answered. */
  readonly staysOpen: boolean
}

const module = new URL(`./reader.process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href
/** No file that a person has needs more: what is larger is read as it comes. */
const limits = { memoryMiB: 512, startMs: 120_000, quietMs: 30_000 }
const heapMiB = 256
/** One that nobody has gone on with for so long gives back the room that its files take. */
const daysToGoOn = 30

export function createImports(parts: ImportsParts) {
  const { openVault, prepare, ledger, jobs, clock, log, emit, transfers, library, startProcess, staysOpen } = parts
  /** By the job that reads it or takes it back, in this process. */
  const running = new Map<string, { readonly job: string; readonly does: 'read' | 'undo' }>()
  /** One is read at a time: two readers hold twice the memory and share one disk. */
  const inTurn = createQueue()
  /** How often the vault was opened: work of an opening before this one has nothing to say any more. */
  let opening = 0
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

  const createReader = (): Reader =>
    createProcess({
      startProcess,
      program: { module, heapMiB },
      clock,
      idleMs: 0,
      limits,
      says: { answer: z.null(), part, want },
    })
  const inTransaction = (act: () => void) => openVault().db.transaction(act).immediate()
  const shared = { createReader, now: clock.now, zone, folder: transfers.folder }
  const run = createRunner({ ...shared, prepare, inTransaction, keeper: library })
  const look = createPreview({ ...shared, comparison: library.comparison })

  const changed = () => emit({ event: 'imports.changed', payload: {} })

  const sourceOf = (handed: Handed): Source => {
    if (!('upload' in handed)) return handed
    const { path, key, bytes } = transfers.sealedOf(handed)
    return { name: handed.name, path, sealed: { key, bytes } }
  }

  const find = (uid: string) => {
    const found = findImport(prepare, uid)
    if (found === undefined) throw new AppError('NO_SUCH_IMPORT')
    return found
  }

  const told = ({ summary, hasSources }: Recorded): ImportSummary => {
    const at = running.get(summary.id)
    // One that nobody reads now was cut short, and one that is being read is not, whatever its row says.
    const cutShort = summary.state === 'running' ? 'interrupted' : summary.state
    const state = at?.does === 'read' ? 'running' : cutShort
    return { ...summary, state, job: at?.job ?? null, canGoOn: at === undefined && hasSources }
  }

  const finish = (id: number, uid: string) => {
    const at = clock.now().toISOString()
    const summary = ledger.record(
      ({ added, changed: renewed, duplicate, failed }): Act => ({
        act: 'import.finished',
        import: uid,
        added,
        changed: renewed,
        duplicate,
        failed,
      }),
      () => {
        setState(prepare, id, 'done', at)
        return find(uid).summary
      },
    )
    if (!couldBeHelped(prepare, id)) discardSources(id)
    return summary
  }

  const discardSources = (id: number) => {
    const { sources } = keptOf(prepare, id)
    forgetSources(prepare, id)
    transfers.discard(sources)
  }

  /** Where the vault was locked nothing can be written, and nothing has to be: it goes on when the vault is opened. */
  const stopped = (id: number, error: unknown, begunIn: number) => {
    if (begunIn !== opening) return
    try {
      const state = toAppError(error)?.code === 'CANCELLED' ? 'stopped' : 'failed'
      setState(prepare, id, state, clock.now().toISOString())
    } catch {
      log.write('import.left', { reason: 'locked' })
    }
  }

  /** By a lock or the person, while the vault is still open: it is not what brought Mindkeep down. */
  const endedInOrder = (id: number) => {
    try {
      setState(prepare, id, 'running', null)
    } catch {
      log.write('import.left', { reason: 'locked' })
    }
  }

  const begin = (id: number, uid: string, options: ImportOptions, { afterCrash = false } = {}) => {
    const { sources } = keptOf(prepare, id)
    const begunIn = opening
    const started = jobs.start(
      'import',
      async (context) => {
        try {
          let keeps = false
          const onKept = () => {
            if (!keeps) setState(prepare, id, 'running', null)
            keeps = true
          }
          const guessed = await inTurn(context.signal, () => {
            if (afterCrash) setState(prepare, id, 'interrupted', null)
            context.signal.addEventListener('abort', () => endedInOrder(id), { once: true })
            return run({ id, sources: sources.map(sourceOf), options, onKept }, context)
          })
          const { files, added, changed: renewed, duplicate, skipped, failed } = finish(id, uid)
          return { import: uid, files, added, changed: renewed, duplicate, skipped, failed, guessed }
        } catch (error) {
          stopped(id, error, begunIn)
          throw error
        } finally {
          if (begunIn === opening) running.delete(uid)
          changed()
        }
      },
      { pausable: true },
    )
    running.set(uid, { job: started.job, does: 'read' })
    changed()
    return started
  }

  const beginUndo = (id: number, uid: string, changedToo: boolean) => {
    const begunIn = opening
    const started = jobs.start(
      'import-undo',
      async (context) => {
        try {
          return await undo(id, uid, changedToo, context)
        } catch (error) {
          if (begunIn === opening) undoStopped(id)
          throw error
        } finally {
          if (begunIn === opening) running.delete(uid)
          changed()
        }
      },
      { pausable: true },
    )
    running.set(uid, { job: started.job, does: 'undo' })
    changed()
    return started
  }

  /** Where the vault was locked nothing can be written: then it goes on when the vault is opened. */
  const undoStopped = (id: number) => {
    try {
      markUndoing(prepare, id, undefined)
    } catch {
      log.write('import.left', { reason: 'locked' })
    }
  }

  const start = (claimed: readonly Handed[], options: ImportOptions) => {
    const uid = randomUUID()
    const at = clock.now().toISOString()
    const row = { uid, name: nameFor(claimed), at, options: withoutPassword(options), sources: [...claimed] }
    const id = addImport(prepare, row)
    return { ...begin(id, uid, options), import: uid }
  }

  const undo = async (id: number, uid: string, changedToo: boolean, { pace, progress }: JobContext) => {
    const { added, changed: renewed } = find(uid).summary
    const done = { removed: 0, restored: 0, kept: 0, handedOver: 0 }
    for (let more = true; more; ) {
      await pace()
      const taken = library.takeBack(id, { changedToo })
      done.removed += taken.removed
      done.restored += taken.restored
      done.kept += taken.kept
      done.handedOver += taken.handedOver
      more = taken.more
      const total = added + renewed
      progress(Math.min(total, done.removed + done.restored + done.kept + done.handedOver), total)
    }
    const act: Act = { act: 'import.undone', import: uid, ...done }
    ledger.record(act, () => {
      setState(prepare, id, 'undone', clock.now().toISOString())
      markUndoing(prepare, id, undefined)
    })
    discardSources(id)
    return done
  }

  return {
    preview(handles: readonly string[], options: ImportOptions) {
      const sources = transfers.look(handles).map(sourceOf)
      return jobs.start('import-preview', (context) => look({ sources, options }, context), { pausable: true })
    },

    start: (handles: readonly string[], options: ImportOptions) => start(transfers.claim(handles), options),

    /** Files that come with Mindkeep itself. */
    startWith: (path: string, name: string) => start([{ path, name }], {}),

    list: (): ImportSummary[] => listImports(prepare).map(told),

    get(uid: string, page: { readonly offset: number; readonly limit: number }) {
      const found = find(uid)
      const { id } = found
      const problems = listProblems(prepare, id, page)
      return {
        summary: told(found),
        files: listFiles(prepare, id, page),
        problems: problems.list,
        problemsInAll: problems.inAll,
      }
    },

    resume(uid: string, options: ImportOptions) {
      const { id, summary } = find(uid)
      if (running.has(uid)) throw new AppError('IMPORT_RUNNING')
      const { options: kept, sources } = keptOf(prepare, id)
      if (summary.state === 'undone' || sources.length === 0) throw new AppError('NO_SUCH_IMPORT')
      const { locked: _, undoing: __, ...before } = kept
      const all = { ...before, ...options }
      inTransaction(() => {
        keepOptions(prepare, id, all)
        setState(prepare, id, 'running', null)
      })
      return begin(id, uid, all)
    },

    undo(uid: string, { changedToo }: { readonly changedToo: boolean }) {
      const { id, summary } = find(uid)
      if (running.has(uid)) throw new AppError('IMPORT_RUNNING')
      if (summary.state === 'undone') throw new AppError('NO_SUCH_IMPORT')
      markUndoing(prepare, id, { changedToo })
      return beginUndo(id, uid, changedToo)
    },

    /**
     * When the vault was opened: what a crash, a lock or a restart cut short goes on by itself, where Mindkeep stays open. A
     * command that ends a moment later would only begin it over and over.
     */
    goOn() {
      opening += 1
      running.clear()
      const longAgo = new Date(clock.now().getTime() - daysToGoOn * 86_400_000)
      for (const id of endedBefore(prepare, longAgo.toISOString())) discardSources(id)
      transfers.sweep(sourcesStillNeeded(prepare))
      if (!staysOpen) return
      for (const { id, uid } of unfinishedUndos(prepare)) {
        const { undoing } = keptOf(prepare, id).options
        if (undoing !== undefined && !running.has(uid)) beginUndo(id, uid, undoing.changedToo)
      }
      for (const { id, uid, state } of unfinishedImports(prepare)) {
        if (running.has(uid)) continue
        const { locked, undoing: _, ...options } = keptOf(prepare, id).options
        // One whose password only the person knows waits for the person, and so does one that was cut short twice without
        // keeping anything in between: it may be what brought Mindkeep down.
        if (!locked && state === 'running') begin(id, uid, options, { afterCrash: true })
      }
    },
  }
}

const longestName = 120

/** What stands in a folder that was handed in came as that folder; two files of one name are still two. */
function nameFor(claimed: readonly Handed[]): ImportName {
  const folders = new Set<string>()
  const names = claimed.flatMap(({ name }) => {
    const [first = name, inside] = name.split('/')
    if (inside === undefined) return [first]
    if (folders.has(first)) return []
    folders.add(first)
    return [first]
  })
  return { first: (names[0] ?? '').slice(0, longestName), more: names.length - 1 }
}
