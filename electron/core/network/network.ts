// The one way out. Every connection of the whole app is made here: to a host that its reason allows, while the vault is open
// and the network is on, and with a row in the vault before the first byte. Nothing else in the core may open one.
import type { DepartureReason } from '../../../shared/api/network.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Clock, Log } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { OpenVault } from '../vault/vault.ts'
import { type Destination, destinationOf } from './allowed.ts'
import { type Departures, createDepartures } from './departures.ts'
import { exchange } from './exchange.ts'
import { type Outside, systemOutside } from './outside.ts'

export type { Outside } from './outside.ts'

const mostRedirects = 5

export interface Asked {
  readonly reason: DepartureReason
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Of the answer no more bytes than these are taken. */
  readonly most: number
  /** The items that what is sent is made of. */
  readonly items?: readonly string[]
  readonly signal?: AbortSignal
  /** How long the host may be silent; a minute, unless it is known to think for longer. */
  readonly quietMs?: number
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** To be read once, or closed. */
  readonly body: AsyncIterable<Uint8Array>
  readonly close: () => void
}

interface NetworkParts {
  readonly openVault: () => OpenVault
  readonly prepare: Prepare
  readonly clock: Clock
  readonly log: Log
  /** Whether anything may leave this computer. */
  readonly isOn: () => boolean
  /** Hosts that the person allowed to be asked, by name. */
  readonly remoteHosts: () => readonly string[]
  readonly emit: (event: AppEvent) => void
  readonly outside?: Outside | undefined
}

export interface Network extends Pick<Departures, 'list'> {
  readonly ask: (asked: Asked) => Promise<Answer>
  /** The vault was opened. */
  readonly begin: () => void
  /** The vault was locked: whatever is under way ends now. */
  readonly end: () => void
  /** The settings have changed: what they no longer allow ends now. */
  readonly obey: () => void
}

export function createNetwork(parts: NetworkParts): Network {
  const { clock, isOn, remoteHosts, outside = systemOutside } = parts
  const departures = createDepartures(parts)
  const underway = new Map<AbortController, { readonly reason: DepartureReason; readonly destination: Destination }>()

  /** Why it may not be, or may not be any more. */
  const refusalOf = (reason: DepartureReason, { here, host }: Destination): AppError | undefined => {
    if (!here && !isOn()) return new AppError('NETWORK_OFF')
    const isForbidden = reason === 'remote-model' && !remoteHosts().includes(host)
    return isForbidden ? new AppError('HOST_NOT_ALLOWED', { host }) : undefined
  }

  /** One connection of those that a question may need. */
  const once = async (asked: Asked, destination: Destination): Promise<Answer> => {
    const refusal = refusalOf(asked.reason, destination)
    if (refusal !== undefined) throw refusal
    const abort = new AbortController()
    const callOff = () => abort.abort(new AppError('CANCELLED'))
    asked.signal?.addEventListener('abort', callOff)
    if (asked.signal?.aborted === true) callOff()
    underway.set(abort, { reason: asked.reason, destination })
    const over = () => {
      asked.signal?.removeEventListener('abort', callOff)
      underway.delete(abort)
    }
    try {
      abort.signal.throwIfAborted()
      const { body, close, ...head } = await exchange({ clock, outside, departures }, asked, destination, abort)
      return {
        ...head,
        body: untilOver(body, over),
        close() {
          close()
          over()
        },
      }
    } catch (error) {
      over()
      throw error
    }
  }

  return {
    list: departures.list,
    async ask(asked) {
      const seen = new Set<string>()
      let destination = destinationOf(asked.url, asked.reason, remoteHosts())
      for (;;) {
        seen.add(destination.url.href)
        const answer = await once(asked, destination)
        const to = redirectOf(asked, answer)
        if (to === undefined) return answer
        answer.close()
        const next = destinationOf(URL.parse(to, destination.url.href)?.href ?? '', asked.reason, remoteHosts())
        if (seen.size > mostRedirects || seen.has(next.url.href)) {
          throw new AppError('REDIRECT_LOOP', { host: destination.host })
        }
        destination = next
      }
    },
    begin: departures.settle,
    end() {
      for (const abort of underway.keys()) abort.abort(new AppError('VAULT_LOCKED'))
    },
    obey() {
      for (const [abort, { reason, destination }] of underway) {
        const refusal = refusalOf(reason, destination)
        if (refusal !== undefined) abort.abort(refusal)
      }
    },
  }
}

/** What was sent to one host is sent to no other, so that only a question without a body is asked again elsewhere. */
function redirectOf({ method = 'GET' }: Asked, { status, headers }: Answer): string | undefined {
  const isMoved = [301, 302, 303, 307, 308].includes(status)
  return isMoved && method !== 'POST' ? headers['location'] : undefined
}

async function* untilOver(body: AsyncIterable<Uint8Array>, over: () => void): AsyncGenerator<Uint8Array, void> {
  try {
    yield* body
  } finally {
    over()
  }
}
