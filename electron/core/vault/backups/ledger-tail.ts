// Restoring a backup must not shorten the record of acts: what the replaced vault recorded after the backup was made is
// carried over, entry by entry as it stands, wherever the replaced vault can still be read.
import { z } from 'zod'
import { toAppError } from '../../failures.ts'
import type { Db } from '../db.ts'
import { openDatabase } from '../db.ts'
import type { KeyFile } from '../keys/keyfile.ts'
import { withKey } from '../keys/keys.ts'
import { databaseKey } from '../opening.ts'
import { databasePath } from '../replace.ts'
import type { LedgerHead } from '../rewrite.worker.ts'

const row = z.object({ seq: z.int(), at: z.string(), act: z.string(), hash: z.instanceof(Uint8Array) })
const batch = 2000

interface Replaced {
  readonly folder: string
  readonly keys: KeyFile
  readonly master: Buffer
}

/** Carries into `to` what the vault in the folder recorded after `head`, the last entry of `to`. */
export function carryLedger({ folder, keys, master }: Replaced, to: Db, head: LedgerHead | null): void {
  try {
    const path = databasePath(folder)
    const from = withKey(databaseKey(master, keys.databaseSalt), (key) =>
      openDatabase({ path, key, cipher: keys.cipher }),
    )
    try {
      to.transaction(() => carry(from, to, head))()
    } finally {
      from.close()
    }
  } catch (error) {
    // Unreadable is why people restore. The record then ends where the backup does, and the restore is the next entry.
    const code = toAppError(error)?.code
    if (code !== 'VAULT_DAMAGED' && code !== 'FOLDER_UNUSABLE') throw error
  }
}

/** Nothing when the backup's last entry is not in this record: the two have different pasts. */
function carry(from: Db, to: Db, head: LedgerHead | null): void {
  if (head === null) return
  const same: unknown = from.prepare('SELECT hex(hash) FROM ledger WHERE seq = ?').pluck().get(head.seq)
  if (same !== head.hash) return
  const next = from.prepare('SELECT seq, at, act, hash FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?')
  const insert = to.prepare('INSERT INTO ledger (seq, at, act, hash) VALUES (@seq, @at, @act, @hash)')
  for (let last = head.seq; ; ) {
    const entries = z.array(row).parse(next.all(last, batch))
    for (const entry of entries) insert.run(entry)
    const newest = entries.at(-1)
    if (newest === undefined) return
    last = newest.seq
  }
}
