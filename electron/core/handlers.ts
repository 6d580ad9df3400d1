// The api, method by method: which feature answers, and in which words it is asked. It decides nothing and keeps nothing.
import type { HostName } from '../../shared/api/about.ts'
import type { Handlers } from '../../shared/api/api.ts'
import { AppError } from '../../shared/errors.ts'
import type { Exports } from './exports/exports.ts'
import type { Imports } from './imports/imports.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Library } from './library/library.ts'
import type { Ports } from './ports.ts'
import { sample } from './sample.ts'
import type { ModelStore, Writing } from './models/models.ts'
import type { Network } from './network/network.ts'
import type { Search } from './search/search.ts'
import type { SettingsFeature } from './settings/settings.ts'
import type { Transfers } from './transfers/transfers.ts'
import type { Vault } from './vault/vault.ts'

interface Features {
  readonly host: HostName
  readonly version: string
  readonly folder: string
  readonly ports: Pick<Ports, 'saveFile' | 'pickFiles'>
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly settings: SettingsFeature
  readonly vault: Vault
  readonly search: Search
  readonly library: Library
  readonly network: Network
  readonly modelStore: ModelStore
  readonly writing: Writing
  readonly transfers: Transfers
  readonly imports: Imports
  readonly exports: Exports
}

export function createHandlers(features: Features): Handlers {
  const { host, version, folder, ports } = features
  const { jobs, ledger, settings, vault, search, library, network, modelStore, writing, transfers, imports, exports } =
    features
  return {
    'app.about': async () => ({
      version,
      host,
      runtime: `Node ${process.versions.node}`,
      folder,
      canSaveFiles: ports.saveFile !== undefined,
      canPickFiles: ports.pickFiles !== undefined,
    }),

    'appearance.get': async () => settings.getAppearance(),
    'appearance.set': async (changes) => settings.setAppearance(changes),
    'settings.get': async () => settings.get(),
    'settings.set': async (changes) => {
      const after = settings.set(changes)
      await vault.touch()
      return after
    },

    'vault.status': vault.status,
    'vault.suggestPassphrase': async () => ({ passphrase: await vault.suggestPassphrase() }),
    'vault.measurePassphrase': ({ passphrase }) => vault.measurePassphrase(passphrase),
    'vault.draftKit': vault.draftKit,
    'vault.saveKit': async ({ draft, name, text }) => ({ saved: await vault.saveKit(draft, name, text) }),
    'vault.create': vault.create,
    'vault.unlock': ({ passphrase }) => vault.unlock(passphrase),
    'vault.unlockWithDevice': vault.unlockWithDevice,
    'vault.recover': vault.recover,
    'vault.lock': () => vault.lock('person'),
    'vault.touch': vault.touch,
    'vault.changePassphrase': done(vault.changePassphrase),
    'vault.renewKit': done(vault.renewKit),
    'vault.setDeviceKey': vault.setDeviceKey,
    'vault.dismissNotice': ({ kind }) => vault.dismissNotice(kind),
    'vault.deepErase': async () => vault.deepErase(),
    'vault.delete': ({ name }) => vault.delete(name),
    'vault.account': async () => vault.account(),

    'backups.list': vault.backups.list,
    'backups.create': async () => vault.backups.make(),
    'backups.restore': vault.backups.restore,
    'backups.restoreWithWords': vault.backups.restoreWithWords,

    'ledger.list': async (range) => ledger.list(range),
    'ledger.verify': async () =>
      jobs.start('verify-log', async ({ progress, pace }) => {
        const check = await ledger.verify({ onProgress: progress, pace })
        // Seen when it was opened, and true until the person has put it away: by now the mark is of what was put back.
        const wasRolledBack = vault.notices().some(({ kind }) => kind === 'log-rolled-back')
        return wasRolledBack ? { ...check, witness: 'disagrees' } : check
      }),

    'library.list': async (page) => library.list(page),
    'library.facets': async ({ filter }) => library.facets(filter),
    'library.newest': async ({ limit }) => library.newest(limit),
    'library.people': async ({ like, limit }) => library.people(like, limit),
    'library.get': async ({ id }) => library.get(id),
    'library.versions': async ({ id }) => library.versions(id),
    'library.seenBy': async ({ id }) => ledger.naming(id),
    'library.restoreVersion': async (version) => library.restoreVersion(version),
    'library.writeNote': async (note) => library.writeNote(note),
    'library.drafts': async () => library.drafts(),
    'library.saveDraft': done(async (draft) => library.saveDraft(draft)),
    'library.dropDraft': done(async (draft) => library.dropDraft(draft)),
    'library.setLevel': async (act) => library.setLevel(act),
    'library.tag': async (act) => library.tag(act),
    'library.collections': async () => library.collections(),
    'library.renameCollection': async (act) => library.renameCollection(act),
    'library.dropCollection': async (act) => library.dropCollection(act),
    'library.collect': async (act) => library.collect(act),
    'library.trash': async (act) => library.trash(act),
    'library.untrash': async (act) => library.untrash(act),
    'library.erase': async (act) => library.erase(act),
    'library.oldCopies': async () => vault.copies(),
    'library.undo': async ({ change }) => library.undo(change),
    'library.lastChange': async () => library.lastChange(),
    'library.timeline': async (span) => library.timeline(span),
    'library.openAttachment': async ({ id }) => {
      const file = library.openAttachment(id)
      const { name, media, bytes } = file
      return { ticket: transfers.give(file), name, media, bytes }
    },

    'models.list': async () => modelStore.list(),
    'models.get': async ({ id }) => modelStore.get(id),
    'models.add': async ({ handle }) => modelStore.add(handle),
    'models.remove': async ({ id }) => {
      // One that is writing still has its files open.
      await writing.end()
      return modelStore.remove(id)
    },
    'models.check': async ({ id }) => ({ whole: await modelStore.check(id) }),

    'network.list': async (range) => network.list(range),

    'writing.findServers': async () => ({ servers: await writing.findServers() }),
    'writing.modelsAt': async ({ server }) => ({ models: await writing.modelsAt(server) }),
    'writing.measure': writing.measure,

    'imports.pick': async ({ what }) => {
      if (ports.pickFiles === undefined) throw new AppError('NOT_ON_THIS_HOST')
      return { handles: transfers.offer(await ports.pickFiles(what)) }
    },
    'imports.release': done(async ({ handles }) => transfers.release(handles)),
    'imports.preview': async ({ handles, options }) => imports.preview(handles, options),
    'imports.start': async ({ handles, options }) => imports.start(handles, options),
    'imports.addSample': async () => imports.startSample(sample()),
    'imports.list': async () => imports.list(),
    'imports.get': async ({ id, ...page }) => imports.get(id, page),
    'imports.resume': async ({ id, options }) => imports.resume(id, options),
    'imports.undo': async ({ id, ...how }) => imports.undo(id, how),

    'exports.start': async (wish) => exports.start(wish),
    'exports.restore': async (which) => exports.restore(which),

    'search.find': async (query) => search.find(query),
    'search.understood': async () => search.meaning.state(),
    'search.understand': done(async () => search.meaning.resume()),
    'search.notUnderstood': async (page) => search.meaning.notUnderstood(page),

    'jobs.list': async () => jobs.list(),
    'jobs.pause': done(async ({ id }) => jobs.pause(id)),
    'jobs.resume': done(async ({ id }) => jobs.resume(id)),
    'jobs.cancel': done(async ({ id }) => jobs.cancel(id)),
  }
}

/** For methods that answer with nothing but that it is done. */
const done =
  <I>(act: (input: I) => Promise<void>) =>
  async (input: I): Promise<Record<string, never>> => {
    await act(input)
    return {}
  }
