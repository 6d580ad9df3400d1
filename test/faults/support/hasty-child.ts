// The process of hasty.ts: writes numbered rows and says each number. Which rule it breaks is its second argument.
import { tell } from './tell.ts'
import Database from 'better-sqlite3-multiple-ciphers'
import type { HastyTask } from './hasty.ts'

const [path, task, rows = '1000000'] = process.argv.slice(2) as [string, HastyTask, string?]
const early = task === 'acknowledge-early'
const db = new Database(path)
db.pragma('journal_mode = WAL')
db.pragma(`synchronous = ${early ? 'FULL' : task}`)
db.exec('CREATE TABLE IF NOT EXISTS acts (n INTEGER PRIMARY KEY, filler BLOB)')
const insert = db.prepare('INSERT INTO acts VALUES (?, randomblob(700))')

const perCommit = early ? 20 : 1
for (let n = 1; n <= Number(rows); n += perCommit) {
  db.transaction(() => {
    for (let row = n; row < n + perCommit; row += 1) {
      insert.run(row)
      if (early) tell(String(row))
    }
  })()
  if (!early) tell(String(n))
}
db.close()
