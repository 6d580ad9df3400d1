// Imports one source into a new database, in a process of its own so that its memory can be told: the importing part of the
// core as app.ts composes it, over a database that is encrypted or, for the baseline, plain. Says what it took: of memory,
// the most that this process and its reader held together, looked at many times a second.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { createImports } from '../../electron/core/imports/imports.ts'
import { createJobs } from '../../electron/core/jobs/jobs.ts'
import { createLedger } from '../../electron/core/ledger/ledger.ts'
import { createLibrary } from '../../electron/core/library/library.ts'
import { createModels } from '../../electron/core/models/models.ts'
import { systemClock } from '../../electron/core/ports.ts'
import { startNodeProcess } from '../../electron/core/processes.ts'
import { createPrepare } from '../../electron/core/prepared.ts'
import { createSearch } from '../../electron/core/search/search.ts'
import { createTransfers } from '../../electron/core/transfers/transfers.ts'
import { createBlobs } from '../../electron/core/vault/blobs.ts'
import { emptyLog } from '../../electron/core/vault/db.ts'
import { migrate } from '../../electron/core/vault/migrate.ts'
import { defaultSettings } from '../../shared/api/settings.ts'
import type { Job } from '../../shared/api/jobs.ts'
import { AppError } from '../../shared/errors.ts'
import { openEncrypted, openPlain, vaultSettings } from './plain-database.ts'

export interface Taken {
  readonly ms: number
  readonly firstProgressMs: number
  readonly stopMs: number | null
  readonly peakMegabytes: number
  readonly added: number
}

const [folder = '', source = '', kind = '', stopping = ''] = process.argv.slice(2)
await sodium.ready
const path = join(folder, `${randomBytes(4).toString('hex')}.db`)
const db = kind === 'plain' ? openPlain(path, vaultSettings(`${path}.settings`)) : openEncrypted(path)
migrate(db, path)
const open = { vault: 'bench', db, master: Buffer.alloc(32), witnessKey: randomBytes(32) }
const openVault = () => open
const log = { write() {} }
const clock = systemClock
const begun = performance.now()
let firstProgressMs = Number.POSITIVE_INFINITY
let askedToStop = 0
const ended = Promise.withResolvers<Job>()
const jobs = createJobs({
  clock,
  log,
  onFailure() {},
  emit(event) {
    if (event.event !== 'job.changed') return
    const { endedAt, id, done } = event.payload
    if (done > 0) firstProgressMs = Math.min(firstProgressMs, performance.now() - begun)
    if (stopping !== '' && askedToStop === 0 && done > 0 && endedAt === null) {
      askedToStop = performance.now()
      jobs.cancel(id)
    }
    if (endedAt !== null) ended.resolve(event.payload)
  },
})
const emit = () => {}
const ledger = createLedger({ openVault, clock, log, stateFolder: folder, emit })
const blobs = createBlobs({ openVault, folder: join(folder, 'blobs'), clock })
const { understanding } = createModels({ startProcess: startNodeProcess, clock })
const search = createSearch({
  openVault,
  clock,
  jobs,
  log,
  understanding,
  staysOpen: false,
  wishes: () => defaultSettings,
})
const library = createLibrary({
  openVault,
  ledger,
  jobs,
  clock,
  log,
  blobs,
  backups: async () => [],
  copies: () => [],
  keptUploads: () => [],
  emptyLog: () => emptyLog(db),
  noteCutShort: () => {},
  search,
  emit,
})
const transfers = createTransfers({ openVault, folder, clock })
const prepare = createPrepare(openVault)
let readerMemory = () => 0
const imports = createImports({
  openVault,
  prepare,
  ledger,
  jobs,
  clock,
  log,
  emit,
  transfers,
  library,
  broughtBack: {
    list: () => [],
    find: () => undefined,
    takeBack: () => Promise.reject(new AppError('NO_SUCH_IMPORT')),
    markUndoing() {},
    unfinishedUndos: () => [],
  },
  startProcess(program, events) {
    const started = startNodeProcess(program, events)
    readerMemory = () => started.memory() ?? 0
    return started
  },
  staysOpen: true,
})
let peak = 0
const weighing = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss() + readerMemory())
}, 20)

// The core's own timers keep no process alive.
const alive = setInterval(() => {}, 60_000)
const started = imports.start(transfers.offer([source]), {})
const job = await ended.promise
db.pragma('wal_checkpoint(TRUNCATE)')
const taken: Taken = {
  ms: performance.now() - begun,
  firstProgressMs,
  stopMs: askedToStop === 0 ? null : performance.now() - askedToStop,
  peakMegabytes: peak / 1e6,
  added: imports.get(started.import, { offset: 0, limit: 1 }).summary.added,
}
if (job.state === 'failed') throw new Error(`the import failed: ${job.error?.code}`)
process.stdout.write(JSON.stringify(taken))
clearInterval(alive)
clearInterval(weighing)
db.close()
