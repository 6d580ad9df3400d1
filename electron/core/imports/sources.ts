// Where imports come from: files that were handed in. They are kept as long as an import may have to read them again, and
// no longer: an upload takes room, and a path says what is on this computer.
import type { z } from 'zod'
import type { erased } from '../../../shared/api/library.ts'
import type { Library } from '../library/library.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Handed, Transfers } from '../transfers/transfers.ts'
import { forgetSources, keptOf, leftSince, sourcesStillNeeded, withUploads } from './import-rows.ts'
import type { Source } from './walk.ts'

interface SourcesParts {
  readonly prepare: Prepare
  readonly inTransaction: (act: () => void) => void
  readonly transfers: Transfers
  readonly clock: Clock
  readonly library: Pick<Library, 'forgetErasedFiles'>
}

/** One that nobody has gone on with for so long gives back the room that its files take. */
const keptMs = 30 * 86_400_000

export function createSources({ prepare, inTransaction, transfers, clock, library }: SourcesParts) {
  const toRead = (handed: Handed): Source => {
    if (!('upload' in handed)) return handed
    const { path, key, bytes } = transfers.sealedOf(handed)
    return { name: handed.name, path, sealed: { key, bytes }, changed: handed.changed }
  }

  const discard = (id: number) => {
    const { sources } = keptOf(prepare, id)
    inTransaction(() => {
      forgetSources(prepare, id)
      library.forgetErasedFiles([id])
    })
    transfers.discard(sources)
  }

  return {
    /** As a reader is given them; their keys stay here. */
    toRead: (handed: readonly Handed[]): Source[] => handed.map(toRead),

    discard,

    /** Of these imports, those whose uploads still lie here: what was erased may be in them. */
    keptUploads: (imports: readonly number[]): z.infer<typeof erased>['uploads'] =>
      withUploads(prepare, imports).map(({ name, ended }) => ({
        name,
        until: ended === null ? null : new Date(Date.parse(ended) + keptMs).toISOString(),
      })),

    /** What nobody needs any more. */
    sweep() {
      const longAgo = new Date(clock.now().getTime() - keptMs)
      for (const id of leftSince(prepare, longAgo.toISOString())) discard(id)
      transfers.sweep(sourcesStillNeeded(prepare))
    },
  }
}
export type Sources = ReturnType<typeof createSources>
