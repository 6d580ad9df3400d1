// A ticket fetches one file, once, and soon. It is all a host needs to know of what goes out.
import { randomBytes } from 'node:crypto'
import { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../ports.ts'
import type { OpenVault } from '../vault/vault.ts'

export interface Outgoing {
  readonly name: string
  readonly media: string
  readonly bytes: number
  readonly chunks: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Called when it was taken to its end, given up, or never asked for. */
  readonly over?: () => void
}

export type Ticket = string

export interface Tickets {
  readonly give: (file: Outgoing) => Ticket
  /** Undefined where there is no such ticket any more. Its second use is no use. */
  readonly take: (ticket: Ticket) => Outgoing | undefined
  readonly forget: () => void
}

interface TicketParts {
  readonly openVault: () => Pick<OpenVault, 'vault'>
  readonly clock: Clock
}

const validMs = 10 * 60 * 1000
const mostTickets = 1000

export function createTickets({ openVault, clock }: TicketParts): Tickets {
  let locks = 0
  /** A lock takes effect at once, also on what is half gone. */
  async function* untilLocked({ chunks }: Outgoing): AsyncGenerator<Uint8Array> {
    const locksBefore = locks
    for await (const chunk of chunks()) {
      openVault()
      if (locks !== locksBefore) throw new AppError('VAULT_LOCKED')
      yield chunk
    }
  }
  const given = new Map<Ticket, { readonly file: Outgoing; readonly until: number }>()
  const drop = (ticket: Ticket) => {
    given.get(ticket)?.file.over?.()
    given.delete(ticket)
  }
  const dropStale = () => {
    for (const [ticket, { until }] of given) {
      if (until >= clock.now().getTime() && given.size < mostTickets) break
      drop(ticket)
    }
  }
  return {
    give(file) {
      openVault()
      dropStale()
      const ticket = randomBytes(24).toString('base64url')
      given.set(ticket, { file, until: clock.now().getTime() + validMs })
      return ticket
    },
    take(ticket) {
      const found = given.get(ticket)
      given.delete(ticket)
      if (found === undefined) return undefined
      if (found.until < clock.now().getTime()) {
        found.file.over?.()
        return undefined
      }
      const { file } = found
      return { ...file, chunks: () => untilLocked(file) }
    },
    forget() {
      locks += 1
      for (const ticket of given.keys()) drop(ticket)
    },
  }
}
