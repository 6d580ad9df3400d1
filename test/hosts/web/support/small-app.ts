// The smallest core that can be harmed: the real dispatcher over the real api table, with handlers that only count. It
// stands in where a suite sends thousands of requests and the question is whether one of them got through at all.
import { type Handlers, api } from '../../../../shared/api/api.ts'
import type { AppEvent } from '../../../../shared/api/events.ts'
import type { App, Outgoing } from '../../../../electron/core/app.ts'
import { createDispatch } from '../../../../electron/core/dispatch.ts'
import { AppError } from '../../../../shared/errors.ts'
import { lockedStatus } from '../../../support/canned.ts'

/** One file waits to be fetched, and it is as hostile as its name. */
export const outgoingTicket = 'T'.repeat(32)
/** What an upload is called that the disk has no room for, which shows in the middle of it. */
export const tooLarge = 'large.bin'
const page = '<script>fetch("/api/vault.lock", { method: "POST" })</script>'
const outgoing: Outgoing = {
  name: 'über "alles".html',
  media: 'text/html',
  bytes: page.length,
  chunks: () => [Buffer.from(page)],
}

export interface SmallApp extends Pick<App, 'dispatch' | 'onEvent' | 'files'> {
  /** What was uploaded, by what it was called. */
  readonly received: Map<string, string>
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
  const taken = new Set<string>()
  const received = new Map<string, string>()
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
    files: {
      offer: () => [],
      async receive({ name }, chunks) {
        const parts: Uint8Array[] = []
        for await (const chunk of chunks) {
          parts.push(chunk)
          if (name === tooLarge) throw new AppError('DISK_FULL')
        }
        received.set(name, Buffer.concat(parts).toString('utf8'))
        return 'ab'.repeat(16)
      },
      take: (ticket) => (ticket === outgoingTicket && !taken.has(ticket) && taken.add(ticket) ? outgoing : undefined),
    },
    received,
    ran,
    listened: () => listened,
    listening: () => listeners.size,
    emit: (event) => listeners.forEach((listener) => listener(event)),
    setLocked: (state) => {
      locked = state.locked
    },
  }
}
