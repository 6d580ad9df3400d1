// The real library in a folder of its own, over the encrypted database, for rows that are about what is in it.
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { createJobs } from '../../electron/core/jobs/jobs.ts'
import { createLedger } from '../../electron/core/ledger/ledger.ts'
import { type NewItem, createLibrary } from '../../electron/core/library/library.ts'
import { createModels } from '../../electron/core/models/models.ts'
import { type Clock, systemClock } from '../../electron/core/ports.ts'
import { startNodeProcess } from '../../electron/core/processes.ts'
import { createSearch } from '../../electron/core/search/search.ts'
import { createBlobs } from '../../electron/core/vault/blobs.ts'
import { emptyLog } from '../../electron/core/vault/db.ts'
import { migrate } from '../../electron/core/vault/migrate.ts'
import { defaultSettings } from '../../shared/api/settings.ts'
import { openEncrypted } from './plain-database.ts'

/** No timer of the library may fall into what is measured. */
const clock: Clock = { now: systemClock.now, after: () => () => {} }

export async function openBenchLibrary(folder: string, startProcess = startNodeProcess) {
  await sodium.ready
  const path = join(folder, 'vault.db')
  const db = openEncrypted(path)
  migrate(db, path)
  const open = { vault: 'bench', db, master: Buffer.alloc(32, 1), witnessKey: Buffer.alloc(32, 2) }
  const openVault = () => open
  const log = { write: () => {} }
  const emit = () => {}
  const jobs = createJobs({ clock, log, emit, onFailure: () => {} })
  const { understanding } = createModels({ startProcess, clock: systemClock })
  const search = createSearch({
    openVault,
    clock,
    jobs,
    log,
    understanding,
    staysOpen: true,
    wishes: () => defaultSettings,
  })
  const library = createLibrary({
    openVault,
    ledger: createLedger({ openVault, clock, log, stateFolder: folder, emit }),
    jobs,
    clock,
    log,
    blobs: createBlobs({ openVault, folder: join(folder, 'blobs'), clock }),
    backups: async () => [],
    copies: () => [],
    keptUploads: () => [],
    emptyLog: () => emptyLog(db),
    noteCutShort: () => {},
    search,
    emit,
  })

  /** As an import brings them. */
  const add = async (items: readonly NewItem[]): Promise<void> => {
    const staged = await library.stage(items)
    db.transaction(() => staged.batch((keep) => keep(null, 0, items.length)))()
    staged.drop()
  }
  return {
    db,
    search,
    library,
    jobs,
    add,
    close: async () => {
      search.meaning.end()
      await understanding.runtime.end()
      db.close()
    },
  }
}
