// While an import is read, memory is for the reader: what is written once is not looked at again, so that a large cache of
// the database serves nobody. Measured: with a quarter of it, 100,000 mails take as long.
import { z } from 'zod'
import type { OpenVault } from '../vault/vault.ts'

const cacheKiB = 16 * 1024

const size = z.int()

export async function withSmallCache<T>(db: OpenVault['db'], act: () => Promise<T>): Promise<T> {
  const before = size.parse(db.pragma('cache_size', { simple: true }))
  db.pragma(`cache_size = -${cacheKiB}`)
  db.pragma('shrink_memory')
  try {
    return await act()
  } finally {
    // A lock has closed it.
    if (db.open) db.pragma(`cache_size = ${before}`)
  }
}
