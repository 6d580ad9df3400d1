// The runner over a real vault's tables, with a real process that reads and a keeper that only remembers: what becomes of an
// import whatever its readers do.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { part, want } from '../../../electron/core/imports/protocol.ts'
import { listFiles, listProblems } from '../../../electron/core/imports/file-rows.ts'
import { addImport } from '../../../electron/core/imports/import-rows.ts'
import { createRunner } from '../../../electron/core/imports/runner.ts'
import type { StartProcess } from '../../../electron/core/ports.ts'
import { createPrepare } from '../../../electron/core/prepared.ts'
import { createProcess, startNodeProcess } from '../../../electron/core/processes.ts'
import { openDatabase } from '../../../electron/core/vault/db.ts'
import { migrate } from '../../../electron/core/vault/migrate.ts'
import { AppError } from '../../../shared/errors.ts'
import { z } from 'zod'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { folderOf } from './support.ts'

/** A reader on the real clock, so that a hang costs a test two seconds. */
const clock = {
  now: () => new Date(),
  after(ms: number, task: () => void) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** It has begun by then, and reads files of a line. */
export const quiet = 3_000

interface Options {
  readonly quietMs?: number
  readonly startProcess?: StartProcess
  /** Before items are kept. */
  readonly onStage?: () => Promise<void>
}

export function readingProcesses({ quietMs = quiet, startProcess = startNodeProcess, onStage }: Options = {}) {
  const folder = temporaryFolder()
  const path = join(folder, 'vault.db')
  const db = openDatabase({ path, key: randomBytes(32), cipher: 'aegis', create: true })
  migrate(db, path)
  onTestFinished(() => void db.close())
  const prepare = createPrepare(() => ({ db }))
  const titles: string[] = []
  const run = createRunner({
    prepare,
    inTransaction: (act) => db.transaction(act).immediate(),
    async stage(items) {
      if (items.length > 0) await onStage?.()
      return {
        batch: (keep) =>
          keep((_file, from, count) => {
            titles.push(...items.slice(from, from + count).map(({ title }) => title))
            return Array.from({ length: count }, () => 'added' as const)
          }),
        drop() {},
      }
    },
    createReader: () =>
      createProcess({
        startProcess,
        program: { module: new URL('./hostile-reader.process.ts', import.meta.url).href, heapMiB: 192 },
        clock,
        idleMs: 0,
        limits: { memoryMiB: 400, startMs: 60_000, quietMs },
        says: { answer: z.null(), part, want },
      }),
    now: () => new Date(),
    zone: 'UTC',
    folder,
  })
  const results = (id: number) => ({
    titles,
    files: Object.fromEntries(listFiles(prepare, id, { offset: 0, limit: 100 }).map((file) => [file.path, file])),
    problems: Object.fromEntries(
      listProblems(prepare, id, { offset: 0, limit: 100 }).map((problem) => [problem.path, problem]),
    ),
  })
  const goOn = async (id: number, source: string, abort = new AbortController()) => {
    const context = {
      signal: abort.signal,
      progress() {},
      async pace() {
        if (abort.signal.aborted) throw new AppError('CANCELLED')
      },
      wait: (turn: Promise<void>) => turn,
    }
    const sources = [{ name: 'in', path: source }]
    await run({ id, sources, options: {}, onKept() {} }, context)
    return results(id)
  }
  const begin = (source: string) =>
    addImport(prepare, {
      uid: 'i',
      name: { first: 'in', more: 0, isSample: false },
      at: 't',
      options: { locked: false },
      sources: [{ name: 'in', path: source }],
    })
  const read = (files: Readonly<Record<string, string>>) => {
    const source = folderOf(files)
    return goOn(begin(source), source)
  }
  return { begin, goOn, read, results, titles }
}
