// Restoring a backup must not shorten the record of acts: what the replaced vault recorded after the backup was made is
// carried over, entry by entry as it stands, wherever the replaced vault can still be read.
import { z } from 'zod'
import { toAppError } from '../failures.ts'
import type { Db } from './db.ts'
import { openDatabase } from './db.ts'
import type { KeyFile } from './keyfile.ts'
import { withKey } from './keys.ts'
import { databaseKey } from './opening.ts'
import { databasePath } from './replace.ts'

const row = z.object({ seq: z.int(), at: z.string(), act: z.string(), hash: z.instanceof(Uint8Array) })
type Row = z.infer<typeof row>

interface Replaced {
  readonly folder: string
  readonly keys: KeyFile
  readonly master: Buffer
}

export function readLedgerTail({ folder, keys, master }: Replaced, head: string | null): Row[] {
  try {
    const path = databasePath(folder)
    const db = withKey(databaseKey(master, keys.databaseSalt), (key) =>
      openDatabase({ path, key, cipher: keys.cipher }),
    )
    try {
      return entriesAfter(db, head)
    } finally {
      db.close()
    }
  } catch (error) {
    // Unreadable is why people restore. The record then ends where the backup does, and the restore is the next entry.
    const code = toAppError(error)?.code
    if (code === 'VAULT_DAMAGED' || code === 'FOLDER_UNUSABLE') return []
    throw error
  }
}

/** Nothing when the backup's last entry is not in this record: the two have different pasts. */
function entriesAfter(db: Db, head: string | null): Row[] {
  const seq: unknown = db.prepare('SELECT seq FROM ledger WHERE hex(hash) = ?').pluck().get(head)
  if (typeof seq !== 'number') return []
  return z.array(row).parse(db.prepare('SELECT seq, at, act, hash FROM ledger WHERE seq > ? ORDER BY seq').all(seq))
}

export function carryLedger(db: Db, tail: readonly Row[]): void {
  const insert = db.prepare('INSERT INTO ledger (seq, at, act, hash) VALUES (@seq, @at, @act, @hash)')
  db.transaction(() => {
    for (const entry of tail) insert.run(entry)
  })()
}
