// The rows of what left this device. A row is there before its connection is, and counts along while it goes on, so that
// nothing that went is missing, however it ended. What went is never looked at.
import { z } from 'zod'
import { type Departure, departure as schema } from '../../../shared/api/network.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import { toAppError } from '../failures.ts'
import type { Clock, Log } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { OpenVault } from '../vault/vault.ts'

/** How often a row that goes on is brought up to date: what a power cut may leave uncounted. */
const countEveryMs = 1000

type Ended = NonNullable<Departure['ended']>
export interface Traffic {
  readonly sent: number
  readonly received: number
}

export interface Underway {
  readonly count: (traffic: Traffic) => void
  readonly end: (how: Ended, traffic: Traffic) => void
}

interface DeparturesParts {
  readonly openVault: () => OpenVault
  readonly prepare: Prepare
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
}

interface Unwritten extends Traffic {
  readonly vault: string
  readonly id: number
  readonly at: string
  readonly ended: Ended
}

export interface Departures {
  readonly add: (row: Pick<Departure, 'host' | 'reason' | 'here'> & { readonly items: readonly string[] }) => Underway
  readonly list: (range: { readonly before?: number | undefined; readonly limit: number }) => {
    departures: Departure[]
    total: number
    left: number
  }
  /** When the vault is opened: what went on when it was closed has ended since. */
  readonly settle: () => void
}

const row = z.object({
  ...schema.shape,
  here: z.int().transform((here) => here === 1),
  items: z.string().transform((items): unknown => JSON.parse(items)),
})
const counts = z.object({ total: z.int(), away: z.int() })

export function createDepartures({ openVault, prepare, clock, log, emit }: DeparturesParts): Departures {
  /** Of those that a lock ended: by then there was nowhere to write it. */
  let unwritten: Unwritten[] = []
  const changed = () => emit({ event: 'network.changed', payload: {} })

  const write = ({ id, at, sent, received, ended }: Omit<Unwritten, 'vault' | 'ended'> & { ended: Ended | null }) =>
    prepare('UPDATE departures SET sent = ?, received = ?, ended = ? WHERE id = ? AND at = ?').run(
      sent,
      received,
      ended,
      id,
      at,
    )

  return {
    add({ host, reason, here, items }) {
      const { vault } = openVault()
      const at = clock.now().toISOString()
      const { lastInsertRowid } = prepare(
        'INSERT INTO departures (at, host, reason, here, items) VALUES (?, ?, ?, ?, ?)',
      ).run(at, host, reason, here ? 1 : 0, JSON.stringify(items))
      const id = Number(lastInsertRowid)
      changed()
      let countedAt = clock.now().getTime()
      return {
        count(traffic) {
          const now = clock.now().getTime()
          if (now - countedAt < countEveryMs) return
          countedAt = now
          try {
            write({ id, at, ...traffic, ended: null })
            changed()
          } catch {
            // Locked, or the file is being replaced: the end of it counts it all.
          }
        },
        end(ended, traffic) {
          const last = { id, at, ...traffic, ended }
          try {
            // Another vault may be open by now, and its rows are none of ours.
            if (openVault().vault !== vault) return
            write(last)
            changed()
          } catch (error) {
            log.write('departure.unwritten', { code: toAppError(error)?.code ?? 'unknown' })
            unwritten.push({ ...last, vault })
          }
        },
      }
    },

    list({ before = Number.MAX_SAFE_INTEGER, limit }) {
      const found = z
        .array(row)
        .parse(
          prepare(
            'SELECT id, at, host, reason, here, sent, received, items, ended FROM departures WHERE id < ? ORDER BY id DESC LIMIT ?',
          ).all(before, limit),
        )
      const { total, away } = counts.parse(
        prepare(
          'SELECT (SELECT count(*) FROM departures) AS total, (SELECT count(*) FROM departures WHERE here = 0) AS away',
        ).get(),
      )
      return {
        departures: found.map((one) => schema.parse(one)),
        total,
        left: away,
      }
    },

    settle() {
      const { vault } = openVault()
      for (const one of unwritten) if (one.vault === vault) write(one)
      unwritten = unwritten.filter((one) => one.vault !== vault)
      prepare("UPDATE departures SET ended = 'cut-short' WHERE ended IS NULL").run()
    },
  }
}
