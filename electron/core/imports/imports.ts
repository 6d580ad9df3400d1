// Bringing files in: preview, import, resume, undo. It reads nothing by itself and writes no item: a process of its own
// reads (reader/), the library keeps. What it knows of an import outlives the process that began it. An export that came
// back is listed and taken back here as well. (Front door.)
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Output } from '../../../shared/api/api.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import type { ImportName, ImportOptions, ImportSummary, ImportedFile } from '../../../shared/api/imports.ts'
import { AppError } from '../../../shared/errors.ts'
import { longestImportName } from '../../../shared/item-names.ts'
import type { Exports } from '../exports/exports.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Library } from '../library/library.ts'
import type { Clock, Log, StartProcess } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import { createProcess } from '../processes.ts'
import type { Handed, Transfers } from '../transfers/transfers.ts'
import type { OpenVault } from '../vault/vault.ts'
import type { Reader } from './attending.ts'
import { eachAlone } from './each-alone.ts'
import { createIfPossible } from './if-possible.ts'
import { listFiles, listProblems, reopenAll, unlistedProblems } from './file-rows.ts'
import {
  addImport,
  importNamed,
  isPartlyUndone,
  keepOptions,
  keptOf,
  listImports,
  markUndoing,
  setState,
  withoutPassword,
} from './import-rows.ts'
import { createImporting } from './importing.ts'
import { createPreview } from './preview.ts'
import { part, want } from './protocol.ts'
import { createRunner } from './runner.ts'
import { createSources } from './sources.ts'
import { createUnderway } from './underway.ts'
import { createUndoing } from './undoing.ts'

interface ImportsParts {
  readonly openVault: () => OpenVault
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
  readonly transfers: Transfers
  readonly library: Pick<Library, 'stage' | 'comparison' | 'takeBack' | 'forgetErasedFiles'>
  /** Exports that came back into this vault. */
  readonly broughtBack: Pick<Exports, 'list' | 'find' | 'takeBack' | 'markUndoing' | 'unfinishedUndos'>
  readonly startProcess: StartProcess
  /** Until somebody closes it: a command ends when it has answered. */
  readonly staysOpen: boolean
}

const module = new URL(`./reader.process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href
/** No file that a person has needs more: what is larger is read as it comes. */
const limits = { memoryMiB: 512, startMs: 120_000, quietMs: 30_000 }
const heapMiB = 256

export function createImports(parts: ImportsParts) {
  const { openVault, prepare, jobs, clock, log, emit } = parts
  const { transfers, library, broughtBack, startProcess, staysOpen } = parts
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
  /**
   * Not flushed one by one: what a power cut takes of them is read again when the import goes on. The act that tells of its end
   * is flushed, and with it everything before.
   */
  const unflushed = (act: () => void) => {
    const { db } = openVault()
    db.pragma('synchronous = NORMAL')
    try {
      inTransaction(act)
    } finally {
      db.pragma('synchronous = FULL')
    }
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const shared = { createReader, now: clock.now, zone, folder: transfers.folder }
  const run = createRunner({ ...shared, prepare, inTransaction: unflushed, stage: library.stage })
  const look = createPreview({ ...shared, comparison: library.comparison })

  const ifPossible = createIfPossible({ log })
  const changed = () => emit({ event: 'imports.changed', payload: {} })
  const underway = createUnderway({ openVault, jobs, changed })
  const sources = createSources({ prepare, inTransaction, transfers, clock, library })
  const undoing = createUndoing({ ...parts, underway, sources, ifPossible })

  const importing = createImporting({ ...parts, run, underway, sources, ifPossible })

  const start = (claimed: readonly Handed[], options: ImportOptions, isSample = false) => {
    const uid = randomUUID()
    const at = clock.now().toISOString()
    const name = { ...nameFor(claimed), isSample }
    const row = { uid, name, at, options: withoutPassword(options), sources: [...claimed] }
    const id = addImport(prepare, row)
    return { ...importing.begin({ id, uid, options }), import: uid }
  }

  const toldBack = (summary: ImportSummary): ImportSummary =>
    underway.has(summary.id) ? underway.told(summary) : summary

  return {
    preview(handles: readonly string[], options: ImportOptions) {
      const from = sources.toRead(transfers.look(handles))
      return jobs.start('import-preview', (context) => look({ sources: from, options }, context), { pausable: true })
    },

    start: (handles: readonly string[], options: ImportOptions) => start(transfers.claim(handles), options),

    /** The files that come with Mindkeep itself, which nobody handed in: no other import is marked as the sample. */
    startSample: (files: { readonly path: string; readonly name: string }) => start([files], {}, true),

    /** The latest first. */
    list: (): ImportSummary[] =>
      [...broughtBack.list().map(toldBack), ...listImports(prepare).map(underway.told)].toSorted(
        (one, other) => Number(one.at < other.at) - Number(one.at > other.at),
      ),

    get(uid: string, page: { readonly offset: number; readonly limit: number }): Output<'imports.get'> {
      const cameBack = broughtBack.find(uid)
      // An export is one file, and comes back whole or not at all.
      if (cameBack !== undefined)
        return { summary: toldBack(cameBack), files: [], problems: [], problemsInAll: 0, problemsUnlisted: 0 }
      const { id, summary, problems } = importNamed(prepare, uid)
      const told = underway.told(summary)
      const files = listFiles(prepare, id, page)
      return {
        summary: told,
        // What was being read when it was stopped waits to be gone on with.
        files: told.job === null ? files.map(waiting) : files,
        problems: listProblems(prepare, id, page),
        problemsInAll: problems,
        problemsUnlisted: unlistedProblems(prepare, id),
      }
    },

    resume(uid: string, options: ImportOptions) {
      const { id, summary } = importNamed(prepare, uid)
      underway.insistOnNobody(uid)
      const { options: kept, sources: from } = keptOf(prepare, id)
      if (summary.state === 'undone') throw new AppError('IMPORT_UNDONE')
      if (from.length === 0) throw new AppError('IMPORT_FILES_GONE')
      const { locked: _, ...before } = kept
      const all = { ...before, ...options }
      inTransaction(() => {
        if (isPartlyUndone(prepare, id)) {
          reopenAll(prepare, id)
          markUndoing(prepare, id, null)
        }
        keepOptions(prepare, id, all)
        setState(prepare, id, 'running', null)
      })
      return importing.begin({ id, uid, options: all })
    },

    undo: undoing.undo,

    keptUploads: sources.keptUploads,

    /**
     * When the vault was opened: what a crash, a lock or a restart cut short goes on by itself, where Mindkeep stays open. A
     * command that ends a moment later would only begin it over and over.
     */
    goOn() {
      const goingOn = staysOpen ? [undoing.goOn, importing.goOn] : []
      eachAlone([sources.sweep, ...goingOn], (act) => act())
    },
  }
}
const waiting = (file: ImportedFile): ImportedFile => (file.state === 'reading' ? { ...file, state: 'waiting' } : file)

export type Imports = ReturnType<typeof createImports>

/** What stands in a folder that was handed in came as that folder; two files of one name are still two. */
function nameFor(claimed: readonly Handed[]): Omit<ImportName, 'isSample'> {
  const folders = new Set<string>()
  const names = claimed.flatMap(({ name }) => {
    const [first = name, inside] = name.split('/')
    if (inside === undefined) return [first]
    if (folders.has(first)) return []
    folders.add(first)
    return [first]
  })
  return { first: (names[0] ?? '').slice(0, longestImportName), more: names.length - 1 }
}
