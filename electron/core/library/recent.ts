// Telling that the library has changed, a few times a second at most; and answers that stay true until it does.
import type { AppEvent } from '../../../shared/api/events.ts'
import type { Clock } from '../ports.ts'
import type { OpenVault } from '../vault/vault.ts'

const tellEveryMs = 300
/** More answers than this are to questions nobody asks again. */
const mostKept = 200

interface RecentParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
}

export interface Recent {
  readonly changed: () => void
  /** Computed once for each state of the library. Goes with the open database, so that nothing outlasts a lock. */
  readonly remembered: <T>(question: string, answer: () => T) => T
}

export function createRecent({ openVault, clock, emit }: RecentParts): Recent {
  let answers = new WeakMap<object, Map<string, unknown>>()
  let waiting = false
  let untold = false

  const tell = () => {
    untold = false
    waiting = true
    emit({ event: 'library.changed', payload: {} })
    clock.after(tellEveryMs, () => {
      waiting = false
      if (untold) tell()
    })
  }

  return {
    changed() {
      answers = new WeakMap()
      if (waiting) untold = true
      else tell()
    },
    remembered<T>(question: string, answer: () => T): T {
      const { db } = openVault()
      let ofDb = answers.get(db)
      if (ofDb === undefined || ofDb.size >= mostKept) answers.set(db, (ofDb = new Map<string, unknown>()))
      // What was put in under a question is what its only asker computes.
      if (ofDb.has(question)) return ofDb.get(question) as T
      const value = answer()
      ofDb.set(question, value)
      return value
    },
  }
}
