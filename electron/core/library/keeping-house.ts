// While the vault is open: the Trash is emptied of what has lain in it for 30 days, what was done longer ago than that can no
// longer be taken back, and what an erasure could not take out of the index and the log to its end is taken out.
// Once, a while after it was opened, files that a crash left behind go from its folder: nobody waits for that to unlock.
import { toAppError } from '../failures.ts'
import type { Clock, Log } from '../ports.ts'
import type { Changes } from './changes.ts'

interface KeepingHouseParts {
  readonly clock: Clock
  readonly log: Log
  readonly changes: Changes
  readonly emptyTrash: (before: number) => void
  readonly settleWords: () => void
  readonly emptyLog: () => boolean
  readonly sweepFiles: () => void
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const keptMs = 30 * 24 * hourMs

export function createKeepingHouse(parts: KeepingHouseParts) {
  const { clock, log, changes, emptyTrash, settleWords, emptyLog, sweepFiles } = parts
  let cancel = () => {}
  let isSwept = false

  /** Runs on a timer, where nobody would catch what it throws. */
  const look = () => {
    const before = clock.now().getTime() - keptMs
    try {
      changes.forgetBefore(before)
      emptyTrash(before)
      settleWords()
      emptyLog()
      if (!isSwept) sweepFiles()
      isSwept = true
    } catch (error) {
      log.write('library.untidied', { reason: toAppError(error)?.code ?? 'unknown' })
    }
  }

  const wait = (ms: number) => {
    cancel = clock.after(ms, () => {
      wait(hourMs)
      look()
    })
  }

  return {
    begin() {
      isSwept = false
      wait(minuteMs)
    },
    end: () => cancel(),
  }
}
