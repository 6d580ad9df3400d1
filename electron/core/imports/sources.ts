// Where imports come from: files that were handed in. They are kept as long as an import may have to read them again, and
// no longer: an upload takes room, and a path says what is on this computer.
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Handed, Transfers } from '../transfers/transfers.ts'
import { forgetSources, keptOf, leftSince, sourcesStillNeeded } from './import-rows.ts'
import type { Source } from './walk.ts'

interface SourcesParts {
  readonly prepare: Prepare
  readonly transfers: Transfers
  readonly clock: Clock
}

/** One that nobody has gone on with for so long gives back the room that its files take. */
const daysToGoOn = 30

export function createSources({ prepare, transfers, clock }: SourcesParts) {
  const toRead = (handed: Handed): Source => {
    if (!('upload' in handed)) return handed
    const { path, key, bytes } = transfers.sealedOf(handed)
    return { name: handed.name, path, sealed: { key, bytes } }
  }

  const discard = (id: number) => {
    const { sources } = keptOf(prepare, id)
    forgetSources(prepare, id)
    transfers.discard(sources)
  }

  return {
    /** As a reader is given them; their keys stay here. */
    toRead: (handed: readonly Handed[]): Source[] => handed.map(toRead),

    discard,

    /** What nobody needs any more. */
    sweep() {
      const longAgo = new Date(clock.now().getTime() - daysToGoOn * 86_400_000)
      for (const id of leftSince(prepare, longAgo.toISOString())) discard(id)
      transfers.sweep(sourcesStillNeeded(prepare))
    },
  }
}
export type Sources = ReturnType<typeof createSources>
