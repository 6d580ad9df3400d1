// The smallest core that can be harmed: the real dispatcher over the real api table, with handlers that only count. It
// stands in where a suite sends thousands of requests and the question is whether one of them got through at all.
import { type Handlers, api } from '../../../../shared/api/api.ts'
import type { AppEvent } from '../../../../shared/api/events.ts'
import type { App } from '../../../../electron/core/app.ts'
import { createDispatch } from '../../../../electron/core/dispatch.ts'
import { AppError } from '../../../../shared/errors.ts'
import { lockedStatus } from '../../../support/canned.ts'

export interface SmallApp extends Pick<App, 'dispatch' | 'onEvent'> {
  /** Names of the methods that ran. */
  readonly ran: string[]
  /** How many streams ever listened. */
  readonly listened: () => number
  readonly listening: () => number
  readonly emit: (event: AppEvent) => void
  readonly setLocked: (state: { readonly locked: boolean }) => void
}

export function createSmallApp(): SmallApp {
  const ran: string[] = []
  const listeners = new Set<(event: AppEvent) => void>()
  let listened = 0
  let locked = false
  const handlers = Object.fromEntries(
    Object.keys(api).map((name) => [
      name,
      async () => {
        ran.push(name)
        if (name === 'vault.lock' || name === 'vault.status') return lockedStatus
        throw new AppError('NOT_ON_THIS_HOST')
      },
    ]),
  ) as unknown as Handlers
  return {
    dispatch: createDispatch({ handlers, isUnlocked: () => !locked, log: { write() {} }, onFailure() {} }),
    onEvent(listener) {
      listened += 1
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ran,
    listened: () => listened,
    listening: () => listeners.size,
    emit: (event) => listeners.forEach((listener) => listener(event)),
    setLocked: (state) => {
      locked = state.locked
    },
  }
}
