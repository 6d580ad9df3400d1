// Statements prepared once for each open database. The database is asked for anew each time, so that a lock takes effect at
// once and nothing is run on one that was replaced.
import type Database from 'better-sqlite3-multiple-ciphers'

type Db = Database.Database
export type Prepare = (sql: string) => Database.Statement

/** Filters make statements of many shapes; more than this many are not worth their memory. */
const mostKept = 300

export function createPrepare(openVault: () => { readonly db: Db }): Prepare {
  const kept = new WeakMap<Db, Map<string, Database.Statement>>()
  return (sql) => {
    const { db } = openVault()
    let ofDb = kept.get(db)
    if (ofDb === undefined) kept.set(db, (ofDb = new Map<string, Database.Statement>()))
    let statement = ofDb.get(sql)
    if (statement === undefined) {
      if (ofDb.size >= mostKept) ofDb.clear()
      ofDb.set(sql, (statement = db.prepare(sql)))
    }
    return statement
  }
}
