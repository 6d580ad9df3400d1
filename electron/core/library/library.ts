// The library: everything a person owns, as items. (Front door.) The only place that writes items; every act of the person
// is one transaction that can be taken back.
import type { AppEvent } from '../../../shared/api/events.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import { createPrepare } from '../prepared.ts'
import type { Search } from '../search/search.ts'
import type { Blobs, OpenVault } from '../vault/vault.ts'
import { createActs } from './acts.ts'
import { createAdding } from './adding.ts'
import { createChanges } from './changes.ts'
import { createFiles } from './files.ts'
import { readItem } from './item.ts'
import { createList } from './list.ts'
import { createNames } from './names.ts'
import { createNotes } from './notes.ts'
import { createPeople } from './people.ts'
import { createRecent } from './recent.ts'
import { createRemoving } from './removing.ts'
import { createTakingBack } from './taking-back.ts'
import { createWords } from './words.ts'

export type { Outcome, StagedItems } from './adding.ts'
export type { TakenBack } from './taking-back.ts'
export type { NewAttachment, NewItem, NewLink, NewPerson, When } from './new-item.ts'

interface LibraryParts {
  /** The open vault; throws where there is none. */
  readonly openVault: () => OpenVault
  readonly ledger: Ledger
  readonly clock: Clock
  readonly blobs: Blobs
  readonly search: Pick<Search, 'put' | 'drop'>
  readonly emit: (event: AppEvent) => void
}

export function createLibrary({ openVault, ledger, clock, blobs, search, emit }: LibraryParts) {
  const prepare = createPrepare(openVault)
  const recent = createRecent({ openVault, clock, emit })
  const { changed } = recent
  const words = createWords({ openVault, search })
  const changes = createChanges({ prepare, ledger, clock, words, changed })
  const list = createList({ prepare, recent })
  const names = createNames({ prepare })
  const people = createPeople({ prepare })
  const files = createFiles({ prepare, blobs })
  const parts = { openVault, prepare, clock, words, changes, list, names, people, files, changed }
  const adding = createAdding(parts)
  const { write: writeNote, ...notes } = createNotes(parts)

  return {
    /** For importers: seals their files, then adds them in the caller's own transaction. */
    stage: adding.stage,
    compare: adding.compare,
    takeBack: createTakingBack({ ...parts, remove: createRemoving(parts) }),
    list: list.list,
    get: (uid: string) => readItem(prepare, uid),
    people: people.like,
    writeNote,
    ...notes,
    ...createActs(parts),
    undo: changes.undo,
  }
}
export type Library = ReturnType<typeof createLibrary>
