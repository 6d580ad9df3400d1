// What the core has acknowledged so far, and the check that a vault found after a disaster still has all of it. The check
// opens the vault with the real core; what it finds wrong comes back as sentences, none when all is well.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inBackup } from '../../../electron/core/vault/backups/backup-files.ts'
import type { LogCheck } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import { type BlobNote, readBlobSha, readKeys, withDatabase } from './beside.ts'
import { type Subject, foldersOf, openSubject } from './subject.ts'

export interface Kept {
  /** The newest entry of the ledger: its hash stands for every act before it. */
  readonly seq: number
  readonly hash: string
  readonly passphrase: string
  /** The nonce of the passphrase slot: tells which passphrase the key file opens to without stretching any. */
  readonly slot: string
  readonly blobs: readonly BlobNote[]
  readonly backups: readonly string[]
  readonly items: number
}

/** Begun and not acknowledged: may have happened or not, and nothing in between. */
export interface InFlight {
  readonly passphrase: string | null
}

export const slotOf = (base: string): string => readKeys(base).passphrase.nonce

export async function keptNow({ base, call }: Subject, before: Pick<Kept, 'passphrase' | 'blobs'>): Promise<Kept> {
  const { entries } = await call('ledger.list', { limit: 1 })
  const [newest] = entries
  if (newest === undefined) throw new Error('the ledger is empty')
  const backups = (await call('backups.list', {})).map(({ id }) => id)
  const { total: items } = await call('library.list', { limit: 1 })
  return { ...before, seq: newest.seq, hash: newest.hash, slot: slotOf(base), backups, items }
}

interface Found {
  readonly base: string
  readonly kept: Kept
  readonly inFlight?: InFlight
}

export async function wrongWith({ base, kept, inFlight = { passphrase: null } }: Found): Promise<string[]> {
  const subject = await openSubject({ base })
  try {
    return await look(subject, kept, inFlight)
  } catch (error) {
    const what =
      error instanceof AppError
        ? error.code
        : error instanceof Error
          ? `${error.name}: ${error.message}`
          : String(error)
    return [`it does not open: ${what}`]
  } finally {
    await subject.close()
  }
}

async function look(subject: Subject, kept: Kept, inFlight: InFlight): Promise<string[]> {
  const { base, call } = subject
  const wrong: string[] = []
  const claim = (holds: boolean, otherwise: string) => {
    if (!holds) wrong.push(otherwise)
  }

  const slot = slotOf(base)
  if (slot === kept.slot) await call('vault.unlockWithDevice', {})
  else if (inFlight.passphrase === null) wrong.push('the key file is not the acknowledged one')
  // A passphrase that was being changed: the new one must open the vault then.
  else await call('vault.unlock', { passphrase: inFlight.passphrase })

  const { notices } = await call('vault.status', {})
  claim(notices.length === 0, `it opens with notices: ${notices.map(({ kind }) => kind).join(', ')}`)

  const { entries } = await call('ledger.list', { before: kept.seq + 1, limit: 1 })
  claim(
    entries[0]?.seq === kept.seq && entries[0].hash === kept.hash,
    `the acknowledged entry ${kept.seq} of the ledger is gone`,
  )
  const check = (await subject.finish('ledger.verify')).result as unknown as LogCheck
  claim(check.brokenAt === null, `the ledger is broken at ${check.brokenAt}`)
  claim(check.witness !== 'disagrees', 'the witness of the ledger disagrees')

  const { total } = await call('library.list', { limit: 1 })
  claim(total >= kept.items, `${total} items are there, ${kept.items} were acknowledged`)
  await checkSettings(subject, claim)
  await checkBackups(subject, kept, claim)
  await withDatabase(base, (db, folder) => {
    claim(db.pragma('integrity_check', { simple: true }) === 'ok', 'the database is not sound')
    for (const { id, sha } of kept.blobs)
      claim(readBlobSha(db, folder, id) === sha, `the acknowledged blob ${id} is not whole`)
  })
  return wrong
}

type Claim = (holds: boolean, otherwise: string) => void

/** Data and ledger are one transaction: the settings are what the last recorded changes say. */
async function checkSettings({ call }: Subject, claim: Claim): Promise<void> {
  const now = await call('settings.get', {})
  const { entries } = await call('ledger.list', { limit: 200 })
  for (const [name, value] of Object.entries(now)) {
    const last = entries.find(({ act }) => act.act === 'settings.changed' && act.setting === name)?.act
    if (last?.act === 'settings.changed') claim(last.to === value, `${name} is ${value}, the ledger says ${last.to}`)
  }
}

/** A backup goes only when a newer one takes its place; what is listed is whole. */
async function checkBackups({ base, call }: Subject, kept: Kept, claim: Claim): Promise<void> {
  const listed = (await call('backups.list', {})).map(({ id }) => id)
  for (const id of kept.backups) {
    claim(listed.includes(id) || listed.some((other) => other > id), `the acknowledged backup ${id} is gone`)
  }
  for (const id of listed) {
    const { database, keys } = inBackup(join(foldersOf(base).folder, 'backups', id))
    claim(existsSync(database) && existsSync(keys), `the listed backup ${id} is not whole`)
  }
}
