// Taking an import back, as a job that can be stopped and gone on with: what it added goes, what it changed is as it was
// before. An export that came back is taken back in the same way, by those who brought it.
import type { ImportUndone } from '../../../shared/api/imports.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Exports, Undoing } from '../exports/exports.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Library } from '../library/library.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import { eachAlone } from './each-alone.ts'
import type { IfPossible } from './if-possible.ts'
import { importNamed, markUndoing, setState, unfinishedUndos } from './import-rows.ts'
import type { Sources } from './sources.ts'
import type { Underway } from './underway.ts'

interface UndoingParts {
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly clock: Clock
  readonly library: Pick<Library, 'takeBack'>
  readonly broughtBack: Pick<Exports, 'find' | 'takeBack' | 'markUndoing' | 'unfinishedUndos'>
  readonly underway: Underway
  readonly sources: Sources
  readonly ifPossible: IfPossible
}

interface How {
  readonly changedToo: boolean
}

/** An import, or an export that came back. */
interface Undoable {
  readonly uid: string
  readonly mark: (undoing: Undoing | null) => void
  readonly takeBack: (how: How, context: JobContext) => Promise<ImportUndone>
}

type Unfinished = ReturnType<Exports['unfinishedUndos']>[number]

export function createUndoing(parts: UndoingParts) {
  const { prepare, ledger, clock, library, broughtBack, underway, sources, ifPossible } = parts

  const takeBack = async (uid: string, id: number, { changedToo }: How, { pace, progress }: JobContext) => {
    const { added, changed } = importNamed(prepare, uid).summary
    const total = added + changed
    const done = { removed: 0, restored: 0, kept: 0, handedOver: 0 }
    const takeSome = library.takeBack(id, { changedToo })
    for (;;) {
      await pace()
      const taken = takeSome()
      if (taken === undefined) break
      done.removed += taken.removed
      done.restored += taken.restored
      done.kept += taken.kept
      done.handedOver += taken.handedOver
      progress(Math.min(total, done.removed + done.restored + done.kept + done.handedOver), total)
    }
    const act: Act = { act: 'import.undone', import: uid, ...done }
    ledger.record(act, () => {
      setState(prepare, id, 'undone', clock.now().toISOString())
      markUndoing(prepare, id, null)
    })
    sources.discard(id)
    return done
  }

  const ofImport = (uid: string): Undoable => {
    const { id } = importNamed(prepare, uid)
    return {
      uid,
      mark: (undoing) => markUndoing(prepare, id, undoing),
      takeBack: (how, context) => takeBack(uid, id, how, context),
    }
  }

  const ofExport = (uid: string): Undoable => ({
    uid,
    mark: (undoing) => broughtBack.markUndoing(uid, undoing),
    takeBack: ({ changedToo }, context) => broughtBack.takeBack(uid, changedToo, context),
  })

  const begin = ({ uid, mark, takeBack: act }: Undoable, how: How) =>
    underway.begin(uid, {
      does: 'undo',
      act: (context) => act(how, context),
      // Part of it may be gone: whoever goes on with the import has to know.
      onCutShort: () => ifPossible(() => mark('stopped')),
    })

  return {
    undo(uid: string, how: How): { readonly job: string } {
      underway.insistOnNobody(uid)
      const cameBack = broughtBack.find(uid)
      if (cameBack !== undefined && cameBack.job !== null) throw new AppError('IMPORT_RUNNING')
      const { state } = cameBack ?? importNamed(prepare, uid).summary
      if (state === 'undone') throw new AppError('IMPORT_UNDONE')
      const undoable = cameBack === undefined ? ofImport(uid) : ofExport(uid)
      undoable.mark(how.changedToo ? 'all' : 'unchanged')
      return begin(undoable, how)
    },

    /** What a crash or a lock cut short. */
    goOn() {
      const goOnWith = (find: (uid: string) => Undoable) => (one: Unfinished) => {
        if (!underway.has(one.uid)) begin(find(one.uid), { changedToo: one.undoing === 'all' })
      }
      eachAlone(
        [
          () => eachAlone(unfinishedUndos(prepare), goOnWith(ofImport)),
          () => eachAlone(broughtBack.unfinishedUndos(), goOnWith(ofExport)),
        ],
        (act) => act(),
      )
    },
  }
}
