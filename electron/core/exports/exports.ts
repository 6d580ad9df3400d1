// Everything out, and everything back. (Front door.) It keeps no copy: an export is fetched once, and what was not fetched
// is gone when the vault is locked.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { codeOf } from '../failures.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Library } from '../library/library.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Transfers } from '../transfers/transfers.ts'
import type { Blobs, OpenVault } from '../vault/vault.ts'
import { type Wish, makeExport } from './making.ts'
import { restoreExport } from './restoring.ts'
import type { Sealing } from './sealing.ts'

export { type OpenedExport, openExport } from './opening.ts'
export type { WholeItem } from './reading.ts'
export type { RecordOf } from './record-types.ts'

export interface ExportParts {
  readonly openVault: () => OpenVault
  readonly prepare: Prepare
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
  readonly blobs: Blobs
  readonly transfers: Transfers
  readonly library: Pick<Library, 'bringBack'>
  readonly sealing: Sealing
  /** Whether a passphrase is hard enough to guess, for what leaves the house. */
  readonly measure: (passphrase: string) => Promise<{ readonly enough: boolean; readonly weakness: string }>
  readonly version: string
  /** After an export has come back: settings and imports came with it. */
  readonly restored: () => void
  readonly folder: string
}

export function createExports(given: ExportParts) {
  const { jobs, transfers, measure, folder: vaultFolder } = given
  const folder = join(vaultFolder, 'outgoing')
  const parts = { ...given, folder }

  return {
    async start(wish: Wish) {
      if (wish.passphrase !== undefined) {
        const { enough, weakness } = await measure(wish.passphrase)
        if (!enough) throw new AppError('WEAK_PASSPHRASE', { weakness })
      }
      return jobs.start('export', (context) => makeExport(parts, wish, context), { pausable: true })
    },

    restore: ({ handle, passphrase }: { readonly handle: string; readonly passphrase?: string | undefined }) => {
      const [handed] = transfers.look([handle])
      if (handed === undefined) throw new AppError('NO_SUCH_FILE')
      return jobs.start(
        'export-restore',
        async (context) => {
          const result = await restoreExport(parts, { handed, passphrase }, context)
          transfers.release([handle])
          return result
        },
        { pausable: true },
      )
    },

    /** When the vault was opened: what a crash left behind, which nobody has the key of any more. */
    begin() {
      for (const name of namesIn(folder)) rmSync(join(folder, name), { force: true })
    },
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}
