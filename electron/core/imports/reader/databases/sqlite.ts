// A database file that somebody else wrote, opened in memory and trusted with nothing. A hostile one can hide code in its
// schema (a view that never ends, a column computed by an expression, a virtual table), so that only plain tables and columns
// are read, without their indexes, and a damaged one ends with a reason (sqlite.org/security.html, "Untrusted SQLite database files").
import Database from 'better-sqlite3-multiple-ciphers'
import type { ProblemReason } from '../../../../../shared/api/imports.ts'
import { type Certainty, certainty, type Entry, type Reading, type Sample, Unreadable } from '../importer.ts'
import { withLog } from './sqlite-wal.ts'

/** SQLite needs all of it, and holds a copy. The history of many years has less than half. */
const mostBytes = 128 * 1024 * 1024

export type Row = Readonly<Record<string, unknown>>

export interface ForeignDatabase {
  /** Whether there is a plain table of that name with at least these columns, none of them computed. */
  readonly has: (table: string, columns: readonly string[]) => boolean
  /** One by one. The query names its tables with NOT INDEXED and joins by rowid. */
  readonly rows: (query: string) => Generator<Row>
  readonly close: () => void
  /** Why something that was written beside it could not be taken along. */
  readonly problem?: ProblemReason | undefined
}

const magic = 'SQLite format 3\0'
const latin1 = new TextDecoder('latin1')

/**
 * Certain where the schema speaks of all these words. It may stand further back than the beginning of the file goes: then
 * the name that programs give to such a file makes it likely.
 */
export function claimsDatabase({ start, path }: Sample, words: readonly string[], name: string): Certainty {
  const text = latin1.decode(start)
  if (!text.startsWith(magic)) return certainty.no
  if (words.every((word) => text.includes(word))) return certainty.certain
  return path.split('/').at(-1) === name ? certainty.likely : certainty.no
}

/** With what lies beside it of a copy that was made while the program ran, under the names that SQLite gives such files. */
export async function openForeign(entry: Entry, reading: Reading): Promise<ForeignDatabase> {
  const { database, problem } = await openedWithLog(entry, reading)
  const guarded = <T>(run: () => T): T => {
    try {
      return run()
    } catch (error) {
      throw reasonOf(error)
    }
  }
  return {
    has(table, columns) {
      return guarded(() => {
        const made = database
          .prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?")
          .pluck()
          .get(table)
        if (typeof made !== 'string' || !/^CREATE\s+TABLE\b/i.test(made)) return false
        const known = database.prepare('SELECT name, hidden FROM pragma_table_xinfo(?)').all(table)
        const plain = known.flatMap((column) => (isPlain(column) ? [column.name] : []))
        return columns.every((column) => plain.includes(column))
      })
    },
    *rows(query) {
      const rows = guarded(() => database.prepare(query).iterate())
      try {
        while (true) {
          const next = guarded(() => rows.next())
          if (next.done === true) return
          yield next.value as Row
        }
      } finally {
        rows.return?.()
      }
    },
    close: () => {
      database.close()
    },
    problem,
  }
}

async function openedWithLog(entry: Entry, { find }: Reading) {
  // Only an index into the log, which is made anew from it.
  find(`${entry.path}-shm`)
  const log = find(`${entry.path}-wal`)
  const bytes = await entry.whole(mostBytes)
  if (log === undefined) return { database: opened(bytes) }
  const { bytes: whole, problem } = await withLog(bytes, log, mostBytes).catch((error: unknown) => {
    // An archive may give the database and not its log.
    if (!(error instanceof Unreadable)) throw error
    return { bytes, problem: error.why }
  })
  if (whole === bytes) return { database: opened(bytes), problem }
  const database = opened(whole)
  if (isSound(database)) return { database, problem }
  // A log that fits by its numbers alone: the database is better off without it.
  database.close()
  return { database: opened(await entry.whole(mostBytes)), problem: 'damaged' as const }
}

/** Whether each page has its one place. What the schema computes is not looked at: it may never end. */
function isSound(database: Database.Database): boolean {
  try {
    database.pragma('ignore_check_constraints = ON')
    return database.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch {
    // Too broken to be checked is not sound.
    return false
  }
}

/** Before this process gives up loading what is native. */
export function loadSqlite(): void {
  new Database(':memory:').close()
}

/** Not computed: `hidden` is 2 or 3 for generated columns. */
const isPlain = (column: unknown): column is { readonly name: string } =>
  typeof column === 'object' && column !== null && 'hidden' in column && column.hidden === 0

function opened(bytes: Uint8Array): Database.Database {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // A file that was written ahead (file format §1.3.3: 2 and 2) cannot be opened in memory; it may be read as any other.
  const versions: [number, number] = [file[18] ?? 1, file[19] ?? 1]
  try {
    if (file.length > 19) file.fill(1, 18, 20)
    const database = new Database(file, { readonly: true })
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    database.pragma('query_only = ON')
    // What it sorts or keeps aside may not reach the disk.
    database.pragma('temp_store = MEMORY')
    return database
  } catch (error) {
    throw reasonOf(error)
  } finally {
    if (file.length > 19) file.set(versions, 18)
  }
}

/** The addon's own errors carry a code; anything else is a fault of ours and goes on as it is. */
function reasonOf(error: unknown): unknown {
  return error instanceof Database.SqliteError ? new Unreadable('damaged') : error
}

export const textIn = (row: Row, column: string, most: number): string => {
  const value = row[column]
  return typeof value === 'string' ? value.slice(0, most) : ''
}

export const numberIn = (row: Row, column: string): number | undefined => {
  const value = row[column]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
