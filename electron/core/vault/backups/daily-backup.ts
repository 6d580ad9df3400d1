// One backup a day, where the person wishes it. Looks soon after opening and then every hour, for as long as the vault is
// open; the newest backup says whether one is due, so a vault opened for minutes a day gets its backup all the same.
import { toAppError } from '../../failures.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import type { Clock, Log } from '../../ports.ts'
import type { Backups } from './backups.ts'
import type { VaultDoor } from '../open-vault.ts'

const minuteMs = 60_000
const firstLookMs = minuteMs
const lookEveryMs = 60 * minuteMs
const dayMs = 24 * 60 * minuteMs

interface DailyBackupParts {
  readonly backups: Backups
  readonly door: VaultDoor
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Log
  readonly isWished: () => boolean
  readonly backUp: () => unknown
}

export interface DailyBackup {
  readonly start: () => void
  readonly stop: () => void
}

export function createDailyBackup(parts: DailyBackupParts): DailyBackup {
  const { backups, door, jobs, clock, log, isWished, backUp } = parts
  let cancel = () => {}

  const isDue = async (): Promise<boolean> => {
    const newest = await backups.newest()
    return newest === undefined || clock.now().getTime() - newest.getTime() >= dayMs
  }

  const isPossible = () => door.isAnswering() && !jobs.isRunning('backup')

  /** Runs on a timer, where nobody would catch what it throws. */
  const look = async () => {
    if (!isPossible()) return
    try {
      // The vault may have been left while the files were looked at.
      if ((await isDue()) && isPossible() && isWished()) backUp()
    } catch (error) {
      log.write('backup.unscheduled', { reason: toAppError(error)?.code ?? 'unknown' })
    }
  }

  const wait = (ms: number) => {
    cancel = clock.after(ms, () => {
      wait(lookEveryMs)
      void look()
    })
  }

  return {
    start: () => wait(firstLookMs),
    stop: () => cancel(),
  }
}
