// While an import is read, memory is for the reader: what is written once is not looked at again, so that a large cache of
// the database serves nobody (measured: with a quarter of it, 100,000 mails take as long). And what is written is brought from
// the log into the database less often: an index is written to all over, and the same page again and again.
import { z } from 'zod'
import type { OpenVault } from '../vault/vault.ts'

const cacheKiB = 16 * 1024
const pagesInLog = 8000

const size = z.int()

export async function whileWrittenOnce<T>(db: OpenVault['db'], act: () => Promise<T>): Promise<T> {
  const read = (setting: string) => size.parse(db.pragma(setting, { simple: true }))
  const before = { cache: read('cache_size'), log: read('wal_autocheckpoint') }
  db.pragma(`cache_size = -${cacheKiB}`)
  db.pragma(`wal_autocheckpoint = ${pagesInLog}`)
  db.pragma('shrink_memory')
  try {
    return await act()
  } finally {
    // A lock has closed it.
    if (db.open) {
      db.pragma(`cache_size = ${before.cache}`)
      db.pragma(`wal_autocheckpoint = ${before.log}`)
    }
  }
}
