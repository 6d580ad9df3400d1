// Which imports are being read or taken back by now, and by which job. The vault may be locked and opened again while a job
// of before still ends: what that one has to say concerns nobody any more.
import type { ImportSummary } from '../../../shared/api/imports.ts'
import type { JobResults } from '../../../shared/api/jobs.ts'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { OpenVault } from '../vault/vault.ts'

const kinds = { read: 'import', undo: 'import-undo' } as const
type Does = keyof typeof kinds

interface Work<D extends Does> {
  readonly does: D
  readonly act: (context: JobContext) => Promise<JobResults[(typeof kinds)[D]]>
  /** Told where it ended before it was done, but not where it was called off for the sake of the vault: that is nobody's wish. */
  readonly onCutShort: (error: unknown) => void
}

interface UnderwayParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly jobs: Jobs
  readonly changed: () => void
}

export function createUnderway({ openVault, jobs, changed }: UnderwayParts) {
  const running = new Map<string, { readonly job: string; readonly does: Does; readonly db: OpenVault['db'] }>()

  /** The vault may be open again before anybody has said so: it is another database then. */
  const isOpen = (db: OpenVault['db']): boolean => {
    try {
      return openVault().db === db
    } catch {
      return false
    }
  }

  const at = (uid: string) => {
    const found = running.get(uid)
    return found !== undefined && isOpen(found.db) ? found : undefined
  }

  return {
    has: (uid: string): boolean => at(uid) !== undefined,

    insistOnNobody(uid: string) {
      if (at(uid) !== undefined) throw new AppError('IMPORT_RUNNING')
    },

    begin<D extends Does>(uid: string, { does, act, onCutShort }: Work<D>): { readonly job: string } {
      const { db } = openVault()
      const started = jobs.start(
        kinds[does],
        async (context) => {
          try {
            return await act(context)
          } catch (error) {
            if (isOpen(db) && !isCalledOff(context.signal)) onCutShort(error)
            throw error
          } finally {
            if (running.get(uid)?.job === started.job) running.delete(uid)
            changed()
          }
        },
        { pausable: true },
      )
      running.set(uid, { job: started.job, does, db })
      changed()
      return started
    },

    /** As its rows have it, told as it is by now. */
    told<T extends Omit<ImportSummary, 'job'>>(summary: T): T & Pick<ImportSummary, 'job'> {
      const now = at(summary.id)
      // One that nobody reads now was cut short, and one that is being read is not, whatever its row says.
      const left = summary.state === 'running' ? 'interrupted' : summary.state
      const state = now === undefined ? left : stateWhile[now.does]
      return { ...summary, state, job: now?.job ?? null, canGoOn: now === undefined && summary.canGoOn }
    },
  }
}
const stateWhile = { read: 'running', undo: 'undoing' } as const

/** For a lock, or for what takes the vault's place; not by the person. */
const isCalledOff = ({ aborted, reason }: AbortSignal): boolean => aborted && toAppError(reason)?.code !== 'CANCELLED'

export type Underway = ReturnType<typeof createUnderway>
