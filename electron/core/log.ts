// The local log: one JSON line an event, names and fields from an allow-list. What is not on the list is not written, so a
// careless caller cannot leak contents, passphrases or paths.
import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './files.ts'
import type { Clock, Log } from './ports.ts'

const fieldsAllowed = new Set(['reference', 'kind', 'method', 'host', 'code', 'ms', 'status', 'count', 'reason'])
/** Words and identifiers only: whatever looks like a sentence or a path is left out. */
const plain = /^[\w.:-]{1,64}$/u
const largestFile = 1024 * 1024

export function createLog({ clock, write }: { readonly clock: Clock; readonly write: (line: string) => void }): Log {
  return {
    write(event, fields = {}) {
      const safe = Object.entries(fields).filter(
        ([name, value]) => fieldsAllowed.has(name) && (typeof value !== 'string' || plain.test(value)),
      )
      write(
        JSON.stringify({
          at: clock.now().toISOString(),
          event: plain.test(event) ? event : 'unnamed',
          ...Object.fromEntries(safe),
        }),
      )
    },
  }
}

/** The log every host keeps: a file in the state folder, whose older half is kept once under another name. */
export function createFileLog({ clock, stateFolder }: { readonly clock: Clock; readonly stateFolder: string }): Log {
  const path = join(stateFolder, 'mindkeep.log')
  return createLog({
    clock,
    write(line) {
      try {
        makeFolder(stateFolder)
        const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
        if (size + line.length > largestFile) renameSync(path, `${path}.old`)
        appendFileSync(path, `${line}\n`, { mode: 0o600 })
      } catch {
        // A log that cannot be written must not stop the work it reports on.
      }
    },
  })
}
