// Says that work which somebody had asked for was stopped by a lock: at once where the vault is open again by the time it has
// ended, and otherwise when it is entered next.
import type { StoppedNotice } from '../../../shared/api/vault.ts'
import { toAppError } from '../failures.ts'
import type { Log } from '../ports.ts'
import type { Entry } from './entry.ts'
import type { Notices } from './notices.ts'
import type { VaultDoor } from './open-vault.ts'

interface CutShortParts {
  readonly door: VaultDoor
  readonly entry: Pick<Entry, 'tellOnArrival'>
  readonly addNotice: Notices['add']
  readonly log: Log
  readonly changed: () => Promise<unknown>
}

export type NoteCutShort = (kind: StoppedNotice) => void

export function createCutShort({ door, entry, addNotice, log, changed }: CutShortParts): NoteCutShort {
  return (kind) => {
    if (!door.isAnswering()) return entry.tellOnArrival(kind)
    try {
      addNotice(kind)
      void changed().catch(() => undefined)
    } catch (error) {
      // The work has come to nothing already, and the disk may be full: it is said another time.
      log.write('notice.unkept', { code: toAppError(error)?.code ?? 'unknown' })
      entry.tellOnArrival(kind)
    }
  }
}
