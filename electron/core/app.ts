// Builds every feature once and passes each what it needs. This is all the dependency injection there is.
import sodium from 'libsodium-wrappers-sumo'
import type { HostName } from '../../shared/api/about.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { remoteHostsOf } from '../../shared/api/network.ts'
import type { VaultStatus } from '../../shared/api/vault.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { type Dispatch, createDispatch } from './dispatch.ts'
import { toAppError } from './failures.ts'
import { type OpenedExport, createExports, openExport } from './exports/exports.ts'
import { makeFolder } from './files.ts'
import { createHandlers } from './handlers.ts'
import { createImports } from './imports/imports.ts'
import { createJobs } from './jobs/jobs.ts'
import { createLedger } from './ledger/ledger.ts'
import { createLibrary } from './library/library.ts'
import { createModelStore, createModels, createWriting, readCatalogue } from './models/models.ts'
import { createNetwork } from './network/network.ts'
import { type Ports, systemClock } from './ports.ts'
import { startNodeProcess } from './processes.ts'
import { createPrepare } from './prepared.ts'
import { createSearch } from './search/search.ts'
import { createSettings } from './settings/settings.ts'
import { type Transfers, createTransfers } from './transfers/transfers.ts'
import { createSealing, createVault, createVaultDoor } from './vault/vault.ts'

export interface AppConfig {
  readonly host: HostName
  readonly version: string
  /** Where the vault lives: vault.db, vault.keys, lock, blobs/, backups/. */
  readonly folder: string
  /** Small facts kept apart from the vault on purpose: the head of the ledger, and this computer's appearance. */
  readonly stateFolder: string
  /** At once, unless this is false, so that one that cannot be used is known before anything else; only by need where it is. */
  readonly makesFolder?: boolean
  /** Fixed Argon2id settings instead of calibration, for tests that are not about the passphrase. */
  readonly stretching?: { readonly memoryKiB: number; readonly passes: number }
}

export type { Outgoing } from './transfers/transfers.ts'

export interface App {
  readonly dispatch: Dispatch
  /** Files on their way in and out, which never pass through the api. */
  readonly files: Pick<Transfers, 'offer' | 'receive' | 'take'>
  /** Returns a function that stops listening. */
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
  /** The computer sleeps or its screen locks. */
  readonly suspend: () => Promise<void>
  /** Locks the vault and lets go of it. */
  readonly close: () => Promise<void>
}

export async function createApp(ports: Ports, config: AppConfig): Promise<App> {
  // Whatever is created from here on is readable by its owner alone.
  process.umask(0o077)
  if (config.makesFolder !== false) makeVaultFolder(config.folder)
  await sodium.ready

  const { clock, log, startProcess = startNodeProcess } = ports
  const listeners = new Set<(event: AppEvent) => void>()
  let wasUnlocked = false
  const emit = (event: AppEvent) => {
    if (event.event === 'vault.changed') follow(event.payload.state)
    // What was written waits to be understood, until nothing goes first.
    const hasEnded = event.event === 'job.changed' && event.payload.endedAt !== null
    if (wasUnlocked && (event.event === 'library.changed' || hasEnded)) search.meaning.goOn()
    if (event.event === 'settings.changed') network.obey()
    for (const listener of listeners) {
      try {
        listener(event)
      } catch {
        // What a host does with an event must not undo what the event tells of.
        log.write('event.unheard', { kind: event.event })
      }
    }
  }

  const { folder, stateFolder, host, version, stretching } = config
  const door = createVaultDoor()
  const jobs = createJobs({ clock, log, emit, onFailure: (code) => onFailure(code) })
  const ledger = createLedger({ openVault: door.current, clock, log, stateFolder, emit })
  const settings = createSettings({ openVault: door.current, ledger, stateFolder, emit })
  const network = createNetwork({
    openVault: door.current,
    prepare: createPrepare(door.current),
    clock,
    log,
    isOn: () => settings.get().network,
    remoteHosts: () => remoteHostsOf(settings.get().remoteHosts),
    emit,
    outside: ports.outside,
  })
  const vault = createVault({
    folder,
    host,
    ports,
    door,
    ledger,
    jobs,
    emit,
    dropTransit() {
      transfers.dropAll()
      exports.dropAll()
      modelStore.dropAll()
    },
    wishes: settings.get,
    stretching,
  })
  const models = createModels({ startProcess, clock })
  const search = createSearch({
    openVault: door.current,
    clock,
    jobs,
    log,
    understanding: models.understanding,
    staysOpen: host !== 'cli',
    wishes: settings.get,
  })
  const library = createLibrary({
    openVault: door.current,
    ledger,
    jobs,
    clock,
    log,
    blobs: vault.blobs,
    backups: vault.backups.listWithEnd,
    copies: vault.copies,
    keptUploads: (read) => imports.keptUploads(read),
    emptyLog: vault.emptyLog,
    noteCutShort: vault.noteCutShort,
    search,
    emit,
  })
  const transfers = createTransfers({ openVault: door.current, folder, clock })
  const modelStore = createModelStore({
    folder,
    catalogue: readCatalogue(),
    shipped: models.shipped,
    prepare: createPrepare(door.current),
    ledger,
    jobs,
    network,
    transfers,
    clock,
    emit,
  })
  const writing = createWriting({
    startProcess,
    clock,
    ask: network.ask,
    folderOf: (model) => modelStore.ready(model, 'writing'),
  })
  const exports = createExports({
    openVault: door.current,
    prepare: createPrepare(door.current),
    ledger,
    jobs,
    clock,
    log,
    blobs: vault.blobs,
    transfers,
    library,
    settings,
    sealing: createSealing({ clock, fixed: stretching }),
    measure: vault.measurePassphrase,
    noteCutShort: vault.noteCutShort,
    changed() {
      emit({ event: 'settings.changed', payload: settings.get() })
      emit({ event: 'imports.changed', payload: {} })
      library.changed()
    },
    version,
    folder,
  })
  const imports = createImports({
    openVault: door.current,
    prepare: createPrepare(door.current),
    ledger,
    jobs,
    clock,
    log,
    emit,
    transfers,
    library,
    broughtBack: exports,
    startProcess,
    staysOpen: host !== 'cli',
  })
  await vault.tidyUp()

  const onFailure = (code: ErrorCode) => {
    try {
      if (code === 'DISK_FULL') vault.makeRoom()
    } catch {
      // The person is about to be told that the disk is full; that no room could be made adds nothing.
      log.write('reserve.kept')
    }
  }

  /** Each by itself: what keeps one of them from its work must neither stop the others nor keep it untold how the vault is. */
  const followAlone = (kind: string, act: () => void): void => {
    try {
      act()
    } catch (error) {
      const code = toAppError(error)?.code ?? 'unknown'
      log.write('opening.incomplete', { kind, code })
      if (code === 'VAULT_DAMAGED') vault.noteDamage()
    }
  }

  /** What begins and ends with the vault being open. */
  function follow(state: VaultStatus['state']): void {
    const isUnlocked = state === 'unlocked'
    if (isUnlocked === wasUnlocked) return
    wasUnlocked = isUnlocked
    if (isUnlocked) {
      followAlone('network', network.begin)
      followAlone('models', modelStore.begin)
      followAlone('library', library.begin)
      followAlone('search', search.goOn)
      followAlone('meaning', search.meaning.goOn)
      followAlone('imports', imports.goOn)
      followAlone('exports', exports.begin)
    } else {
      followAlone('network', network.end)
      followAlone('library', library.end)
      followAlone('meaning', search.meaning.end)
      followAlone('transfers', transfers.forget)
      followAlone('writing', () => void writing.end())
    }
  }

  const handlers = createHandlers({
    ...config,
    ports,
    jobs,
    ledger,
    settings,
    vault,
    search,
    library,
    network,
    modelStore,
    writing,
    transfers,
    imports,
    exports,
  })

  return {
    files: { offer: transfers.offer, receive: transfers.receive, take: transfers.take },
    dispatch: createDispatch({ handlers, isUnlocked: vault.isUnlocked, log, onFailure }),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async suspend() {
      try {
        await vault.lock('sleep')
      } catch (error) {
        // It is locked; only its state could not be told, and nobody waits for the answer.
        log.write('lock.untold', { code: toAppError(error)?.code ?? 'unknown' })
      }
    },
    close: vault.close,
  }
}

/** Reads an export, locked or not, into a folder. It needs no vault, keeps no state and logs nothing. */
export async function openExportAlone(given: {
  readonly file: string
  readonly to: string
  readonly passphrase: () => Promise<string>
  readonly pace: () => Promise<void>
}): Promise<OpenedExport> {
  process.umask(0o077)
  await sodium.ready
  try {
    return await openExport({ ...given, sealing: createSealing({ clock: systemClock }) })
  } catch (error) {
    throw toAppError(error) ?? error
  }
}

function makeVaultFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    throw toAppError(error) ?? error
  }
}
