// Everything out, and everything back. (Front door.) It keeps no copy: an export is fetched once, and what was not fetched
// is gone when the vault is locked.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportSummary } from '../../../shared/api/imports.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import { listFiles, removeFolderIfEmpty } from '../files.ts'
import type { JobContext, Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Library } from '../library/library.ts'
import type { Clock, Log } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { SettingsFeature } from '../settings/settings.ts'
import type { Transfers } from '../transfers/transfers.ts'
import type { Blobs, NoteCutShort, OpenVault } from '../vault/vault.ts'
import { isRandomName } from './locked.ts'
import { type Wish, makeExport } from './making.ts'
import { type Restored, createRestores } from './restores.ts'
import { restoreExport } from './restoring.ts'
import type { Sealing } from './sealing.ts'

export { type OpenedExport, openExport } from './opening.ts'
export type { WholeItem } from './reading.ts'
export type { Undoing } from './restores.ts'
export type { RecordOf } from './record-types.ts'

export interface ExportParts {
  readonly openVault: () => OpenVault
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
  readonly blobs: Blobs
  readonly transfers: Transfers
  readonly log: Log
  readonly library: Pick<Library, 'bringBack' | 'remove' | 'handOver' | 'dropVersions' | 'giveUpCollections'>
  readonly settings: Pick<SettingsFeature, 'bring' | 'giveUp'>
  readonly sealing: Sealing
  /** Whether a passphrase is hard enough to guess, for what leaves the house. */
  readonly measure: (passphrase: string) => Promise<{ readonly enough: boolean; readonly weakness: string }>
  readonly version: string
  /** Settings, imports and collections came back with an export, or went again. */
  readonly changed: () => void
  readonly folder: string
  readonly noteCutShort: NoteCutShort
}

/** By another export or an import since. */
const isNewerElsewhere = ({ byExport, byImport }: Restored): boolean => byExport !== null || byImport !== null

/** In one transaction, while others wait. */
const takenBackAtOnce = 200

export function createExports(given: ExportParts) {
  const { jobs, transfers, measure, folder: vaultFolder } = given
  const folder = join(vaultFolder, 'outgoing')
  const parts = { ...given, folder }
  const { openVault, prepare, ledger, library, settings, clock, blobs, changed } = given
  const restores = createRestores({ prepare })
  /** By the job that works at it, in this process. */
  const running = new Map<string, string>()

  const sweep = () => {
    for (const name of listFiles(folder)) if (isRandomName(name)) rmSync(join(folder, name), { force: true })
  }

  const withJob = (summary: Omit<ImportSummary, 'job'>): ImportSummary => ({
    ...summary,
    job: running.get(summary.id) ?? null,
  })

  const handOver = (one: Restored) => {
    const { item, version: upTo, byExport, byImport } = one
    if (byExport === null || (byImport !== null && byImport < byExport)) library.handOver(item, { import: null, upTo })
    else {
      library.dropVersions(item, Math.min(upTo, byExport - 1))
      restores.handOver(one)
    }
  }

  const takeBack = async (uid: string, changedToo: boolean, { pace, progress }: JobContext) => {
    const found = restores.find(uid)
    if (found === undefined) throw new AppError('NO_SUCH_IMPORT')
    const { id, summary } = found
    try {
      const done = { removed: 0, restored: 0, kept: 0, handedOver: 0 }
      const takeSome = (after: number): number | undefined => {
        const some = restores.someOf(id, { after, atOnce: takenBackAtOnce })
        const newer = some.filter(isNewerElsewhere)
        for (const one of newer) handOver(one)
        const ours = some.filter((one) => !isNewerElsewhere(one))
        const going = ours.filter(({ touched }) => changedToo || touched === 0)
        library.remove(going.map(({ item }) => item))
        done.removed += going.length
        done.kept += ours.length - going.length
        done.handedOver += newer.length
        return some.at(-1)?.item
      }
      for (let after: number | undefined = 0; after !== undefined; ) {
        await pace()
        const from: number = after
        after = openVault()
          .db.transaction(() => takeSome(from))
          .immediate()
        const gone = done.removed + done.handedOver
        progress(gone, Math.max(gone, summary.added))
      }
      // What it only made another version of was here before it, and is no part of it.
      ledger.record(
        (acts: readonly Act[]) => [...acts, { act: 'import.undone', import: uid, ...done }],
        () => {
          library.giveUpCollections(restores.collectionsOf(id))
          library.bringBack.giveUp(restores.draftsOf(id))
          const acts = settings.giveUp(restores.settingsOf(id))
          restores.takeOthersBack(id)
          restores.setState(id, 'undone', clock.now().toISOString())
          restores.markUndoing(uid, null)
          return acts
        },
      )
      blobs.sweep()
      return done
    } finally {
      changed()
    }
  }

  return {
    async start(wish: Wish) {
      if (wish.passphrase !== undefined) {
        const { enough, weakness } = await measure(wish.passphrase)
        if (!enough) throw new AppError('WEAK_PASSPHRASE', { weakness })
      }
      return jobs.start('export', (context) => makeExport(parts, wish, context), {
        pausable: true,
        onCutShort: () => parts.noteCutShort('export-stopped'),
      })
    },

    restore: ({ handle, passphrase }: { readonly handle: string; readonly passphrase?: string | undefined }) => {
      const [handed] = transfers.look([handle])
      if (handed === undefined) throw new AppError('NO_SUCH_FILE')
      let begun: string | undefined
      const started = jobs.start(
        'export-restore',
        async (context) => {
          const onBegun = (uid: string) => {
            begun = uid
            running.set(uid, started.job)
            changed()
          }
          try {
            const result = await restoreExport({ ...parts, restores, onBegun }, { handed, passphrase }, context)
            transfers.release([handle])
            return result
          } finally {
            if (begun !== undefined) running.delete(begun)
          }
        },
        { pausable: true },
      )
      return started
    },

    /** What was brought back, as the imports it is listed with. */
    list: (): ImportSummary[] => restores.list().map(withJob),
    find(uid: string): ImportSummary | undefined {
      const summary = restores.find(uid)?.summary
      return summary === undefined ? undefined : withJob(summary)
    },

    /** Removes what it added; what it made another version of stays as it is. */
    takeBack,
    markUndoing: restores.markUndoing,
    unfinishedUndos: restores.unfinishedUndos,

    /** When the vault was opened: what a crash left behind, which nobody has the key of any more. */
    begin() {
      restores.interrupt()
      sweep()
    },

    /** When the vault is deleted. */
    dropAll() {
      sweep()
      removeFolderIfEmpty(folder)
    },
  }
}
export type Exports = ReturnType<typeof createExports>
