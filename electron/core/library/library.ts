// The library: everything a person owns, as items. (Front door.) The only place that writes items; every act of the person
// is one transaction that can be taken back.
import type { AppEvent } from '../../../shared/api/events.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock, Log } from '../ports.ts'
import { createPrepare } from '../prepared.ts'
import type { Search } from '../search/search.ts'
import type { Blobs, OpenVault } from '../vault/vault.ts'
import { createActs } from './acts.ts'
import { createAdding } from './adding.ts'
import { createBringingBack } from './bringing-back.ts'
import { createChanges } from './changes.ts'
import { createCounts } from './counts.ts'
import { type ErasingParts, createErasing } from './erasing.ts'
import { createCollections, createFacets } from './facets.ts'
import { createFiles } from './files.ts'
import { readItem } from './item.ts'
import { createHandingOver } from './handing-over.ts'
import { createForgetting } from './forgetting.ts'
import { createKeepingHouse } from './keeping-house.ts'
import { createList } from './list.ts'
import { createNames } from './names.ts'
import { createNotes } from './notes.ts'
import { createPeople } from './people.ts'
import { createRecent } from './recent.ts'
import { createRemoving } from './removing.ts'
import { createTakingBack } from './taking-back.ts'
import { createTimeline } from './timeline.ts'
import { createWords } from './words.ts'

export type { NewAttachment, NewItem, NewLink, NewPerson, When } from './new-item.ts'

interface LibraryParts {
  /** The open vault; throws where there is none. */
  readonly openVault: () => OpenVault
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Log
  readonly blobs: Blobs
  /** Those there are, and until when each is kept. */
  readonly backups: ErasingParts['backups']
  readonly copies: ErasingParts['copies']
  readonly keptUploads: ErasingParts['keptUploads']
  readonly emptyLog: ErasingParts['emptyLog']
  readonly noteCutShort: ErasingParts['noteCutShort']
  readonly search: Pick<Search, 'put' | 'drop' | 'settle' | 'goOn' | 'foldWord'>
  readonly emit: (event: AppEvent) => void
}

export function createLibrary({
  openVault,
  ledger,
  jobs,
  clock,
  log,
  blobs,
  backups,
  copies,
  keptUploads,
  emptyLog,
  noteCutShort,
  search,
  emit,
}: LibraryParts) {
  const prepare = createPrepare(openVault)
  const recent = createRecent({ openVault, clock, emit })
  const { changed } = recent
  const counts = createCounts({ prepare })
  const words = createWords({ search, counts })
  const names = createNames({ prepare })
  const changes = createChanges({ prepare, ledger, clock, words, counts, names, changed })
  const list = createList({ prepare, recent, counts })
  const people = createPeople({ prepare, fold: search.foldWord })
  const files = createFiles({ prepare, blobs })
  const parts = { openVault, prepare, recent, clock, words, counts, changes, list, names, people, files, changed }
  const adding = createAdding(parts)
  const remove = createRemoving(parts)
  const handOver = createHandingOver(parts)
  const forgetting = createForgetting({ prepare })
  const held = { backups, copies, keptUploads, noteCutShort }
  const erasing = createErasing({ ...parts, ...held, ledger, jobs, blobs, emptyLog, remove, forgetting })
  const house = createKeepingHouse({
    clock,
    log,
    changes,
    emptyTrash: erasing.emptyTrash,
    emptyLog,
    sweepFiles: blobs.sweep,
    settleWords: () => {
      // An erasure that is under way ends with it.
      if (!jobs.isRunning('erase')) search.goOn()
    },
  })
  const { write: writeNote, ...notes } = createNotes(parts)

  return {
    /** For importers: seals their files, then adds them in the caller's own transaction. */
    stage: adding.stage,
    comparison: adding.comparison,
    takeBack: createTakingBack({ ...parts, remove, handOver }),
    /** Of these imports, once they have given back their files. In the caller's transaction. */
    forgetErasedFiles: forgetting.forgetIn,
    /** For exports that come back, … */
    bringBack: createBringingBack(parts),
    /** … and are taken back: in the caller's transaction, for good. */
    remove(items: readonly number[]) {
      remove(items)
      changed()
    },
    /** For exports, too, which bring collections and take them back on their own. After the commit. */
    changed,
    /** What a later import has brought anew is that one's from now on. In the caller's transaction. */
    handOver,
    /** Up to this one. */
    dropVersions(item: number, upTo: number) {
      prepare('DELETE FROM versions WHERE item = ? AND version <= ?').run(item, upTo)
    },
    /** Which an export made: from here on each is there for what lies in it. In the caller's transaction. */
    giveUpCollections: names.giveUp,
    list: list.list,
    newest: list.newest,
    get: (uid: string) => readItem(prepare, uid),
    people: people.like,
    writeNote,
    ...notes,
    ...createActs(parts),
    undo: changes.undo,
    lastChange: changes.last,
    facets: createFacets(parts),
    collections: createCollections(parts),
    timeline: createTimeline(parts),
    erase: erasing.erase,
    openAttachment: files.open,
    /** When the vault has been opened, and before it is closed. */
    begin: house.begin,
    end: house.end,
  }
}
export type Library = ReturnType<typeof createLibrary>
