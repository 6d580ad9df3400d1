// Taking an import back, as a job that can be stopped and gone on with: what it added goes, what it changed is as it was
// before. An export that came back is taken back in the same way, by those who brought it.
import type { ImportSummary } from '../../../shared/api/imports.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Exports } from '../exports/exports.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Library } from '../library/library.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import { eachAlone } from './each-alone.ts'
import { importNamed, keptOf, markUndoing, setState, unfinishedUndos } from './import-rows.ts'
import type { Sources } from './sources.ts'
import type { Underway } from './underway.ts'

interface UndoingParts {
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly clock: Clock
  readonly library: Pick<Library, 'takeBack'>
  readonly broughtBack: Pick<Exports, 'find' | 'takeBack'>
  readonly underway: Underway
  readonly sources: Sources
  /** Runs an act that only a lock can keep from being done; then it is done when the vault is opened. */
  readonly unlessLocked: (act: () => void) => void
}

interface How {
  readonly changedToo: boolean
}

export function createUndoing(parts: UndoingParts) {
  const { prepare, ledger, clock, library, broughtBack, underway, sources, unlessLocked } = parts

  const takeBack = async (uid: string, id: number, { changedToo }: How, { pace, progress }: JobContext) => {
    const { added, changed } = importNamed(prepare, uid).summary
    const total = added + changed
    const done = { removed: 0, restored: 0, kept: 0, handedOver: 0 }
    for (let more = true; more; ) {
      await pace()
      const taken = library.takeBack(id, { changedToo })
      done.removed += taken.removed
      done.restored += taken.restored
      done.kept += taken.kept
      done.handedOver += taken.handedOver
      more = taken.more
      progress(Math.min(total, done.removed + done.restored + done.kept + done.handedOver), total)
    }
    const act: Act = { act: 'import.undone', import: uid, ...done }
    ledger.record(act, () => {
      setState(prepare, id, 'undone', clock.now().toISOString())
      markUndoing(prepare, id, undefined)
    })
    sources.discard(id)
    return done
  }

  const begin = (uid: string, id: number, how: How) =>
    underway.begin(uid, {
      does: 'undo',
      act: (context) => takeBack(uid, id, how, context),
      onCutShort: () => unlessLocked(() => markUndoing(prepare, id, undefined)),
    })

  const undoExport = ({ id: uid, state, job }: ImportSummary, { changedToo }: How) => {
    if (job !== null) throw new AppError('IMPORT_RUNNING')
    if (state === 'undone') throw new AppError('NO_SUCH_IMPORT')
    const act = (context: JobContext) => broughtBack.takeBack(uid, changedToo, context)
    return underway.begin(uid, { does: 'undo', act, onCutShort() {} })
  }

  return {
    undo(uid: string, how: How): { readonly job: string } {
      underway.insistOnNobody(uid)
      const cameBack = broughtBack.find(uid)
      if (cameBack !== undefined) return undoExport(cameBack, how)
      const { id, summary } = importNamed(prepare, uid)
      if (summary.state === 'undone') throw new AppError('NO_SUCH_IMPORT')
      markUndoing(prepare, id, how)
      return begin(uid, id, how)
    },

    /** What a crash or a lock cut short. */
    goOn() {
      eachAlone(unfinishedUndos(prepare), ({ id, uid }) => {
        const { undoing } = keptOf(prepare, id).options
        if (undoing !== undefined && !underway.has(uid)) begin(uid, id, undoing)
      })
    },
  }
}
