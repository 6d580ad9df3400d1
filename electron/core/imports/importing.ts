// An import as a job: one is read at a time, and how each of them stands is written down before anybody can ask, so that it
// goes on wherever it is cut short.
import type { ImportOptions } from '../../../shared/api/imports.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { toAppError } from '../failures.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Handed } from '../transfers/transfers.ts'
import type { OpenVault } from '../vault/vault.ts'
import { eachAlone } from './each-alone.ts'
import { couldBeHelped } from './file-rows.ts'
import type { IfPossible } from './if-possible.ts'
import { importNamed, keptOf, setState, unfinishedImports } from './import-rows.ts'
import { createQueue } from '../queue.ts'
import type { Run } from './runner.ts'
import type { Sources } from './sources.ts'
import { whileWrittenOnce } from './written-once.ts'
import type { Underway } from './underway.ts'

interface ImportingParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly clock: Clock
  readonly run: Run
  readonly underway: Underway
  readonly sources: Sources
  readonly ifPossible: IfPossible
}

interface Begun {
  readonly id: number
  readonly uid: string
  readonly options: ImportOptions
  readonly afterCrash?: boolean
}

export function createImporting({
  openVault,
  prepare,
  ledger,
  clock,
  run,
  underway,
  sources,
  ifPossible,
}: ImportingParts) {
  /** Two readers hold twice the memory and share one disk. */
  const inTurn = createQueue()

  const now = () => clock.now().toISOString()

  const finish = (id: number, uid: string) => {
    const at = now()
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
        return importNamed(prepare, uid).summary
      },
    )
    if (!couldBeHelped(prepare, id)) sources.discard(id)
    return summary
  }

  const read = async ({ id, uid, options, afterCrash }: Begun, from: readonly Handed[], context: JobContext) => {
    let keeps = false
    const onKept = () => {
      if (!keeps) setState(prepare, id, 'running', null)
      keeps = true
    }
    const guessed = await inTurn(context, () => {
      if (afterCrash === true) setState(prepare, id, 'interrupted', null)
      // While the vault is still open: it is not what brought Mindkeep down, and what the person has stopped stays stopped.
      const endedInOrder = () =>
        ifPossible(() => {
          if (toAppError(context.signal.reason)?.code === 'CANCELLED') setState(prepare, id, 'stopped', now())
          else setState(prepare, id, 'running', null)
        })
      context.signal.addEventListener('abort', endedInOrder, { once: true })
      const { isSample: isOurs } = importNamed(prepare, uid).summary.name
      const toRead = sources.toRead(from).map((source) => ({ ...source, isOurs }))
      return whileWrittenOnce(openVault().db, () => run({ id, sources: toRead, options, onKept }, context))
    })
    return { ...finish(id, uid), guessed }
  }

  const begin = (begun: Begun) => {
    const { id, uid } = begun
    const { sources: from } = keptOf(prepare, id)
    return underway.begin(uid, {
      does: 'read',
      async act(context) {
        const { files, added, changed: renewed, duplicate, skipped, failed, guessed } = await read(begun, from, context)
        return { import: uid, files, added, changed: renewed, duplicate, skipped, failed, guessed }
      },
      onCutShort: (error) =>
        ifPossible(() => {
          const state = toAppError(error)?.code === 'CANCELLED' ? 'stopped' : 'failed'
          setState(prepare, id, state, now())
        }),
    })
  }

  return {
    begin,

    /** What a crash, a lock or a restart cut short. */
    goOn() {
      eachAlone(unfinishedImports(prepare), ({ id, uid, state }) => {
        if (underway.has(uid)) return
        const { locked, ...options } = keptOf(prepare, id).options
        // One whose password only the person knows waits for the person, and so does one that was cut short twice without
        // keeping anything in between: it may be what brought Mindkeep down.
        if (!locked && state === 'running') begin({ id, uid, options, afterCrash: true })
      })
    },
  }
}
