// Sorts more than fits into SQLite's cache in an encrypted database, opened as the core does, or the same but with
// SQLite's own choice of where temporary things go. The rows hold a marker that must reach no disk in the clear.
import { randomBytes } from 'node:crypto'
import { openDatabase } from '../../../electron/core/vault/db.ts'

const [path = '', marker = '', choice = 'ours'] = process.argv.slice(2)
const db = openDatabase({ path, key: randomBytes(32), cipher: 'aegis', create: true })
db.pragma('cache_size = -500')
if (choice === 'default') db.pragma('temp_store = DEFAULT')
db.exec('CREATE TABLE texts (text TEXT)')
const insert = db.prepare('INSERT INTO texts VALUES (?)')
db.transaction(() => {
  for (let n = 0; n < 6000; n += 1) insert.run(`${randomBytes(8).toString('hex')} ${marker} ${'filler '.repeat(40)}`)
})()
db.prepare('SELECT text FROM texts ORDER BY text').all()
db.exec('CREATE TEMP TABLE copies AS SELECT text FROM texts ORDER BY text DESC')
db.close()
