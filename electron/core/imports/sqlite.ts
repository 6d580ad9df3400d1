// A database file that somebody else wrote, opened in memory and trusted with nothing. A hostile one can hide code in its
// schema (a view that never ends, a column computed by an expression, a virtual table), so that only plain tables and columns
// are read, without their indexes, and a damaged one ends with a reason (sqlite.org/security.html, "Untrusted SQLite database files").
import Database from 'better-sqlite3-multiple-ciphers'
import { type Certainty, certainty, type Entry, type Sample, Unreadable } from './importer.ts'

/** SQLite needs all of it, and holds a copy. The history of many years has less than half. */
const mostBytes = 128 * 1024 * 1024

export type Row = Readonly<Record<string, unknown>>

export interface ForeignDatabase {
  /** Whether there is a plain table of that name with at least these columns, none of them computed. */
  readonly has: (table: string, columns: readonly string[]) => boolean
  /** One by one. The query names its tables with NOT INDEXED and joins by rowid. */
  readonly rows: (query: string) => Generator<Row>
  readonly close: () => void
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

export async function openForeign(entry: Entry): Promise<ForeignDatabase> {
  const bytes = await entry.whole(mostBytes)
  const database = opened(bytes)
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
