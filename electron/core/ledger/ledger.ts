// The append-only, hash-chained record of acts. An act and the change it tells of are one transaction: there is never one
// without the other. It refuses to change or remove an entry, and so does the database under it.
import { z } from 'zod'
import {
  act as actSchema,
  type Act,
  type LedgerEntry,
  type ListedAct,
  type LogCheck,
} from '../../../shared/api/ledger.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import type { Clock, Log } from '../ports.ts'
import type { OpenVault } from '../vault/vault.ts'
import { firstLink, link } from './chain.ts'
import { type Head, createWitness } from './witness.ts'

interface LedgerParts {
  /** The open vault; throws VAULT_LOCKED when there is none. */
  readonly openVault: () => OpenVault
  readonly clock: Clock
  readonly log: Log
  /** Apart from the vault on purpose: here the head is witnessed. */
  readonly stateFolder: string
  readonly emit: (event: AppEvent) => void
}

type Acts = Act | readonly Act[]

export interface Ledger {
  /**
   * Makes `change` and records it, together or not at all. Where the acts tell what came of the change, they are made from
   * its result. The change is over when it returns: one that returns a promise is refused and rolled back.
   */
  readonly record: <T>(acts: Acts | ((result: T) => Acts), change: () => T) => T
  /**
   * Into a database of this vault that is about to take its place, so that there is no moment at which what happened is not
   * known. Answers with what is left to do once it is the open one: to witness it, and to tell.
   */
  readonly recordIn: (into: Pick<OpenVault, 'db' | 'vault'>, act: Act) => () => void
  readonly list: (range: { readonly before?: number | undefined; readonly limit: number }) => {
    entries: LedgerEntry[]
    total: number
  }
  /** Every entry that names this, the newest first. */
  readonly naming: (id: string) => LedgerEntry[]
  readonly verify: (walk?: Walk) => Promise<LogCheck>
  /** Compares with the witness when a vault is opened; on a rollback, says what was expected and what is there. */
  readonly rollback: () => { readonly expected: number; readonly found: number } | undefined
  /** Whether the head is kept outside the vault as it is: where it is not, an old vault put back goes unnoticed. */
  readonly isWitnessed: () => boolean
  /** With a vault that is deleted. */
  readonly forgetWitness: (vault: string) => void
  /**
   * Of a past that is not any more: a backup was restored, or a vault came to nothing. Where the state folder is closed to
   * us, the next opening may warn of it; it must not stop what has happened already.
   */
  readonly forgetWitnessIfPossible: (vault: string) => void
}

interface Walk {
  readonly onProgress?: (done: number, total: number) => void
  /** Called between batches; may wait, and throws to stop. */
  readonly pace?: () => Promise<void>
}

const row = z.object({ seq: z.int(), at: z.string(), act: z.string(), hash: z.instanceof(Uint8Array) })
type Row = z.infer<typeof row>
const batch = 2000

export function createLedger({ openVault, clock, log, stateFolder, emit }: LedgerParts): Ledger {
  const witness = createWitness({ stateFolder })
  const rowsIn = (db: OpenVault['db'], sql: string, ...values: readonly (number | string)[]): Row[] =>
    z.array(row).parse(db.prepare(sql).all(...values))
  const rows = (sql: string, ...values: readonly (number | string)[]): Row[] => rowsIn(openVault().db, sql, ...values)

  const headIn = (db: OpenVault['db']): (Head & { readonly bytes: Buffer }) | undefined => {
    const [last] = rowsIn(db, 'SELECT seq, at, act, hash FROM ledger ORDER BY seq DESC LIMIT 1')
    if (last === undefined) return undefined
    const bytes = Buffer.from(last.hash)
    return { seq: last.seq, hash: bytes.toString('hex'), bytes }
  }

  const head = () => headIn(openVault().db)

  const append = ({ db, vault }: Pick<OpenVault, 'db' | 'vault'>, act: Act): Head => {
    const previous = headIn(db)
    const entry = { seq: (previous?.seq ?? 0) + 1, at: clock.now().toISOString(), act: actSchema.parse(act) }
    const hash = link(previous?.bytes ?? firstLink(vault), entry)
    db.prepare('INSERT INTO ledger (seq, at, act, hash) VALUES (?, ?, ?, ?)').run(
      entry.seq,
      entry.at,
      JSON.stringify(entry.act),
      hash,
    )
    return { seq: entry.seq, hash: hash.toString('hex') }
  }

  /** After the commit: the witness may lag behind the ledger, and never runs ahead of it. */
  const tell = ({ vault, witnessKey }: Pick<OpenVault, 'vault' | 'witnessKey'>, added: Head) => {
    try {
      witness.write(vault, witnessKey, added)
    } catch {
      // The act has happened; a witness that lags is still a true one.
      log.write('witness.unwritten')
    }
    emit({ event: 'ledger.appended', payload: { seq: added.seq } })
  }

  const compare = (): LogCheck['witness'] => {
    const { vault, witnessKey } = openVault()
    const seen = witness.read(vault, witnessKey)
    if (seen === undefined) return 'missing'
    const [same] = rows('SELECT seq, at, act, hash FROM ledger WHERE seq = ?', seen.seq)
    return same !== undefined && Buffer.from(same.hash).toString('hex') === seen.hash ? 'agrees' : 'disagrees'
  }

  return {
    record(acts, change) {
      const { db, vault, witnessKey } = openVault()
      if (db.inTransaction) throw new Error('an act was recorded inside a transaction that is not its own')
      const { result, added } = db
        .transaction(() => {
          const made = change()
          // What it does after this would be outside the transaction, and the act a claim about the future.
          if (isThenable(made)) throw new Error('a change that was to be recorded returned a promise')
          const told = typeof acts === 'function' ? acts(made) : acts
          return {
            result: made,
            added: [told]
              .flat()
              .map((one) => append({ db, vault }, one))
              .at(-1),
          }
        })
        .immediate()
      if (added !== undefined) tell({ vault, witnessKey }, added)
      return result
    },

    recordIn(into, act) {
      const added = append(into, act)
      return () => tell(openVault(), added)
    },

    list({ before = Number.MAX_SAFE_INTEGER, limit }) {
      const found = rows('SELECT seq, at, act, hash FROM ledger WHERE seq < ? ORDER BY seq DESC LIMIT ?', before, limit)
      return { entries: found.map(entryOf), total: head()?.seq ?? 0 }
    },

    naming: (id) =>
      rows('SELECT seq, at, act, hash FROM ledger WHERE instr(act, ?) > 0 ORDER BY seq DESC', JSON.stringify(id)).map(
        entryOf,
      ),

    async verify({ onProgress, pace } = {}) {
      const total = head()?.seq ?? 0
      let previous = firstLink(openVault().vault)
      let seq = 0
      while (seq < total) {
        for (const entry of rows(
          'SELECT seq, at, act, hash FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?',
          seq,
          batch,
        )) {
          const expected = entry.seq === seq + 1 ? follow(previous, entry) : undefined
          if (expected?.equals(entry.hash) !== true) {
            return { entries: total, head: head()?.hash ?? null, brokenAt: seq + 1, witness: compare() }
          }
          previous = expected
          seq = entry.seq
        }
        onProgress?.(seq, total)
        await pace?.()
      }
      return { entries: total, head: head()?.hash ?? null, brokenAt: null, witness: compare() }
    },

    rollback() {
      if (compare() !== 'disagrees') return undefined
      const { vault, witnessKey } = openVault()
      const expected = witness.read(vault, witnessKey)?.seq ?? 0
      return { expected, found: head()?.seq ?? 0 }
    },

    isWitnessed: () => compare() === 'agrees',
    forgetWitness: witness.forget,
    forgetWitnessIfPossible(vault) {
      try {
        witness.forget(vault)
      } catch {
        log.write('witness.unforgotten')
      }
    },
  }
}

const entryOf = ({ seq, at, act, hash }: Row): LedgerEntry => ({
  seq,
  at,
  act: listed(act),
  hash: Buffer.from(hash).toString('hex'),
})

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Another version knows acts that this one has no words for. They happened all the same, and are shown as they stand. */
function listed(text: string): ListedAct {
  const parsed = actSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : { act: 'unknown', text }
}

/**
 * The hash this entry should have, whatever its act means. Nothing when its text is not as it was written: the same key
 * twice, say, would leave the hash as it is and let two readers see two things.
 */
function follow(previous: Buffer, { seq, at, act: text }: Row): Buffer | undefined {
  const act: unknown = JSON.parse(text)
  return JSON.stringify(act) === text ? link(previous, { seq, at, act }) : undefined
}
