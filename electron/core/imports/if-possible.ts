// What a job does at its end where the vault lets it. The person is told how the job ended; that this could not be written down
// is told to the log alone, and why: a vault that was locked is no damaged one.
import { toAppError } from '../failures.ts'
import type { Log } from '../ports.ts'

export type IfPossible = (act: () => void) => void

export function createIfPossible({ log }: { readonly log: Log }): IfPossible {
  return (act) => {
    try {
      act()
    } catch (error) {
      log.write('import.left', { code: toAppError(error)?.code ?? 'unknown' })
    }
  }
}
