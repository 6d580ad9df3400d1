// The models that a person got or brought: where they lie, which are whole, and how they come and go. None is told of as
// being here before every file of it was held against its hash, and nothing is fetched that nobody asked for.
import { readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AppEvent } from '../../../../shared/api/events.ts'
import type { Model, ModelTask } from '../../../../shared/api/models.ts'
import { AppError } from '../../../../shared/errors.ts'
import { isFolder, listFolders, makeFolder } from '../../files.ts'
import type { JobContext, Jobs } from '../../jobs/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Network } from '../../network/network.ts'
import type { Clock } from '../../ports.ts'
import type { Prepare } from '../../prepared.ts'
import type { Transfers } from '../../transfers/transfers.ts'
import { type CatalogueEntry, isRecorded } from './catalogue.ts'
import { type Copied, copyFile } from './copying.ts'
import { fetchFile, hashesOf, partOf, sizeOf } from './fetching.ts'
import { createHub } from './hub.ts'
import { layoutOf, refused } from './layout.ts'
import { type Installed, createRegistry } from './registry.ts'

/** Left free besides: the vault goes on being written to. */
const roomToLeave = 100 * 1024 * 1024

interface StoreParts {
  /** The vault's folder. */
  readonly folder: string
  readonly catalogue: readonly CatalogueEntry[]
  /** What comes with Mindkeep. */
  readonly shipped: { readonly id: string; readonly folder: string }
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly network: Network
  readonly transfers: Pick<Transfers, 'claim'>
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
}

export interface ModelStore {
  readonly list: () => { models: Model[]; free: number | null }
  readonly get: (id: string) => { readonly job: string }
  readonly add: (handle: string) => { readonly job: string }
  readonly remove: (id: string) => { readonly freed: number }
  /** Whether every file is what it was when it came. */
  readonly check: (id: string) => Promise<boolean>
  /** Where one lies that is to be run: after every file of it was looked at once more. */
  readonly ready: (id: string, task: ModelTask) => Promise<string>
  /** When the vault is opened: what it knows nothing of goes, such as half a copy, or one that came after a restored backup. */
  readonly begin: () => void
  /** With a vault that is deleted. */
  readonly dropAll: () => void
}

export function createStore({
  folder,
  catalogue,
  shipped,
  prepare,
  ledger,
  jobs,
  network,
  transfers,
  clock,
  emit,
}: StoreParts): ModelStore {
  const root = join(folder, 'models')
  const registry = createRegistry({ prepare, ledger })
  const hub = createHub({ network })
  /** Those that somebody is at. */
  const underway = new Set<string>()
  const changed = () => emit({ event: 'models.changed', payload: {} })
  const placeOf = (id: string) => join(root, id)
  const offered = (id: string) => catalogue.find((entry) => entry.id === id)

  const insistOnRoom = (bytes: number) => {
    makeFolder(root)
    const { bavail, bsize } = statfsSync(root)
    if (bavail * bsize < bytes + roomToLeave) throw new AppError('DISK_FULL', { bytes })
  }

  const begun = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    if (underway.has(id)) throw new AppError('MODEL_AT_WORK')
    underway.add(id)
    changed()
    try {
      return await work()
    } finally {
      underway.delete(id)
      changed()
    }
  }

  const fetchModel = async (entry: CatalogueEntry, { signal, pace, progress }: JobContext): Promise<Installed> => {
    const place = placeOf(entry.id)
    const wanted = await hub.wanted(entry, signal)
    const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0)
    insistOnRoom(total - bytesIn(place))
    let before = 0
    const files: Copied[] = []
    for (const file of wanted) {
      const onBytes = (here: number) => progress(before + here, total, file.path)
      onBytes(sizeOf(partOf(join(place, file.path))))
      const parts = { hub, clock, context: { signal, pace }, onBytes }
      const sha256 = await fetchFile(parts, entry.origin, file, join(place, file.path))
      files.push({ path: file.path, bytes: file.bytes, sha256 })
      before += file.bytes
    }
    // What the hub has under a right hash may still be nothing that can be run here.
    const { task } = layoutOf(place)
    if (task !== entry.task) throw refused('wrong-task')
    const { id, name, licence, origin } = entry
    return { id, name, task, licence, origin, from: 'hub', at: clock.now().toISOString(), files }
  }

  const copyModel = async (from: string, id: string, { pace, progress }: JobContext): Promise<Installed> => {
    const { task, files: paths } = layoutOf(from)
    const total = paths.reduce((sum, path) => sum + sizeOf(join(from, path)), 0)
    insistOnRoom(total)
    const place = placeOf(id)
    makeFolder(place)
    try {
      let done = 0
      const files: Copied[] = []
      for (const path of paths) {
        files.push(
          await copyFile({ from, to: place, path }, { pace }, (bytes) => progress((done += bytes), total, path)),
        )
      }
      // The copy is what is used, so it is the copy that has to be sound.
      if (layoutOf(place).task !== task) throw refused('damaged')
      const at = clock.now().toISOString()
      return { id, name: basename(from), task, licence: null, origin: null, from: 'folder', at, files }
    } catch (error) {
      rmSync(place, { recursive: true, force: true })
      throw error
    }
  }

  const keep = (model: Installed) => {
    registry.add(model)
    return { model: model.id, name: model.name, bytes: sumOf(model) }
  }

  const insistOnInstalled = (id: string): Installed => {
    const installed = registry.find(id)
    if (installed === undefined) throw new AppError('NO_SUCH_MODEL')
    return installed
  }
  const isWhole = async ({ id, files }: Installed): Promise<boolean> => {
    for (const { path, bytes, sha256 } of files) {
      const place = join(placeOf(id), path)
      if (sizeOf(place) !== bytes || (await hashesOf(place)).sha256 !== sha256) return false
    }
    return true
  }

  return {
    list() {
      const here = registry.list()
      const isHere = new Set(here.map(({ id }) => id))
      const own = here.filter(({ id }) => offered(id) === undefined)
      const toHave = catalogue.map((entry): Model => {
        const installed = here.find(({ id }) => id === entry.id)
        const { id, name, task, licence, origin, files } = entry
        const known = files.every(({ bytes }) => bytes !== null)
        const bytes = known ? files.reduce((sum, one) => sum + (one.bytes ?? 0), 0) : null
        return {
          ...{ id, name, task, licence, origin, from: 'hub', recorded: isRecorded(entry) },
          bytes: installed === undefined ? bytes : sumOf(installed),
          arrived: isHere.has(id) ? 0 : bytesIn(placeOf(id)),
          underway: underway.has(id),
          installed: installed === undefined ? null : { at: installed.at, files: installed.files },
        }
      })
      const brought = own.map(
        ({ at, files, ...facts }): Model => ({
          ...facts,
          bytes: sumOf({ files }),
          arrived: 0,
          recorded: true,
          underway: false,
          installed: { at, files },
        }),
      )
      return { models: [shippedModel(shipped), ...brought, ...toHave], free: freeIn(folder) }
    },

    get(id) {
      const entry = offered(id)
      if (entry === undefined || registry.find(id) !== undefined) throw new AppError('NO_SUCH_MODEL')
      if (underway.has(id)) throw new AppError('MODEL_AT_WORK')
      return jobs.start('get-model', (context) => begun(id, async () => keep(await fetchModel(entry, context))), {
        pausable: true,
      })
    },

    add(handle) {
      const [handed] = transfers.claim([handle])
      if (handed === undefined || !('path' in handed) || !isFolder(handed.path)) throw new AppError('NO_SUCH_FILE')
      const { path } = handed
      const id = freeId(path, (one) => underway.has(one) || isFolder(placeOf(one)) || offered(one) !== undefined)
      return jobs.start('add-model', (context) => begun(id, async () => keep(await copyModel(path, id, context))), {
        pausable: true,
      })
    },

    remove(id) {
      if (underway.has(id)) throw new AppError('MODEL_AT_WORK')
      const installed = registry.find(id)
      const place = placeOf(id)
      if (installed === undefined && (offered(id) === undefined || !isFolder(place)))
        throw new AppError('NO_SUCH_MODEL')
      const freed = bytesIn(place)
      if (installed !== undefined) registry.remove(installed)
      rmSync(place, { recursive: true, force: true })
      changed()
      return { freed }
    },

    check: async (id) => await isWhole(insistOnInstalled(id)),

    async ready(id, task) {
      const installed = insistOnInstalled(id)
      if (installed.task !== task || !(await isWhole(installed))) throw new AppError('MODEL_UNUSABLE')
      return placeOf(id)
    },

    begin() {
      const known = new Set([...catalogue, ...registry.list()].map(({ id }) => id))
      for (const id of listFolders(root)) {
        if (!known.has(id) && !underway.has(id)) rmSync(placeOf(id), { recursive: true, force: true })
      }
    },

    dropAll: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Of the same licence as everything that comes with Mindkeep. */
const shippedModel = ({ id, folder }: StoreParts['shipped']): Model => ({
  id,
  name: id,
  task: 'understanding',
  licence: 'Apache-2.0',
  origin: null,
  from: 'mindkeep',
  bytes: bytesIn(folder),
  arrived: 0,
  recorded: true,
  underway: false,
  installed: { at: null, files: [] },
})

function freeIn(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    // Not every system says, and nobody needs it to see the list.
    return null
  }
}

const sumOf = ({ files }: { readonly files: readonly { readonly bytes: number }[] }): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0)

/** Of a folder that may not be there. */
function bytesIn(folder: string): number {
  if (!isFolder(folder)) return 0
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false }))
    .reduce((sum, found) => sum + (found?.isFile() === true ? found.size : 0), 0)
}

/** After the folder's name, and never one that the catalogue has. */
function freeId(path: string, isTaken: (id: string) => boolean): string {
  const plain = basename(path)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  const id = plain === '' ? 'own' : `own-${plain}`
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? id : `${id}-${number}`
    if (!isTaken(tried)) return tried
  }
}
